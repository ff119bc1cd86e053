"""The werkvoorraad: what somebody sees of the work that is open, in which order.

A list, its count and the counts per fase are one question (`Voorraad.meldingen`, `Voorraad.beloftes`), asked in
three ways. Promises to call back stand between the meldingen, by their term (R9); spoed comes first everywhere (R8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    F,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf, Trim, TruncDate
from django.utils import timezone

from meldingen.models import KLAAR, Categorie, Kanaal, Melding, MeldingQuerySet, Status, Terugbelverzoek
from meldingen.termijnen import bijzondere_dagen, einde_van_de_dag, spoed_uiterlijk, wettermijn
from teams.access import Actie, zichtbaar
from teams.gronden import Wie

FASEN = tuple(status for status in Status if status not in KLAAR)
"""Where a melding can stand that is open, in the order of the process."""


class Lijst(StrEnum):
    """The piles that one can look at."""

    VAN_MIJ = "van-mij"
    TEAM = "team"
    TRIAGE = "triage"
    TERUGBELLEN = "terugbellen"
    ALLES = "alles"


class Tijd(StrEnum):
    """Which terms one looks for."""

    TE_LAAT = "te-laat"
    DEZE_WEEK = "deze-week"


class Volgorde(StrEnum):
    """By what the rows are sorted, after spoed."""

    TERMIJN = "termijn"
    NUMMER = "nummer"
    FASE = "fase"
    LEEFTIJD = "leeftijd"
    TEAM = "team"
    BEHANDELAAR = "behandelaar"


class Niemand(Enum):
    """Stands for work that nobody has yet; None asks for anybody's."""

    NIEMAND = "niemand"


@dataclass(frozen=True)
class Vraag:
    """Which rows somebody asked for; None is any. `team`, `behandelaar` and `levensgebied` are keys."""

    lijst: Lijst
    fase: Status | None = None
    categorie: Categorie | None = None
    kanaal: Kanaal | None = None
    levensgebied: int | None = None
    termijn: Tijd | None = None
    team: int | None = None
    behandelaar: int | Niemand | None = None
    volgorde: Volgorde = Volgorde.TERMIJN
    aflopend: bool = False

    @property
    def over_inhoud(self) -> bool:
        """Whether the answer tells what stands in a melding, so that who may not read it must not be in it."""
        return any(keuze is not None for keuze in (self.categorie, self.kanaal, self.levensgebied))

    @property
    def alleen_meldingen(self) -> bool:
        """Whether it asks for what a promise to call back doesn't have."""
        return self.over_inhoud or self.fase is not None


@dataclass(frozen=True)
class Sleutel:
    """One row of a list, by its key; the rest is looked up for the rows of one page."""

    is_melding: bool
    pk: int
    termijn: datetime | None


