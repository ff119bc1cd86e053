"""Terms, thresholds and amounts: data with a day from which they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from django.db import models

_gelezen: ContextVar[tuple[date, Mapping[str, Decimal]] | None] = ContextVar("_gelezen", default=None)


class InstellingQuerySet(models.QuerySet["Instelling"]):
    """Questions about settings that change with time."""

    def waarde_op(self, sleutel: str, dag: date) -> Decimal:
        """The value of `sleutel` that holds on `dag`; Instelling.DoesNotExist when none does yet."""
        gelezen = _gelezen.get()
        if gelezen and gelezen[0] == dag and sleutel in gelezen[1]:
            return gelezen[1][sleutel]
        return self.filter(sleutel=sleutel, geldig_van__lte=dag).latest("geldig_van").waarde


VAN_DAG = """
SELECT array_agg(sleutel), array_agg(waarde) FROM (
    SELECT DISTINCT ON (sleutel) sleutel, waarde FROM teams_instelling
    WHERE geldig_van <= %s ORDER BY sleutel, geldig_van DESC
) AS instelling
"""
"""Every key with the value that holds on a day, in one row that comes along with another."""


@contextmanager
def gelezen_op(dag: date, instellingen: Mapping[str, Decimal]) -> Iterator[None]:
    """Within it, who asks for a setting of `dag` gets it from here, without a statement."""
    teken = _gelezen.set((dag, instellingen))
    try:
        yield
    finally:
        _gelezen.reset(teken)


class Instelling(models.Model):
    """A term, threshold or amount from a date on; the next one for the same key ends it."""

    KLEINE_AANTALLEN = "kleine_aantallen"

    sleutel = models.CharField(max_length=64)
    geldig_van = models.DateField("geldig van")
    waarde = models.DecimalField(max_digits=14, decimal_places=4)
    toelichting = models.TextField(blank=True, default="")

    objects = InstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "instelling"
        verbose_name_plural = "instellingen"
        constraints = [
            models.UniqueConstraint(fields=["sleutel", "geldig_van"], name="instelling_een_per_dag")
        ]

    def __str__(self) -> str:
        return f"{self.sleutel} vanaf {self.geldig_van}: {self.waarde}"
