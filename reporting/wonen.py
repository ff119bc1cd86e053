"""Where somebody lived on the last day that counts: by which the clients of a period are divided."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Collate, Least

from households.models import Verblijf
from reporting.vraag import Vraag
from voorzieningen.models import BeschikkingQuerySet


def clienten_met_verblijf(
    beschikkingen: BeschikkingQuerySet, vraag: Vraag, **kolommen: str
) -> QuerySet[Any, Any]:
    """A row per client, with `kolommen` of the verblijf on the last day in the period with one of `beschikkingen`.

    Of several verblijven on that day the latest begun counts, then the smallest ref; without one they are None.
    """
    peildatum = Value(vraag.periode.peildatum, DateField())
    woont = (
        Verblijf.objects.bekend_op(vraag.bekend_op)
        .filter(
            Q(tot__isnull=True) | Q(tot__gt=OuterRef("laatste_dag")),
            vanaf__lte=OuterRef("laatste_dag"),
            persoon=OuterRef("persoon"),
        )
        .order_by("-vanaf", Collate("ref", "C"), "pk")
    )
    return (
        beschikkingen.bekend_op(vraag.bekend_op)
        .annotate(laatste_dag=Least(Coalesce("einddatum", peildatum), peildatum))
        .annotate(**{naam: Subquery(woont.values(pad)[:1]) for naam, pad in kolommen.items()})
        .order_by("persoon", "-laatste_dag")
        .distinct("persoon")
    )
