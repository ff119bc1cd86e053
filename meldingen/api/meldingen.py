"""`/meldingen`: hand one over in a single call, and hear how far it is. Never what stands in it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from meldingen import workflow
from meldingen.api.invoer import Meldinginvoer, melder, voor
from meldingen.api.uitvoer import Meldinglijst, Meldinguitvoer, van_melding
from meldingen.models import Afhandeling, Melding, Terugbelverzoek
from teams.access import Actie, zichtbaar
from teams.api.basis import ApiView
from teams.api.bladeren import nieuwste_eerst, parameters
from teams.api.nummers import rijnummer
from teams.api.schema import BLADEREN
from teams.lezen import lees, leg_vast
from teams.models import Handeling, Medewerker, Scope

_NUMMER = re.compile(r"M0*([1-9][0-9]*)", re.ASCII)


def meldingnummer(tekst: str) -> int:
    """The key of a melding by its number, as M000123; Http404 for what is none."""
    gelezen = _NUMMER.fullmatch(tekst)
    if gelezen is None:
        raise Http404
    return rijnummer(gelezen[1])


def met_beloften() -> QuerySet[Melding]:
    """Meldingen with what is told of them at hand: one statement more, however many there are."""
    beloften = Terugbelverzoek.objects.select_related("team").order_by("pk")
    return Melding.objects.select_related("team").prefetch_related(Prefetch("terugbelverzoeken", beloften))


class Meldingen(ApiView):
    """Those that the afnemer handed over."""

    scope = Scope.MELDINGEN

    @extend_schema(
        operation_id="meldingenLijst",
        summary="Uw meldingen",
        parameters=BLADEREN,
        responses={200: Meldinglijst},
    )
    def get(self, request: Request) -> Response:
        """De meldingen die u zelf deed, de nieuwste eerst, met hoe het ermee staat."""
        parameters(request)
        rijen, volgende = nieuwste_eerst(request, zichtbaar(met_beloften(), self.spoor.wie, Actie.VOLGEN))
        leg_vast(rijen, spoor=self.spoor, handeling=Handeling.IN_LIJST)
        resultaten = [van_melding(rij, list(rij.terugbelverzoeken.all())) for rij in rijen]
        return Response({"resultaten": resultaten, "volgende": volgende})

    @extend_schema(
        operation_id="meldingDoen",
        summary="Een melding doen",
        request=Meldinginvoer,
        responses={201: Meldinguitvoer},
    )
    def post(self, request: Request) -> Response:
        """Doe een melding in een keer: contact, melder, persoon, vraag, en een terugbelverzoek als dat is beloofd.

        Alles wordt vastgelegd, of niets. Met een Idempotency-Key kunt u het verzoek zonder gevaar herhalen.
        """
        gegevens = Meldinginvoer.lees(request.data)
        door = self.door
        melding = workflow.neem_aan(
            voor=voor(gegevens, self.spoor),
            melder=melder(gegevens["melder"]),
            vraag=gegevens["vraag"],
            op=gegevens["ontvangenOp"] or timezone.localdate(),
            door=door,
            toch_apart=gegevens["tochApart"],
            toestemming=gegevens["toestemming"],
            spoed=gegevens["spoed"],
            levensgebieden=gegevens["levensgebieden"],
            categorie=gegevens["categorie"],
            kanaal=gegevens["kanaal"],
            aanleiding=gegevens["aanleiding"],
            savepoint=False,
        )
        if gegevens["klantcontact"] is not None:
            workflow.leg_klantcontact_vast(
                afhandeling=Afhandeling.DOORGEZET_WIJKTEAM,
                op=gegevens["ontvangenOp"],
                melding=melding,
                door=door,
                **gegevens["klantcontact"],
            )
        beloften = [_beloof(gegevens, melding, door)] if gegevens["terugbelverzoek"] is not None else []
        waar = request.build_absolute_uri(f"{request.path}/{melding.nummer}")
        return Response(
            van_melding(melding, beloften), status=status.HTTP_201_CREATED, headers={"Location": waar}
        )


def _beloof(gegevens: dict[str, Any], melding: Melding, door: Medewerker) -> Terugbelverzoek:
    """The team of the melding calls back; who and where are the melder, unless something else was said."""
    wens, wie = gegevens["terugbelverzoek"], gegevens["melder"]
    return workflow.neem_terugbelverzoek_aan(
        naam=wens["naam"] or wie["naam"],
        telefoon=wens["telefoon"] or wie["telefoon"],
        vraag=wens["vraag"],
        team=melding.team,
        melding=melding,
        persoon=melding.persoon,
        spoed=gegevens["spoed"],
        door=door,
    )


class EenMelding(ApiView):
    """One that the afnemer handed over."""

    scope = Scope.MELDINGEN

    @extend_schema(
        operation_id="meldingLezen",
        summary="Hoe het met een melding staat",
        responses={200: Meldinguitvoer},
    )
    def get(self, request: Request, nummer: str) -> Response:
        """Hoe het staat met een melding die u zelf deed, en of er is teruggebeld."""
        parameters(request)
        melding = lees(met_beloften(), meldingnummer(nummer), spoor=self.spoor, actie=Actie.VOLGEN)
        return Response(van_melding(melding, list(melding.terugbelverzoeken.all())))
