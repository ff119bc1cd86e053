"""The outbox: what has to be told to somebody outside, written in the transaction that gave rise to it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class BerichtQuerySet(models.QuerySet["Bericht"]):
    """Questions about the post."""

    def wachtend(self) -> BerichtQuerySet:
        """Neither sent nor given up."""
        return self.filter(verzonden_op__isnull=True, mislukt_op__isnull=True)

    def aan_de_beurt(self) -> BerichtQuerySet:
        """Waiting, and due by the clock of the database; what waits longest first."""
        return self.wachtend().filter(niet_voor__lte=Now()).order_by("niet_voor", "pk")

    def mislukt(self) -> BerichtQuerySet:
        """Given up after the last attempt, until somebody asks for them again."""
        return self.filter(mislukt_op__isnull=False)

    def verzonden_voor(self, moment: datetime) -> BerichtQuerySet:
        """Sent before `moment`."""
        return self.filter(verzonden_op__lt=moment)


class Bericht(models.Model):
    """One effect outside the database (a mail, a webhook) that has to happen at least once.

    `soort` names the effect (`teams.berichten`), `gegevens` holds what it needs and no more, `aan` is an
    address or `medewerker:<key>`. `sleutel` keeps the same thing from being announced twice, for ever.
    `niet_voor` is the earliest moment of the next attempt; `laatste_fout` is the class of an error, as its
    text could hold personal data.
    """

    soort = models.CharField(max_length=64)
    aan = models.CharField(max_length=320, blank=True)
    gegevens = models.JSONField(default=dict)
    sleutel = models.CharField(max_length=200, null=True, unique=True)
    gemaakt_op = models.DateTimeField(db_default=Now(), editable=False)
    niet_voor = models.DateTimeField(db_default=Now())
    pogingen = models.PositiveSmallIntegerField(default=0, db_default=0)
    verzonden_op = models.DateTimeField(null=True)
    mislukt_op = models.DateTimeField(null=True)
    laatste_fout = models.CharField(max_length=100, blank=True, default="", db_default="")

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(
                condition=Q(verzonden_op__isnull=True) | Q(mislukt_op__isnull=True),
                name="bericht_verzonden_of_mislukt",
            )
        ]
        indexes = [
            models.Index(
                fields=["niet_voor", "id"],
                name="bericht_wachtend",
                condition=Q(verzonden_op__isnull=True, mislukt_op__isnull=True),
            ),
            models.Index(
                fields=["soort", "aan"], name="bericht_mislukt", condition=Q(mislukt_op__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.pk}"
