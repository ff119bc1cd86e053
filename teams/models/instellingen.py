"""Terms, thresholds and amounts: data with a day from which they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models


class InstellingQuerySet(models.QuerySet["Instelling"]):
    """Questions about settings that change with time."""

    def waarde_op(self, sleutel: str, dag: date) -> Decimal:
        """The value of `sleutel` that holds on `dag`; Instelling.DoesNotExist when none does yet."""
        return self.filter(sleutel=sleutel, geldig_van__lte=dag).latest("geldig_van").waarde


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
