"""Where somebody lived on the last day that counts: by which the clients of a period are divided."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Collate, Least

from reporting.vraag import Vraag
from teams.versies import was_bekend
from voorzieningen.models import BeschikkingQuerySet

VERBLIJVEN = "persoon__verblijven__"


def clienten_met_verblijf(
    beschikkingen: BeschikkingQuerySet, vraag: Vraag, *per: str, **kolommen: str
) -> QuerySet[Any, Any]:
    """A row per client (and `per`), with `kolommen` of the verblijf on the last day in the period with one of these.

    Of several verblijven on that day the latest begun counts, then the smallest ref; without one they are None.
    """
    peildatum = Value(vraag.periode.peildatum, DateField())
    laatste_dag = Least(Coalesce("einddatum", peildatum), peildatum)
    toen = Q((f"{VERBLIJVEN}tot__isnull", True)) | Q((f"{VERBLIJVEN}tot__gt", laatste_dag))
    woonde = Q(toen, was_bekend(vraag.bekend_op, VERBLIJVEN), (f"{VERBLIJVEN}vanaf__lte", laatste_dag))
    return (
        beschikkingen.bekend_op(vraag.bekend_op)
        .annotate(laatste_dag=laatste_dag, woont=FilteredRelation(VERBLIJVEN.rstrip("_"), condition=woonde))
        .annotate(**{naam: F(f"woont__{pad}") for naam, pad in kolommen.items()})
        .order_by("persoon", *per, "-laatste_dag", "-woont__vanaf", Collate("woont__ref", "C"), "woont__pk")
        .distinct("persoon", *per)
    )
