"""Sheets as XLSX: numbers as numbers with their format, text as text and never as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from reporting.formaten.blad import Blad, Cel, Deel

DEFINITIES = "Definities"
INHOUD = "Inhoud"
SMALST, BREEDST = 8, 60
"""Of a column, in characters."""
PROCENT = '"%"'
"""Behind a figure that is in per cents already; a bare one would take it a hundredfold."""
LETTERLIJK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx(bladen: Sequence[Blad], gemaakt: datetime | None) -> bytes:
    """A workbook: a sheet per table, one with the definitions, and before several tables a list of them.

    `gemaakt` is what stands in the file as its moment (now); with a moment given the same sheets give the same bytes.
    """
    uit = io.BytesIO()
    with xlsxwriter.Workbook(uit, LETTERLIJK) as boek:
        eigenschappen: dict[str, Any] = {"title": titel_van(bladen), "author": "Eenplan"}
        if gemaakt:
            eigenschappen["created"] = gemaakt.astimezone(UTC).replace(tzinfo=None)
        boek.set_properties(eigenschappen)
        _Boek(boek).vul(bladen)
    return uit.getvalue()


def titel_van(bladen: Sequence[Blad]) -> str:
    """What the whole is called."""
    if len(bladen) == 1:
        return f"{bladen[0].sleutel} {bladen[0].titel}"
    perioden = dict.fromkeys(dict(blad.kenmerken)["Periode"] for blad in bladen)
    return f"Monitor {', '.join(perioden)}"


class _Boek:
    """A workbook with its formats."""

    def __init__(self, boek: Any) -> None:
        self.boek = boek
        self.kop = boek.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.tekst = boek.add_format({"text_wrap": True, "valign": "top"})
        self.rechts = boek.add_format({"align": "right"})
        self.getallen = {
            (procent, decimaal): boek.add_format(
                {"num_format": "#,##0" + ".0" * decimaal + PROCENT * procent}
            )
            for procent in (False, True)
            for decimaal in (False, True)
        }

    def vul(self, bladen: Sequence[Blad]) -> None:
        if len(bladen) > 1:
            self.inhoud(bladen)
        for blad in bladen:
            for deel in blad.delen:
                self.deel(blad, deel)
        self.definities(bladen)

    def deel(self, blad: Blad, deel: Deel) -> None:
        vel = self.vel(deel.naam, deel.koppen, vast=min(deel.teksten, 2))
        vel.set_header(f"&L{_kopregel(blad)}")
        vel.set_landscape()
        vel.fit_to_pages(1, 0)
        for nummer, rij in enumerate(deel.rijen, start=1):
            for kolom, cel in enumerate(rij):
                self.cel(vel, nummer, kolom, cel, tekstkolom=kolom < deel.teksten)
        for kolom, kop in enumerate(deel.koppen):
            waarden = [rij[kolom].waarde for rij in deel.rijen]
            breedte = max(map(len, [kop, *(str(waarde) for waarde in waarden if waarde is not None)]))
            vel.set_column(kolom, kolom, min(max(breedte + 2, SMALST), BREEDST))

    def cel(self, vel: Any, rij: int, kolom: int, cel: Cel, *, tekstkolom: bool) -> None:
        if isinstance(cel.waarde, str):
            vel.write_string(rij, kolom, cel.waarde, None if tekstkolom else self.rechts)
        elif cel.waarde is not None:
            opmaak = self.getallen[cel.procent, isinstance(cel.waarde, float)]
            vel.write_number(rij, kolom, cel.waarde, opmaak)

    def inhoud(self, bladen: Sequence[Blad]) -> None:
        vel = self.vel(INHOUD, ["Tabel", "Titel"], vast=0)
        for nummer, blad in enumerate(bladen, start=1):
            vel.write_url(nummer, 0, f"internal:'{blad.delen[0].naam}'!A1", string=blad.sleutel)
            vel.write_string(nummer, 1, blad.titel)
        vel.set_column(1, 1, BREEDST)

    def definities(self, bladen: Sequence[Blad]) -> None:
        vel = self.vel(DEFINITIES, ["Tabel", "Wat", "Tekst"], vast=0)
        regels = [(blad.sleutel, *paar) for blad in bladen for paar in blad.definities]
        for nummer, regel in enumerate(regels, start=1):
            for kolom, tekst in enumerate(regel):
                vel.write_string(nummer, kolom, tekst, self.tekst)
        vel.set_column(1, 1, 14)
        vel.set_column(2, 2, 2 * BREEDST)

    def vel(self, naam: str, koppen: Sequence[str], *, vast: int) -> Any:
        """A sheet with a header that stays in sight, as do the first `vast` columns."""
        vel = self.boek.add_worksheet(naam)
        for kolom, kop in enumerate(koppen):
            vel.write_string(0, kolom, kop, self.kop)
        vel.freeze_panes(1, vast)
        vel.repeat_rows(0)
        return vel


def _kopregel(blad: Blad) -> str:
    """For on paper; an ampersand begins a code there, and 255 characters is all that fits."""
    return f"{blad.sleutel} {blad.titel}".replace("&", "&&")[:200]
