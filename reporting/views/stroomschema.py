"""Figuur 2.6 as a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reporting.antwoord import Stroomschema, beantwoord
from reporting.charts.stroomschema import Stroom, liggend, staand
from reporting.forms import Keuzes
from reporting.register import TABELLEN
from reporting.stroomschema import KNOPEN, STROOMSCHEMA
from reporting.views.tonen import toon
from reporting.vraag import Vraag
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def stroomschema(request: HttpRequest) -> HttpResponse:
    """Figuur 2.6 as a picture, and the same figures as a table."""
    keuzes = Keuzes(TABELLEN[STROOMSCHEMA], request.GET)
    vraag = keuzes.vraag
    figuur = _figuur(vraag) if vraag else {}
    return toon(request, "reporting/stroomschema.html", keuzes, **figuur)


def _figuur(vraag: Vraag) -> dict[str, Any]:
    antwoord = beantwoord(vraag)
    assert isinstance(antwoord, Stroomschema)
    naast = antwoord.vergelijking
    stroom, ernaast = _stroom(antwoord), _stroom(naast) if naast else None
    delen = sorted(filter(None, (antwoord, naast)), key=lambda deel: deel.vraag.periode.begin)
    return {
        "antwoord": antwoord,
        "leeg": not antwoord.knopen["meldingen"],
        "liggend": liggend(stroom, ernaast),
        "staand": staand(stroom, ernaast),
        "delen": [deel.naam for deel in delen],
        "knopen": [
            (knoop, [(deel.knopen[naam], deel.percentages.get(naam)) for deel in delen])
            for naam, knoop in KNOPEN.items()
        ],
        "noten": list(dict.fromkeys(noot for deel in delen for noot in deel.noten)),
    }


def _stroom(schema: Stroomschema) -> Stroom:
    return Stroom(schema.naam, schema.knopen, schema.percentages)
