"""Which meldingen were open at the end of a day, and how far each had come by then."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, CharField, DateField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils import timezone

from meldingen.models import Stand, Status
from reporting.periode import DAG

STAND_DOOR: dict[str, Status] = {
    "toegekend": Status.TOEGEKEND,
    "niet_toegekend": Status.NIET_TOEGEKEND,
    "ingetrokken": Status.INGETROKKEN,
    "doorgezet": Status.DOORGEZET,
    "akkoord": Status.PLAN_AKKOORD,
    "afgerond": Status.ONDERZOEK_AFGEROND,
    "onderzoek": Status.ONDERZOEK,
    "voorveld": Status.VOORVELD,
    "gesprek": Status.GESPREK,
}
"""The status that each milestone gives, the strongest first, as `Stand.status` does."""
FASEN = (
    Status.ONTVANGEN,
    Status.GESPREK,
    Status.ONDERZOEK,
    Status.ONDERZOEK_AFGEROND,
    Status.PLAN_AKKOORD,
)
"""Where a melding stands that is open, in the order of the process."""


class Dagen(Func):
    """How many days there are from one day to another: `Dagen(van, tot)`."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, van: Combinable | str, tot: Combinable | str, **extra: Any) -> None:
        super().__init__(tot, van, **extra)


def einde_van(dag: date) -> datetime:
    """The first moment after a day here."""
    return timezone.make_aware(datetime.combine(dag + DAG, time.min))


def mijlpaal(naam: str, bekend_op: datetime | None) -> Combinable:
    """The day of a milestone of a `Stand`, as far as it was known at `bekend_op`."""
    if bekend_op is None:
        return F(f"{naam}_op")
    return Case(
        When(**{f"{naam}_sinds__lte": bekend_op}, then=F(f"{naam}_op")),
        default=None,
        output_field=DateField(),
    )


def open_op(peildatum: date, bekend_op: datetime | None) -> QuerySet[Stand, Stand]:
    """Those that came in up to and including `peildatum` and in which something was still to be done then.

    With `fase`, the status at the end of that day; `leeftijd`, the days since they came in; and `stil`, the days since
    the last milestone. By what was known at `bekend_op`.
    """
    dag = Value(peildatum, DateField())

    def bereikt(naam: str) -> Q:
        bekend = {} if bekend_op is None else {f"{naam}_sinds__lte": bekend_op}
        return Q(**{f"{naam}_op__lte": peildatum}, **bekend)

    fase = Case(
        *(When(bereikt(naam), then=Value(status)) for naam, status in STAND_DOOR.items()),
        default=Value(Status.ONTVANGEN),
        output_field=CharField(),
    )
    stappen = [
        Case(When(bereikt(naam), then=F(f"{naam}_op")), default=None, output_field=DateField())
        for naam in STAND_DOOR
    ]
    # What is dicht by all that is known needs no second look, unless the question is what was known.
    nog_niet_dicht = Q() if bekend_op else Q(dicht_op__isnull=True) | Q(dicht_op__gt=peildatum)
    return (
        Stand.objects.bekend_op(bekend_op)
        .filter(nog_niet_dicht, ontvangen_op__lte=peildatum)
        .annotate(
            fase=fase,
            leeftijd=Dagen("ontvangen_op", dag),
            stil=Dagen(Greatest("ontvangen_op", *stappen, output_field=DateField()), dag),
        )
        .filter(fase__in=FASEN)
    )
