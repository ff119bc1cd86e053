"""The rows behind a table as one statement: of querysets, and of rows that stand for several things at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

HOE_VAAK = "hoe_vaak"
"""The column that says for how many rows alike one stands."""
Opdracht: TypeAlias = tuple[str, tuple[Any, ...]]
"""A statement and its parameters."""


class Gevraagd(Expression):
    """A value in a queryset that comes with each question, by its name in `Telling.gevraagd`.

    A queryset with these is made and compiled once: that takes as long as counting thousands of meldingen.
    """

    def __init__(self, naam: str) -> None:
        super().__init__()
        self.naam = naam

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """A parameter in whose place the value comes when the statement is made."""
        return "%s", (self,)


@dataclass(frozen=True)
class Breed:
    """Rows that each stand for several counted things, and are read once; the dimension `soort` says for which.

    `dimensies` are those of which each kind has a column of its own: `per` gives these columns by kind, in that order.
    Where the first of them is empty, the row doesn't stand for that kind. `rijen` share no row.
    """

    rijen: Sequence[QuerySet[Any, Any]]
    soort: str
    dimensies: tuple[str, ...]
    per: Mapping[str, tuple[str, ...]]

    def filter(self, **waarden: Any) -> Breed:
        """Only the rows with these values."""
        return replace(self, rijen=[rijen.filter(**waarden) for rijen in self.rijen])

    def kolom(self, soort: str, veld: str) -> str:
        """In which column a field stands for one kind."""
        return dict(zip(self.dimensies, self.per[soort], strict=True)).get(veld, veld)


@dataclass(frozen=True)
class Samen:
    """Rows of which several may be about one counted thing, and none where `ding` is empty.

    Whatever isn't one of `kenmerken` is the same for all rows of a thing; each of these holds where any row has it.
    """

    rijen: QuerySet[Any, Any]
    ding: str
    kenmerken: frozenset[str]

    def filter(self, **waarden: Any) -> Samen:
        """Only of the rows with these values."""
        return replace(self, rijen=self.rijen.filter(**waarden))


Achter: TypeAlias = Sequence["QuerySet[Any, Any] | Breed | Samen"]


def alle(
    achter: Achter, eenheid: Sequence[str], dimensies: Sequence[str], gevraagd: Mapping[str, Any]
) -> Opdracht:
    """What reads a row per counted thing: columns e0, e1, … (eenheid) and d0, d1, … (dimensies)."""
    velden = _namen("e", eenheid) | _namen("d", dimensies)
    return _uit_alle_delen(achter, velden, list(velden), gevraagd, tel=False)


def geteld(
    achter: Achter, eenheid: Sequence[str], dimensies: Sequence[str], gevraagd: Mapping[str, Any]
) -> Opdracht:
    """What counts per place: columns d0, d1, … (dimensies), and how many things stand there."""
    plaats = _namen("d", dimensies)
    return _uit_alle_delen(achter, _namen("e", eenheid) | plaats, list(plaats), gevraagd, tel=True)


def _namen(letter: str, velden: Iterable[str]) -> dict[str, str]:
    return {f"{letter}{nummer}": veld for nummer, veld in enumerate(velden)}


def _uit_alle_delen(
    achter: Achter, velden: Mapping[str, str], gekozen: list[str], gevraagd: Mapping[str, Any], *, tel: bool
) -> Opdracht:
    """Ask `gekozen`, some of the names of `velden`, of all parts; with `tel` what is alike once, with how many."""
    vooraf: list[str] = []
    vragen: list[str] = []
    parameters: tuple[list[Any], list[Any]] = ([], [])
    compileer = _compileer_eenmaal if gevraagd else _compileer
    for deel in achter:
        if isinstance(deel, Breed):
            tabel = f"breed{len(vooraf)}"
            nodig = {naam: veld for naam, veld in velden.items() if naam in gekozen}
            plaatsen, sql, van_deel = _breed(deel, nodig.values(), tel=tel)
            vooraf.append(f"{tabel} AS MATERIALIZED ({sql})")
            parameters[0].extend(van_deel)
            for soort in deel.per:
                sql = _van_soort(deel, soort, nodig.values(), plaatsen, tabel, tel=tel)
                vragen.append(_vraag(sql, nodig, gekozen, f"sum({HOE_VAAK})::bigint" if tel else ""))
                parameters[1].extend(soort for veld in nodig.values() if veld == deel.soort)
        else:
            alles = tuple(velden.values())
            sql, van_deel = _samen(deel, alles) if isinstance(deel, Samen) else compileer(deel, alles)
            vragen.append(_vraag(sql, velden, gekozen, "count(*)" if tel else ""))
            parameters[1].extend(van_deel)
    met = f"WITH {', '.join(vooraf)} " if vooraf else ""
    return met + " UNION ALL ".join(vragen), tuple(
        gevraagd[parameter.naam] if isinstance(parameter, Gevraagd) else parameter
        for van_delen in parameters
        for parameter in van_delen
    )


def _vraag(rijen: str, namen: Iterable[str], gekozen: list[str], aantal: str) -> str:
    als = f"achter ({', '.join(namen)})" if namen else "achter"
    groepen = f" GROUP BY {', '.join(gekozen)}" if gekozen and aantal else ""
    return f"SELECT {', '.join([*gekozen, *filter(None, [aantal])])} FROM ({rijen}) AS {als}{groepen}"


def _breed(deel: Breed, velden: Iterable[str], *, tel: bool) -> tuple[dict[str, str], str, tuple[Any, ...]]:
    """Where each column stands in the rows that are read once, and what reads them; with `tel` what is alike once."""
    nodig = dict.fromkeys(
        deel.kolom(soort, veld)
        for soort in deel.per
        for veld in (*deel.dimensies[:1], *velden)
        if veld != deel.soort
    )
    plaatsen = dict(zip(nodig, _namen("k", nodig), strict=True))
    opdrachten = [_compileer(rijen, tuple(nodig)) for rijen in deel.rijen]
    sql = " UNION ALL ".join(opdracht for opdracht, _ in opdrachten)
    namen = ", ".join(plaatsen.values())
    hoe_vaak, groepen = (f", count(*) AS {HOE_VAAK}", f" GROUP BY {namen}") if tel else ("", "")
    return (
        plaatsen,
        f"SELECT {namen}{hoe_vaak} FROM ({sql}) AS rijen ({namen}){groepen}",
        tuple(parameter for _, van_rijen in opdrachten for parameter in van_rijen),
    )


def _van_soort(
    deel: Breed, soort: str, velden: Iterable[str], plaatsen: dict[str, str], tabel: str, *, tel: bool
) -> str:
    hoe_vaak = f", {HOE_VAAK}" if tel else ""
    kolommen = ["%s::text" if veld == deel.soort else plaatsen[deel.kolom(soort, veld)] for veld in velden]
    return f"SELECT {', '.join(kolommen)} {hoe_vaak} FROM {tabel} WHERE {plaatsen[deel.per[soort][0]]} IS NOT NULL"


def _samen(deel: Samen, velden: tuple[str, ...]) -> Opdracht:
    """One row per thing."""
    sql, parameters = _compileer(deel.rijen, velden)
    namen = _namen("k", velden)
    gelijk = [naam for naam, veld in namen.items() if veld not in deel.kenmerken]
    kolommen = [naam if naam in gelijk else f"bool_or({naam})" for naam in namen]
    ding = next(naam for naam, veld in namen.items() if veld == deel.ding)
    return (
        f"SELECT {', '.join(kolommen)} FROM ({sql}) AS rijen ({', '.join(namen)})"
        f" WHERE {ding} IS NOT NULL GROUP BY {', '.join(gelijk)}",
        parameters,
    )


def _compileer(deel: QuerySet[Any, Any], velden: tuple[str, ...]) -> Opdracht:
    sql, parameters = deel.values_list(*velden).query.sql_with_params()
    return sql, tuple(parameters)


_compileer_eenmaal = lru_cache(maxsize=512)(_compileer)
