"""Views on the werkvoorraad that somebody keeps under a name."""

from __future__ import annotations

from meldingen.models import BewaardFilter
from teams.geweigerd import verplicht
from teams.models import Medewerker, Team


def bewaar_filter(naam: str, vraag: str, *, team: Team | None, door: Medewerker) -> BewaardFilter:
    """Keep `vraag`, the query of an address, under `naam`; an earlier one of that name is replaced.

    With a `team` everybody in it has the filter too.
    """
    naam = verplicht(naam, "een naam")
    filter_, _ = BewaardFilter.objects.update_or_create(
        medewerker=door, naam=naam, defaults={"vraag": vraag, "team": team}
    )
    return filter_


def gooi_filter_weg(filter_: BewaardFilter) -> None:
    """It isn't needed any more, also not by those with whom it was shared."""
    filter_.delete()
