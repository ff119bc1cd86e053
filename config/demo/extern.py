"""Figures that others delivered: `externe_cijfers.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .kalender import AMSTERDAM
from .overdracht import Overdracht

BRONNEN = {
    "2.17": "Veilig Thuis Flevoland",
    "2.18": "Veilig Thuis Flevoland",
    "2.19": "Veilig Thuis Flevoland",
    "2.20": "Gemeente Almere, Werk & Inkomen",
    "2.21": "Gemeente Almere, Werk & Inkomen",
    "2.22": "Gemeente Almere, Werk & Inkomen",
    "2.23": "Gemeente Almere, Werk & Inkomen",
    "2.24": "PLANgroep",
    "2.25": "PLANgroep",
    "2.26": "Zorggroep Almere",
    "2.28": "Gemeente Almere, Dienst Sociaal Domein",
}
BRONNEN_2_13 = {"beschermd wonen": "CAK, vijfde levering 2015", "opvang": "nog geen levering"}
RIJ_PER_PERIODE = ("2.17", "2.18", "2.19", "2.20", "2.24")
PERIODE_PER_RIJ = ("2.22", "2.26", "2.28")
KLEIN = "< 10"
EERSTE_RAPPORTAGE = datetime(2015, 5, 29, 10, 0, tzinfo=AMSTERDAM)
TWEEDE_RAPPORTAGE = datetime(2015, 9, 10, 10, 0, tzinfo=AMSTERDAM)
NIEUW_IN_TWEEDE = ("2015-Q2", "2015-04")
Cijfer = tuple[str, str, str, Any, str]


def schrijf_externe_cijfers(cijfers: dict[str, Any], uit: Overdracht) -> None:
    """One row per delivered cell; what the source did not (yet) give has status nnb and no value."""
    for tabel, rij, periode, waarde, bron in _cijfers(cijfers):
        bekend = isinstance(waarde, int)
        uit.schrijf(
            "externe_cijfers",
            tabel=tabel,
            rij=rij,
            kolom=periode,
            periode=periode,
            waarde=waarde if bekend else None,
            status="definitief" if bekend else "nnb",
            bron=f"{bron} (minder dan 10)" if waarde == KLEIN else bron,
            geregistreerd_op=TWEEDE_RAPPORTAGE if periode.startswith(NIEUW_IN_TWEEDE) else EERSTE_RAPPORTAGE,
        )


def _cijfers(cijfers: dict[str, Any]) -> Iterator[Cijfer]:
    """Table, row, period, value (no number = not known) and source of every external cell."""
    for kwartaal, groepen in cijfers["2.13"].items():
        for groep, bron in BRONNEN_2_13.items():
            yield "2.13", groep, kwartaal, groepen[groep], bron
    for tabel in RIJ_PER_PERIODE:
        for rij, perioden in cijfers[tabel].items():
            for periode, waarde in perioden.items():
                yield tabel, rij, periode, waarde, BRONNEN[tabel]
    for tabel in PERIODE_PER_RIJ:
        for periode, rijen in cijfers[tabel].items():
            for rij, waarde in rijen.items():
                yield tabel, rij, periode, waarde, BRONNEN[tabel]
    yield from _reeks(cijfers)
    for rij, waarde in cijfers["2.23"].items():
        yield "2.23", rij, "2015-04", waarde, BRONNEN["2.23"]
    for naam, waarde in cijfers["2.25"].items():
        yield "2.25", naam.removesuffix("_2015-Q2"), "2015-Q2", waarde, BRONNEN["2.25"]


def _reeks(cijfers: dict[str, Any]) -> Iterator[Cijfer]:
    """Figuur 2.21 gives twelve values: first the new households by month, then those who left."""
    maanden = cijfers["aannames"]["reeks_2.21"]["maanden"]
    waarden = cijfers["2.21"]["reeks"]
    for plaats, waarde in enumerate(waarden):
        rij = "nieuwe_huishoudens" if plaats < len(maanden) else "niet_meer_afhankelijk"
        yield "2.21", rij, maanden[plaats % len(maanden)], waarde, BRONNEN["2.21"]
