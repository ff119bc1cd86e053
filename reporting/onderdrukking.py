"""Small numbers: the one place where a count of persons that is too small to show is hidden.

Every answer of every door passes here, once, as a whole table, so that hiding a second cell where a first
could be computed from a total has all it needs.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from teams.models import Instelling

if TYPE_CHECKING:
    from reporting.antwoord import Rij, Waarde
    from reporting.telling import Meting

NNB = "n.n.b."
VERBORGEN = "×"


def drempel_op(dag: date) -> int:
    """The smallest count of persons that is shown in a period that begins on `dag`."""
    return int(Instelling.objects.waarde_op(Instelling.KLEINE_AANTALLEN, dag))


def onderdruk(metingen: list[list[Meting]], drempel: int) -> list[list[Waarde]]:
    """What is shown of a table: every count from 1 up to but not including `drempel` is hidden, 0 stays 0.

    So is every other figure that is made of such a count.
    """
    return [[_toon(meting, drempel) for meting in rij] for rij in metingen]


def _toon(meting: Meting, drempel: int) -> Waarde:
    if meting.cijfer is None:
        return NNB
    if not any(0 < aantal < drempel for aantal in meting.rust_op):
        return meting.cijfer
    return verberg(meting.cijfer, drempel) if meting.is_aantal else VERBORGEN


def verberg(waarde: Waarde, drempel: int) -> Waarde:
    """One count, or the text that stands for it."""
    return tekst(drempel) if isinstance(waarde, int) and 0 < waarde < drempel else waarde


def tekst(drempel: int) -> str:
    """What stands in a hidden cell."""
    return f"< {drempel}"


def noten(rijen: list[Rij], drempel: int) -> list[str]:
    """The sentences under a table with hidden cells."""
    getoond = {waarde for rij in rijen for waarde in rij.waarden}
    zinnen = []
    if tekst(drempel) in getoond:
        zinnen.append(
            f"Aantallen van 1 tot en met {drempel - 1} zijn niet getoond: daar staat {tekst(drempel)}."
        )
    if VERBORGEN in getoond:
        zinnen.append(f"Een cijfer over minder dan {drempel} is niet getoond: daar staat {VERBORGEN}.")
    return zinnen
