"""Where an afnemer is told that something changed: an address, what it wants to hear, and by which secret."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now

from teams.kluis import kluis
from teams.models.afnemer import Afnemer, Scope

GEHEIM = "teams_abonnementgeheim.versleuteld"
"""The place to which an encrypted secret is bound."""
_NUMMER = "SELECT nextval(pg_get_serial_sequence('teams_abonnementgeheim', 'id'))"


class Voorval(models.TextChoices):
    """What an afnemer can be told of; the value is the `type` on the wire."""

    MELDING_ONTVANGEN = "melding.ontvangen", "een melding is ontvangen"
    MELDING_IN_BEHANDELING = "melding.in_behandeling", "iemand is met een melding bezig"
    MELDING_AFGEROND = "melding.afgerond", "een melding is afgerond"
    TERUGBELVERZOEK_NAGEKOMEN = "terugbelverzoek.nagekomen", "er is teruggebeld"
    TERUGBELVERZOEK_TE_LAAT = "terugbelverzoek.te_laat", "er had al teruggebeld moeten zijn"

    @property
    def scopes(self) -> frozenset[Scope]:
        """With any of these an afnemer may hear it: those with which it can hand over and ask the same."""
        hele = frozenset({Scope.MELDINGEN, Scope.KLANTINTERACTIES})
        return hele if self.value.startswith("melding.") else hele | {Scope.TERUGBELVERZOEKEN}


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    """Questions about who wants to hear what."""

    def voor(self, voorval: Voorval, medewerker: int | None) -> AbonnementQuerySet:
        """Those that run and want to hear `voorval`, of the afnemer with this account, which may hear it."""
        return self.filter(
            afnemer__medewerker=medewerker,
            afnemer__beeindigd_op__isnull=True,
            afnemer__scopes__overlap=sorted(voorval.scopes),
            voorvallen__contains=[voorval],
            uitgezet_op__isnull=True,
        )


class Abonnement(models.Model):
    """An address of an afnemer that is told of `voorvallen`, as long as it isn't put out.

    `faalt_sinds`, `mislukt` (attempts in a row) and `rust_tot` are of the failures since the last one that arrived:
    until `rust_tot` nothing is tried, so that an address that hangs costs one wait and not one for each that is due.
    """

    afnemer = models.ForeignKey(Afnemer, models.CASCADE, related_name="abonnementen")
    adres = models.CharField(max_length=500)
    voorvallen = ArrayField(models.CharField(max_length=40, choices=Voorval.choices))
    gemaakt_op = models.DateTimeField(db_default=Now(), editable=False)
    uitgezet_op = models.DateTimeField(null=True, editable=False)
    uitgezet_omdat = models.CharField(max_length=100, blank=True, default="", editable=False)
    faalt_sinds = models.DateTimeField(null=True, editable=False)
    mislukt = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    rust_tot = models.DateTimeField(null=True, editable=False)

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["afnemer", "adres"], name="abonnement_een_per_adres"),
            models.CheckConstraint(condition=Q(adres__regex=r"^https?://\S+$"), name="abonnement_adres"),
            models.CheckConstraint(
                condition=Q(voorvallen__contained_by=Voorval.values) & Q(voorvallen__len__gt=0),
                name="abonnement_voorvallen_in_lijst",
            ),
            models.CheckConstraint(
                condition=Q(uitgezet_op__isnull=True, uitgezet_omdat="")
                | Q(uitgezet_op__isnull=False) & ~Q(uitgezet_omdat=""),
                name="abonnement_uitgezet_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(faalt_sinds__isnull=True, rust_tot__isnull=True, mislukt=0)
                | Q(faalt_sinds__isnull=False, rust_tot__isnull=False, mislukt__gt=0),
                name="abonnement_faalt_of_niet",
            ),
        ]

    def __str__(self) -> str:
        return self.adres

    @property
    def doel(self) -> str:
        """How a bericht names it in `aan`."""
        return f"abonnement:{self.pk}"

    @property
    def wie(self) -> str:
        """How the history of the afnemer names it."""
        return f"webhook {self.adres}"


class AbonnementgeheimQuerySet(models.QuerySet["Abonnementgeheim"]):
    """Questions about secrets."""

    def geldig_op(self, moment: datetime) -> AbonnementgeheimQuerySet:
        """Those with which is signed at `moment`, the newest first."""
        return self.filter(Q(eindigt_op__isnull=True) | Q(eindigt_op__gt=moment)).order_by("-pk")


class Abonnementgeheim(models.Model):
    """A secret by which an afnemer knows that it is us; two hold while one is replaced. Encrypted (`teams.kluis`)."""

    abonnement = models.ForeignKey(Abonnement, models.CASCADE, related_name="geheimen")
    versleuteld = models.BinaryField(editable=False)
    gemaakt_op = models.DateTimeField(db_default=Now(), editable=False)
    eindigt_op = models.DateTimeField(null=True, editable=False)

    objects = AbonnementgeheimQuerySet.as_manager()

    class Meta:
        verbose_name = "geheim van een abonnement"
        verbose_name_plural = "geheimen van abonnementen"
        constraints = [
            models.UniqueConstraint(
                fields=["abonnement"],
                condition=Q(eindigt_op__isnull=True),
                name="abonnementgeheim_een_in_gebruik",
            )
        ]

    def __str__(self) -> str:
        return f"geheim {self.pk}"

    @property
    def tekst(self) -> str:
        """As the afnemer was shown it; KluisFout when it can't be read."""
        return kluis().ontsleutel(bytes(self.versleuteld), GEHEIM, self.pk)

    @tekst.setter
    def tekst(self, tekst: str) -> None:
        """A new row gets its key here, since the secret is bound to it."""
        if self.pk is None:
            with connection.cursor() as cursor:
                cursor.execute(_NUMMER)
                self.pk = int(cursor.fetchone()[0])
        self.versleuteld = kluis().versleutel(tekst, GEHEIM, self.pk)
