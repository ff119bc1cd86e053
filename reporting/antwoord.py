"""The answer to a question, the same for every door: CLI, page, API and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from django.utils import timezone

from reporting import extern, onderdrukking
from reporting.gebied import Gebied
from reporting.models import ExternCijfer
from reporting.register import TABELLEN, Tabel
from reporting.stroomschema import KNOPEN, STROOMSCHEMA
from reporting.telling import Groepen, Noot, Telling, tel
from reporting.verband import beschermd
from reporting.vraag import Vraag

Waarde: TypeAlias = int | float | str
"""A count, a figure of another source, or one of the texts `< 10`, `×` and `n.n.b.`."""


@dataclass(frozen=True)
class Rij:
    """A row, with one value per column; `procenten` tells which of them are per cents."""

    sleutel: str
    label: str
    waarden: list[Waarde]
    procenten: list[bool]

    @property
    def percentage(self) -> bool:
        """Whether the whole row is in per cents."""
        return all(self.procenten)

    @property
    def cellen(self) -> list[tuple[Waarde, bool]]:
        """Each value, with whether it is in per cents."""
        return list(zip(self.waarden, self.procenten, strict=True))


@dataclass(frozen=True)
class Antwoord:
    """A table of the monitor; `tabel` is its entry in the registry, `noten` are sentences for under it.

    `namen` are columns, or what stands before them, by what one reads for it where that isn't the key.
    """

    tabel: Tabel
    vraag: Vraag
    kolommen: list[str]
    rijen: list[Rij]
    noten: list[str] = field(default_factory=list)
    namen: Mapping[str, str] = field(default_factory=dict)

    def als_object(self) -> dict[str, Any]:
        """The JSON object of the overdracht, section "Commands"."""
        return {
            "tabel": self.tabel.sleutel,
            "bekend_op": self.bekend_op,
            "filters": dict(self.vraag.filters),
            "kolommen": self.kolommen,
            "rijen": [
                {"sleutel": rij.sleutel, "label": rij.label, "waarden": rij.waarden} for rij in self.rijen
            ],
            "noten": self.noten,
        }

    @property
    def koppen(self) -> list[str]:
        """The columns as one reads them above the figures."""
        return [self._kop(kolom) for kolom in self.kolommen]

    def _kop(self, kolom: str) -> str:
        for sleutel, naam in self.namen.items():
            if kolom.startswith(f"{sleutel} "):
                return f"{naam} {self._kop(kolom.removeprefix(f'{sleutel} '))}"
        return (
            "%" if kolom == "pct" else kolom.replace(" pct", " %").replace("_pct", " (%)").replace("_", " ")
        )

    @property
    def naast_elkaar(self) -> bool:
        """Whether there are two columns, and both tell the same, so that a difference says something."""
        return len(self.kolommen) == 2 and all(len(set(rij.procenten)) == 1 for rij in self.rijen)

    @property
    def bekend_op(self) -> str | None:
        """The cut-off as ISO 8601 in local time, or None for now."""
        return timezone.localtime(self.vraag.bekend_op).isoformat() if self.vraag.bekend_op else None


@dataclass(frozen=True)
class Stroomschema(Antwoord):
    """Table 2.6 of one period: counts per node and whole per cents of the node above.

    `naam` is what tells it from what it is compared with: its period, or its part of the city.
    """

    naam: str = ""
    vergelijking: Stroomschema | None = None

    @property
    def knopen(self) -> dict[str, int]:
        """Count per node, in the order of `KNOPEN`."""
        return {rij.sleutel: _aantal(rij) for rij in self.rijen if not rij.percentage}

    @property
    def percentages(self) -> dict[str, int]:
        """Share of the node above in whole per cents, for the nodes of which the monitor gives it."""
        aandelen = {rij.sleutel: _aantal(rij) for rij in self.rijen if rij.percentage}
        return {sleutel: aandelen[f"{sleutel}_pct"] for sleutel in KNOPEN if f"{sleutel}_pct" in aandelen}

    def als_object(self) -> dict[str, Any]:
        """The JSON object of the overdracht, with `vergelijking` only when one was asked for."""
        figuur: dict[str, Any] = {
            "tabel": self.tabel.sleutel,
            "periode": self.vraag.periode.sleutel,
            "bekend_op": self.bekend_op,
            "filters": dict(self.vraag.filters),
            "knopen": self.knopen,
            "percentages": self.percentages,
        }
        if ander := self.vergelijking:
            gebied = isinstance(self.vraag.vergelijk, Gebied)
            figuur["vergelijking"] = {
                "periode": ander.vraag.periode.sleutel,
                **({"filters": dict(ander.vraag.filters)} if gebied else {}),
                "knopen": ander.knopen,
                "percentages": ander.percentages,
            }
        return {**figuur, "noten": self.noten}


@dataclass(frozen=True)
class _Deel:
    """The answer for one period and part of the city, with the figures of others in it.

    `naam` is key and name of what tells it from the other.
    """

    vraag: Vraag
    naam: tuple[str, str]
    kolommen: list[str]
    rijen: list[Rij]
    noten: list[str]
    cijfers: list[ExternCijfer]


def beantwoord(vraag: Vraag, *, ruw: bool = False) -> Antwoord:
    """Count a table; the number of queries depends on the periods, and on whether there are few clients at all.

    `ruw` leaves out the suppression of small numbers; whoever asks for it may see persons, and logs it.
    """
    return beantwoord_met(TABELLEN[vraag.tabel], vraag, ruw=ruw)


def beantwoord_met(tabel: Tabel, vraag: Vraag, *, ruw: bool = False) -> Antwoord:
    """As `beantwoord`, for a table that need not be in the registry."""
    delen = [
        _tel(tabel, een, naam, ruw=ruw) for een, naam in zip(vraag.per_deel(), vraag.namen(), strict=True)
    ]
    namen = dict(deel.naam for deel in delen if deel.naam[0] != deel.naam[1])
    kolommen = _kolommen(delen)
    if tabel.sleutel == STROOMSCHEMA:
        schemas = {
            deel.vraag == vraag.eigen: Stroomschema(
                tabel, deel.vraag, [kolom], deel.rijen, deel.noten, namen, naam=deel.naam[1]
            )
            for deel, kolom in zip(delen, kolommen, strict=True)
        }
        eigen = schemas[True]
        if vraag.vergelijk is None:
            return eigen
        return replace(eigen, vraag=vraag, vergelijking=schemas.get(False, eigen))
    noten = dict.fromkeys(noot for deel in delen for noot in deel.noten)
    cijfers = [cijfer for deel in delen for cijfer in deel.cijfers]
    labels = {rij.sleutel: rij.label for deel in delen for rij in deel.rijen}
    return Antwoord(
        tabel,
        vraag,
        kolommen=kolommen,
        rijen=[
            replace(
                rijen[0],
                waarden=[waarde for rij in rijen for waarde in rij.waarden],
                procenten=[procent for rij in rijen for procent in rij.procenten],
            )
            for rijen in zip(*(deel.rijen for deel in delen), strict=True)
        ],
        noten=[*noten, *extern.bronnen(cijfers, labels, alles=tabel.extern)],
        namen=namen,
    )


def _kolommen(delen: list[_Deel]) -> list[str]:
    """The keys of all columns; where two parts have one of the same name, that of the part goes before it."""
    namen = [kolom for deel in delen for kolom in deel.kolommen]
    if len(set(namen)) == len(namen):
        return namen
    return [f"{deel.naam[0]} {kolom}" for deel in delen for kolom in deel.kolommen]


def _aantal(rij: Rij) -> int:
    """The value of a row of 2.6, which has one column and no other cells than counts."""
    (waarde,) = rij.waarden
    return int(waarde)


def _tel(tabel: Tabel, vraag: Vraag, naam: tuple[str, str], *, ruw: bool) -> _Deel:
    telling = tabel.tel(vraag)
    groepen = tel(telling)
    metingen = [[groepen.cel(regel, kolom) for kolom in telling.kolommen] for regel in telling.rijen]
    drempel = 0 if ruw or not tabel.over_personen else onderdrukking.drempel_op(vraag.periode.begin)
    cijfers = extern.externe_cellen(vraag, telling)
    bescherming = beschermd(vraag, telling, groepen, drempel)
    rijen = [
        Rij(
            regel.sleutel,
            regel.label,
            [
                kolom.toon(regel.sleutel, meting, drempel)
                for kolom, meting in zip(bescherming, rij, strict=True)
            ],
            [meting.percentage for meting in rij],
        )
        for regel, rij in zip(telling.rijen, metingen, strict=True)
    ]
    getoond = [_met_extern(rij, telling, cijfers) for rij in rijen] if cijfers else rijen
    return _Deel(
        vraag,
        naam,
        [kolom.sleutel for kolom in telling.kolommen],
        getoond,
        [
            *onderdrukking.noten(getoond, drempel, afgerond=any(kolom.afgerond for kolom in bescherming)),
            *_noten(vraag, telling.noten, groepen, drempel, bescherming),
        ],
        list(cijfers.values()),
    )


def _met_extern(rij: Rij, telling: Telling, cijfers: Mapping[extern.Cel, ExternCijfer]) -> Rij:
    waarden = [
        extern.waarde(cijfers[cel]) if (cel := (rij.sleutel, kolom.sleutel)) in cijfers else waarde
        for kolom, waarde in zip(telling.kolommen, rij.waarden, strict=True)
    ]
    return replace(rij, waarden=waarden)


def _noten(
    vraag: Vraag,
    noten: Sequence[Noot],
    groepen: Groepen,
    drempel: int,
    bescherming: Sequence[onderdrukking.Bescherming],
) -> list[str]:
    zinnen = []
    for noot in noten:
        if aantal := groepen.aantal(noot.bij):
            getal = onderdrukking.verberg(aantal, drempel)
            if any(kolom.weg or kolom.afgerond for kolom in bescherming):
                getal = onderdrukking.VERBORGEN
            zinnen.append(noot.tekst.format(aantal=f"{getal} ({vraag.periode.sleutel})"))
    return zinnen
