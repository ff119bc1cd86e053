"""How a table counts: the rows behind it, and which of those each cell gathers.

A table names the rows behind it: one per counted thing (melding, contact, client, traject) with the
dimensions that decide where it counts. From that one query follow the cells (a GROUP BY over the dimensions,
in the database) and the corrections (what stands behind the table at one moment and not at another).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import connections
from django.db.models import QuerySet

Keuze: TypeAlias = Mapping[str, Container[Any]]
"""Dimension → the values that count; a dimension left out may have any value."""
Plaats: TypeAlias = Mapping[str, Any]
"""Dimension → the one value of a row behind the table."""


@dataclass(frozen=True)
class Regel:
    """A row of the table: how many `telt` chooses; with `van` the whole per cents of what that chooses."""

    sleutel: str
    label: str
    telt: Keuze = field(default_factory=dict)
    van: Keuze | None = None


@dataclass(frozen=True)
class Kolom:
    """A column of the table."""

    sleutel: str
    telt: Keuze = field(default_factory=dict)


@dataclass(frozen=True)
class Feiten:
    """Registrations that can move a counted thing: rows of a `Versie`, whatever their clock says.

    `eenheid` are the paths from a registration to what the table counts, in the order of `Telling.eenheid`.
    """

    rijen: QuerySet[Any, Any]
    eenheid: tuple[str, ...]


@dataclass(frozen=True)
class Noot:
    """A sentence under the table, when anything stands at `bij`; `{aantal}` becomes how many."""

    tekst: str
    bij: Keuze = field(default_factory=dict)


@dataclass(frozen=True)
class Telling:
    """What one table counts in one period.

    `achter` gives the rows behind it, each counted thing once per place; `eenheid` and `dimensies` are names
    that its `values_list` takes. A row may add places up only where each thing has one of them.
    """

    achter: QuerySet[Any, Any]
    eenheid: tuple[str, ...]
    dimensies: tuple[str, ...]
    rijen: Sequence[Regel]
    kolommen: Sequence[Kolom]
    feiten: Sequence[Feiten]
    noten: Sequence[Noot] = ()


@dataclass(frozen=True)
class Groepen:
    """Counts per place: as many as the dimensions have combinations, however much stands behind them."""

    aantallen: Sequence[tuple[Plaats, int]]

    def aantal(self, *keuzes: Keuze) -> int:
        """How many stand at a place that every choice takes."""
        return sum(
            aantal for plaats, aantal in self.aantallen if all(past(keuze, plaats) for keuze in keuzes)
        )

    def cel(self, regel: Regel, kolom: Kolom) -> int:
        """The value of one cell."""
        aantal = self.aantal(regel.telt, kolom.telt)
        return aantal if regel.van is None else procent(aantal, self.aantal(regel.van, kolom.telt))


def procent(deel: int, geheel: int) -> int:
    """Whole per cents, rounded half up from exact counts; 0 of nothing is 0."""
    return (200 * deel + geheel) // (2 * geheel) if geheel else 0


def past(keuze: Keuze, plaats: Plaats) -> bool:
    """Whether a choice takes what stands at this place."""
    return all(plaats[dimensie] in waarden for dimensie, waarden in keuze.items())


def tel(telling: Telling) -> Groepen:
    """Count the rows behind a table per place, in one query."""
    bron, parameters = _achter(telling)
    plaatsen = ", ".join(_namen("d", telling.dimensies))
    per_plaats = f"SELECT {plaatsen}, count(*) FROM {bron} GROUP BY {plaatsen}"
    rijen = _vraag(telling, per_plaats if plaatsen else f"SELECT count(*) FROM {bron}", parameters)
    return Groepen([(dict(zip(telling.dimensies, rij, strict=False)), rij[-1]) for rij in rijen])


def alleen_in(deze: Telling, andere: Telling) -> list[tuple[tuple[Any, ...], Plaats]]:
    """`(eenheid, plaats)` of the rows behind one table that do not stand at that place behind the other."""
    bron, parameters = _achter(deze)
    zonder, andere_parameters = _achter(andere)
    rijen = _vraag(
        deze, f"SELECT * FROM {bron} EXCEPT SELECT * FROM {zonder}", parameters + andere_parameters
    )
    breedte = len(deze.eenheid)
    return [(rij[:breedte], dict(zip(deze.dimensies, rij[breedte:], strict=True))) for rij in rijen]


def _achter(telling: Telling) -> tuple[str, tuple[Any, ...]]:
    """The rows behind a table as a FROM item, with columns e0, e1, … (eenheid) and d0, d1, … (dimensies)."""
    sql, parameters = telling.achter.values_list(*telling.eenheid, *telling.dimensies).query.sql_with_params()
    namen = _namen("e", telling.eenheid) + _namen("d", telling.dimensies)
    return f"({sql}) AS achter ({', '.join(namen)})", parameters


def _namen(letter: str, velden: Iterable[str]) -> list[str]:
    return [f"{letter}{nummer}" for nummer, _ in enumerate(velden)]


def _vraag(telling: Telling, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connections[telling.achter.db].cursor() as cursor:
        cursor.execute(sql, parameters)
        rijen: list[tuple[Any, ...]] = cursor.fetchall()
    return rijen
