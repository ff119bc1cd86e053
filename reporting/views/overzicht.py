"""The index of the monitor: every table with its key figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reporting.antwoord import Waarde
from reporting.bewaard import bewaard_antwoord
from reporting.charts.getallen import procent
from reporting.forms import GEEN, Keuzes
from reporting.meeneemform import Meeneemform
from reporting.register import TABELLEN, Tabel
from reporting.views.dashboard import eigen_teams
from reporting.views.tonen import adres_van, parameters, toon
from reporting.vraag import Vraag
from teams.access import Actie, mag_ooit
from teams.gronden import EXTERN_CIJFER, RAPPORTAGE
from teams.toegang import Verzoek, vereist

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
def overzicht(request: Verzoek) -> HttpResponse:
    """Every table, with its key figure for the period."""
    keuzes = Keuzes(None, request.GET)
    vraag = keuzes.vraag
    kernen = [_kern(tabel, vraag, keuzes) for tabel in TABELLEN.values()] if vraag else []
    return toon(
        request,
        "reporting/overzicht.html",
        keuzes,
        kernen=kernen,
        eigen=eigen_teams(request),
        meeneemform=Meeneemform.bij(vraag) if vraag else None,
        mag_leveren=mag_ooit(request.spoor.wie, Actie.WERKEN, EXTERN_CIJFER),
    )


def _kern(tabel: Tabel, vraag: Vraag, keuzes: Keuzes) -> Kern:
    eigen = replace(vraag, tabel=tabel.sleutel, filters=dict(tabel.standaard), vergelijk=None)
    nu = _kerncijfer(eigen)
    vorige = _kerncijfer(replace(eigen, periode=vraag.ernaast.periode)) if vraag.ernaast else None
    gekozen = {"vergelijk": GEEN, **parameters(replace(vraag, filters={}), keuzes)}
    return Kern(
        tabel=tabel,
        adres=f"{adres_van(tabel)}?{urlencode(gekozen)}",
        nu=nu,
        vorige=vorige,
    )


def _kerncijfer(vraag: Vraag) -> Kerncijfer:
    antwoord = bewaard_antwoord(vraag)
    rij = next((rij for rij in antwoord.rijen if rij.sleutel in ALLES), antwoord.rijen[0])
    plaats = -1 if antwoord.kolommen[0][:1].isdecimal() else 0
    waarde, in_procenten = rij.cellen[plaats]
    return Kerncijfer(rij.label, antwoord.koppen[plaats], procent(waarde) if in_procenten else waarde)
