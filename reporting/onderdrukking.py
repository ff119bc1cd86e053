"""Small numbers: the one place where a count of persons that is too small to show is hidden.

Every answer of every door passes here, once, as a whole table, so that hiding a second cell where a first
could be computed from a total has all it needs (monitor, "Small numbers").
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache

from reporting.argus import GeenArgus, bijverborgen
from reporting.samenhang import Samenhang, dicht, met_rest, te_klein
from teams.models import Instelling

if TYPE_CHECKING:
    from reporting.antwoord import Rij, Waarde
    from reporting.telling import Meting

logger = logging.getLogger(__name__)

NNB = "n.n.b."
VERBORGEN = "×"
VIJFTAL = 5
BEWAAR = 24 * 60 * 60
"""Seconds for which what to hide is kept; it is found again by the counts themselves, so it can't be out of date."""

ARGUS_ZWIJGT = "tau-argus-zwijgt"
EVEN = 60
"""Seconds for which tau-argus isn't asked again after it gave no answer: a page asks for many tables."""


def drempel_op(dag: date) -> int:
    """The smallest count of persons that is shown in a period that begins on `dag`."""
    return int(Instelling.objects.waarde_op(Instelling.KLEINE_AANTALLEN, dag))


@dataclass(frozen=True)
class Bescherming:
    """What is shown of one column as `×`: the keys of `weg`; and whether the other counts are rounded."""

    weg: frozenset[str] = frozenset()
    afgerond: bool = False

    def toon(self, sleutel: str, meting: Meting, drempel: int) -> Waarde:
        """What stands in a cell of the column."""
        if meting.cijfer is None:
            return NNB
        if sleutel in self.weg or (self.afgerond and not meting.is_aantal):
            return VERBORGEN
        if drempel and any(0 < aantal < drempel for aantal in meting.rust_op):
            return verberg(meting.cijfer, drempel) if meting.is_aantal else VERBORGEN
        return rond(meting.cijfer) if self.afgerond and isinstance(meting.cijfer, int) else meting.cijfer


class Keuzes:
    """What was chosen to hide, column by column; those `eerder` chosen are chosen again before any new one."""

    def __init__(self, eerder: Sequence[Bescherming] = ()) -> None:
        self.eerder = eerder
        self.gemaakt: list[Bescherming] = []

    def maak(self, kies: Callable[[], Bescherming]) -> Bescherming:
        """The next choice."""
        nummer = len(self.gemaakt)
        self.gemaakt.append(self.eerder[nummer] if nummer < len(self.eerder) else kies())
        return self.gemaakt[-1]


_keuzes: ContextVar[Keuzes | None] = ContextVar("_keuzes", default=None)


@contextmanager
def met_keuzes(keuzes: Keuzes) -> Iterator[None]:
    """Within it what is hidden goes by `keuzes`, and is kept there: which cells tau-argus takes is not for ever."""
    teken = _keuzes.set(keuzes)
    try:
        yield
    finally:
        _keuzes.reset(teken)


def bescherm(samenhangen: Sequence[Samenhang], aantallen: Mapping[str, int], drempel: int) -> Bescherming:
    """What to hide of one column, or what was chosen before (`met_keuzes`)."""
    keuzes = _keuzes.get()
    kies = partial(_bescherm, samenhangen, aantallen, drempel)
    return keuzes.maak(kies) if keuzes else kies()


def _bescherm(samenhangen: Sequence[Samenhang], aantallen: Mapping[str, int], drempel: int) -> Bescherming:
    """What to hide of counts that add up, so that no small one can be computed from the others.

    By tau-argus, and on from there until the bounds that `< 10` itself gives away tell too little as well. Without
    tau-argus from the beginning, and then what is still shown is rounded, too: other tables show the same totals, so
    rounding alone would hide little. The same counts get the same answer, which is kept for a while by their hash.
    """
    heel, alle = met_rest(samenhangen, aantallen)
    klein = te_klein(alle, drempel)
    if not klein or not heel:
        return Bescherming()
    vraag = repr([drempel, [(een.totaal, een.delen, een.hoogstens) for een in heel], sorted(alle.items())])
    sleutel = f"bescherming-{sha256(vraag.encode()).hexdigest()}"
    weg: list[str] | None = cache.get(sleutel)
    if weg is None:
        try:
            bij = _bij_argus(heel, alle, klein, drempel)
        except GeenArgus as reden:
            logger.warning("Geen antwoord van tau-argus (%s): aantallen worden afgerond.", reden)
            return Bescherming(frozenset(dicht(heel, alle, frozenset(), drempel)), afgerond=True)
        weg = sorted(dicht(heel, alle, bij, drempel))
        cache.set(sleutel, weg, BEWAAR)
    return Bescherming(frozenset(weg))


def _bij_argus(
    samenhangen: Sequence[Samenhang], aantallen: Mapping[str, int], klein: Set[str], drempel: int
) -> set[str]:
    sommen = [
        een for een in samenhangen if klein & set(een.delen) and een.totaal not in klein and not een.hoogstens
    ]
    if not sommen:
        return set()
    if cache.get(ARGUS_ZWIJGT):
        raise GeenArgus("net ook niet")
    try:
        plaatsen = bijverborgen([[aantallen[deel] for deel in een.delen] for een in sommen], drempel)
    except GeenArgus:
        cache.set(ARGUS_ZWIJGT, True, EVEN)
        raise
    return {een.delen[plaats] for een, bij in zip(sommen, plaatsen, strict=True) for plaats in bij}


def rond(aantal: int) -> int:
    """To the nearest five, a half up."""
    return (2 * aantal + VIJFTAL) // (2 * VIJFTAL) * VIJFTAL


def verberg(waarde: Waarde, drempel: int) -> Waarde:
    """One count, or the text that stands for it."""
    return tekst(drempel) if isinstance(waarde, int) and 0 < waarde < drempel else waarde


def tekst(drempel: int) -> str:
    """What stands in a hidden cell."""
    return f"< {drempel}"


def noten(rijen: list[Rij], drempel: int, *, afgerond: bool) -> list[str]:
    """The sentences under a table with hidden cells."""
    getoond = {waarde for rij in rijen for waarde in rij.waarden}
    zinnen = []
    if tekst(drempel) in getoond:
        zinnen.append(
            f"Aantallen van 1 tot en met {drempel - 1} zijn niet getoond: daar staat {tekst(drempel)}."
        )
    if VERBORGEN in getoond:
        zinnen.append(
            f"Waar {VERBORGEN} staat, gaat een cijfer over minder dan {drempel}, of is zo'n aantal er anders uit te"
            " berekenen."
        )
    if afgerond:
        zinnen.append(
            "De andere aantallen zijn afgerond op vijftallen: zo is er geen klein aantal uit te berekenen."
        )
    return zinnen
