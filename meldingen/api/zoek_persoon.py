"""`/zoek-persoon`: whether a caller is known, and with whom. By POST, so that it stands in no address."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from households.zoekvraag import Zoekvraag
from meldingen.api.invoer import Zoekinvoer, kenmerk_van
from meldingen.api.uitvoer import Zoekuitvoer, van_team
from meldingen.herkennen import Bekende, herken
from teams.api.basis import ApiView
from teams.lezen import Spoor
from teams.models import Scope


class ZoekPersoon(ApiView):
    """That and who, and nothing else."""

    scope = Scope.PERSONEN
    eenmalige_post = False

    @extend_schema(
        operation_id="zoekPersoon",
        summary="Opzoeken of iemand bekend is",
        request=Zoekinvoer,
        responses={200: Zoekuitvoer},
    )
    def post(self, request: Request) -> Response:
        """Of iemand bekend is, bij welk team, wie de contactpersoon is, en of u kunt doorverbinden.

        Elke vraag komt in het logboek dat de inwoner kan inzien. Een Idempotency-Key mag, maar er wordt niets bewaard.
        """
        gegevens = Zoekinvoer.lees(request.data)
        geboren = gegevens["geboortedatum"]
        vraag = Zoekvraag(
            naam=gegevens["naam"],
            geboortedatum=geboren.isoformat() if geboren else "",
            telefoon=gegevens["telefoon"],
            email=gegevens["email"],
            postcode=gegevens["postcode"],
            huisnummer=gegevens["huisnummer"],
            bsn=gegevens["burgerservicenummer"],
        )
        bekenden = herken(vraag, op=timezone.localdate(), spoor=self.spoor)
        personen = [_bekende(bekende, self.spoor) for bekende in bekenden]
        return Response({"bekend": bool(personen), "personen": personen})


def _bekende(bekende: Bekende, spoor: Spoor) -> dict[str, Any]:
    geboren = bekende.persoon.geboortedatum
    contact = bekende.contactpersoon
    return {
        "naam": bekende.naam,
        "geboortejaar": geboren.year if geboren else None,
        "team": van_team(bekende.wijk),
        "contactpersoon": contact.naam if contact else None,
        "openMelding": bool(bekende.open),
        "magDoorverbinden": bool(contact and contact.is_active),
        "kenmerk": kenmerk_van(bekende.persoon, spoor),
    }
