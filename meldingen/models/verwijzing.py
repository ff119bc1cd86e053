"""A referral from a melding to the sociale kaart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meldingen.models.melding import Melding
from teams.versies import Versie, VersieQuerySet
from voorzieningen.models import AlgemeneVoorziening


class Verwijzing(Versie):
    """Somebody was referred to an algemene voorziening on the day `datum`: once per melding, and counted."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="verwijzingen")
    voorziening = models.ForeignKey(AlgemeneVoorziening, models.PROTECT, related_name="verwijzingen")
    toelichting = models.TextField(blank=True, default="", db_default="")
    datum = models.DateField()

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "verwijzing"
        verbose_name_plural = "verwijzingen"
        constraints = [
            *Versie.Meta.constraints,
            models.UniqueConstraint(
                fields=["melding", "voorziening"],
                condition=Q(vervallen_op__isnull=True),
                name="verwijzing_een_keer",
            ),
        ]

    def __str__(self) -> str:
        return f"verwijzing van melding {self.melding_id}"