@dataclass(frozen=True)
class Voorraad:
    """What `wie` sees of the open work, at the moment of `wie`."""

    wie: Wie
    melding_termijn: Combinable = field(default_factory=lambda: _melding_termijn())

    @property
    def teams(self) -> frozenset[int]:
        """The teams whose pile this is."""
        return self.wie.teams | self.wie.expertteams

    def meldingen(self, vraag: Vraag) -> QuerySet[Melding]:
        """The meldingen that answer `vraag`, with `termijn` and `nu`.

        Those that one may read, and of one's own teams also those of which one may know only that they are there.
        """
        gezien = cast(MeldingQuerySet, self._leesbaar if vraag.over_inhoud else self._gezien)
        gezien = gezien.filter(self._in_lijst(vraag.lijst)).met_stand()
        inhoud: dict[str, object] = {
            "status": vraag.fase,
            "nu__categorie": vraag.categorie,
            "nu__kanaal": vraag.kanaal,
            "levensgebieden": vraag.levensgebied,
        }
        gekozen = {naam: waarde for naam, waarde in inhoud.items() if waarde is not None}
        return self._gekozen(
            gezien.annotate(termijn=self.melding_termijn).filter(**gekozen), vraag, "behandelaar"
        )

    def beloftes(self, vraag: Vraag) -> QuerySet[Terugbelverzoek]:
        """The promises to call back that answer `vraag`, with `termijn`."""
        rijen = self._beloftes.none() if vraag.alleen_meldingen else self._beloftes
        rijen = rijen.filter(self._belofte_in_lijst(vraag.lijst))
        return self._gekozen(rijen.annotate(termijn=F("uiterlijk_op")), vraag, "medewerker")

    def te_lang_onopgepakt(self) -> QuerySet[Melding]:
        """Spoed in one's own teams, or in none, that nobody took within its hours (R8); the longest first."""
        triage: QuerySet[Any] = self.meldingen(Vraag(Lijst.TRIAGE))
        return triage.filter(spoed=True, termijn__lte=self.wie.moment).order_by("termijn", "pk")

    def per_lijst(self) -> dict[Lijst, int]:
        """How many rows each list has without a filter."""
        alles = Vraag(Lijst.ALLES)
        meldingen = self.meldingen(alles).aggregate(
            **{lijst.name: Count("pk", filter=self._in_lijst(lijst)) for lijst in Lijst}
        )
        beloftes = self.beloftes(alles).aggregate(
            **{lijst.name: Count("pk", filter=self._belofte_in_lijst(lijst)) for lijst in Lijst}
        )
        return {lijst: meldingen[lijst.name] + beloftes[lijst.name] for lijst in Lijst}

    def per_fase(self, vraag: Vraag) -> dict[Status, int]:
        """How many meldingen of `vraag` stand in each fase, whichever fase it asks for."""
        zonder = self.meldingen(replace(vraag, fase=None))
        tellingen = zonder.aggregate(**{fase.name: Count("pk", filter=Q(status=fase)) for fase in FASEN})
        return {fase: tellingen[fase.name] for fase in FASEN}

    def aantal(self, vraag: Vraag, per_fase: Mapping[Status, int]) -> int:
        """How many rows answer `vraag`, given its `per_fase`."""
        meldingen = sum(aantal for fase, aantal in per_fase.items() if vraag.fase in (None, fase))
        return meldingen + self.beloftes(vraag).count()

    def rijen(self, vraag: Vraag, begin: int, einde: int) -> list[Sleutel]:
        """The rows from `begin` up to `einde` in the order asked for; the same for the same question."""
        meldingen = _kolommen(self.meldingen(vraag), _MELDING[vraag.volgorde], is_belofte=False)
        beloftes = _kolommen(self.beloftes(vraag), _BELOFTE[vraag.volgorde], is_belofte=True)
        gevraagd = F("sorteer")
        geordend = meldingen.union(beloftes, all=True).order_by(
            F("spoed").desc(),
            gevraagd.desc(nulls_last=True) if vraag.aflopend else gevraagd.asc(nulls_last=True),
            F("termijn").asc(nulls_last=True),
            "is_belofte",
            "sleutel_",
        )
        return [Sleutel(not belofte, pk, termijn) for belofte, pk, _, termijn, _ in geordend[begin:einde]]

    @cached_property
    def _leesbaar(self) -> QuerySet[Melding]:
        return zichtbaar(Melding.objects.open(), self.wie, Actie.LEZEN)

    @cached_property
    def _gezien(self) -> QuerySet[Melding]:
        van_team: MeldingQuerySet = Melding.objects.open().van_team(self.teams)
        return self._leesbaar | zichtbaar(van_team, self.wie, Actie.ZIEN)

    @cached_property
    def _beloftes(self) -> QuerySet[Terugbelverzoek]:
        return zichtbaar(Terugbelverzoek.objects.open(), self.wie, Actie.LEZEN)

    def _in_lijst(self, lijst: Lijst) -> Q:
        van_team = Q(team__in=self.teams)
        return {
            Lijst.VAN_MIJ: Q(behandelaar=self.wie.medewerker),
            Lijst.TEAM: van_team,
            Lijst.TRIAGE: Q(behandelaar__isnull=True) & (van_team | Q(team__isnull=True)),
            Lijst.TERUGBELLEN: Q(pk__in=[]),
            Lijst.ALLES: Q(pk__isnull=False),
        }[lijst]

    def _belofte_in_lijst(self, lijst: Lijst) -> Q:
        van_mij = Q(medewerker=self.wie.medewerker)
        mijn_melding = Q(medewerker__isnull=True, melding__behandelaar=self.wie.medewerker)
        return {
            Lijst.VAN_MIJ: van_mij | mijn_melding,
            Lijst.TEAM: Q(team__in=self.teams) | van_mij,
            Lijst.TRIAGE: Q(pk__in=[]),
            Lijst.TERUGBELLEN: Q(pk__isnull=False),
            Lijst.ALLES: Q(pk__isnull=False),
        }[lijst]

    def _gekozen(self, rijen: QuerySet, vraag: Vraag, wie_heeft_het: str) -> QuerySet:
        if vraag.team is not None:
            rijen = rijen.filter(team=vraag.team)
        if vraag.behandelaar is Niemand.NIEMAND:
            rijen = rijen.filter(**{f"{wie_heeft_het}__isnull": True})
        elif vraag.behandelaar is not None:
            rijen = rijen.filter(**{wie_heeft_het: vraag.behandelaar})
        if vraag.termijn is Tijd.TE_LAAT:
            rijen = rijen.filter(termijn__lte=self.wie.moment)
        elif vraag.termijn is Tijd.DEZE_WEEK:
            rijen = rijen.filter(
                termijn__gt=self.wie.moment, termijn__lte=_einde_van_de_week(self.wie.moment)
            )
        return rijen


