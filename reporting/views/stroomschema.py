"""Figuur 2.6 as a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.antwoord import Stroomschema
from reporting.charts.stroomschema import Stroom, korte_naam, liggend, staand
from reporting.charts.tabellen import verloop
from reporting.forms import GEEN, Keuzes
from reporting.gebied import Gebied
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from reporting.stroomschema import KNOPEN, STROOMSCHEMA
from reporting.trend import kwartalen_tot, trend
from reporting.views.tonen import parameters, toon
from reporting.vraag import Vraag
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek, vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def stroomschema(request: Verzoek) -> HttpResponse:
    """Figuur 2.6 as a picture, and the same figures as a table."""
    keuzes = Keuzes(TABELLEN[STROOMSCHEMA], request.GET)
    vraag = keuzes.vraag
    figuur = _figuur(vraag, keuzes) if vraag else {}
    return toon(request, "reporting/stroomschema.html", keuzes, **figuur)


def _figuur(vraag: Vraag, keuzes: Keuzes) -> dict[str, Any]:
    antwoord = antwoord_met_noten(vraag)
    assert isinstance(antwoord, Stroomschema)
    naast = antwoord.vergelijking
    ander_gebied = isinstance(vraag.vergelijk, Gebied)
    stroom = Stroom(antwoord.naam, antwoord.knopen, antwoord.percentages)
    ernaast = Stroom(naast.naam, naast.knopen, naast.percentages, in_delen=ander_gebied) if naast else None
    delen = sorted(filter(None, (antwoord, naast)), key=lambda deel: deel.vraag.periode.begin)
    adressen = [
        {knoop: _adres(knoop, deel.vraag.eigen, keuzes) for knoop in KNOPEN} for deel in (antwoord, *delen)
    ]
    return {
        "antwoord": antwoord,
        "leeg": not antwoord.knopen["meldingen"],
        "liggend": liggend(stroom, ernaast, adressen[0]),
        "staand": staand(stroom, ernaast, adressen[0]),
        "kort": ernaast if ernaast and korte_naam(ernaast) != ernaast.naam else None,
        "delen": [deel.naam for deel in delen],
        "knopen": [
            (
                knoop,
                [
                    (deel.knopen[naam], deel.percentages.get(naam), adres[naam])
                    for deel, adres in zip(delen, adressen[1:], strict=True)
                ],
            )
            for naam, knoop in KNOPEN.items()
        ],
        "noten": list(dict.fromkeys(noot for deel in delen for noot in deel.noten)),
        **_verloop(vraag, keuzes),
    }


def _adres(knoop: str, vraag: Vraag, keuzes: Keuzes) -> str:
    """Where the meldingen are that stand in a node for this question."""
    gevraagd = {"vergelijk": GEEN, **parameters(vraag, keuzes)}
    return f"{reverse('stroomschema-knoop', args=[knoop])}?{urlencode(gevraagd)}"


def _verloop(vraag: Vraag, keuzes: Keuzes) -> dict[str, Any]:
    """The trend over the quarters, when there are more of them than one."""
    if not keuzes.kwartalen:
        return {}
    kwartalen = kwartalen_tot(vraag.periode, keuzes.kwartalen[-1])
    if len(kwartalen) < 2:
        return {}
    antwoord = trend(vraag, kwartalen)
    return {
        "trend": antwoord,
        "verloop": verloop(antwoord, "verloop", "Verloop van de meldingen per kwartaal"),
    }
