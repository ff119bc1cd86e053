"""`/sociale-kaart`: what there is for everybody, without a decision."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from households.models import Levensgebied
from teams.access import Actie, mag_ooit
from teams.api.basis import ApiView
from teams.api.bladeren import op_rang, parameters
from teams.api.schema import BLADEREN
from teams.gronden import SOCIALE_KAART
from teams.models import Scope, Team
from voorzieningen.models import AlgemeneVoorziening, AlgemeneVoorzieningQuerySet, Kaartsoort

LANGST = 200
VELDEN = (
    "naam",
    "organisatie",
    "omschrijving",
    "doelgroep",
    "kosten",
    "telefoon",
    "email",
    "website",
    "adres",
)


class Kaartuitvoer(serializers.Serializer[Any]):
    """A row of the sociale kaart."""

    nummer = serializers.CharField()
    soort = serializers.ChoiceField(
        choices=[(code, waarde.label) for code, waarde in Kaartsoort.codes().items()]
    )
    naam = serializers.CharField()
    organisatie = serializers.CharField()
    omschrijving = serializers.CharField()
    doelgroep = serializers.CharField()
    kosten = serializers.CharField()
    telefoon = serializers.CharField()
    email = serializers.CharField()
    website = serializers.CharField()
    adres = serializers.CharField()
    heleGemeente = serializers.BooleanField()
    stadsdeel = serializers.CharField()
    teams = serializers.ListField(child=serializers.CharField(), help_text="Codes.")
    levensgebieden = serializers.ListField(child=serializers.CharField(), help_text="Codes.")


class Kaartlijst(serializers.Serializer[Any]):
    """One page."""

    resultaten = Kaartuitvoer(many=True)
    volgende = serializers.URLField(allow_null=True)
    ongeveer = serializers.BooleanField(help_text="Niets had deze woorden; dit lijkt erop.")


class SocialeKaart(ApiView):
    """Search, as on the page."""

    scope = Scope.SOCIALE_KAART

    @extend_schema(
        operation_id="socialeKaartZoeken",
        summary="De sociale kaart doorzoeken",
        parameters=[
            OpenApiParameter("zoek", OpenApiTypes.STR, description="Waar iemand hulp bij zoekt."),
            OpenApiParameter("levensgebied", OpenApiTypes.STR, description="Code van een levensgebied."),
            OpenApiParameter("team", OpenApiTypes.STR, description="Code van het team waar iemand woont."),
            *BLADEREN,
        ],
        responses={200: Kaartlijst},
    )
    def get(self, request: Request) -> Response:
        """Wat er voor iedereen is, zonder beschikking; wat het beste past staat vooraan."""
        if not mag_ooit(self.spoor.wie, Actie.LEZEN, SOCIALE_KAART):
            raise PermissionDenied
        gegeven = parameters(request, "zoek", "levensgebied", "team")
        rijen = _rijen(gegeven)
        woorden = gegeven.get("zoek", "")
        gevonden, volgende = op_rang(request, lambda van, tot: list(_op_rang(rijen.zoek(woorden))[van:tot]))
        ongeveer = bool(woorden.strip()) and not gevonden and "vanaf" not in gegeven
        if ongeveer:
            gevonden, volgende = op_rang(request, lambda van, tot: list(rijen.lijkt_op(woorden)[van:tot]))
            volgende = None
        resultaten = list(map(_uitvoer, gevonden))
        return Response(
            {"resultaten": resultaten, "volgende": volgende, "ongeveer": bool(ongeveer and gevonden)}
        )


def _op_rang(rijen: AlgemeneVoorzieningQuerySet) -> AlgemeneVoorzieningQuerySet:
    return rijen if rijen.query.order_by else rijen.order_by("naam", "pk")


def _rijen(gegeven: dict[str, str]) -> AlgemeneVoorzieningQuerySet:
    rijen = AlgemeneVoorziening.objects.met_koppelingen().geldig_op(timezone.localdate())
    fouten: dict[str, list[str]] = {}
    if len(gegeven.get("zoek", "")) > LANGST:
        fouten["zoek"] = [f"Hooguit {LANGST} tekens."]
    if (code := gegeven.get("levensgebied")) is not None:
        gebied = Levensgebied.objects.filter(code=code).first()
        if gebied is None:
            fouten["levensgebied"] = ["Verwacht de code van een levensgebied."]
        else:
            rijen = rijen.met_levensgebied(gebied)
    if (code := gegeven.get("team")) is not None:
        team = Team.objects.filter(code=code).first()
        if team is None:
            fouten["team"] = ["Verwacht de code van een team."]
        else:
            rijen = rijen.voor_team(team)
    if fouten:
        raise ValidationError(fouten)
    return rijen


def _uitvoer(rij: AlgemeneVoorziening) -> dict[str, Any]:
    return {
        "nummer": str(rij.pk),
        "soort": Kaartsoort(rij.soort).code,
        **{veld: getattr(rij, veld) for veld in VELDEN},
        "heleGemeente": rij.hele_gemeente,
        "stadsdeel": rij.stadsdeel,
        "teams": [team.code for team in rij.teams.all()],
        "levensgebieden": [gebied.code for gebied in rij.levensgebieden.all()],
    }
