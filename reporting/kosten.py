"""What the teams grant and what that costs in a year, against their budgets (R11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from reporting.onderdrukking import drempel_op
from teams.models import Team
from voorzieningen.kosten import kosten
from voorzieningen.models import Besluit, Budget, Wet

HEEL = Decimal(100)


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
        return (HEEL * self.kosten / self.budget).quantize(Decimal(1)) if self.budget else None


def kostenregels(jaar: int) -> list[Kostenregel]:
    """Every team and law of which something was granted in the year or of which there is a budget; three statements.

    A besluit counts for the team that has its melding, in every year in which it runs. Small numbers of clients
    are marked.
    """
    begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
    namen = dict(Team.objects.values_list("pk", "naam"))
    budgetten: dict[tuple[int | None, int], Decimal] = {
        (team, wet): bedrag
        for team, wet, bedrag in Budget.objects.filter(jaar=jaar).values_list("team", "wet", "bedrag")
    }
    regels: dict[tuple[int | None, int], Kostenregel] = {}

    def regel(team: int | None, wet: int) -> Kostenregel:
        naam = namen.get(team, "zonder team") if team else "zonder team"
        return regels.setdefault((team, wet), Kostenregel(naam, Wet(wet), budgetten.get((team, wet))))

    for team, wet in budgetten:
        regel(team, wet)
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=begin)
    besluiten = Besluit.objects.toegekend().filter(loopt, ingangsdatum__lte=einde)
    for besluit in besluiten.select_related("voorziening__groep", "melding").prefetch_related(
        "bijstellingen"
    ):
        deze = regel(besluit.melding.team_id, besluit.voorziening.groep.wet)
        deze.clienten.add(besluit.persoon_id)
        deze.beschikkingen += 1
        deze.kosten += kosten(besluit, begin, einde)
    drempel = drempel_op(begin)
    for deze in regels.values():
        deze.klein = 0 < len(deze.clienten) < drempel
    return sorted(regels.values(), key=lambda deze: (deze.team, deze.wet))
