"""How many people live where: what tables 2.11 and 2.15 are per cents of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from teams.models import Inwonertal, Team

INWONERS, JEUGDIGEN = "inwoners", "jeugdigen"


def inwoners_per_wijkteam(dag: date, wie: str) -> dict[str, int | None]:
    """The number of `wie` (INWONERS or JEUGDIGEN) per wijkteam by its code.

    That of the latest peildatum on or before `dag`; None where none is known.
    """
    bekend = dict(
        Inwonertal.objects.filter(peildatum__lte=dag, **{f"{wie}__isnull": False})
        .order_by("team_id", "-peildatum")
        .distinct("team_id")
        .values_list("team__code", wie)
    )
    return {code: bekend.get(code) for code in Team.objects.wijkteams().values_list("code", flat=True)}


def samen(aantallen: Iterable[int | None]) -> int | None:
    """All of them together; None as soon as one is unknown, since what is left would be too few."""
    som = 0
    for aantal in aantallen:
        if aantal is None:
            return None
        som += aantal
    return som