def _melding_termijn() -> Combinable:
    """Before when something has to happen: that somebody takes it while it is spoed, else the term of the law."""
    return Case(
        When(spoed=True, behandelaar__isnull=True, then=spoed_uiterlijk()),
        default=einde_van_de_dag(wettermijn(bijzondere_dagen())),
        output_field=DateTimeField(),
    )


def _einde_van_de_week(moment: datetime) -> datetime:
    """The midnight after the Sunday of the week of `moment`."""
    dag = timezone.localdate(moment)
    maandag = dag + timedelta(days=7 - dag.weekday())
    return timezone.make_aware(datetime.combine(maandag, time.min))


def _naam(wie: str) -> Combinable:
    """As `Medewerker.naam`."""
    heel = Trim(Concat(f"{wie}__first_name", Value(" "), f"{wie}__last_name"))
    return Coalesce(NullIf(heel, Value("")), f"{wie}__username")


def _plaats_van(fasen: tuple[Status, ...]) -> Combinable:
    gevallen = (When(status=fase, then=Value(plaats)) for plaats, fase in enumerate(fasen))
    return Case(*gevallen, output_field=SmallIntegerField())


_MELDING: Mapping[Volgorde, Combinable] = {
    Volgorde.TERMIJN: F("termijn"),
    Volgorde.NUMMER: F("pk"),
    Volgorde.FASE: _plaats_van(FASEN),
    Volgorde.LEEFTIJD: F("nu__ontvangen_op"),
    Volgorde.TEAM: F("team__naam"),
    Volgorde.BEHANDELAAR: _naam("behandelaar"),
}
_BELOFTE: Mapping[Volgorde, Combinable] = {
    Volgorde.TERMIJN: F("termijn"),
    Volgorde.NUMMER: F("pk"),
    Volgorde.FASE: Value(None, SmallIntegerField()),
    Volgorde.LEEFTIJD: TruncDate("aangenomen_op"),
    Volgorde.TEAM: F("team__naam"),
    Volgorde.BEHANDELAAR: _naam("medewerker"),
}


def _kolommen(rijen: QuerySet, sorteer: Combinable, *, is_belofte: bool) -> QuerySet:
    """Of either kind the same columns, so that they go into one list."""
    soort = Value(is_belofte, BooleanField())
    rijen = rijen.annotate(is_belofte=soort, sleutel_=F("pk"), sorteer=sorteer)
    return rijen.values_list("is_belofte", "sleutel_", "spoed", "termijn", "sorteer")
