"""Mail that came into the postbus, until somebody made something of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models import Persoon
from meldingen.models.melding import Melding
from teams.codes import Code, codeveld, in_lijst
from teams.lezen import Onderwerp


class Weringsgrond(Code):
    """Why a mail was kept out of the triage."""

    AUTOMATISCH = 1, "automatisch antwoord of bericht"
    BULK = 2, "verstuurd aan velen"
    LIJST = 3, "van een mailinglijst of nieuwsbrief"
    GEEN_AFZENDER = 4, "melding van een mailserver"
    EIGEN = 5, "van onszelf"
    TE_VEEL = 6, "meer dan één afzender in een uur stuurt"


class PoststukQuerySet(models.QuerySet["Poststuk"]):
    """Questions about the post."""

    def te_verdelen(self) -> PoststukQuerySet:
        """Of which nobody made anything yet, what waits longest first."""
        rijen = self.filter(afgehandeld_op__isnull=True, geweerd__isnull=True)
        return rijen.order_by("ontvangen_op", "pk")

    def tegengehouden(self) -> PoststukQuerySet:
        """What was kept out, the newest first."""
        return self.filter(geweerd__isnull=False).order_by("-ontvangen_op", "-pk")


class Poststuk(models.Model):
    """A mail as it was read, once: `vingerafdruk` is made of its Message-ID and of what stands in it.

    `ontvangen_op` is the moment of the mail server, `verstuurd_op` what the sender says. What could not be read stands
    in `leesfouten`, a sentence each. One of `melding`, `persoon` and `reden` says what became of it.
    """

    postbus = models.CharField(max_length=300)
    vingerafdruk = models.CharField(max_length=64, unique=True)
    kenmerk = models.CharField(max_length=998, blank=True)
    ontvangen_op = models.DateTimeField()
    verstuurd_op = models.DateTimeField(null=True)
    opgehaald_op = models.DateTimeField(db_default=Now(), editable=False)
    afzender_naam = models.CharField(max_length=200, blank=True)
    afzender_adres = models.CharField(max_length=254, blank=True)
    onderwerpregel = models.CharField(max_length=500, blank=True)
    tekst = models.TextField(blank=True)
    leesfouten = ArrayField(models.CharField(max_length=200), default=list)
    geweerd = codeveld(Weringsgrond, null=True)
    afgehandeld_op = models.DateTimeField(null=True)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="poststukken")
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="poststukken")
    reden = models.TextField(blank=True, default="", db_default="")

    objects = PoststukQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        constraints = [
            in_lijst("poststuk", "geweerd", Weringsgrond),
            models.CheckConstraint(
                condition=Q(
                    afgehandeld_op__isnull=True,
                    afgehandeld_door__isnull=True,
                    melding__isnull=True,
                    persoon__isnull=True,
                    reden="",
                )
                | Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False, geweerd__isnull=True)
                & (
                    Q(melding__isnull=False, persoon__isnull=True, reden="")
                    | Q(melding__isnull=True, persoon__isnull=False, reden="")
                    | Q(melding__isnull=True, persoon__isnull=True) & ~Q(reden="")
                ),
                name="poststuk_een_gevolg",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ontvangen_op", "id"],
                condition=Q(afgehandeld_op__isnull=True),
                name="poststuk_te_verdelen",
            ),
            models.Index(fields=["afzender_adres", "ontvangen_op"], name="poststuk_afzender"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def ref(self) -> str:
        """The key of the `Klantcontact` that reports count."""
        return f"post:{self.vingerafdruk[:40]}"

    @property
    def titel(self) -> str:
        """What it is called where there is no more room."""
        return self.onderwerpregel or "zonder onderwerp"

    @property
    def afzender(self) -> str:
        """Who sent it, as it says."""
        return self.afzender_naam or self.afzender_adres or "afzender onbekend"

    def onderwerp(self) -> Onderwerp:
        """About whom it is, once somebody said so; with `melding` at hand when there are many."""
        return self.melding.onderwerp() if self.melding else Onderwerp(persoon=self.persoon_id)


class Postplek(models.Model):
    """Where a mail lies in a postbus: what was fetched from there isn't fetched again.

    Without `poststuk` it was kept out, and removed here since.
    """

    postbus = models.CharField(max_length=300)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    poststuk = models.ForeignKey(Poststuk, models.PROTECT, null=True, related_name="plekken")

    class Meta:
        verbose_name = "plek in een postbus"
        verbose_name_plural = "plekken in postbussen"
        constraints = [
            models.UniqueConstraint(fields=["postbus", "uidvalidity", "uid"], name="postplek_een_keer")
        ]

    def __str__(self) -> str:
        return f"{self.uidvalidity}/{self.uid}"


class Bijlage(models.Model):
    """A file that came with a mail; without `inhoud` it wasn't kept, and `geweigerd` says why."""

    poststuk = models.ForeignKey(Poststuk, models.PROTECT, related_name="bijlagen")
    naam = models.CharField(max_length=200)
    grootte = models.BigIntegerField()
    inhoud = models.BinaryField(null=True, editable=False)
    geweigerd = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        constraints = [
            models.CheckConstraint(
                condition=Q(inhoud__isnull=False, geweigerd="") | Q(inhoud__isnull=True) & ~Q(geweigerd=""),
                name="bijlage_bewaard_of_geweigerd",
            )
        ]

    def __str__(self) -> str:
        return f"bijlage {self.pk}"
