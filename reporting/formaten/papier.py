"""Sheets as an accessible PDF: tagged, in Dutch, with headers that a screen reader finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from meldingen.pdf import maak_pdf
from reporting.charts.getallen import getal, procent
from reporting.formaten.blad import DEFINITIE, Blad, Cel
from reporting.formaten.tekening import GEEN_PANGO, afmeting
from reporting.formaten.xlsx import titel_van
from reporting.fouten import Invoerfout

STIJL = "eenplan/cijferpapier.css"
STAAND, LIGGEND = (174, 200), (261, 125)
"""Millimetres that a picture has on a sheet, as the stylesheet says."""
KORT = 18
"""Rows of a table that any sheet has room for."""
SMAL, BREEDST = 8, 10
"""A table of more columns lies on its side; one of still more goes on in a table below."""


@dataclass(frozen=True)
class _Tabel:
    naam: str
    koppen: Sequence[str]
    rijen: Sequence[tuple[str, Sequence[str]]]

    @property
    def kort(self) -> bool:
        """Whether it is better put on the next sheet than broken."""
        return len(self.rijen) <= KORT


@dataclass(frozen=True)
class _Bladzijde:
    """A sheet as it goes on paper: without the keys, which are for machines."""

    blad: Blad
    tabellen: Sequence[_Tabel]
    tekening: SafeString | None

    @property
    def liggend(self) -> bool:
        """A broad table lies on its side, and so does a picture that is larger there."""
        if any(len(tabel.koppen) > SMAL for tabel in self.tabellen):
            return True
        if self.tekening is None:
            return False
        breedte, hoogte = afmeting(self.tekening)
        staand, liggend = (min(ruim, hoog * breedte / hoogte) for ruim, hoog in (STAAND, LIGGEND))
        return liggend > staand

    @property
    def kenmerken(self) -> list[tuple[str, str]]:
        return [paar for paar in self.blad.kenmerken if paar[0] != DEFINITIE]

    @property
    def definitie(self) -> str:
        return dict(self.blad.kenmerken)[DEFINITIE]


def pdf(bladen: Sequence[Blad], tekeningen: Sequence[str | None]) -> bytes:
    """A PDF/UA with a chapter per sheet, each with its picture where there is one; Invoerfout without Pango."""
    bladzijden = [_bladzijde(blad, tekening) for blad, tekening in zip(bladen, tekeningen, strict=True)]
    html = render_to_string(
        "reporting/cijferpapier.html", {"titel": titel_van(bladen), "bladzijden": bladzijden}
    )
    gemaakt = maak_pdf(html, STIJL)
    if gemaakt is None:
        raise Invoerfout("formaat", GEEN_PANGO.format(formaat="pdf"))
    return gemaakt


def _bladzijde(blad: Blad, tekening: str | None) -> _Bladzijde:
    tabellen = []
    for deel in blad.delen:
        eerste = 1 if deel.koppen[0] == "Sleutel" else 0
        kolommen = range(eerste + 1, len(deel.koppen))
        stukken = [kolommen[begin : begin + BREEDST] for begin in range(0, len(kolommen), BREEDST)]
        for nummer, stuk in enumerate(stukken, start=1):
            naam = f"{deel.naam}, deel {nummer} van {len(stukken)}" if len(stukken) > 1 else deel.naam
            rijen = [
                (_in_woorden(rij[eerste]), [_in_woorden(rij[kolom]) for kolom in stuk]) for rij in deel.rijen
            ]
            tabellen.append(_Tabel(naam, [deel.koppen[kolom] for kolom in (eerste, *stuk)], rijen))
    return _Bladzijde(blad, tabellen, mark_safe(tekening) if tekening else None)


def _in_woorden(cel: Cel) -> str:
    if cel.waarde is None:
        return ""
    return procent(cel.waarde) if cel.procent else getal(cel.waarde)
