"""Which cells of a table add up, and what somebody can work out of those that are shown about those that are not.

A hidden count from 1 up to the drempel is shown as such, so whoever reads it knows those bounds; a count that is hidden
because another could be computed from it is known to be none of those. From there the sums narrow it down. A 0 is
always shown, so it covers for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count
from math import inf

REST = "rest van "
"""Begins the key of what is in a total and in none of its parts that the table names."""
Bereik = tuple[float, float]
Aantallen = Mapping[str, int]


@dataclass(frozen=True)
class Samenhang:
    """A total and its parts, by their keys.

    `hoogstens`: a thing may stand in several parts, so together they may be more than the total.
    """

    totaal: str
    delen: tuple[str, ...]
    hoogstens: bool = False


@dataclass(frozen=True)
class Gedeeld:
    """A total that other tables of the same period show as well: what one of them hides of it, none may show.

    `rij` is its key here, shown or not; `met` are those tables.
    """

    rij: str
    met: tuple[str, ...]


def met_rest(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen
) -> tuple[list[Samenhang], dict[str, int]]:
    """The sums made whole: what a total has besides its parts is a part with a key of its own, and its count."""
    heel, alle = [], dict(aantallen)
    for nummer, een in enumerate(samenhangen):
        rest = aantallen[een.totaal] - sum(aantallen[deel] for deel in een.delen)
        if een.hoogstens or rest <= 0:
            heel.append(een)
            continue
        sleutel = f"{REST}{een.totaal} {nummer}"
        alle[sleutel] = rest
        heel.append(Samenhang(een.totaal, (*een.delen, sleutel)))
    return heel, alle


def te_klein(aantallen: Aantallen, drempel: int) -> set[str]:
    """What is hidden because it is small."""
    return {sleutel for sleutel, aantal in aantallen.items() if 0 < aantal < drempel}


def ruimte(drempel: int) -> int:
    """How many values a hidden count must at least be able to have, for whoever knows all that is shown.

    Half as many as the drempel, so five of the nine of `< 10`; where there are only two values, both.
    """
    return min(drempel - 1, max(2, drempel // 2))


def dicht(samenhangen: Sequence[Samenhang], aantallen: Aantallen, bij: Set[str], drempel: int) -> set[str]:
    """What to show as `×` besides `bij`, so that no hidden count can have fewer than `ruimte` values.

    The next to go is the smallest count of a sum that narrows one down, and a total last. When all of that sum is
    hidden and its total is small, as of nine parts of one thing each, the total is one of these as well, so that nobody
    reads how small; and at the very end its parts. The same counts always give the same answer.
    """
    klein, kruis = te_klein(aantallen, drempel), set(bij)
    while bekend := _te_bekend(samenhangen, aantallen, klein, kruis, drempel):
        geraakt = [een for een in samenhangen if bekend & {een.totaal, *een.delen}]
        open_ = [
            sleutel
            for een in geraakt
            for sleutel in _op_volgorde(een, aantallen)
            if sleutel not in klein | kruis
        ]
        nog = (
            open_
            or [een.totaal for een in geraakt if een.totaal not in kruis]
            or [
                sleutel for een in geraakt for sleutel in _op_volgorde(een, aantallen) if sleutel not in kruis
            ]
        )
        if not nog:
            break
        kruis.add(nog[0])
    return kruis


def _op_volgorde(een: Samenhang, aantallen: Aantallen) -> list[str]:
    """What may cover for a part, the first to go first."""
    delen = sorted(een.delen, key=lambda deel: (aantallen[deel], een.delen.index(deel)))
    return [*(deel for deel in delen if aantallen[deel]), een.totaal]


def _te_bekend(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen, klein: Set[str], kruis: Set[str], drempel: int
) -> set[str]:
    """What is hidden, and known too well all the same."""
    grenzen = bereik(samenhangen, aantallen, klein, kruis, drempel)
    return {
        sleutel
        for sleutel in klein | kruis
        if grenzen[sleutel][1] - grenzen[sleutel][0] + 1 < ruimte(drempel)
    }


def bereik(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen, klein: Set[str], kruis: Set[str], drempel: int
) -> dict[str, Bereik]:
    """Between which bounds each count lies for whoever knows all the others, by the sums taken together.

    `kruis` are shown as `×`, what else is in `klein` as small. Each bound is passed on until none becomes narrower:
    exact where, as in a table, no cell is a part of two totals.
    """
    grenzen: dict[str, Bereik] = {sleutel: (aantal, aantal) for sleutel, aantal in aantallen.items()}
    for sleutel in klein | kruis:
        grenzen[sleutel] = (1 if sleutel in klein else drempel, inf) if sleutel in kruis else (1, drempel - 1)
    for ronde in count():
        voor = dict(grenzen)
        for een in samenhangen:
            _vernauw(een, grenzen)
        if voor == grenzen or ronde > len(grenzen):
            return grenzen
    raise AssertionError


def _vernauw(een: Samenhang, grenzen: dict[str, Bereik]) -> None:
    laagste = [grenzen[deel][0] for deel in een.delen]
    hoogste = [grenzen[deel][1] for deel in een.delen]
    van, tot = grenzen[een.totaal]
    onder = max(laagste, default=0) if een.hoogstens else sum(laagste)
    grenzen[een.totaal] = van, tot = max(van, onder), min(tot, sum(hoogste))
    for plaats, deel in enumerate(een.delen):
        laag, hoog = grenzen[deel]
        anderen_hoog = sum(hoogste[:plaats]) + sum(hoogste[plaats + 1 :])
        anderen_laag = 0 if een.hoogstens else sum(laagste[:plaats]) + sum(laagste[plaats + 1 :])
        grenzen[deel] = max(laag, van - anderen_hoog), min(hoog, tot - anderen_laag)
