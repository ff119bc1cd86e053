"""Which cells of a table add up, and what somebody can work out of those that are shown about those that are not.

A hidden count from 1 up to the drempel is shown as such, so whoever reads it knows those bounds; a count that is hidden
because another could be computed from it is known to be none of those. From there the sums narrow it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import inf

REST = "rest van "
"""Begins the key of what is in a total and in none of its parts that the table names."""
SPELING = 5
"""How many values a hidden count must at least be able to have, for whoever knows all that is shown."""

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


def dicht(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen, verborgen: Iterable[str], drempel: int
) -> set[str]:
    """Hide on, until no hidden count can be narrowed down to fewer than `SPELING` values; gives all that is hidden.

    The next to go is the smallest count of a sum that narrows one down, then a part of nothing, then the total. The
    same counts always hide the same cells.
    """
    weg = set(verborgen)
    while bekend := _te_bekend(samenhangen, aantallen, weg, drempel):
        nog = [
            sleutel
            for een in samenhangen
            if bekend & {een.totaal, *een.delen}
            for sleutel in _op_volgorde(een, aantallen)
            if sleutel not in weg
        ]
        if not nog:
            return weg
        weg.add(nog[0])
    return weg


def _op_volgorde(een: Samenhang, aantallen: Aantallen) -> list[str]:
    delen = sorted(een.delen, key=lambda deel: (aantallen[deel] == 0, aantallen[deel], een.delen.index(deel)))
    return [*delen, een.totaal]


def _te_bekend(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen, weg: set[str], drempel: int
) -> set[str]:
    """What is hidden, and known too well all the same."""
    grenzen = bereik(samenhangen, aantallen, weg, drempel)
    ruimte = min(SPELING, drempel - 1)
    return {
        sleutel
        for sleutel in weg
        if aantallen[sleutel] and grenzen[sleutel][1] - grenzen[sleutel][0] + 1 < ruimte
    }


def bereik(
    samenhangen: Sequence[Samenhang], aantallen: Aantallen, weg: Iterable[str], drempel: int
) -> dict[str, Bereik]:
    """Between which bounds each count lies for whoever knows all the others, by the sums taken together.

    Each bound is passed on until none becomes narrower: exact where, as in a table, no cell is a part of two totals.
    """
    grenzen: dict[str, Bereik] = {sleutel: (aantal, aantal) for sleutel, aantal in aantallen.items()}
    for sleutel in weg:
        aantal = aantallen[sleutel]
        grenzen[sleutel] = (
            (0, inf) if not aantal else (1, drempel - 1) if aantal < drempel else (drempel, inf)
        )
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
