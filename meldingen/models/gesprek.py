"""The gesprek: planned, moved, cancelled or held, who is expected there, and what came up per levensgebied."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from households.models import Betrokkenheid, Levensgebied, Persoon
from meldingen.models.melding import Melding
from teams.codes import Code, codeveld, in_lijst
from teams.versies import Versie, VersieQuerySet


class Plaatssoort(Code):
    """Where a gesprek is held."""

    THUIS = 1, "bij de inwoner thuis"
    KANTOOR = 2, "op kantoor"
    ONLINE = 3, "online"
    ELDERS = 4, "ergens anders"


class Gesprek(models.Model):
    """A gesprek that was planned: when, where and by whom it will be held, or was.

    `deelnemers` are the medewerkers who go, alone or as a duo, `aanwezigen` those of them who were there; residents
    and others are `genoten`. `uid` and `volgnummer` (which goes up with each change) are how a calendar knows it
    again. `betrokkenheden` began with this gesprek, and end when it is cancelled or the melding is done. Planned
    before kinds of place were kept, it has no `plaatssoort`.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="gesprekken")
    uid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    volgnummer = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    gepland_op = models.DateTimeField()
    plaatssoort = codeveld(Plaatssoort, null=True)
    plaats = models.CharField(max_length=200, blank=True, default="", db_default="")
    deelnemers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="gesprekken")
    betrokkenheden = models.ManyToManyField(Betrokkenheid, related_name="+")
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    afgezegd_op = models.DateTimeField(null=True, editable=False)
    afgezegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    afgezegd_reden = models.TextField(blank=True, default="", db_default="", editable=False)
    gehouden_op = models.DateField(null=True, editable=False)
    gehouden_vastgelegd_op = models.DateTimeField(null=True, editable=False)
    gehouden_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    aanwezigen = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        constraints = [
            in_lijst("gesprek", "plaatssoort", Plaatssoort),
            models.CheckConstraint(
                condition=Q(afgezegd_op__isnull=True) | Q(gehouden_op__isnull=True),
                name="gesprek_afgezegd_of_gehouden",
            ),
            models.CheckConstraint(
                condition=Q(
                    gehouden_op__isnull=True, gehouden_door__isnull=True, gehouden_vastgelegd_op__isnull=True
                )
                | Q(
                    gehouden_op__isnull=False,
                    gehouden_door__isnull=False,
                    gehouden_vastgelegd_op__isnull=False,
                ),
                name="gesprek_gehouden_door_iemand",
            ),
        ]

    def __str__(self) -> str:
        return f"gesprek bij melding {self.melding_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither held nor cancelled."""
        return self.afgezegd_op is None and self.gehouden_op is None

    @property
    def is_te_houden(self) -> bool:
        """Whether its day has come, and nobody said yet that it was held."""
        return self.is_open and timezone.localdate(self.gepland_op) <= timezone.localdate()

    @property
    def waar(self) -> str:
        """The place in words."""
        soort = self.get_plaatssoort_display() if self.plaatssoort else ""
        return ": ".join(filter(None, (soort, self.plaats)))


class Verplaatsing(models.Model):
    """A gesprek was moved, with why; `gepland_op` and `plaats` are what stood there before."""

    gesprek = models.ForeignKey(Gesprek, models.PROTECT, related_name="verplaatsingen")
    gepland_op = models.DateTimeField()
    plaats = models.CharField(max_length=240, blank=True)
    reden = models.TextField()
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "verplaatsing"
        verbose_name_plural = "verplaatsingen"
        constraints = [models.CheckConstraint(condition=~Q(reden=""), name="verplaatsing_met_reden")]

    def __str__(self) -> str:
        return f"verplaatsing van gesprek {self.gesprek_id}"


class Hoedanigheid(Code):
    """As what somebody who is no medewerker takes part in a gesprek."""

    LID = 1, "lid van het huishouden"
    ONDERSTEUNER = 2, "cliëntondersteuner"
    MANTELZORGER = 3, "mantelzorger"
    ANDER = 4, "iemand anders"


class Gespreksgenoot(models.Model):
    """Somebody other than a medewerker who is expected at a gesprek; `aanwezig` is None until it was held."""

    gesprek = models.ForeignKey(Gesprek, models.PROTECT, related_name="genoten")
    hoedanigheid = codeveld(Hoedanigheid)
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="+")
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    aanwezig = models.BooleanField(null=True)

    class Meta:
        verbose_name = "gespreksgenoot"
        verbose_name_plural = "gespreksgenoten"
        constraints = [
            in_lijst("gespreksgenoot", "hoedanigheid", Hoedanigheid),
            models.CheckConstraint(
                condition=Q(hoedanigheid=Hoedanigheid.LID, persoon__isnull=False, naam="")
                | ~Q(hoedanigheid=Hoedanigheid.LID) & Q(persoon__isnull=True) & ~Q(naam=""),
                name="gespreksgenoot_lid_of_naam",
            ),
            models.UniqueConstraint(
                fields=["gesprek", "hoedanigheid", "persoon", "naam"],
                nulls_distinct=False,
                name="gespreksgenoot_een_keer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_hoedanigheid_display()} bij gesprek {self.gesprek_id}"


class Verheldering(Versie):
    """What came up about one levensgebied: whether something plays, for whom, and a note (R20: never required).

    Nobody in `personen` and `huishouden` false says that nothing plays, or that it wasn't asked. One is in force per
    melding and levensgebied.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="verhelderingen")
    levensgebied = models.ForeignKey(Levensgebied, models.PROTECT, related_name="+")
    huishouden = models.BooleanField(default=False, db_default=False)
    personen = models.ManyToManyField(Persoon, related_name="+")
    tekst = models.TextField(blank=True, default="", db_default="")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "verheldering"
        verbose_name_plural = "verhelderingen"
        constraints = [
            *Versie.Meta.constraints,
            models.UniqueConstraint(
                fields=["melding", "levensgebied"],
                condition=Q(vervallen_op__isnull=True),
                name="verheldering_een_per_levensgebied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.levensgebied_id} bij melding {self.melding_id}"

    def over(self) -> frozenset[int]:
        """The keys of whom it is about, nobody being the household; without a choice it is the person's who asked."""
        personen = frozenset(persoon.pk for persoon in self.personen.all())
        return personen if personen or self.huishouden else frozenset(filter(None, [self.melding.persoon_id]))
