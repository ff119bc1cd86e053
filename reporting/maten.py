"""What a cell tells of the things that stand behind it: how many, how much, which share, how long.

A measure gets the places (with how many things stand at each) that its row and column take. What it reads of a place
is a dimension, so that a corrected value moves a thing as a corrected team does.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Keuze: TypeAlias = Mapping[str, Container[Any]]
"""Dimension → the values that count; a dimension left out may have any value."""
Plaats: TypeAlias = Mapping[str, Any]
"""Dimension → the one value of a row behind the table."""
Groep: TypeAlias = tuple[Plaats, int]
Cijfer: TypeAlias = int | float | None
"""What a cell shows; None is not yet known."""


def procent(deel: int, geheel: int) -> int:
    """Whole per cents, rounded half up from exact counts; 0 of nothing is 0."""
    return (200 * deel + geheel) // (2 * geheel) if geheel else 0


def gedeeld(deel: int, door: int) -> float:
    """A quotient to one decimal, rounded half up from exact numbers; anything by 0 is 0."""
    return (20 * deel + door) // (2 * door) / 10 if door else 0.0


def past(keuze: Keuze, plaats: Plaats) -> bool:
    """Whether a choice takes what stands at this place."""
    return all(plaats[dimensie] in waarden for dimensie, waarden in keuze.items())


def hoeveel(groepen: Sequence[Groep]) -> int:
    """How many things stand at these places."""
    return sum([aantal for _, aantal in groepen])


@dataclass(frozen=True)
class Maat:
    """How many; the others are its subclasses. `leest` is the dimension that it reads."""

    leest: str = ""

    @property
    def is_aantal(self) -> bool:
        """Whether a cell is the count itself; what else is made of a small count is hidden in another way."""
        return type(self) is Maat

    @property
    def percentage(self) -> bool:
        """Whether a cell is in per cents."""
        return False

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The figure of a cell; `noemer` is what the row says that it is a part of, or an average over."""
        return hoeveel(groepen)


@dataclass(frozen=True)
class Som(Maat):
    """The values of a dimension added up, in units of `schaal`; unknown is nothing.

    To one decimal with a scale, and in a row with a `noemer`, which is an average.
    """

    schaal: int = 1

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The sum, or the mean of it."""
        som = sum([(plaats[self.leest] or 0) * aantal for plaats, aantal in groepen])
        if self.schaal == 1 and noemer is None:
            return som
        return gedeeld(som, self.schaal * (1 if noemer is None else noemer))


@dataclass(frozen=True)
class Verschillende(Maat):
    """How many values a dimension has; unknown is none. A row with a `noemer` is an average, to one decimal."""

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The number of values, or the mean of it."""
        aantal = len({plaats[self.leest] for plaats, _ in groepen} - {None})
        return aantal if noemer is None else gedeeld(aantal, noemer)


@dataclass(frozen=True)
class PerVerschillende(Maat):
    """How many things there are for each value of a dimension, on average; what has no value stays out."""

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The mean, to one decimal."""
        bekend = [groep for groep in groepen if groep[0][self.leest] is not None]
        return gedeeld(hoeveel(bekend), len({plaats[self.leest] for plaats, _ in bekend}))


@dataclass(frozen=True)
class Percentiel(Maat):
    """The value of a dimension that `deel` per cent of the things don't exceed; not known when there are none.

    By nearest rank: the smallest value with at least that share at or below it, so always one that occurs.
    """

    deel: int = 50

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The percentile."""
        totaal, bereikt = hoeveel(groepen), 0
        for plaats, aantal in sorted(groepen, key=lambda groep: groep[0][self.leest]):
            bereikt += aantal
            if 100 * bereikt >= self.deel * totaal:
                return int(plaats[self.leest])
        return None


@dataclass(frozen=True)
class Waar(Maat):
    """In which share of the things a dimension is true, in whole per cents of those in which it is known."""

    @property
    def percentage(self) -> bool:
        """It is."""
        return True

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The per cents; not known where it is known of none."""
        bekend = [groep for groep in groepen if groep[0][self.leest] is not None]
        if not bekend:
            return None
        return procent(hoeveel([groep for groep in bekend if groep[0][self.leest]]), hoeveel(bekend))


@dataclass(frozen=True)
class VanNoemer(Maat):
    """Per cents of the `noemer` of the row, to one decimal; not known without one."""

    @property
    def percentage(self) -> bool:
        """It is."""
        return True

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """The per cents."""
        return gedeeld(100 * hoeveel(groepen), noemer) if noemer else None


@dataclass(frozen=True)
class Onbekend(Maat):
    """Nothing is counted: the figure comes from elsewhere, or is not known yet."""

    in_procenten: bool = False

    @property
    def percentage(self) -> bool:
        """Whether what comes from elsewhere is in per cents."""
        return self.in_procenten

    def cijfer(self, groepen: Sequence[Groep], noemer: int | None) -> Cijfer:
        """Not known."""
        return None


AANTAL = Maat()
