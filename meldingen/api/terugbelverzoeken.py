"""`/terugbelverzoeken`: ask for a call, hear whether it was made, and take it back."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from meldingen import workflow
from meldingen.api.invoer import Intrekking, Terugbelinvoer
from meldingen.api.meldingen import meldingnummer
from meldingen.api.uitvoer import Terugbellijst, Terugbeluitvoer, van_terugbelverzoek, versie_van
from meldingen.models import Melding, Terugbelverzoek
from teams.access import Actie, zichtbaar
from teams.api.basis import ApiView
from teams.api.bladeren import nieuwste_eerst, parameters
from teams.api.nummers import rijnummer
from teams.api.schema import BLADEREN
from teams.api.versie import eis_versie
from teams.lezen import lees, leg_vast
from teams.models import Handeling, Scope, Team

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description="De ETag van wat u las."
)


GETOOND = (
    "melding",
    "persoon",
    "team",
    "aangenomen_op",
    "uiterlijk_op",
    "nagekomen_op",
    "ingetrokken_op",
)
"""What an answer and the log need of a promise: a list reads nothing else."""


def met_team() -> QuerySet[Terugbelverzoek]:
    """Promises with what the answer and the log need of them."""
    return Terugbelverzoek.objects.select_related("team", "melding")


class Terugbelverzoeken(ApiView):
    """Those that the afnemer asked for."""

    scope = Scope.TERUGBELVERZOEKEN

    @extend_schema(
        operation_id="terugbelverzoekenLijst",
        summary="Uw terugbelverzoeken",
        parameters=[
            *BLADEREN,
            OpenApiParameter(
                "open", OpenApiTypes.BOOL, description="Alleen waarvoor nog gebeld moet worden."
            ),
        ],
        responses={200: Terugbellijst},
    )
    def get(self, request: Request) -> Response:
        """De terugbelverzoeken die u zelf deed, de nieuwste eerst."""
        open_ = parameters(request, "open").get("open")
        if open_ not in (None, "true", "false"):
            raise ValidationError({"open": ["Verwacht true of false."]})
        # Of a team there is one object for all of its promises, which is faster than one for each.
        met = Terugbelverzoek.objects.met_onderwerp().prefetch_related("team").only(*GETOOND)
        rijen = zichtbaar(met, self.spoor.wie, Actie.LEZEN)
        if open_ == "true":
            rijen = rijen.filter(nagekomen_op__isnull=True, ingetrokken_op__isnull=True)
        elif open_ == "false":
            rijen = rijen.exclude(nagekomen_op__isnull=True, ingetrokken_op__isnull=True)
        gevonden, volgende = nieuwste_eerst(request, rijen)
        leg_vast(gevonden, spoor=self.spoor, handeling=Handeling.IN_LIJST)
        return Response({"resultaten": list(map(van_terugbelverzoek, gevonden)), "volgende": volgende})

    @extend_schema(
        operation_id="terugbelverzoekDoen",
        summary="Een terugbelverzoek doen",
        request=Terugbelinvoer,
        responses={201: Terugbeluitvoer},
    )
    def post(self, request: Request) -> Response:
        """Vraag het team om terug te bellen; in het antwoord staat vóór wanneer."""
        gegevens = Terugbelinvoer.lees(request.data)
        melding = self._melding(gegevens["melding"]) if gegevens["melding"] else None
        verzoek = workflow.neem_terugbelverzoek_aan(
            naam=gegevens["naam"],
            telefoon=gegevens["telefoon"],
            vraag=gegevens["vraag"],
            spoed=gegevens["spoed"],
            team=gegevens["team"] or _team(melding, gegevens["postcode"]),
            melding=melding,
            persoon=melding.persoon if melding else None,
            door=self.door,
        )
        waar = request.build_absolute_uri(f"{request.path}/{verzoek.pk}")
        koppen = {"Location": waar, "ETag": versie_van(verzoek)}
        return Response(van_terugbelverzoek(verzoek), status=status.HTTP_201_CREATED, headers=koppen)

    def _melding(self, nummer: str) -> Melding:
        """One that the afnemer handed over; 400 for another, as for one that there isn't."""
        try:
            rijen = Melding.objects.select_related("team", "persoon")
            return lees(rijen, meldingnummer(nummer), spoor=self.spoor, actie=Actie.VOLGEN)
        except Http404 as fout:
            reden = "Verwacht het nummer van een melding die u zelf deed, zoals M000123."
            raise ValidationError({"melding": [reden]}) from fout


def _team(melding: Melding | None, postcode: str) -> Team | None:
    if melding and melding.team:
        return melding.team
    return Team.objects.voor_postcode(postcode).first() if postcode else None


class EenTerugbelverzoek(ApiView):
    """One that the afnemer asked for."""

    scope = Scope.TERUGBELVERZOEKEN

    @extend_schema(
        operation_id="terugbelverzoekLezen",
        summary="Of er is teruggebeld",
        responses={200: Terugbeluitvoer},
    )
    def get(self, request: Request, nummer: str) -> Response:
        """Een terugbelverzoek dat u zelf deed; de ETag heeft u nodig om het in te trekken."""
        parameters(request)
        verzoek = lees(met_team(), rijnummer(nummer), spoor=self.spoor)
        return Response(van_terugbelverzoek(verzoek), headers={"ETag": versie_van(verzoek)})


class TerugbelverzoekIntrekken(ApiView):
    """Nobody has to call any more."""

    scope = Scope.TERUGBELVERZOEKEN

    @extend_schema(
        operation_id="terugbelverzoekIntrekken",
        summary="Een terugbelverzoek intrekken",
        parameters=[IF_MATCH],
        request=Intrekking,
        responses={200: Terugbeluitvoer},
    )
    def post(self, request: Request, nummer: str) -> Response:
        """Trek een terugbelverzoek in dat u zelf deed; niet als er intussen is gebeld."""
        gegevens = Intrekking.lees(request.data)
        verzoek = lees(
            Terugbelverzoek.objects.select_for_update(),
            rijnummer(nummer),
            spoor=self.spoor,
            actie=Actie.INTREKKEN,
            handeling=Handeling.GEWIJZIGD,
        )
        eis_versie(request, versie_van(verzoek))
        verzoek = workflow.trek_terugbelverzoek_in(verzoek, reden=gegevens["reden"], door=self.door)
        return Response(van_terugbelverzoek(verzoek), headers={"ETag": versie_van(verzoek)})
