"""The help that a besluit granted: from the day it was ordered until it stops, and what it may cost."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django_fsm import FSMField, FSMModelMixin, transition

from teams.codes import codeveld, in_lijst, niet_voor
from teams.models import Team
from voorzieningen.models.besluit import Besluit
from voorzieningen.models.maatwerk import Wet


class Leveringstatus(models.TextChoices):
    """Where the help itself stands."""

    OPGEDRAGEN = "opgedragen", "wacht op de start"
    GESTART = "gestart", "loopt"
    GESTOPT = "gestopt", "gestopt"
    VERVALLEN = "vervallen", "nooit gestart"


class LeveringQuerySet(models.QuerySet["Levering"]):
    """Questions about help that waits or runs."""

    def wacht(self) -> LeveringQuerySet:
        """Granted and not started (R15)."""
        return self.filter(status=Leveringstatus.OPGEDRAGEN)


class Levering(FSMModelMixin, models.Model):
    """The help that a besluit granted: from the day it was ordered until it stops.

    `start_geregistreerd_op` is when we knew that it began; empty where it was known from the first.
    """

    besluit = models.OneToOneField(Besluit, models.PROTECT, related_name="levering")
    status = FSMField(
        choices=Leveringstatus.choices,
        default=Leveringstatus.OPGEDRAGEN,
        protected=True,
        editable=False,
        max_length=20,
    )
    opgedragen_op = models.DateField()
    gestart_op = models.DateField(null=True, editable=False)
    start_geregistreerd_op = models.DateTimeField(null=True, editable=False)
    gestopt_op = models.DateField(null=True, editable=False)
    stopreden = models.TextField(blank=True, default="", db_default="", editable=False)

    objects = LeveringQuerySet.as_manager()

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        constraints = [
            in_lijst("levering", "status", Leveringstatus),
            niet_voor("levering", "opgedragen_op", "gestart_op"),
            niet_voor("levering", "gestart_op", "gestopt_op"),
            models.CheckConstraint(
                condition=Q(
                    status=Leveringstatus.OPGEDRAGEN, gestart_op__isnull=True, gestopt_op__isnull=True
                )
                | Q(status=Leveringstatus.GESTART, gestart_op__isnull=False, gestopt_op__isnull=True)
                | Q(status=Leveringstatus.GESTOPT, gestart_op__isnull=False, gestopt_op__isnull=False)
                | Q(status=Leveringstatus.VERVALLEN, gestart_op__isnull=True, gestopt_op__isnull=True),
                name="levering_status_volgt_de_dagen",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opgedragen_op"], condition=Q(status=Leveringstatus.OPGEDRAGEN), name="levering_wacht"
            )
        ]

    def __str__(self) -> str:
        return f"levering bij besluit {self.besluit_id}"

    @transition(field=status, source=Leveringstatus.OPGEDRAGEN, target=Leveringstatus.GESTART)
    def start(self) -> None:
        """The help began."""

    @transition(field=status, source=Leveringstatus.GESTART, target=Leveringstatus.GESTOPT)
    def stop(self) -> None:
        """The help ended."""

    @transition(field=status, source=Leveringstatus.OPGEDRAGEN, target=Leveringstatus.VERVALLEN)
    def verval(self) -> None:
        """The help never began."""


class Bijstelling(models.Model):
    """Another volume for a while, within the bandwidth of the besluit: one step (R13)."""

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="bijstellingen")
    aantal = models.DecimalField(max_digits=8, decimal_places=2)
    vanaf = models.DateField()
    tot = models.DateField("tot en met", null=True, blank=True)
    reden = models.TextField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "bijstelling"
        verbose_name_plural = "bijstellingen"
        constraints = [
            niet_voor("bijstelling", "vanaf", "tot"),
            models.CheckConstraint(condition=Q(aantal__gt=0), name="bijstelling_aantal_boven_nul"),
            models.CheckConstraint(condition=~Q(reden=""), name="bijstelling_met_reden"),
        ]

    def __str__(self) -> str:
        return f"bijstelling van besluit {self.besluit_id}"


class Budget(models.Model):
    """What a team may spend under a law in a year, in euros; empty team is the whole municipality (R11)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="budgetten")
    wet = codeveld(Wet)
    jaar = models.PositiveSmallIntegerField()
    bedrag = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetten"
        constraints = [
            in_lijst("budget", "wet", Wet),
            models.UniqueConstraint(
                fields=["team", "wet", "jaar"], nulls_distinct=False, name="budget_een_per_jaar"
            ),
            models.CheckConstraint(condition=Q(bedrag__gte=Decimal(0)), name="budget_niet_negatief"),
        ]

    def __str__(self) -> str:
        return f"budget {self.jaar} {self.get_wet_display()}"
