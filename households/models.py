"""The household as the unit of approach: people, and where they lived with whom, when."""

from __future__ import annotations

from datetime import date

from django.db import models

from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.models import Team
from teams.versies import Versie, VersieQuerySet


class Levensgebied(models.Model):
    """An area of life, as an aid to memory at the kitchen table; the list changes with time."""

    code = models.SlugField(max_length=64, unique=True)
    naam = models.CharField(max_length=200)
    geldig_van = models.DateField(null=True, blank=True)
    geldig_tot = models.DateField(null=True, blank=True)

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


class Persoon(models.Model):
    """A resident. A name is enough to begin with; a BSN is asked for only when a beschikking needs it.

    The database refuses a BSN that fails the 11-proef (constraint `persoon_bsn_elfproef`).
    """

    ref = models.CharField(max_length=64, null=True, editable=False)
    achternaam = models.CharField(max_length=200, blank=True, default="", db_default="")
    tussenvoegsel = models.CharField(max_length=40, blank=True, default="", db_default="")
    voornamen = models.CharField(max_length=200, blank=True, default="", db_default="")
    geboortedatum = models.DateField(null=True, blank=True)
    geslacht = codeveld(Geslacht, null=True, blank=True)
    bsn = models.CharField(max_length=9, blank=True, default="", db_default="")
    telefoon = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    geregistreerd_op = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    vervallen_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="persoon_ref_uniek"),
            in_lijst("persoon", "geslacht", Geslacht),
        ]

    def __str__(self) -> str:
        return f"persoon {self.pk}"


class Huishouden(models.Model):
    """People who live together: everything of the work hangs under it."""

    ref = models.CharField(max_length=64, null=True, editable=False)

    class Meta:
        verbose_name = "huishouden"
        verbose_name_plural = "huishoudens"
        constraints = [models.UniqueConstraint(fields=["ref"], name="huishouden_ref_uniek")]

    def __str__(self) -> str:
        return f"huishouden {self.pk}"


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
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("verblijf", "rol", Rol),
            niet_voor("verblijf", "vanaf", "tot"),
        ]

    def __str__(self) -> str:
        return f"verblijf {self.pk}"
