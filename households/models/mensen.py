"""The household as the unit of approach: people, and where they lived with whom, when."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import OpClass
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from stdnum.nl import bsn as bsn_proef

from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.kluis import kluis
from teams.lezen import Onderwerp
from teams.models import Team
from teams.versies import Versie, VersieQuerySet


class LevensgebiedQuerySet(models.QuerySet["Levensgebied"]):
    """Questions about the areas of life."""

    def geldig_op(self, dag: date) -> LevensgebiedQuerySet:
        """Those in use on a day."""
        return self.exclude(geldig_van__gt=dag).exclude(geldig_tot__lte=dag)


class Levensgebied(models.Model):
    """An area of life, as an aid to memory at the kitchen table; the list changes with time."""

    code = models.SlugField(max_length=64, unique=True)
    naam = models.CharField(max_length=200)
    geldig_van = models.DateField(null=True, blank=True)
    geldig_tot = models.DateField(null=True, blank=True)

    objects = LevensgebiedQuerySet.as_manager()

    class Meta:
        verbose_name = "levensgebied"
        verbose_name_plural = "levensgebieden"
        ordering = ["pk"]
        constraints = [niet_voor("levensgebied", "geldig_van", "geldig_tot")]

    def __str__(self) -> str:
        return self.naam


class Geslacht(Code):
    """As the person wants to be registered."""

    M = 1, "man"
    V = 2, "vrouw"
    X = 3, "x"


def naamwoord(deel: int, plaats: int) -> models.Func:
    """Word `plaats` of the achternaam (`deel` 1) or the voornamen (2) in `zoeknaam`, as the indexes have it."""
    return models.Func("zoeknaam", deel, plaats, function="naamwoord", output_field=models.TextField())


BSN = "households_persoon.bsn"
"""The place to which an encrypted BSN is bound."""
BSN_KOLOMMEN = ("bsn_versleuteld", "bsn_index")


def _volgende_nummer() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('households_persoon', 'id'))")
        return int(cursor.fetchone()[0])


class PersoonQuerySet(models.QuerySet["Persoon"]):
    """Questions about residents."""

    def met_bsn(self, nummer: str) -> PersoonQuerySet:
        """Who has this BSN, of nine digits; found whichever of the keys it was stored under."""
        return self.filter(bsn_index__in=kluis().zoekwaarden(nummer, BSN))


class Persoon(models.Model):
    """A resident. A name is enough to begin with; a BSN is asked for only when a beschikking needs it.

    The BSN is encrypted (`teams.kluis`): read and write `bsn`, save `BSN_KOLOMMEN`, and look for it by `met_bsn`. The
    database keeps `zoeknaam` and `telefoon_cijfers`, by which `households.zoeken` recognises somebody.
    """

    ref = models.CharField(max_length=64, null=True, editable=False)
    achternaam = models.CharField(max_length=200, blank=True, default="", db_default="")
    tussenvoegsel = models.CharField(max_length=40, blank=True, default="", db_default="")
    voornamen = models.CharField(max_length=200, blank=True, default="", db_default="")
    geboortedatum = models.DateField(null=True, blank=True)
    overleden_op = models.DateField(null=True, editable=False)
    geslacht = codeveld(Geslacht, null=True, blank=True)
    bsn_versleuteld = models.BinaryField(null=True, editable=False)
    bsn_index = models.BinaryField(null=True, editable=False)
    telefoon = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    zelfde_als = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="dubbelen",
        verbose_name="zelfde als",
    )
    geregistreerd_op = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    vervallen_op = models.DateTimeField(null=True, editable=False)
    zoeknaam = models.GeneratedField(
        expression=models.Func("achternaam", "voornamen", function="zoeknaam"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    telefoon_cijfers = models.GeneratedField(
        expression=models.Func("telefoon", function="telefoon_cijfers"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = PersoonQuerySet.as_manager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="persoon_ref_uniek"),
            in_lijst("persoon", "geslacht", Geslacht),
            niet_voor("persoon", "geboortedatum", "overleden_op"),
            models.CheckConstraint(
                condition=Q(zelfde_als__isnull=True) | ~Q(zelfde_als=F("pk")),
                name="persoon_niet_zelfde_als_zichzelf",
            ),
        ]
        indexes = [
            models.Index(naamwoord(1, 1), naamwoord(2, 1), name="persoon_naam"),
            models.Index(
                naamwoord(1, 2),
                name="persoon_tweede_naam",
                condition=models.Q(zoeknaam__regex="^[^,]* "),
            ),
            models.Index(fields=["geboortedatum"], name="persoon_geboortedatum"),
            models.Index(
                fields=["telefoon_cijfers"], name="persoon_telefoon", condition=~models.Q(telefoon_cijfers="")
            ),
            models.Index(
                OpClass(Lower("email"), "text_pattern_ops"),
                name="persoon_email",
                condition=~models.Q(email=""),
            ),
            models.Index(
                fields=["zelfde_als"], name="persoon_zelfde_als", condition=Q(zelfde_als__isnull=False)
            ),
            models.Index(fields=["bsn_index"], name="persoon_bsn", condition=Q(bsn_index__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"persoon {self.pk}"

    @property
    def bsn(self) -> str:
        """The burgerservicenummer, or nothing; KluisFout when it can't be read, which is never the same as nothing."""
        if self.bsn_versleuteld is None:
            return ""
        return kluis().ontsleutel(bytes(self.bsn_versleuteld), BSN, self.pk)

    @bsn.setter
    def bsn(self, nummer: str) -> None:
        """ValueError when it is neither empty nor nine digits that pass the 11-proef.

        A new person gets a key here, since the BSN is bound to it.
        """
        if not nummer:
            self.bsn_versleuteld = self.bsn_index = None
            return
        if not (len(nummer) == 9 and nummer.isascii() and nummer.isdigit() and bsn_proef.is_valid(nummer)):
            raise ValueError("Verwacht een BSN van negen cijfers dat aan de elfproef voldoet.")
        if self.pk is None:
            self.pk = _volgende_nummer()
        sleutels = kluis()
        self.bsn_versleuteld = sleutels.versleutel(nummer, BSN, self.pk)
        self.bsn_index = sleutels.zoekwaarde(nummer, BSN)

    @property
    def naam(self) -> str:
        """The whole name, as one says it."""
        return (
            " ".join(filter(None, (self.voornamen, self.tussenvoegsel, self.achternaam))) or "naam onbekend"
        )

    @property
    def gemaskeerd(self) -> str:
        """Enough to recognise whom one has on the phone, for who may know only that somebody is known."""
        letters = " ".join(f"{deel[0]}." for deel in (self.voornamen, self.achternaam) if deel)
        jaar = f", {self.geboortedatum.year}" if self.geboortedatum else ""
        return f"{letters or 'iemand'}{jaar}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(persoon=self.pk)


