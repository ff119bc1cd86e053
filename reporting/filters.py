"""What the filters of a question choose of a `Stand`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meldingen.models import Aanleiding, Categorie, Kanaal
from teams.codes import Code
from teams.models import Team

LIJSTEN: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}


def waarden(filters: Mapping[str, str]) -> dict[str, Any]:
    """The value that is stored for each filter; a team by its code."""
    return {
        naam: LIJSTEN[naam].van_code(code).value if naam in LIJSTEN else code
        for naam, code in filters.items()
    }


def kenmerken(filters: Mapping[str, str]) -> dict[str, Any]:
    """The filters as conditions on a `Stand`."""
    gekozen = waarden(filters)
    if "team" in gekozen:
        gekozen["team"] = Team.objects.filter(code=gekozen["team"]).values("pk")[:1]
    return gekozen
