"""Around a melding: who has it, what was promised, said and tried."""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models import Huishouden, Persoon
from meldingen.models.melding import Melding
from teams.codes import Code, codeveld, in_lijst
from teams.lezen import Onderwerp
from teams.models import Team
from teams.perioden import Periode, lopend
from teams.versies import Versie, VersieQuerySet


class Toewijzing(Periode):
    """A team, and in it a medewerker or nobody yet, has a melding: one row at a time, and all are kept."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="toewijzingen")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        constraints = [
            models.UniqueConstraint(fields=["melding"], condition=lopend(), name="toewijzing_een_tegelijk")
        ]

    def __str__(self) -> str:
        return f"toewijzing van melding {self.melding_id}"


class Koppeling(Periode):
    """A melding is about this person and household, until somebody says that it was another's."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="koppelingen")
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="+")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        constraints = [
            models.UniqueConstraint(fields=["melding"], condition=lopend(), name="koppeling_een_tegelijk")
        ]

    def __str__(self) -> str:
        return f"koppeling van melding {self.melding_id}"


class Notitie(Versie):
    """What somebody wrote about a melding; a later one may correct it, none is overwritten."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="notities")
    tekst = models.TextField()

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        constraints = [
            *Versie.Meta.constraints,
            models.CheckConstraint(condition=~Q(tekst=""), name="notitie_niet_leeg"),
        ]

    def __str__(self) -> str:
        return f"notitie bij melding {self.melding_id}"


class Concept(models.Model):
    """What somebody was typing, kept on the server until it is saved or too old; nobody else sees it."""

    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="concepten")
    formulier = models.CharField(max_length=100)
    inhoud = models.JSONField(default=dict)
    gewijzigd_op = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        constraints = [
            models.UniqueConstraint(fields=["medewerker", "formulier"], name="concept_een_per_formulier")
        ]
        indexes = [models.Index(fields=["gewijzigd_op"], name="concept_gewijzigd_op")]

    def __str__(self) -> str:
        return f"concept {self.formulier}"


class TerugbelverzoekQuerySet(models.QuerySet["Terugbelverzoek"]):
    """Questions about promises to call back."""

    def open(self) -> TerugbelverzoekQuerySet:
        """Those that are still to be kept."""
        return self.filter(nagekomen_op__isnull=True, ingetrokken_op__isnull=True)

    def met_onderwerp(self) -> TerugbelverzoekQuerySet:
        """With what `onderwerp` asks of the melding at hand, and nothing else of it: for a list."""
        return self.annotate(
            melding_persoon=F("melding__persoon"), melding_huishouden=F("melding__huishouden")
        )

    def te_laat_op(self, moment: datetime) -> TerugbelverzoekQuerySet:
        """Open ones whose term has passed."""
        return self.open().filter(uiterlijk_op__lt=moment)

    def nog_te_melden(self) -> TerugbelverzoekQuerySet:
        """Those of an afnemer that wasn't told yet that they are late."""
        return self.filter(te_laat_gemeld_op__isnull=True, aangenomen_door__afnemer__isnull=False)


class Terugbelverzoek(models.Model):
    """A promise that the team calls somebody back before a moment (R9).

    `te_laat_gemeld_op` is when the afnemer that asked for it was told that it is late, which happens once.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="terugbelverzoeken")
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="terugbelverzoeken")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="terugbelverzoeken")
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="terugbelverzoeken"
    )
    naam = models.CharField(max_length=200)
    telefoon = models.CharField(max_length=40)
    vraag = models.TextField(blank=True, default="", db_default="")
    spoed = models.BooleanField(default=False, db_default=False)
    aangenomen_op = models.DateTimeField(db_default=Now(), editable=False)
    aangenomen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="aangenomen_terugbelverzoeken"
    )
    uiterlijk_op = models.DateTimeField()
    nagekomen_op = models.DateTimeField(null=True)
    nagekomen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    te_laat_gemeld_op = models.DateTimeField(null=True, editable=False)
    ingetrokken_op = models.DateTimeField(null=True)
    ingetrokken_reden = models.TextField(blank=True, default="", db_default="")

    objects = TerugbelverzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "terugbelverzoek"
        verbose_name_plural = "terugbelverzoeken"
        constraints = [
            models.CheckConstraint(
                condition=Q(nagekomen_op__isnull=True) | Q(ingetrokken_op__isnull=True),
                name="terugbelverzoek_nagekomen_of_ingetrokken",
            ),
            models.CheckConstraint(
                condition=~Q(naam="") & ~Q(telefoon=""), name="terugbelverzoek_wie_en_waar"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "uiterlijk_op"],
                condition=Q(nagekomen_op__isnull=True, ingetrokken_op__isnull=True),
                name="terugbelverzoek_open",
            )
        ]

    def __str__(self) -> str:
        return f"terugbelverzoek {self.pk}"

    @property
    def kiesbaar_nummer(self) -> str:
        """The phone number as a telephone dials it."""
        return re.sub("[^0-9+]", "", self.telefoon)

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log; of many by `met_onderwerp`, or with `melding` at hand."""
        gelezen = vars(self)
        if "melding_huishouden" in gelezen:
            over = Onderwerp(gelezen["melding_persoon"], gelezen["melding_huishouden"])
        else:
            over = self.melding.onderwerp() if self.melding else Onderwerp()
        return Onderwerp(persoon=self.persoon_id or over.persoon, huishouden=over.huishouden)


class Uitkomst(Code):
    """What came of an attempt to call."""

    GESPROKEN = 1, "gesproken"
    GEEN_GEHOOR = 2, "geen gehoor"


class Belpoging(models.Model):
    """Somebody tried to call back."""

    terugbelverzoek = models.ForeignKey(Terugbelverzoek, models.PROTECT, related_name="pogingen")
    op = models.DateTimeField(db_default=Now(), editable=False)
    uitkomst = codeveld(Uitkomst)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "belpoging"
        verbose_name_plural = "belpogingen"
        constraints = [in_lijst("belpoging", "uitkomst", Uitkomst)]

    def __str__(self) -> str:
        return self.get_uitkomst_display()


class BewaardFilter(models.Model):
    """A view on the werkvoorraad that somebody saved, for themselves or for their team."""

    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="filters")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    naam = models.CharField(max_length=60)
    vraag = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "bewaard filter"
        verbose_name_plural = "bewaarde filters"
        constraints = [
            models.UniqueConstraint(fields=["medewerker", "naam"], name="bewaardfilter_naam_uniek")
        ]

    def __str__(self) -> str:
        return self.naam
