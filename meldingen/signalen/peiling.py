"""The moment of a question about signals, with the terms that hold then; and the shape of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, DateField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from meldingen.termijnen import bijzondere_dagen
from teams.models import Instelling

M = TypeVar("M", bound=Model)
GEEN = Value(None, DateField())
NIEMAND = Value(None, ArrayField(BigIntegerField()))
Geldend = tuple[tuple[str, date, Decimal], ...]
"""Every instelling: its key, from when, and its value; the latest of a key comes last."""


Besluitdagen = tuple[tuple[int, date | None], ...]
"""The day of the law of each melding of which the besluit was put off or stood still, by its key."""


def alle_besluitdagen() -> Besluitdagen:
    """As they are now; one statement where there are none, and a fixed number where there are."""
    return tuple(bijzondere_dagen().items())


def alle_instellingen() -> Geldend:
    """All of them, in one statement."""
    rijen = Instelling.objects.order_by("sleutel", "geldig_van")
    return tuple(rijen.values_list("sleutel", "geldig_van", "waarde"))


@dataclass(frozen=True)
class Peiling:
    """When it is asked, what is set, and which besluiten have a day of their own."""

    moment: datetime
    instellingen: Geldend
    besluiten: Besluitdagen

    @property
    def dag(self) -> date:
        """The day on which it is asked."""
        return timezone.localdate(self.moment)

    def dagen(self, sleutel: str) -> timedelta:
        """A term that is set in days."""
        return timedelta(days=self._waarde(sleutel))

    def weken(self, sleutel: str) -> timedelta:
        """A term that is set in weeks."""
        return timedelta(weeks=self._waarde(sleutel))

    def _waarde(self, sleutel: str) -> float:
        *_, waarde = (
            waarde for naam, vanaf, waarde in self.instellingen if naam == sleutel and vanaf <= self.dag
        )
        return float(waarde)


def signaal(
    rijen: QuerySet[M],
    *,
    sinds: Combinable = GEEN,
    uiterlijk: Combinable = GEEN,
    aan: Combinable = NIEMAND,
    verdelers: Combinable = NIEMAND,
) -> QuerySet[Any]:
    """`rijen` as signals: the day since which, or that by which, something should be done. At least one of them.

    `aan` are keys of medewerkers who hear of it before anybody else, `verdelers` of teams whose coördinator hears, too.
    """
    return rijen.annotate(sinds=sinds, uiterlijk=uiterlijk, aan=aan, verdelers=verdelers)
