"""What was taken along: files that are made in the background, and who took which figures when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Now

from teams.codes import codeveld, in_lijst
from teams.models import Bericht, Weg

SOORT = "bestand_maken"
"""The bericht that has a file made; its `sleutel` is this and the key of the file."""


class Bestandsstand(models.TextChoices):
    """How far a file is."""

    BEZIG = "bezig", "wordt gemaakt"
    KLAAR = "klaar", "klaar"
    MISLUKT = "mislukt", "niet gelukt"
    AFGEBROKEN = "afgebroken", "afgebroken"


class BestandQuerySet(models.QuerySet["Bestand"]):
    """Questions about files."""

    def te_maken(self) -> BestandQuerySet:
        """Neither ready, nor given up, nor cancelled."""
        return self.filter(klaar_op__isnull=True, afgebroken_op__isnull=True, waarom="")

    def opgegeven(self) -> BestandQuerySet:
        """Of which the making failed each time that it was tried."""
        sleutel = Concat(Value(f"{SOORT}:"), Cast(OuterRef("pk"), models.TextField()))
        mislukt = Bericht.objects.mislukt().filter(sleutel=sleutel)
        return self.te_maken().filter(Exists(mislukt))

    def af_te_halen(self) -> BestandQuerySet:
        """Ready, and still kept."""
        return self.filter(klaar_op__isnull=False, vervalt_op__gt=Now())

    def verlopen(self, grens: datetime) -> BestandQuerySet:
        """Kept long enough, or never made and asked for before `grens`."""
        nooit = Q(klaar_op__isnull=True, aangevraagd_op__lt=grens)
        return self.filter(Q(vervalt_op__lte=Now()) | nooit)

    def zonder_inhoud(self) -> BestandQuerySet:
        """For a list: the bytes stay where they are."""
        return self.defer("inhoud").order_by("-aangevraagd_op", "-pk")


class Bestand(models.Model):
    """All tables of a period as one file, for who asked for it alone.

    It is in the database, since a municipality may have two servers and no disk that both see. `vraag` holds the
    parameters of the question, `sleutel` tells one click from another, `gedaan` and `totaal` count tables, `waarom`
    says why there is no file.
    """

    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    sleutel = models.UUIDField(editable=False)
    vraag = models.JSONField(editable=False)
    formaat = models.CharField(max_length=8, editable=False)
    aangevraagd_op = models.DateTimeField(db_default=Now(), editable=False)
    gedaan = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    totaal = models.PositiveSmallIntegerField(editable=False)
    klaar_op = models.DateTimeField(null=True, editable=False)
    vervalt_op = models.DateTimeField(null=True, editable=False)
    afgebroken_op = models.DateTimeField(null=True, editable=False)
    waarom = models.CharField(max_length=300, blank=True, default="", db_default="", editable=False)
    omvang = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    inhoud = models.BinaryField(null=True)

    objects = BestandQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        constraints = [
            models.UniqueConstraint(fields=["medewerker", "sleutel"], name="bestand_een_per_klik"),
            models.UniqueConstraint(
                fields=["medewerker", "formaat", "vraag"],
                condition=Q(klaar_op__isnull=True, afgebroken_op__isnull=True, waarom=""),
                name="bestand_een_in_de_maak",
            ),
            models.CheckConstraint(
                condition=Q(
                    klaar_op__isnull=False,
                    vervalt_op__isnull=False,
                    inhoud__isnull=False,
                    afgebroken_op__isnull=True,
                    waarom="",
                )
                | Q(klaar_op__isnull=True, vervalt_op__isnull=True, inhoud__isnull=True),
                name="bestand_klaar_met_inhoud",
            ),
        ]
        indexes = [models.Index(fields=["vervalt_op"], name="bestand_vervalt")]

    def __str__(self) -> str:
        return f"bestand {self.pk}"

    @property
    def stand(self) -> Bestandsstand:
        """How far it is, as far as the row itself knows."""
        if self.klaar_op:
            return Bestandsstand.KLAAR
        if self.afgebroken_op:
            return Bestandsstand.AFGEBROKEN
        return Bestandsstand.MISLUKT if self.waarom else Bestandsstand.BEZIG


class Meegenomen(models.Model):
    """Who took which figures along when: a line per download, only ever added.

    Not in the log of who read whom: these are figures about nobody, and there they would hide what is about somebody.
    """

    op = models.DateTimeField(db_default=Now(), editable=False)
    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    wat = models.CharField(max_length=40, editable=False)
    vraag = models.JSONField(editable=False)
    formaat = models.CharField(max_length=8, editable=False)
    weg = codeveld(Weg, editable=False)
    verzoek = models.UUIDField(editable=False)

    class Meta:
        verbose_name = "meegenomen cijfers"
        verbose_name_plural = "meegenomen cijfers"
        constraints = [in_lijst("meegenomen", "weg", Weg)]
        indexes = [models.Index(fields=["op"], name="meegenomen_op")]

    def __str__(self) -> str:
        return f"{self.wat} als {self.formaat}"
