"""`/wijkteams`: whose area it is, when one can walk in today, and what the team is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from teams.api.basis import ApiView
from teams.api.bladeren import nieuwste_eerst, parameters
from teams.api.schema import BLADEREN
from teams.api.velden import Postcode
from teams.models import Frequentie, Scope, Spreekuur, Team, Weekdag

WAARVOOR = (
    "Vragen over hulp en ondersteuning thuis, opvoeden en opgroeien, geld, werk en dagbesteding, mantelzorg en "
    "eenzaamheid. Voor iedereen die in dit gebied woont, van jong tot oud."
)
"""What a wijkteam is for; the same for each of them."""


class Spreekuuruitvoer(serializers.Serializer[Any]):
    """When and where one can walk in."""

    locatie = serializers.CharField()
    van = serializers.TimeField()
    tot = serializers.TimeField()
    frequentie = serializers.ChoiceField(
        choices=[(code, waarde.label) for code, waarde in Frequentie.codes().items()],
        help_text="Niet elk spreekuur is er elke week; bel dan eerst.",
    )


class Wijkteamuitvoer(serializers.Serializer[Any]):
    """A wijkteam."""

    code = serializers.CharField()
    naam = serializers.CharField()
    stadsdeel = serializers.CharField()
    waarvoor = serializers.CharField()
    spreekurenVandaag = Spreekuuruitvoer(many=True)


class Wijkteamlijst(serializers.Serializer[Any]):
    """One page."""

    resultaten = Wijkteamuitvoer(many=True)
    volgende = serializers.URLField(allow_null=True)


class Wijkteams(ApiView):
    """All, or the one of a postcode."""

    scope = Scope.WIJKTEAMS

    @extend_schema(
        operation_id="wijkteamsLijst",
        summary="Het wijkteam van een postcode",
        parameters=[
            OpenApiParameter(
                "postcode", OpenApiTypes.STR, description="Zoals 1315AA; zonder zijn het alle teams."
            ),
            *BLADEREN,
        ],
        responses={200: Wijkteamlijst},
    )
    def get(self, request: Request) -> Response:
        """Het wijkteam dat een postcode bedient, met de spreekuren van vandaag en waarvoor het er is.

        Een postcode die geen team bedient geeft een lege lijst.
        """
        gegeven = parameters(request, "postcode").get("postcode")
        teams = Team.objects.wijkteams()
        if gegeven is not None:
            try:
                teams = teams.filter(pk__in=Team.objects.voor_postcode(Postcode().run_validation(gegeven)))
            except serializers.ValidationError as fout:
                raise ValidationError({"postcode": fout.detail}) from None
        vandaag = timezone.localdate()
        rijen, volgende = nieuwste_eerst(
            request, teams.prefetch_related(Prefetch("spreekuren", spreekuren_op(vandaag), "vandaag"))
        )
        return Response({"resultaten": list(map(_wijkteam, rijen)), "volgende": volgende})


def spreekuren_op(dag: date) -> Any:
    """The open hours of the day of the week that `dag` is, that hold then."""
    geldt = Q(
        Q(geldig_van__isnull=True) | Q(geldig_van__lte=dag),
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag),
    )
    return Spreekuur.objects.filter(geldt, dag=Weekdag(dag.isoweekday())).order_by("van", "pk")


def _wijkteam(team: Any) -> dict[str, Any]:
    return {
        "code": team.code,
        "naam": team.naam,
        "stadsdeel": team.stadsdeel,
        "waarvoor": WAARVOOR,
        "spreekurenVandaag": [
            {
                "locatie": spreekuur.locatie,
                "van": spreekuur.van,
                "tot": spreekuur.tot,
                "frequentie": Frequentie(spreekuur.frequentie).code,
            }
            for spreekuur in team.vandaag
        ],
    }
