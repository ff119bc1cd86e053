"""Software outside the house that we answer: what it may ask for, and how often."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from oauth2_provider.models import AbstractApplication

from teams.models.wie import Medewerker

TEKENLENGTE = 40
"""Characters of a teken, as the wire contract of Klantinteracties has it."""
HERKENBAAR = 6
"""So many of them are kept as they are, for people to tell one teken from another."""


class Scope(models.TextChoices):
    """What an afnemer may ask for; its account may no more than its roles, so this only narrows."""

    KLANTCONTACTEN = "klantcontacten", "klantcontacten vastleggen"
    MELDINGEN = "meldingen", "meldingen doen, en volgen wat ervan kwam"
    TERUGBELVERZOEKEN = "terugbelverzoeken", "terugbelverzoeken doen, volgen en intrekken"
    PERSONEN = "personen", "vragen of iemand bekend is, en bij wie"
    WIJKTEAMS = "wijkteams", "het wijkteam van een postcode opzoeken"
    SOCIALE_KAART = "sociale-kaart", "de sociale kaart doorzoeken"
    RAPPORTAGE = "rapportage", "de cijfers van de monitor lezen"
    KLANTINTERACTIES = "klantinteracties", "de API Klantinteracties gebruiken"


class AfnemerQuerySet(models.QuerySet["Afnemer"]):
    """Questions about afnemers."""

    def lopend(self) -> AfnemerQuerySet:
        """Those that still get an answer."""
        return self.filter(beeindigd_op__isnull=True)

    def get_by_natural_key(self, client_id: str) -> Afnemer:
        """As the OAuth library asks."""
        return self.get(client_id=client_id)


class Afnemer(AbstractApplication):
    """A client of OAuth: confidential, and with client credentials alone (RFC 9700).

    `medewerker` is the account in whose name it acts; nobody signs in with it. Without limits of its own the dated
    settings `api_per_minuut` and `api_per_dag` hold. The previous secret stays valid until `vorig_geheim_tot`. At
    `postbus` people read that a promised call is late.
    """

    # Nobody owns a client here: it has an account of its own.
    user = None
    medewerker = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="afnemer")
    scopes = ArrayField(models.CharField(max_length=40, choices=Scope.choices))
    per_minuut = models.PositiveIntegerField(null=True, blank=True)
    per_dag = models.PositiveIntegerField(null=True, blank=True)
    postbus = models.EmailField(blank=True, default="", db_default="")
    vorig_geheim = models.CharField(max_length=255, blank=True, default="", editable=False)
    vorig_geheim_tot = models.DateTimeField(null=True, editable=False)
    beeindigd_op = models.DateTimeField(null=True, editable=False)

    objects = AfnemerQuerySet.as_manager()

    class Meta:
        verbose_name = "afnemer"
        verbose_name_plural = "afnemers"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="afnemer_naam_uniek"),
            models.CheckConstraint(condition=~Q(name=""), name="afnemer_heeft_naam"),
            models.CheckConstraint(
                condition=Q(client_type="confidential", authorization_grant_type="client-credentials"),
                name="afnemer_alleen_client_credentials",
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values), name="afnemer_scopes_in_lijst"
            ),
            models.CheckConstraint(
                condition=(Q(per_minuut__isnull=True) | Q(per_minuut__gt=0))
                & (Q(per_dag__isnull=True) | Q(per_dag__gt=0)),
                name="afnemer_grenzen_positief",
            ),
            models.CheckConstraint(
                condition=Q(vorig_geheim="", vorig_geheim_tot__isnull=True)
                | ~Q(vorig_geheim="") & Q(vorig_geheim_tot__isnull=False),
                name="afnemer_vorig_geheim_met_einde",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def is_usable(self, request: Any) -> bool:
        """Whether it gets tokens; asked by the OAuth library."""
        return self.beeindigd_op is None

    @property
    def scopenamen(self) -> list[str]:
        """What it may ask for, in words."""
        return [Scope(scope).label for scope in self.scopes]

    def noteer(self, door: Medewerker | None, **wijzigingen: tuple[str, str]) -> None:
        """Into its history, in the transaction of the step: by field what it was and what it became."""
        if anders := {veld: paar for veld, paar in wijzigingen.items() if any(paar)}:
            Afnemerwijziging.objects.create(afnemer=self, door=door, wijzigingen=anders)


class TekenQuerySet(models.QuerySet["Teken"]):
    """Questions about tekens."""

    def geldig_op(self, moment: datetime) -> TekenQuerySet:
        """Those that open the door at `moment`."""
        return self.filter(
            Q(eindigt_op__isnull=True) | Q(eindigt_op__gt=moment), afnemer__beeindigd_op__isnull=True
        )


class Teken(models.Model):
    """A long-lived key for the API Klantinteracties; several hold at once, so that one can be replaced at leisure.

    Only its SHA-256 is kept: it is random, so a slow hash would add nothing.
    """

    afnemer = models.ForeignKey(Afnemer, models.CASCADE, related_name="tekens")
    afdruk = models.CharField(max_length=64, unique=True, editable=False)
    begin = models.CharField(max_length=HERKENBAAR, editable=False)
    gemaakt_op = models.DateTimeField(db_default=Now(), editable=False)
    eindigt_op = models.DateTimeField(null=True, blank=True)

    objects = TekenQuerySet.as_manager()

    class Meta:
        verbose_name = "teken"
        verbose_name_plural = "tekens"
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(afdruk__regex="^[0-9a-f]{64}$"), name="teken_afdruk_is_sha256")
        ]

    def __str__(self) -> str:
        return f"{self.begin}…"


class Afnemerwijziging(models.Model):
    """Who let software in, changed what it may, gave it a key or told it where; never a secret or a teken itself.

    By field what it was and what it became. Without `door` it was done on the command line. Only added to, by a
    trigger.
    """

    afnemer = models.ForeignKey(Afnemer, models.PROTECT, related_name="wijzigingen", editable=False)
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    wijzigingen = models.JSONField(editable=False)

    class Meta:
        verbose_name = "wijziging van een afnemer"
        verbose_name_plural = "wijzigingen van afnemers"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return f"wijziging {self.pk}"

    @property
    def regels(self) -> list[str]:
        """What changed, in words."""
        return [f"{veld}: {van or '–'} → {naar or '–'}" for veld, (van, naar) in self.wijzigingen.items()]


class Herhaling(models.Model):
    """What was answered to a call with this Idempotency-Key, so that the same call gets the same answer again.

    Written in the transaction of what the call brought about: both are there, or neither. `verzoek` is the SHA-256 of
    method, address and body, by which another call under the same key is told apart.
    """

    afnemer = models.ForeignKey(Afnemer, models.CASCADE, related_name="+")
    sleutel = models.CharField(max_length=255)
    verzoek = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    koppen = models.JSONField(default=dict)
    inhoud = models.TextField(blank=True, default="", db_default="")
    op = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name = "herhaling"
        verbose_name_plural = "herhalingen"
        constraints = [
            models.UniqueConstraint(fields=["afnemer", "sleutel"], name="herhaling_een_per_sleutel")
        ]

    def __str__(self) -> str:
        return f"herhaling {self.pk}"
