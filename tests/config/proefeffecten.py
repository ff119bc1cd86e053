"""An effect inside the database, for the tests alone: what a worker brings about in the transaction of the vinkje."""

from __future__ import annotations

from households.models import Persoon
from teams.berichten import effect
from teams.post import Bericht

SOORT = "proefrij"


@effect(SOORT, "nummer")
def schrijf_rij(bericht: Bericht) -> None:
    """A row without anything unique, so that a second one would be seen."""
    Persoon.objects.create(achternaam=f"Effect {bericht.gegevens['nummer']}")
