"""The rows of every table per wijkteam."""

from __future__ import annotations

from reporting.telling import Regel
from teams.models import Team, Teamsoort


def per_wijkteam() -> tuple[list[Regel], tuple[int | None, ...]]:
    """A row per wijkteam, by code, over the dimension `team`; and every value of it that has no row."""
    regels = [
        Regel(code, naam, {"team": (pk,)})
        for pk, code, naam in Team.objects.wijkteams().values_list("pk", "code", "naam")
    ]
    overige = Team.objects.exclude(soort=Teamsoort.WIJKTEAM).values_list("pk", flat=True)
    return regels, (None, *overige)
