"""What the filters of a question choose of a `Stand`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meldingen.models import Aanleiding, Categorie, Kanaal
from teams.codes import Code
from teams.models import Team

LIJSTEN: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}


def waarden(filters: Mapping[str, str]) -> dict[str, Any]:
    """The value that is stored for each filter; a team by its code, a stadsdeel by its name."""
    return {
        naam: LIJSTEN[naam].van_code(code).value if naam in LIJSTEN else code
        for naam, code in filters.items()
    }


def kenmerken(filters: Mapping[str, str]) -> dict[str, Any]:
    """The filters as conditions on a `Stand`."""
    return op_stand(waarden(filters))


def op_stand(gekozen: Mapping[str, Any]) -> dict[str, Any]:
    """These values as conditions on a `Stand`: a stadsdeel is that of the team by which the melding is counted.

    A team of more stadsdelen is in none of them.
    """
    op = dict(gekozen)
    if "team" in op:
        op["team"] = Team.objects.filter(code=op["team"]).values("pk")[:1]
    if "stadsdeel" in op:
        op["team__in"] = Team.objects.filter(stadsdeel=op.pop("stadsdeel")).values("pk")
    return op
