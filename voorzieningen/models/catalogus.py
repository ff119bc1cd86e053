"""How the catalogue came to be what it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from voorzieningen.models.maatwerk import Voorziening, Voorzieningengroep


class Cataloguswijziging(models.Model):
    """One change of one version in the catalogue: when, by whom, and per field what it was and became.

    Never changed or deleted (trigger `bewaak_vastgelegd`).
    """

    groep = models.ForeignKey(Voorzieningengroep, models.PROTECT, null=True, related_name="wijzigingen")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, null=True, related_name="wijzigingen")
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    wijzigingen = models.JSONField()

    class Meta:
        verbose_name = "wijziging van de catalogus"
        verbose_name_plural = "wijzigingen van de catalogus"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(groep__isnull=False, voorziening__isnull=True)
                | Q(groep__isnull=True, voorziening__isnull=False),
                name="cataloguswijziging_van_een_ding",
            )
        ]

    def __str__(self) -> str:
        return f"wijziging van de catalogus op {self.op}"
