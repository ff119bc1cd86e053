"""Small numbers: the one place where a count of persons that is too small to show is hidden.

Every answer of every door passes here, once, as a whole table, so that hiding a second cell where a first
could be computed from a total has all it needs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from teams.models import Instelling

if TYPE_CHECKING:
    from reporting.antwoord import Rij, Waarde


def drempel_op(dag: date) -> int:
    """The smallest count of persons that is shown in a period that begins on `dag`."""
    return int(Instelling.objects.waarde_op(Instelling.KLEINE_AANTALLEN, dag))


def onderdruk(rijen: list[Rij], drempel: int) -> list[Rij]:
    """Hide every count from 1 up to but not including `drempel`; 0 stays 0, per cents stay."""
    if not drempel:
        return rijen
    return [
        rij if rij.percentage else replace(rij, waarden=[verberg(waarde, drempel) for waarde in rij.waarden])
        for rij in rijen
    ]


def verberg(waarde: Waarde, drempel: int) -> Waarde:
    """One count, or the text that stands for it."""
    return tekst(drempel) if isinstance(waarde, int) and 0 < waarde < drempel else waarde


def tekst(drempel: int) -> str:
    """What stands in a hidden cell."""
    return f"< {drempel}"


def noot(drempel: int) -> str:
    """The sentence under a table with hidden cells."""
    return f"Aantallen van 1 tot en met {drempel - 1} zijn niet getoond: daar staat {tekst(drempel)}."
