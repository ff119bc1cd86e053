"""The toets of a besluit: somebody else looks whether it is right, before it is taken (R14)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django_fsm import FSMField, FSMModelMixin, transition

from teams.codes import in_lijst
from voorzieningen.models.besluit import Besluit


class Toetsstatus(models.TextChoices):
    """Where a toets stands."""

    GEVRAAGD = "gevraagd", "wacht op een toetser"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    VRAAG_OPEN = "vraag_open", "wacht op antwoord van de aanvrager"
    GOEDGEKEURD = "goedgekeurd", "akkoord"
    AFGEKEURD = "afgekeurd", "niet akkoord"
    INGETROKKEN = "ingetrokken", "teruggenomen"


LOPENDE_TOETS = (Toetsstatus.GEVRAAGD, Toetsstatus.IN_BEHANDELING, Toetsstatus.VRAAG_OPEN)
"""Where a toets isn't done."""


class ToetsQuerySet(models.QuerySet["Toets"]):
    """Questions about the queue of the toetsers."""

    def open(self) -> ToetsQuerySet:
        """Those that aren't done."""
        return self.filter(status__in=LOPENDE_TOETS)

    def te_laat_op(self, dag: date) -> ToetsQuerySet:
        """Open ones whose term has passed on a day."""
        return self.open().filter(uiterlijk_op__lt=dag)


class Toets(FSMModelMixin, models.Model):
    """Somebody else looks whether a besluit is right, in substance and in law, before it is taken (R14)."""

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="toetsen")
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gevraagde_toetsen"
    )
    gevraagd_op = models.DateTimeField(db_default=Now(), editable=False)
    uiterlijk_op = models.DateField()
    toetser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="toetsen")
    status = FSMField(
        choices=Toetsstatus.choices,
        default=Toetsstatus.GEVRAAGD,
        protected=True,
        editable=False,
        max_length=20,
    )
    oordeel = models.TextField(blank=True, default="", db_default="", editable=False)
    afgerond_op = models.DateTimeField(null=True, editable=False)

    objects = ToetsQuerySet.as_manager()

    class Meta:
        verbose_name = "toets"
        verbose_name_plural = "toetsen"
        constraints = [
            in_lijst("toets", "status", Toetsstatus),
            models.UniqueConstraint(
                fields=["besluit"],
                condition=Q(status__in=LOPENDE_TOETS),
                name="toets_een_tegelijk",
            ),
            models.CheckConstraint(
                condition=Q(toetser__isnull=True) | ~Q(toetser=F("gevraagd_door")),
                name="toets_vier_ogen",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Toetsstatus.GOEDGEKEURD, Toetsstatus.AFGEKEURD])
                | Q(toetser__isnull=False, afgerond_op__isnull=False) & ~Q(oordeel=""),
                name="toets_afgerond_met_oordeel",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uiterlijk_op"],
                condition=Q(status__in=LOPENDE_TOETS),
                name="toets_open",
            )
        ]

    def __str__(self) -> str:
        return f"toets {self.pk}"

    @transition(field=status, source=Toetsstatus.GEVRAAGD, target=Toetsstatus.IN_BEHANDELING)
    def pak_op(self) -> None:
        """A toetser takes it."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.VRAAG_OPEN)
    def stel_vraag(self) -> None:
        """The toetser wants to know something."""

    @transition(field=status, source=Toetsstatus.VRAAG_OPEN, target=Toetsstatus.IN_BEHANDELING)
    def beantwoord(self) -> None:
        """The asker answered."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.GOEDGEKEURD)
    def keur_goed(self) -> None:
        """The toetser agrees."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.AFGEKEURD)
    def keur_af(self) -> None:
        """The toetser doesn't agree, and says why in plain words."""

    @transition(
        field=status,
        source=[Toetsstatus.GEVRAAGD, Toetsstatus.IN_BEHANDELING, Toetsstatus.VRAAG_OPEN],
        target=Toetsstatus.INGETROKKEN,
    )
    def trek_in(self) -> None:
        """The asker takes it back."""


class Toetsvraag(models.Model):
    """What a toetser asked, and what was answered."""

    toets = models.ForeignKey(Toets, models.PROTECT, related_name="vragen")
    vraag = models.TextField()
    gesteld_op = models.DateTimeField(db_default=Now(), editable=False)
    gesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    antwoord = models.TextField(blank=True, default="", db_default="")
    beantwoord_op = models.DateTimeField(null=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "toetsvraag"
        verbose_name_plural = "toetsvragen"
        constraints = [
            models.CheckConstraint(condition=~Q(vraag=""), name="toetsvraag_niet_leeg"),
            models.CheckConstraint(
                condition=Q(antwoord="", beantwoord_op__isnull=True, beantwoord_door__isnull=True)
                | ~Q(antwoord="") & Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False),
                name="toetsvraag_beantwoord_door_iemand",
            ),
            models.UniqueConstraint(
                fields=["toets"], condition=Q(antwoord=""), name="toetsvraag_een_tegelijk"
            ),
        ]

    def __str__(self) -> str:
        return f"vraag bij toets {self.toets_id}"
