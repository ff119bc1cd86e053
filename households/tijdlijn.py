"""Lines of the tijdlijn of a household: what each says, and where the layers above bring in theirs.

Whoever has more to tell about a household registers a `bron`: a function of the key of the household that gives
lines, under a soort and the group by which one filters (`Groep`). A bron reads only what belongs to that household,
and names in `personen` whom a line is about; a line of somebody's own carries `eigen_van`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from households.models import (
    Betrokkenheid,
    Gezinswijziging,
    Huishoudnotitie,
    Ketenpartner,
    Relatie,
    Relatiesoort,
)
from teams.models import Medewerker

ZONDER_NAAM = "overgenomen uit de administratie"


class Groep(StrEnum):
    """By what one filters the tijdlijn; the value stands in the address."""

    MELDINGEN = "meldingen"
    CONTACTEN = "contacten"
    GESPREKKEN = "gesprekken"
    BESLUITEN = "besluiten"
    OPSCHALING = "opschaling"
    NOTITIES = "notities"
    GEZIN = "gezin"
    BETROKKENEN = "betrokkenen"


GROEP_VAN: dict[str, Groep] = {
    "feit": Groep.MELDINGEN,
    "toewijzing": Groep.MELDINGEN,
    "koppeling": Groep.MELDINGEN,
    "verwijzing": Groep.MELDINGEN,
    "verslag": Groep.GESPREKKEN,
    "klantcontact": Groep.CONTACTEN,
    "terugbelverzoek": Groep.CONTACTEN,
    "belpoging": Groep.CONTACTEN,
    "gesprek": Groep.GESPREKKEN,
    "verplaatsing": Groep.GESPREKKEN,
    "gehouden": Groep.GESPREKKEN,
    "notitie": Groep.NOTITIES,
    "huishoudnotitie": Groep.NOTITIES,
    "gezinswijziging": Groep.GEZIN,
    "relatie": Groep.GEZIN,
    "betrokkenheid": Groep.BETROKKENEN,
    "ketenpartner": Groep.BETROKKENEN,
}
"""The group of each soort of line."""


@dataclass(frozen=True)
class Vervallen:
    """Something that was registered holds no longer."""

    op: datetime
    wie: str
    reden: str


@dataclass(frozen=True)
class Regel:
    """One line: `soort` is the kind of row it comes from (`feit`, `notitie`, …) and `sleutel` its key.

    `dag` is when it happened, `vastgelegd_op` when it was registered. `melding` is the key of the melding it belongs
    to, 0 for none. `personen` are whom it is about; nobody means the household. `eigen_van` is whose own it is.
    """

    melding: int
    soort: str
    sleutel: int
    dag: date
    vastgelegd_op: datetime
    wie: str
    wat: str
    tekst: str = ""
    vervallen: Vervallen | None = None
    rij: Any = None
    personen: frozenset[int] = frozenset()
    over: str = ""
    eigen_van: int | None = None
    ander: int | None = None

    @property
    def nummer(self) -> str:
        """The number of the melding, as people tell each other."""
        return f"M{self.melding:06d}"

    @property
    def later_vastgelegd(self) -> bool:
        """Whether it was registered on another day than it happened."""
        return timezone.localdate(self.vastgelegd_op) != self.dag

    @property
    def volgorde(self) -> tuple[Any, ...]:
        """By what lines are sorted, the newest last."""
        return (self.dag, self.vastgelegd_op, self.soort, self.sleutel)


Bron = Callable[[int], Iterable[Regel]]
BRONNEN: dict[str, Bron] = {}
"""What the layers above tell about a household, by soort."""


def bron(soort: str, groep: Groep) -> Callable[[Bron], Bron]:
    """Register a function that tells lines of this soort about a household; call it when the app is ready.

    ValueError when the soort has a source already.
    """

    def registreer(functie: Bron) -> Bron:
        if BRONNEN.get(soort, functie) is not functie:
            raise ValueError(f"De soort {soort} heeft al een bron.")
        BRONNEN[soort], GROEP_VAN[soort] = functie, groep
        return functie

    return registreer


@dataclass(frozen=True)
class Kijker:
    """What the reader may know: the names of people, and the keys of other households."""

    namen: Mapping[int, str]
    huishoudens: Collection[int]

    def noem(self, personen: Iterable[int]) -> str:
        """Those whom the reader may know of, by name; the others stay unsaid."""
        return ", ".join(sorted(self.namen[persoon] for persoon in personen if persoon in self.namen))


def gezinslijnen(huishouden: int, kijker: Kijker) -> list[Regel]:
    """Every line about the household itself, unsorted; seven queries and those of each bron."""
    wijzigingen = (
        Gezinswijziging.objects.filter(huishoudens=huishouden)
        .select_related("door", "ongedaan_door")
        .prefetch_related("personen")
    )
    notities = (
        Huishoudnotitie.objects.filter(huishouden=huishouden)
        .select_related("door", "vervallen_door")
        .prefetch_related("personen")
    )
    betrokkenen = Betrokkenheid.objects.filter(huishouden=huishouden).select_related(
        "medewerker", "team", "door", "beeindigd_door"
    )
    partners = Ketenpartner.objects.filter(huishouden=huishouden).select_related("door", "beeindigd_door")
    return [
        *(_wijziging(rij, huishouden, kijker) for rij in wijzigingen),
        *(_notitie(rij, kijker) for rij in notities),
        *(regel for rij in betrokkenen for regel in _betrokkenheid(rij)),
        *(regel for rij in partners for regel in _ketenpartner(rij)),
        *(regel for rij in relaties(kijker.namen) for regel in _relatie(rij, kijker)),
        *(regel for vertel in BRONNEN.values() for regel in vertel(huishouden)),
    ]


def relaties(personen: Collection[int]) -> list[Relatie]:
    """Every relation between two of these people, past ones too."""
    rijen = Relatie.objects.filter(van__in=personen, naar__in=personen)
    return list(rijen.select_related("van", "naar", "door", "beeindigd_door").order_by("soort", "pk"))


def naam_van(medewerker: Medewerker | None) -> str:
    """Who did it, also where that came out of another administration."""
    return medewerker.naam if medewerker else ZONDER_NAAM


def _wijziging(rij: Gezinswijziging, huishouden: int, kijker: Kijker) -> Regel:
    """The reason may say where somebody went, so it is only for who may know of the other household."""
    personen = frozenset(persoon.pk for persoon in rij.personen.all())
    over = kijker.noem(personen)
    ander = next(
        (
            pk
            for pk in (rij.ander_id, rij.huishouden_id)
            if pk and pk != huishouden and pk in kijker.huishoudens
        ),
        None,
    )
    geheim = rij.ander_id is not None and ander is None
    return Regel(
        melding=0,
        soort="gezinswijziging",
        sleutel=rij.pk,
        dag=rij.datum,
        vastgelegd_op=rij.geregistreerd_op,
        wie=naam_van(rij.door),
        wat=f"{over}: {rij.get_soort_display()}" if over else rij.get_soort_display().capitalize(),
        tekst="" if geheim else rij.reden,
        vervallen=Vervallen(rij.ongedaan_op, naam_van(rij.ongedaan_door), rij.ongedaan_reden)
        if rij.ongedaan_op
        else None,
        rij=rij,
        personen=personen,
        ander=ander,
    )


def _notitie(rij: Huishoudnotitie, kijker: Kijker) -> Regel:
    personen = frozenset(persoon.pk for persoon in rij.personen.all())
    return Regel(
        melding=0,
        soort="huishoudnotitie",
        sleutel=rij.pk,
        dag=timezone.localdate(rij.geregistreerd_op),
        vastgelegd_op=rij.geregistreerd_op,
        wie=naam_van(rij.door),
        wat="Notitie" if rij.versie == 1 else f"Notitie, {rij.versie}e versie",
        tekst=rij.tekst,
        vervallen=Vervallen(rij.vervallen_op, naam_van(rij.vervallen_door), rij.vervallen_reden)
        if rij.vervallen_op
        else None,
        rij=rij,
        personen=personen,
        over=kijker.noem(personen),
        eigen_van=rij.eigen_van_id,
    )


def _betrokkenheid(rij: Betrokkenheid) -> Iterable[Regel]:
    wie = getattr(rij.medewerker or rij.team, "naam", "")
    yield Regel(
        melding=0,
        soort="betrokkenheid",
        sleutel=2 * rij.pk,
        dag=timezone.localdate(rij.vanaf),
        vastgelegd_op=rij.vanaf,
        wie=naam_van(rij.door),
        wat=f"{wie} is {rij.get_soort_display()}",
        tekst=rij.reden,
        rij=rij,
    )
    if rij.tot:
        yield Regel(
            melding=0,
            soort="betrokkenheid",
            sleutel=2 * rij.pk + 1,
            dag=timezone.localdate(rij.tot),
            vastgelegd_op=rij.tot,
            wie=naam_van(rij.beeindigd_door),
            wat=f"{wie} is niet langer {rij.get_soort_display()}",
        )


def _ketenpartner(rij: Ketenpartner) -> Iterable[Regel]:
    yield Regel(
        melding=0,
        soort="ketenpartner",
        sleutel=2 * rij.pk,
        dag=rij.vanaf,
        vastgelegd_op=rij.geregistreerd_op,
        wie=naam_van(rij.door),
        wat=f"{rij.wie} is betrokken",
        rij=rij,
        tekst=" · ".join(filter(None, (rij.rol, rij.overleg))),
    )
    if rij.tot and rij.beeindigd_op:
        yield Regel(
            melding=0,
            soort="ketenpartner",
            sleutel=2 * rij.pk + 1,
            dag=rij.tot,
            vastgelegd_op=rij.beeindigd_op,
            wie=naam_van(rij.beeindigd_door),
            wat=f"{rij.wie} is niet langer betrokken",
        )


def _relatie(rij: Relatie, kijker: Kijker) -> Iterable[Regel]:
    """When it was registered, on the day on which it began where that is known; its end stands in the same words."""
    van, naar = kijker.namen[rij.van_id], kijker.namen[rij.naar_id]
    einde = f", tot {rij.tot:%d-%m-%Y}" if rij.tot else ""
    yield Regel(
        melding=0,
        soort="relatie",
        sleutel=rij.pk,
        dag=rij.vanaf or timezone.localdate(rij.geregistreerd_op),
        vastgelegd_op=rij.geregistreerd_op,
        wie=naam_van(rij.door),
        wat=f"{van}: {Relatiesoort(rij.soort).label} {naar}{einde}",
        personen=frozenset((rij.van_id, rij.naar_id)),
    )
