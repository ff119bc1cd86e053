"""The pages of the monitor: a question in the URL, the answer under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.antwoord import Stroomschema, Waarde, beantwoord
from reporting.charts.getallen import procent
from reporting.charts.stroomschema import Stroom, liggend, staand
from reporting.forms import GEEN, Keuzes
from reporting.kosten import kostenregels
from reporting.onderdrukking import drempel_op, tekst
from reporting.register import TABELLEN, Tabel
from reporting.stroomschema import KNOPEN
from reporting.vraag import Vraag
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import vereist

STROOMSCHEMA = "2.6"
ALLES = ("totaal", "gemiddelde")
"""The keys of rows that stand for the whole table."""


@dataclass(frozen=True)
class Kerncijfer:
    """The figure that one looks for first: of the row with all, or else of the first row.

    Of columns that are periods the last, of others the first.
    """

    label: str
    kolom: str
    waarde: Waarde


@dataclass(frozen=True)
class Kern:
    """A table in the index, with its key figure for the period and for the one beside it."""

    tabel: Tabel
    adres: str
    nu: Kerncijfer
    vorige: Kerncijfer | None


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Every table, with its key figure for the period."""
    keuzes = Keuzes(None, request.GET)
    vraag = keuzes.vraag
    kernen = [_kern(tabel, vraag, keuzes) for tabel in TABELLEN.values()] if vraag else []
    return _toon(request, "reporting/overzicht.html", keuzes, kernen=kernen)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def stroomschema(request: HttpRequest) -> HttpResponse:
    """Figuur 2.6 as a picture, and the same figures as a table."""
    keuzes = Keuzes(TABELLEN[STROOMSCHEMA], request.GET)
    vraag = keuzes.vraag
    figuur = _figuur(vraag) if vraag else {}
    return _toon(request, "reporting/stroomschema.html", keuzes, **figuur)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def tabel(request: HttpRequest, sleutel: str) -> HttpResponse:
    """One table of the monitor; the stroomschema has a page of its own."""
    if sleutel not in TABELLEN:
        raise Http404
    if sleutel == STROOMSCHEMA:
        return redirect(f"{reverse('stroomschema')}?{request.GET.urlencode()}".removesuffix("?"))
    keuzes = Keuzes(TABELLEN[sleutel], request.GET)
    vraag = keuzes.vraag
    antwoord = beantwoord(vraag) if vraag else None
    return _toon(
        request, "reporting/tabel.html", keuzes, antwoord=antwoord, noten=antwoord.noten if antwoord else []
    )


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def kosten(request: HttpRequest) -> HttpResponse:
    """What the teams grant and what that costs, against their budgets (R11)."""
    dit_jaar = timezone.localdate().year
    gevraagd = request.GET.get("jaar", "")
    jaren = range(dit_jaar + 1, dit_jaar - 5, -1)
    jaar = int(gevraagd) if gevraagd.isdecimal() and int(gevraagd) in jaren else dit_jaar
    context = {
        "jaar": jaar,
        "jaren": jaren,
        "regels": kostenregels(jaar),
        "verborgen": tekst(drempel_op(date(jaar, 1, 1))),
    }
    return render(request, "reporting/kosten.html", context)


def _toon(request: HttpRequest, sjabloon: str, keuzes: Keuzes, **gegevens: Any) -> HttpResponse:
    vraag = keuzes.vraag
    gegevens |= {"keuzes": keuzes, "tabel": keuzes.tabel}
    if vraag and keuzes.tabel:
        gegevens["als_json"] = (
            f"{reverse('api-monitor', args=[vraag.tabel])}?{urlencode(_parameters(vraag, keuzes))}"
        )
    return render(request, sjabloon, gegevens, status=200 if vraag else 400)


def _parameters(vraag: Vraag, keuzes: Keuzes) -> dict[str, str]:
    """The question as the parameters of a URL, those of the API; the cut-off as it was typed."""
    return {
        "periode": vraag.periode.sleutel,
        **({"vergelijk": vraag.vergelijk.sleutel} if vraag.vergelijk else {}),
        **vraag.filters,
        **({"bekendOp": keuzes.data["bekendOp"]} if vraag.bekend_op else {}),
    }


def _kern(tabel: Tabel, vraag: Vraag, keuzes: Keuzes) -> Kern:
    eigen = replace(vraag, tabel=tabel.sleutel, filters=dict(tabel.standaard), vergelijk=None)
    nu = _kerncijfer(eigen)
    vorige = _kerncijfer(replace(eigen, periode=vraag.vergelijk)) if vraag.vergelijk else None
    adres = (
        reverse("stroomschema") if tabel.sleutel == STROOMSCHEMA else reverse("tabel", args=[tabel.sleutel])
    )
    parameters = {"vergelijk": GEEN, **_parameters(replace(vraag, filters={}), keuzes)}
    return Kern(
        tabel=tabel,
        adres=f"{adres}?{urlencode(parameters)}",
        nu=nu,
        vorige=vorige,
    )


def _kerncijfer(vraag: Vraag) -> Kerncijfer:
    antwoord = beantwoord(vraag)
    rij = next((rij for rij in antwoord.rijen if rij.sleutel in ALLES), antwoord.rijen[0])
    plaats = -1 if antwoord.kolommen[0][:1].isdecimal() else 0
    waarde, in_procenten = rij.cellen[plaats]
    return Kerncijfer(rij.label, antwoord.koppen[plaats], procent(waarde) if in_procenten else waarde)


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
        "perioden": [deel.vraag.periode.sleutel for deel in delen],
        "knopen": [
            (knoop, [(deel.knopen[naam], deel.percentages.get(naam)) for deel in delen])
            for naam, knoop in KNOPEN.items()
        ],
        "noten": list(dict.fromkeys(noot for deel in delen for noot in deel.noten)),
    }


def _stroom(schema: Stroomschema) -> Stroom:
    return Stroom(schema.vraag.periode.sleutel, schema.knopen, schema.percentages)
