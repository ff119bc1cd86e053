"""A plan as one reads it: on the page, on paper, and beside another version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from households.models import Deelnemersoort
from teams.codes import Code

Rij = dict[str, Any]
IEMAND = "iemand"
"""Who the reader may not know."""
IEDEREEN = "iedereen in het huishouden"


@dataclass(frozen=True)
class Mens:
    """Somebody who takes part."""

    sleutel: int
    naam: str
    soort: Code
    persoon: int | None
    organisatie: str
    rol: str
    telefoon: str
    doet_mee: bool

    @property
    def omschrijving(self) -> str:
        """From where, and as what."""
        delen = (self.rol, self.organisatie or self.soort.label)
        return ", ".join(filter(None, delen))


@dataclass(frozen=True)
class Afspraakregel:
    """Who does what, before when."""

    sleutel: int
    soort: str
    tekst: str
    wie: str
    uiterlijk_op: date | None
    gedaan_op: date | None
    vervallen_op: date | None

    @property
    def open(self) -> bool:
        """Whether it is still to be done, or kept to."""
        return not (self.gedaan_op or self.vervallen_op)

    @property
    def in_woorden(self) -> str:
        """All of it in one line."""
        delen = [
            self.wie,
            f"uiterlijk {dag(self.uiterlijk_op)}" if self.uiterlijk_op else "",
            f"gedaan op {dag(self.gedaan_op)}" if self.gedaan_op else "",
            f"vervallen op {dag(self.vervallen_op)}" if self.vervallen_op else "",
        ]
        return f"{self.tekst} – {', '.join(filter(None, delen))}"


@dataclass(frozen=True)
class Evaluatieregel:
    """When one looks at a goal, and what came of it."""

    sleutel: int
    gepland_op: date
    gehouden_op: date | None
    resultaat: str
    toelichting: str

    @property
    def in_woorden(self) -> str:
        """All of it in one line."""
        if not self.gehouden_op:
            return f"gepland op {dag(self.gepland_op)}"
        uitleg = f": {self.toelichting}" if self.toelichting else ""
        return f"{dag(self.gehouden_op)}, {self.resultaat}{uitleg}"


@dataclass(frozen=True)
class Doelblad:
    """A goal with what belongs to it."""

    sleutel: int
    tekst: str
    eigenaar: str
    eigenaar_sleutel: int
    levensgebied: str
    voor_wie: str
    voor_wie_sleutels: tuple[int, ...]
    besloten: bool
    begin: date
    streefdatum: date | None
    stand: str
    afspraken: list[Afspraakregel]
    evaluaties: list[Evaluatieregel]

    @property
    def open(self) -> bool:
        """Whether it is still to be reached."""
        return self.stand == "open"

    @property
    def te_evalueren(self) -> list[Evaluatieregel]:
        """Those that are still to be held."""
        return [rij for rij in self.evaluaties if not rij.gehouden_op]

    @property
    def geevalueerd(self) -> list[Evaluatieregel]:
        """Those that were held."""
        return [rij for rij in self.evaluaties if rij.gehouden_op]


@dataclass(frozen=True)
class Blad:
    """The whole plan; `los` is what was agreed for the whole of it."""

    mensen: list[Mens] = field(default_factory=list)
    doelen: list[Doelblad] = field(default_factory=list)
    los: list[Afspraakregel] = field(default_factory=list)
    regie: list[tuple[str, str]] = field(default_factory=list)

    @property
    def deelnemers(self) -> list[Mens]:
        """Who takes part now."""
        return [mens for mens in self.mensen if mens.doet_mee]

    def naam(self, deelnemer: int) -> str:
        """What somebody is called who takes part, or did."""
        return next((mens.naam for mens in self.mensen if mens.sleutel == deelnemer), IEMAND)


def personen_in(*beelden: Rij) -> set[int]:
    """The keys of the residents who are named."""
    return {
        *(rij["persoon"] for beeld in beelden for rij in beeld["deelnemers"] if rij["persoon"]),
        *(pk for beeld in beelden for rij in beeld["doelen"] for pk in rij["voor_wie"]),
    }


def maak_blad(beeld: Rij, namen: Mapping[int, str]) -> Blad:
    """`beeld` (see `households.planbeeld`) with residents called as in `namen`, by the key of the person."""
    mensen = [
        Mens(
            sleutel=rij["sleutel"],
            naam=namen.get(rij["persoon"], IEMAND) if rij["persoon"] else rij["naam"],
            soort=Deelnemersoort.van_code(rij["soort"]),
            persoon=rij["persoon"],
            organisatie=rij["organisatie"],
            rol=rij["rol"],
            telefoon=rij["telefoon"],
            doet_mee=rij["doet_mee"],
        )
        for rij in beeld["deelnemers"]
    ]
    wie = {mens.sleutel: mens.naam for mens in mensen}
    afspraken = [(rij["doel"], _afspraak(rij, wie)) for rij in beeld["afspraken"]]
    evaluaties = [(rij["doel"], _evaluatie(rij)) for rij in beeld["evaluaties"]]
    return Blad(
        mensen=mensen,
        doelen=[
            Doelblad(
                sleutel=rij["sleutel"],
                tekst=rij["tekst"],
                eigenaar=wie.get(rij["eigenaar"], IEMAND),
                eigenaar_sleutel=rij["eigenaar"],
                levensgebied=rij["levensgebied"],
                voor_wie=_som(namen.get(pk, IEMAND) for pk in rij["voor_wie"]) or IEDEREEN,
                voor_wie_sleutels=tuple(rij["voor_wie"]),
                besloten=rij["besloten"],
                begin=date.fromisoformat(rij["begin"]),
                streefdatum=_dag(rij["streefdatum"]),
                stand=rij["stand"],
                afspraken=[regel for doel, regel in afspraken if doel == rij["sleutel"]],
                evaluaties=[regel for doel, regel in evaluaties if doel == rij["sleutel"]],
            )
            for rij in beeld["doelen"]
        ],
        los=[regel for doel, regel in afspraken if doel is None],
        regie=[(rij["soort"], wie.get(rij["wie"], IEMAND)) for rij in beeld["regie"]],
    )


def dag(waarde: date | None) -> str:
    """A day in words; empty for none."""
    return date_format(waarde, "j F Y") if waarde else ""


def _afspraak(rij: Rij, wie: Mapping[int, str]) -> Afspraakregel:
    return Afspraakregel(
        sleutel=rij["sleutel"],
        soort=rij["soort"],
        tekst=rij["tekst"],
        wie=wie.get(rij["wie"], IEMAND),
        uiterlijk_op=_dag(rij["uiterlijk_op"]),
        gedaan_op=_dag(rij["gedaan_op"]),
        vervallen_op=_dag(rij["vervallen_op"]),
    )


def _evaluatie(rij: Rij) -> Evaluatieregel:
    return Evaluatieregel(
        sleutel=rij["sleutel"],
        gepland_op=date.fromisoformat(rij["gepland_op"]),
        gehouden_op=_dag(rij["gehouden_op"]),
        resultaat=rij["resultaat"],
        toelichting=rij["toelichting"],
    )


def _dag(waarde: str | None) -> date | None:
    return date.fromisoformat(waarde) if waarde else None


def _som(namen: Iterable[str]) -> str:
    """Names as one says them: "a, b en c"."""
    *eerste, laatste = [*namen] or [""]
    return f"{', '.join(eerste)} en {laatste}" if eerste else laatste
