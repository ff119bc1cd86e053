"""Sheets as ODS: the same as XLSX, in the format of LibreOffice; a row in per cents says so in its name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import odswriter

from reporting.formaten.blad import Blad, Cel, Deel
from reporting.formaten.xlsx import DEFINITIES

ONSCHRIJFBAAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold."""


def ods(bladen: Sequence[Blad]) -> bytes:
    """A workbook: a sheet per table, and one with the definitions. Text stays text: only a formula is a formula."""
    uit = io.BytesIO()
    with odswriter.writer(uit) as boek:
        for blad in bladen:
            for deel in blad.delen:
                boek.new_sheet(deel.naam).writerows([deel.koppen, *_rijen(deel)])
        definities = boek.new_sheet(DEFINITIES)
        definities.writerow(["Tabel", "Wat", "Tekst"])
        for blad in bladen:
            definities.writerows([schoon(blad.sleutel), wat, schoon(tekst)] for wat, tekst in blad.definities)
    return uit.getvalue()


def schoon(tekst: str) -> str:
    """Text without the characters that no XML can hold."""
    return ONSCHRIJFBAAR.sub("", tekst)


def _rijen(deel: Deel) -> Iterator[list[int | float | str | None]]:
    for rij in deel.rijen:
        waarden = [schoon(cel.waarde) if isinstance(cel.waarde, str) else cel.waarde for cel in rij]
        if _in_procenten(rij[deel.teksten :]):
            waarden[deel.teksten - 1] = f"{waarden[deel.teksten - 1]} (%)"
        yield waarden


def _in_procenten(cijfers: Sequence[Cel]) -> bool:
    return bool(cijfers) and all(cel.procent for cel in cijfers)
