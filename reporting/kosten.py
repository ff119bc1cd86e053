"""What the teams grant and what that costs in a year, against their budgets (R11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from reporting.onderdrukking import drempel_op
from reporting.samenhang import Samenhang, dicht
from teams.models import Team
from voorzieningen.kosten import kosten
from voorzieningen.models import Besluit, Budget, Leveringstatus, Wet

HEEL = Decimal(100)
HELE_GEMEENTE = "hele gemeente"
ZONDER_TEAM = 0
"""Stands for the team of a melding that nobody has yet."""


@dataclass
class Kostenregel:
    """A team and a law in a year; euros. `budget` is None where there is none.

    With fewer clients than may be shown, `klein` says so, and nothing else of the row is for anybody's eyes.
    """

    team: str
    wet: Wet
    budget: Decimal | None
    clienten: set[int] = field(default_factory=set)
    beschikkingen: int = 0
    kosten: Decimal = Decimal(0)
    klein: bool = False

    @property
    def deel(self) -> Decimal | None:
        """What of the budget it takes, in whole percents; None without a budget."""
        return (HEEL * self.kosten / self.budget).quantize(Decimal(1), ROUND_HALF_UP) if self.budget else None


def kostenregels(jaar: int) -> list[Kostenregel]:
    """Every team and law of which something was granted in the year or of which there is a budget; six statements.

    The whole municipality is a row of its own, against the budget that names no team. A besluit counts for the team
    that has its melding, in every year in which it runs, but not when the help never began, or after it stopped. Small
    numbers of clients are marked.
    """
    begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
    namen = dict(Team.objects.values_list("pk", "naam"))
    budgetten: dict[tuple[int | None, int], Decimal] = {
        (team, wet): bedrag
        for team, wet, bedrag in Budget.objects.filter(jaar=jaar).values_list("team", "wet", "bedrag")
    }
    regels: dict[tuple[int | None, int], Kostenregel] = {}

    def regel(team: int | None, wet: int) -> Kostenregel:
        naam = HELE_GEMEENTE if team is None else namen.get(team, "zonder team")
        return regels.setdefault((team, wet), Kostenregel(naam, Wet(wet), budgetten.get((team, wet))))

    for team, wet in budgetten:
        regel(team, wet)
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=begin)
    besluiten = Besluit.objects.toegekend().filter(loopt, ingangsdatum__lte=einde)
    besluiten = besluiten.exclude(levering__status=Leveringstatus.VERVALLEN)
    besluiten = besluiten.exclude(levering__gestopt_op__lt=begin)
    for besluit in besluiten.select_related("voorziening__groep", "melding", "levering").prefetch_related(
        "bijstellingen"
    ):
        wet, kost = besluit.voorziening.groep.wet, kosten(besluit, begin, einde)
        for team in (besluit.melding.team_id or ZONDER_TEAM, None):
            deze = regel(team, wet)
            deze.clienten.add(besluit.persoon_id)
            deze.beschikkingen += 1
            deze.kosten += kost
    _verberg(regels, drempel_op(begin))
    return sorted(regels.values(), key=lambda deze: (deze.team, deze.wet))


def _verberg(regels: dict[tuple[int | None, int], Kostenregel], drempel: int) -> None:
    """Mark what is too small to show, and a total from which those that are marked could be computed.

    Amounts of less clients than may be shown, or how many clients a team has that has too few.
    """
    verborgen: dict[int, set[int]] = {}
    aantallen: dict[int, dict[str, int]] = {}
    for (team, wet), deze in regels.items():
        deze.klein = 0 < len(deze.clienten) < drempel
        aantallen.setdefault(wet, {})[_sleutel(team)] = len(deze.clienten)
        if team is not None and deze.klein:
            verborgen[wet] = verborgen.get(wet, set()) | deze.clienten
    for (team, wet), deze in regels.items():
        if team is None and (
            0 < len(verborgen.get(wet, ())) < drempel or _te_bekend(aantallen[wet], drempel)
        ):
            deze.klein = True


def _sleutel(team: int | None) -> str:
    return HELE_GEMEENTE if team is None else str(team)


def _te_bekend(aantallen: dict[str, int], drempel: int) -> bool:
    """Whether the clients of all together tell how many a team has; somebody may be a client of two."""
    teams = tuple(sleutel for sleutel in aantallen if sleutel != HELE_GEMEENTE)
    return bool(dicht([Samenhang(HELE_GEMEENTE, teams, hoogstens=True)], aantallen, frozenset(), drempel))
