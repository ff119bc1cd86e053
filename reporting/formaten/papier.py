"""Sheets as an accessible PDF: tagged, in Dutch, with headers that a screen reader finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from meldingen.pdf import maak_pdf
from reporting.charts.getallen import getal, procent
from reporting.formaten.blad import DEFINITIE, Blad, Cel
from reporting.formaten.tekening import GEEN_PANGO
from reporting.formaten.xlsx import titel_van
from reporting.fouten import Invoerfout

STIJL = "eenplan/cijferpapier.css"
SMAL = 8
"""A table of more columns lies on its side."""


@dataclass(frozen=True)
class _Tabel:
    naam: str
    koppen: Sequence[str]
    rijen: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class _Bladzijde:
    """A sheet as it goes on paper: without the keys, which are for machines."""

    blad: Blad
    tabellen: Sequence[_Tabel]
    tekening: SafeString | None

    @property
    def liggend(self) -> bool:
        return bool(self.tekening) or any(len(tabel.koppen) > SMAL for tabel in self.tabellen)

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
        tabellen.append(
            _Tabel(
                deel.naam,
                deel.koppen[eerste:],
                [
                    (_in_woorden(rij[eerste]), [_in_woorden(cel) for cel in rij[eerste + 1 :]])
                    for rij in deel.rijen
                ],
            )
        )
    return _Bladzijde(blad, tabellen, mark_safe(tekening) if tekening else None)


def _in_woorden(cel: Cel) -> str:
    if cel.waarde is None:
        return ""
    return procent(cel.waarde) if cel.procent else getal(cel.waarde)
