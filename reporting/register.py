"""The registry of tables that the CLI, the pages, the API and the exports loop over.

A new table is one function in one file under `reporting/tabellen/`, with the decorator `tabel`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from reporting.telling import Telling
    from reporting.vraag import Vraag

Telfunctie: TypeAlias = "Callable[[Vraag], Telling]"

OVER_PERSONEN = frozenset({"cliënten", "trajecten", "voorzieningen", "huishoudens"})
"""What is counted here says something about persons, so small counts of it are hidden."""


@dataclass(frozen=True)
class Tabel:
    """A table of the monitor: its words for users, the filters that it takes, and how it counts."""

    sleutel: str
    titel: str
    definitie: str
    eenheid: str
    bron: str
    filters: frozenset[str]
    tel: Telfunctie
    standaard: Mapping[str, str] = field(default_factory=dict)
    extern: bool = False

    @property
    def over_personen(self) -> bool:
        """Whether small counts of this table are hidden."""
        return self.eenheid in OVER_PERSONEN

    def __reduce__(self) -> tuple[Callable[[str], Tabel], tuple[str]]:
        """An answer that is kept names its table, and finds it here again."""
        return ingeschreven, (self.sleutel,)


TABELLEN: dict[str, Tabel] = {}
"""Every table by its number, in the order of the monitor."""


def ingeschreven(sleutel: str) -> Tabel:
    """The table with this number; KeyError when there is none."""
    return TABELLEN[sleutel]


def tabel(
    sleutel: str,
    *,
    titel: str,
    definitie: str,
    eenheid: str,
    bron: str,
    filters: frozenset[str] = frozenset(),
    standaard: Mapping[str, str] | None = None,
    extern: bool = False,
) -> Callable[[Telfunctie], Telfunctie]:
    """Register the function that counts a table; it takes a `Vraag` about one period.

    `standaard` are filters that hold unless the question says otherwise; `extern` that nothing of it is counted here.
    """

    def schrijf_in(functie: Telfunctie) -> Telfunctie:
        TABELLEN[sleutel] = Tabel(
            sleutel, titel, definitie, eenheid, bron, filters, functie, standaard or {}, extern
        )
        return functie

    return schrijf_in


def laad_tabellen() -> None:
    """Import every file of `reporting/tabellen/`, and put the tables in the order of the monitor."""
    pakket = import_module("reporting.tabellen")
    for gevonden in iter_modules(pakket.__path__, f"{pakket.__name__}."):
        import_module(gevonden.name)
    op_volgorde = sorted(
        TABELLEN.items(),
        key=lambda paar: [(not deel.isdecimal(), len(deel), deel) for deel in paar[0].split(".")],
    )
    TABELLEN.clear()
    TABELLEN.update(op_volgorde)
