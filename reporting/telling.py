"""How a table counts: the rows behind it, and which of those each cell gathers.

A table names the rows behind it: one per counted thing (melding, contact, client, traject) with the
dimensions that decide where it counts. From that one query follow the cells (a GROUP BY over the dimensions,
in the database) and the corrections (what stands behind the table at one moment and not at another).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from reporting.maten import AANTAL, Cijfer, Groep, Keuze, Maat, Plaats, hoeveel, past, procent
from reporting.rijen import Achter, Breed, Gevraagd, Opdracht, Samen, alle, geteld
from reporting.samenhang import Gedeeld, Samenhang

__all__ = [
    "Breed",
    "Feiten",
    "Gevraagd",
    "Groepen",
    "Kolom",
    "Meting",
    "Noot",
    "Plaats",
    "Regel",
    "Samen",
    "Telling",
    "maat_van",
    "past",
    "tel",
    "verplaatst",
]


NIETS_GEKOZEN: Keuze = {}


@dataclass(frozen=True)
class Regel:
    """A row of the table: how many `telt` chooses; with `van` the whole per cents of what that chooses.

    `maat` is what it tells instead of how many, unless the column has one; `noemer` is for measures that need it.
    """

    sleutel: str
    label: str
    telt: Keuze = field(default_factory=dict)
    van: Keuze | None = None
    maat: Maat = AANTAL
    noemer: int | None = None


@dataclass(frozen=True)
class Kolom:
    """A column of the table; with `van` the whole per cents of what that chooses, in whatever row.

    `geleverd` is the period and the column of the figures that another source delivers for it, when its key isn't the
    period of these.
    """

    sleutel: str
    telt: Keuze = field(default_factory=dict)
    van: Keuze | None = None
    maat: Maat | None = None
    geleverd: tuple[str, str] | None = None


class Meting(NamedTuple):
    """The figure of a cell, with what a small number of it may give away.

    `rust_op` are the counts that it is made of; `is_aantal` that it is one itself.
    """

    cijfer: Cijfer
    rust_op: tuple[int, ...]
    is_aantal: bool
    percentage: bool


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

    `achter` gives the rows behind it, each counted thing once per place, in parts that share none (mostly one
    part); `eenheid` and `dimensies` are names that their `values_list` takes. A row may add places up only
    where each thing has one of them. `samenhang` are the rows that add up to another, by their keys, and
    `gedeeld` is the total that stands in other tables too. With values in `gevraagd`, `achter` are querysets that come
    back with every question.
    """

    achter: Achter
    eenheid: tuple[str, ...]
    dimensies: tuple[str, ...]
    rijen: Sequence[Regel]
    kolommen: Sequence[Kolom]
    feiten: Sequence[Feiten]
    noten: Sequence[Noot] = ()
    samenhang: Sequence[Samenhang] = ()
    gedeeld: Gedeeld | None = None
    gevraagd: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Groepen:
    """Counts per place (and part): as many as the dimensions have combinations, however much stands behind."""

    aantallen: Sequence[Groep]
    _gekozen: dict[int, tuple[Keuze, Sequence[Groep]]] = field(default_factory=dict, compare=False)

    def aantal(self, keuze: Keuze = NIETS_GEKOZEN, verder: Keuze = NIETS_GEKOZEN) -> int:
        """How many stand at a place that every choice takes."""
        return hoeveel(self._bij(keuze, verder))

    def per_sleutel(self, telling: Telling, kolom: Kolom) -> dict[str, int]:
        """How many things stand behind each row, whatever the row tells of them."""
        return {regel.sleutel: self.aantal(regel.telt, kolom.telt) for regel in telling.rijen}

    def _bij(self, keuze: Keuze, verder: Keuze) -> Sequence[Groep]:
        """What `keuze` takes, a row mostly, is looked for once, however many columns ask for it."""
        gevonden = self._gekozen.get(id(keuze))
        if gevonden is None:
            # With the choice itself, so that no other one can come to have its id.
            gevonden = self._gekozen[id(keuze)] = (keuze, _gekozen(self.aantallen, keuze))
        return _gekozen(gevonden[1], verder) if verder else gevonden[1]

    def cel(self, regel: Regel, kolom: Kolom) -> Meting:
        """What stands in one cell."""
        maat = maat_van(regel, kolom)
        gekozen = self._bij(regel.telt, kolom.telt)
        aantal = hoeveel(gekozen)
        van = None
        if kolom.van is not None:
            van = self._bij(kolom.van, NIETS_GEKOZEN)
        elif regel.van is not None:
            van = self._bij(regel.van, kolom.telt)
        if van is not None:
            geheel = hoeveel(van)
            return Meting(procent(aantal, geheel), (aantal, geheel), is_aantal=False, percentage=True)
        return Meting(maat.cijfer(gekozen, regel.noemer), (aantal,), maat.is_aantal, maat.percentage)


def _gekozen(groepen: Sequence[Groep], keuze: Keuze) -> Sequence[Groep]:
    for dimensie, waarden in keuze.items():
        groepen = [groep for groep in groepen if groep[0][dimensie] in waarden]
    return groepen


def maat_van(regel: Regel, kolom: Kolom) -> Maat:
    """What a cell tells: what its column does, else its row."""
    return kolom.maat or regel.maat


def tel(telling: Telling) -> Groepen:
    """Count the rows behind a table per place, in one query; a table with nothing behind it needs none."""
    if not telling.achter:
        return Groepen([])
    rijen = _vraag(geteld(telling.achter, telling.eenheid, telling.dimensies, telling.gevraagd))
    return Groepen([(dict(zip(telling.dimensies, rij, strict=False)), rij[-1]) for rij in rijen])


def verplaatst(
    toen: Telling, straks: Telling
) -> tuple[list[tuple[tuple[Any, ...], Plaats]], list[tuple[tuple[Any, ...], Plaats]]]:
    """`(eenheid, plaats)` of what stood behind a table at a place and doesn't any more, and of what now does.

    Both in one query, that looks at either side once.
    """
    if not toen.achter:
        return [], []
    (eerst, parameters), (dan, andere_parameters) = (
        alle(telling.achter, telling.eenheid, telling.dimensies, telling.gevraagd)
        for telling in (toen, straks)
    )
    rijen = _vraag(
        (
            f"WITH toen AS MATERIALIZED ({eerst}), straks AS MATERIALIZED ({dan})"
            " SELECT true, uit.* FROM (TABLE toen EXCEPT TABLE straks) uit"
            " UNION ALL SELECT false, naar.* FROM (TABLE straks EXCEPT TABLE toen) naar",
            parameters + andere_parameters,
        )
    )
    breedte = len(toen.eenheid) + 1
    kanten: dict[bool, list[tuple[tuple[Any, ...], Plaats]]] = {True: [], False: []}
    for rij in rijen:
        plaats = dict(zip(toen.dimensies, rij[breedte:], strict=True))
        kanten[rij[0]].append((rij[1:breedte], plaats))
    return kanten[True], kanten[False]


def _vraag(opdracht: Opdracht) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*opdracht)
        rijen: list[tuple[Any, ...]] = cursor.fetchall()
    return rijen
