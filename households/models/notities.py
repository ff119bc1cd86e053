"""What is written about a household, about some of its members, or for one of them alone."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from households.models.mensen import Huishouden, Persoon
from teams.versies import Versie, VersieQuerySet


class Huishoudnotitie(Versie):
    """One version of a note about a household; correcting it is the next version of the same `reeks`.

    `personen` are whom it concerns; nobody means the household. With `eigen_van` it is of that person alone: a
    partner or a child of twelve and older has things that the others don't see, so it never comes into what is
    printed for another.
    """

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="notities")
    reeks = models.UUIDField(default=uuid4, editable=False)
    tekst = models.TextField()
    personen = models.ManyToManyField(Persoon, related_name="notities")
    eigen_van = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="eigen_notities")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "notitie bij een huishouden"
        verbose_name_plural = "notities bij een huishouden"
        constraints = [
            *Versie.Meta.constraints,
            models.CheckConstraint(condition=~Q(tekst=""), name="huishoudnotitie_niet_leeg"),
            models.UniqueConstraint(
                fields=["reeks"],
                condition=Q(vervallen_op__isnull=True),
                name="huishoudnotitie_een_van_kracht",
            ),
            models.UniqueConstraint(fields=["reeks", "versie"], name="huishoudnotitie_versie_uniek"),
        ]

    def __str__(self) -> str:
        return f"notitie bij huishouden {self.huishouden_id}"
