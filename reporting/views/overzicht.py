"""The index of the monitor: every table with its key figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reporting.antwoord import Antwoord, Waarde
from reporting.bewaard import bewaarde_antwoorden
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
    kernen = _kernen(vraag, keuzes) if vraag else []
    return toon(
        request,
        "reporting/overzicht.html",
        keuzes,
        kernen=kernen,
        eigen=eigen_teams(request),
        meeneemform=Meeneemform.bij(vraag) if vraag else None,
        mag_leveren=mag_ooit(request.spoor.wie, Actie.WERKEN, EXTERN_CIJFER),
    )


def _kernen(vraag: Vraag, keuzes: Keuzes) -> list[Kern]:
    nu = [
        replace(vraag, tabel=tabel.sleutel, filters=dict(tabel.standaard), vergelijk=None)
        for tabel in TABELLEN.values()
    ]
    toen = [replace(een, periode=vraag.ernaast.periode) for een in nu] if vraag.ernaast else []
    cijfers = [_kerncijfer(antwoord) for antwoord in bewaarde_antwoorden([*nu, *toen])]
    gekozen = {"vergelijk": GEEN, **parameters(replace(vraag, filters={}), keuzes)}
    return [
        Kern(tabel, f"{adres_van(tabel)}?{urlencode(gekozen)}", nu, vorige)
        for tabel, nu, vorige in zip_longest(TABELLEN.values(), cijfers[: len(nu)], cijfers[len(nu) :])
    ]


def _kerncijfer(antwoord: Antwoord) -> Kerncijfer:
    rij = next((rij for rij in antwoord.rijen if rij.sleutel in ALLES), antwoord.rijen[0])
    plaats = -1 if antwoord.kolommen[0][:1].isdecimal() else 0
    waarde, in_procenten = rij.cellen[plaats]
    return Kerncijfer(rij.label, antwoord.koppen[plaats], procent(waarde) if in_procenten else waarde)
