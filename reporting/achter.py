"""The meldingen behind a node of the stroomschema: how many, which of them somebody may see, and why no outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from typing import Any, TypeAlias

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from meldingen.models import Melding, Stand, Status
from reporting.filters import kenmerken
from reporting.stroomschema import Knoop
from reporting.vraag import Vraag
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling

Standen: TypeAlias = "QuerySet[Any, Any]"
GEEN_UITKOMST = {
    "overig_voor_gesprek": "Nog niets gebeurd",
    "overig_na_gesprek": "Nog geen onderzoek begonnen",
    "onderzoek_loopt": "Het onderzoek loopt nog",
    "nog_geen_besluit": "Wacht op een besluit",
}
"""What a melding in a leaf without outcome waits for, when nothing ended it."""
BEEINDIGD = {"ingetrokken": "Ingetrokken", "doorgezet": "Doorgezet"}
"""What ends a melding without an outcome, the strongest first as in `Stand.status`."""
EINDE: dict[str, str] = {
    Status.VOORVELD: "voorveld_op",
    Status.TOEGEKEND: "toegekend_op",
    Status.NIET_TOEGEKEND: "niet_toegekend_op",
    Status.INGETROKKEN: "ingetrokken_op",
    Status.DOORGEZET: "doorgezet_op",
}
"""The milestone on which a melding ended."""


@dataclass(frozen=True)
class Aantallen:
    """All in the node; of which somebody may read some, follow others, and only hear that the rest is there."""

    alle: int
    leesbaar: int
    gevolgd: int

    @property
    def zichtbaar(self) -> int:
        """How many stand in the list."""
        return self.leesbaar + self.gevolgd

    @property
    def rest(self) -> int:
        """How many do not."""
        return self.alle - self.zichtbaar


@dataclass(frozen=True)
class Rij:
    """A melding in the list. `inhoud` is what stands in it, None for who only follows it.

    Fase, behandelaar and team are those of now; `dagen` is how long it is open, or was.
    """

    sleutel: int
    nummer: str
    ontvangen_op: date
    fase: str
    dagen: int
    behandelaar: str
    team: str
    inhoud: Melding | None


@dataclass(frozen=True)
class Achter:
    """The meldingen of `vraag` that stand in `knoop`, as known at its `bekend_op`, for whoever `spoor` is of.

    The rights are those of now. Each cohort has one or two parts (see `StandQuerySet.cohort`), each one statement.
    """

    vraag: Vraag
    knoop: Knoop
    spoor: Spoor

    @cached_property
    def delen(self) -> list[Standen]:
        """Those in the node, in parts that share none."""
        cohort: Sequence[Standen] = Stand.objects.cohort(
            self.vraag.periode.begin,
            self.vraag.periode.peildatum,
            self.vraag.bekend_op,
            **kenmerken(self.vraag.filters),
        )
        return [deel.filter(bekend_blad__in=self.knoop.bladen) for deel in cohort]

    @cached_property
    def aantallen(self) -> Aantallen:
        """Counted per part in one statement, so that they add up whatever is registered meanwhile."""
        telt = {
            "alle": Count("melding"),
            "leesbaar": Count("melding", filter=Q(leest=True)),
            "gevolgd": Count("melding", filter=Q(leest=False, volgt=True)),
        }
        per_deel = [deel.aggregate(**telt) for deel in self._met_rechten()]
        return Aantallen(**{naam: sum(deel[naam] for deel in per_deel) for naam in telt})

    def rijen(self, van: int, tot: int) -> list[Rij]:
        """A page of what the reader may see, what came in last first; logged."""
        if van >= tot:
            return []
        delen = [
            deel.filter(Q(leest=True) | Q(volgt=True)).values_list("melding", "ontvangen_op", "leest")
            for deel in self._met_rechten()
        ]
        samen = reduce(lambda een, ander: een.union(ander, all=True), delen)
        sleutels = list(samen.order_by("-ontvangen_op", "-melding")[van:tot])
        gelezen = self._lees((pk for pk, _, leest in sleutels if leest), Actie.LEZEN)
        gevolgd = self._lees((pk for pk, _, leest in sleutels if not leest), Actie.VOLGEN)
        return [
            self._rij(melding, ontvangen_op, inhoud=leest)
            for pk, ontvangen_op, leest in sleutels
            if (melding := (gelezen if leest else gevolgd).get(pk))
        ]

    def waarom(self) -> list[tuple[str, int]]:
        """Why those in a leaf without outcome have none, by the facts in force at `bekend_op`; adds up to the node.

        Nothing for any other node.
        """
        if self.knoop.sleutel not in GEEN_UITKOMST:
            return []
        redenen: dict[str, Q] = {}
        rest = Q()
        for naam, label in BEEINDIGD.items():
            bekend = self._bekend(naam)
            redenen[label], rest = rest & bekend, rest & ~bekend
        redenen[GEEN_UITKOMST[self.knoop.sleutel]] = rest
        telt = {f"reden_{nummer}": Count("melding", filter=q) for nummer, q in enumerate(redenen.values())}
        per_deel = [deel.aggregate(**telt) for deel in self.delen]
        return [
            (label, sum(deel[naam] for deel in per_deel)) for label, naam in zip(redenen, telt, strict=True)
        ]

    def telt_niet_meer(self) -> int:
        """How many were in the cohort once and count no more at `bekend_op`: a duplicate, or a mistake."""
        moment = self.vraag.bekend_op
        toen = Q(tot__isnull=False) if moment is None else Q(tot__lte=moment)
        telt_nog = Stand.objects.bekend_op(moment).filter(melding=OuterRef("melding"))
        dagen = (self.vraag.periode.begin, self.vraag.periode.peildatum)
        weg = Stand.objects.filter(
            toen, ~Exists(telt_nog), ontvangen_op__range=dagen, **kenmerken(self.vraag.filters)
        )
        return weg.values("melding").distinct().count()

    def _bekend(self, mijlpaal: str) -> Q:
        moment = self.vraag.bekend_op
        return Q(
            **{f"{mijlpaal}_op__isnull": False} if moment is None else {f"{mijlpaal}_sinds__lte": moment}
        )

    def _met_rechten(self) -> list[Standen]:
        def mag(actie: Actie) -> Exists:
            return Exists(zichtbaar(Melding.objects.filter(pk=OuterRef("melding")), self.spoor.wie, actie))

        return [deel.annotate(leest=mag(Actie.LEZEN), volgt=mag(Actie.VOLGEN)) for deel in self.delen]

    def _lees(self, sleutels: Iterable[int], actie: Actie) -> dict[int, Melding]:
        pks = list(sleutels)
        if not pks:
            return {}
        gezien = zichtbaar(Melding.objects.filter(pk__in=pks).met_stand(), self.spoor.wie, actie)
        gezien = gezien.annotate(**{veld: F(f"nu__{veld}") for veld in EINDE.values()})
        gezien = gezien.select_related("team", "behandelaar")
        if actie is Actie.LEZEN:
            gezien = gezien.select_related("persoon")
        rijen = list(gezien)
        leg_vast(rijen, spoor=self.spoor, handeling=Handeling.IN_LIJST)
        return {rij.pk: rij for rij in rijen}

    def _rij(self, melding: Any, ontvangen_op: date, *, inhoud: bool) -> Rij:
        einde = getattr(melding, EINDE[melding.status]) if melding.status in EINDE else None
        return Rij(
            sleutel=melding.pk,
            nummer=melding.nummer,
            ontvangen_op=ontvangen_op,
            fase=melding.get_status_display(),
            dagen=max(0, ((einde or self.spoor.wie.dag) - ontvangen_op).days),
            behandelaar=melding.behandelaar.naam if melding.behandelaar else "",
            team=melding.team.naam if melding.team else "",
            inhoud=melding if inhoud else None,
        )