class Huishouden(models.Model):
    """People who live together: everything of the work hangs under it."""

    ref = models.CharField(max_length=64, null=True, editable=False)
    afgeschermd = models.BooleanField(default=False, db_default=False, editable=False)
    afgeschermd_reden = models.TextField(blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = "huishouden"
        verbose_name_plural = "huishoudens"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="huishouden_ref_uniek"),
            models.CheckConstraint(
                condition=Q(afgeschermd=False) | ~Q(afgeschermd_reden=""),
                name="huishouden_afgeschermd_met_reden",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(afgeschermd=True), name="huishouden_afgeschermd"),
        ]

    def __str__(self) -> str:
        return f"huishouden {self.pk}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(huishouden=self.pk)


class Rol(Code):
    """Place of a person in a household."""

    HOOFD = 1, "hoofd"
    PARTNER = 2, "partner"
    KIND = 3, "kind"
    OUDER = 4, "ouder"
    OVERIG = 5, "overig"


class VerblijfQuerySet(VersieQuerySet["Verblijf"]):
    """Questions about who lived where."""

    def op_dag(self, dag: date | models.F) -> VerblijfQuerySet:
        """Stays that hold on a day: `vanaf` inclusive, `tot` exclusive or open."""
        return self.filter(models.Q(tot__isnull=True) | models.Q(tot__gt=dag), vanaf__lte=dag)

    def woont(self, persoon: Persoon, dag: date) -> Verblijf | None:
        """The stay of a person in a household on a day, as far as known: the latest that began."""
        verblijven: VerblijfQuerySet = self.filter(persoon=persoon, huishouden__isnull=False)
        return verblijven.op_dag(dag).bekend_op(None).order_by("-vanaf", "-pk").first()


class Verblijf(Versie):
    """A person lives in a household, at an address, from a day until another (exclusive)."""

    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="verblijven")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="verblijven")
    postcode = models.CharField(max_length=6, blank=True, default="", db_default="")
    huisnummer = models.CharField(max_length=20, blank=True, default="", db_default="")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="verblijven")
    vanaf = models.DateField()
    tot = models.DateField(null=True)
    rol = codeveld(Rol, null=True)

    objects = VerblijfQuerySet.as_manager()

    class Meta:
        verbose_name = "verblijf"
        verbose_name_plural = "verblijven"
        indexes = [
            models.Index(
                fields=["team"],
                include=["huishouden", "vanaf", "tot"],
                condition=Q(vervallen_op__isnull=True),
                name="verblijf_van_team",
            ),
            models.Index(
                fields=["postcode", "huisnummer"],
                name="verblijf_adres",
                condition=models.Q(vervallen_op__isnull=True) & ~models.Q(postcode=""),
            ),
        ]
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("verblijf", "rol", Rol),
            niet_voor("verblijf", "vanaf", "tot"),
        ]

    def __str__(self) -> str:
        return f"verblijf {self.pk}"
