"""Aligned lines for text that is read in a fixed-width font."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from reporting.charts.getallen import getal
from reporting.gebied import Gebied
from reporting.vraag import Vraag

BREEDTE = 80


def kop(vraag: Vraag, titel: str, definitie: str, bekend: dict[str, str]) -> list[str]:
    """What is counted, over which period, and as known when (`bekend`: name and moments)."""
    return [
        f"{vraag.tabel}  {titel}",
        *textwrap.wrap(definitie, BREEDTE),
        "",
        *(f"{naam + ':':<12}{waarde}" for naam, waarde in eigenschappen(vraag, bekend).items()),
        "",
    ]


def eigenschappen(vraag: Vraag, bekend: dict[str, str]) -> dict[str, str]:
    """What was asked, in words: the periods, as known when, and the filters."""
    return {
        "Periode": " en ".join(dict.fromkeys(een.periode.sleutel for een in vraag.per_deel())),
        **bekend,
        **{naam.capitalize(): waarde for naam, waarde in vraag.filters.items()},
        **({"Ernaast": vraag.vergelijk.naam} if isinstance(vraag.vergelijk, Gebied) else {}),
    }


def moment(wanneer: datetime) -> str:
    """A moment in local time, as one writes it in Dutch."""
    return f"{timezone.localtime(wanneer):%d-%m-%Y %H:%M:%S}"


def uitgelijnd(rijen: Sequence[Sequence[str]]) -> list[str]:
    """Lines with the first column to the left and the others to the right, as wide as their widest cell."""
    breedten = [max(map(len, kolom)) for kolom in zip(*rijen, strict=True)]
    return [
        "  ".join(
            [rij[0].ljust(breedten[0]), *(c.rjust(b) for c, b in zip(rij[1:], breedten[1:], strict=True))]
        ).rstrip()
        for rij in rijen
    ]


def cel(waarde: int | float | str, *, percentage: bool = False) -> str:
    """A value as one reads it in Dutch: 2.079, 25%, < 10."""
    return f"{getal(waarde)}%" if percentage and not isinstance(waarde, str) else getal(waarde)


def noten(zinnen: Iterable[str]) -> list[str]:
    """The sentences under a table; nothing when there are none."""
    regels = [
        regel
        for zin in zinnen
        for regel in textwrap.wrap(zin, BREEDTE, initial_indent="- ", subsequent_indent="  ")
    ]
    return ["", *regels] if regels else []
