"""The rondetafel of a brandpuntfunctionaris: who sat there, what was agreed, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models import Ketenpartner, Persoon, Resultaat
from meldingen.models.opschaling import Opschaling
from teams.codes import codeveld, in_lijst


class Rondetafel(models.Model):
    """Everybody around a household at one table on a day, written down when it was held."""

    opschaling = models.ForeignKey(Opschaling, models.PROTECT, related_name="rondetafels")
    datum = models.DateField()
    plaats = models.CharField(max_length=200)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "rondetafel"
        verbose_name_plural = "rondetafels"
        constraints = [
            models.UniqueConstraint(fields=["opschaling", "datum"], name="rondetafel_een_per_dag"),
            models.CheckConstraint(condition=~Q(plaats=""), name="rondetafel_met_plaats"),
        ]

    def __str__(self) -> str:
        return f"rondetafel op {self.datum}"


class Tafelgenoot(models.Model):
    """Somebody who sits at a rondetafel: a colleague, somebody of another organisation, or a resident."""

    rondetafel = models.ForeignKey(Rondetafel, models.PROTECT, related_name="tafelgenoten")
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    ketenpartner = models.ForeignKey(
        Ketenpartner, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        verbose_name = "deelnemer aan een rondetafel"
        verbose_name_plural = "deelnemers aan een rondetafel"
        constraints = [
            models.CheckConstraint(
                condition=Q(medewerker__isnull=False, ketenpartner__isnull=True, persoon__isnull=True)
                | Q(medewerker__isnull=True, ketenpartner__isnull=False, persoon__isnull=True)
                | Q(medewerker__isnull=True, ketenpartner__isnull=True, persoon__isnull=False),
                name="tafelgenoot_is_een_van_drie",
            ),
            models.UniqueConstraint(
                fields=["rondetafel", "medewerker", "ketenpartner", "persoon"],
                nulls_distinct=False,
                name="tafelgenoot_een_keer",
            ),
        ]

    def __str__(self) -> str:
        return f"deelnemer {self.pk}"


class Tafelafspraak(models.Model):
    """Who does what by when, as agreed at a rondetafel."""

    rondetafel = models.ForeignKey(Rondetafel, models.PROTECT, related_name="afspraken")
    wie = models.ForeignKey(Tafelgenoot, models.PROTECT, related_name="afspraken")
    tekst = models.TextField()
    uiterlijk_op = models.DateField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "afspraak aan een rondetafel"
        verbose_name_plural = "afspraken aan een rondetafel"
        constraints = [models.CheckConstraint(condition=~Q(tekst=""), name="tafelafspraak_niet_leeg")]

    def __str__(self) -> str:
        return f"afspraak {self.pk}"


class Tafelevaluatie(models.Model):
    """Looking together, `weken` after a rondetafel, at what came of each afspraak."""

    rondetafel = models.ForeignKey(Rondetafel, models.PROTECT, related_name="evaluaties")
    weken = models.PositiveSmallIntegerField()
    gepland_op = models.DateField()
    gehouden_op = models.DateField(null=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "evaluatie van een rondetafel"
        verbose_name_plural = "evaluaties van een rondetafel"
        constraints = [
            models.UniqueConstraint(fields=["rondetafel", "weken"], name="tafelevaluatie_een_per_termijn"),
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True, door__isnull=True)
                | Q(gehouden_op__isnull=False, door__isnull=False),
                name="tafelevaluatie_gehouden_door_iemand",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gepland_op"], condition=Q(gehouden_op__isnull=True), name="tafelevaluatie_te_doen"
            )
        ]

    def __str__(self) -> str:
        return f"evaluatie na {self.weken} weken"


class Tafelresultaat(models.Model):
    """What an evaluatie found of one afspraak."""

    evaluatie = models.ForeignKey(Tafelevaluatie, models.PROTECT, related_name="resultaten")
    afspraak = models.ForeignKey(Tafelafspraak, models.PROTECT, related_name="resultaten")
    resultaat = codeveld(Resultaat)
    toelichting = models.TextField(blank=True, default="", db_default="")

    class Meta:
        verbose_name = "resultaat van een afspraak"
        verbose_name_plural = "resultaten van afspraken"
        constraints = [
            in_lijst("tafelresultaat", "resultaat", Resultaat),
            models.UniqueConstraint(fields=["evaluatie", "afspraak"], name="tafelresultaat_een_keer"),
        ]

    def __str__(self) -> str:
        return self.get_resultaat_display()
