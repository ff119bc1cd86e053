"""What a municipality can grant, and what it granted."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Greatest

from households.models import Persoon
from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.versies import Versie, VersieQuerySet


class Wet(Code):
    """The laws of the social domain."""

    WMO = 1, "Wmo"
    JEUGDWET = 2, "Jeugdwet"
    PARTICIPATIEWET = 3, "Participatiewet"


class Jeugdsoort(Code):
    """How the Jeugdwet counts a voorzieningengroep (tables 2.14 and 2.16)."""

    JEUGDHULP = 1, "jeugdhulp"
    JEUGDBESCHERMING = 2, "jeugdbescherming"
    JEUGDRECLASSERING = 3, "jeugdreclassering"


GELDIG = Func("geldig_van", "geldig_tot", function="daterange", output_field=DateRangeField())


def een_tegelijk(soort: str, wat: str, *binnen: str) -> ExclusionConstraint:
    """No two versions in the catalogue with the same `wat`, within `binnen`, on one day."""
    gelijk = [(veld, RangeOperators.EQUAL) for veld in (*binnen, wat)]
    return ExclusionConstraint(
        name=f"{soort}_{wat}_een_tegelijk", expressions=[*gelijk, (GELDIG, RangeOperators.OVERLAPS)]
    )


class Voorzieningengroep(models.Model):
    """A version of a cluster of alike voorzieningen (bijlage 3 of the monitor), with how the monitor counts it.

    What it says is never overwritten (trigger `bewaak_catalogus`): from another day another version says otherwise,
    with the same `code`, by which reports count. Without a code it gets its name for one.
    """

    wet = codeveld(Wet)
    cluster = models.CharField(max_length=200)
    code = models.CharField(max_length=200, default="", db_default="", editable=False)
    naam = models.CharField(max_length=200)
    telt_als_wmo_client = models.BooleanField(
        "telt mee in 2.9",
        default=True,
        help_text="Beschermd wonen en opvang tellen niet mee in tabel 2.9-2.12.",
    )
    jeugdsoort = codeveld(Jeugdsoort, null=True, blank=True)
    met_verblijf = models.BooleanField(default=False)
    geldig_van = models.DateField(null=True, blank=True)
    geldig_tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "voorzieningengroep"
        verbose_name_plural = "voorzieningengroepen"
        ordering = ["pk"]
        constraints = [
            in_lijst("voorzieningengroep", "wet", Wet),
            in_lijst("voorzieningengroep", "jeugdsoort", Jeugdsoort),
            een_tegelijk("voorzieningengroep", "code", "wet"),
            een_tegelijk("voorzieningengroep", "naam", "wet"),
            models.CheckConstraint(
                condition=Q(wet=Wet.JEUGDWET, jeugdsoort__isnull=False)
                | (~Q(wet=Wet.JEUGDWET) & Q(jeugdsoort__isnull=True, met_verblijf=False)),
                name="voorzieningengroep_jeugdsoort_bij_jeugdwet",
            ),
            niet_voor("voorzieningengroep", "geldig_van", "geldig_tot"),
        ]

    def __str__(self) -> str:
        return self.naam


def geldt_op(dag: date, van: str = "") -> Q:
    """What is in the catalogue on a day; `van` is the path to it, such as `groep__`."""
    begonnen = Q(**{f"{van}geldig_van__isnull": True}) | Q(**{f"{van}geldig_van__lte": dag})
    return begonnen & (Q(**{f"{van}geldig_tot__isnull": True}) | Q(**{f"{van}geldig_tot__gt": dag}))


class VoorzieningQuerySet(models.QuerySet["Voorziening"]):
    """Questions about products, of which the catalogue has a version per name."""

    def van_product(self, voorziening: Voorziening) -> VoorzieningQuerySet:
        """Every version of the product of which `voorziening` is one; that is read with its `groep`."""
        groep = voorziening.groep
        return self.filter(code=voorziening.code, groep__code=groep.code, groep__wet=groep.wet)

    def op_dag(self, dag: date) -> VoorzieningQuerySet:
        """The versions that hold on a day, at most one of a product."""
        return self.filter(geldt_op(dag), geldt_op(dag, "groep__"))

    def te_kiezen(self, dag: date, *, gekozen: int | None = None) -> VoorzieningQuerySet:
        """One version of each product that doesn't end before or on a day: the first, or the one with key `gekozen`."""
        loopt = Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=Greatest(Value(dag), F("geldig_van")))
        groep_loopt = Q(groep__geldig_tot__isnull=True) | Q(groep__geldig_tot__gt=dag)
        product = ("groep__wet", "groep__code", "code")
        gekozen_eerst = Case(When(pk=gekozen, then=0), default=1)
        rijen = self.filter(loopt & groep_loopt | Q(pk=gekozen)).distinct(*product)
        eerste = rijen.order_by(*product, gekozen_eerst, F("geldig_van").asc(nulls_first=True))
        return self.filter(pk__in=eerste.values("pk"))


class Voorziening(models.Model):
    """A version of one product of the catalogue; as with its group, `code` stays when the name changes."""

    groep = models.ForeignKey(Voorzieningengroep, models.PROTECT, related_name="voorzieningen")
    code = models.CharField(max_length=200, default="", db_default="", editable=False)
    naam = models.CharField(max_length=200)
    geldig_van = models.DateField(null=True, blank=True)
    geldig_tot = models.DateField(null=True, blank=True)

    objects = VoorzieningQuerySet.as_manager()

    class Meta:
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = ["pk"]
        constraints = [
            een_tegelijk("voorziening", "code", "groep"),
            een_tegelijk("voorziening", "naam", "groep"),
            niet_voor("voorziening", "geldig_van", "geldig_tot"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def voluit(self) -> str:
        """With its group, where the name alone says too little: many are called `licht`; read `groep` along."""
        groep = self.groep.naam
        return groep if self.naam == groep else f"{groep}, {self.naam}"


class Aanbieder(models.Model):
    """A provider of support."""

    naam = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"

    def __str__(self) -> str:
        return self.naam


class Financieringsvorm(Code):
    """Zorg in natura, or a budget that the client spends."""

    ZIN = 1, "zorg in natura"
    PGB = 2, "persoonsgebonden budget"


class BeschikkingQuerySet(VersieQuerySet["Beschikking"]):
    """Questions about what help ran when."""

    def loopt_tussen(self, begin: date, einde: date) -> BeschikkingQuerySet:
        """In force on at least one day of `[begin, einde)`; `einddatum` is inclusive."""
        return self.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=begin), ingangsdatum__lt=einde)

    def wmo_clienten(self) -> BeschikkingQuerySet:
        """What makes somebody a Wmo client in tables 2.9-2.12: beschermd wonen and opvang left out."""
        return self.filter(voorziening__groep__wet=Wet.WMO, voorziening__groep__telt_als_wmo_client=True)


class Beschikking(Versie):
    """A maatwerkvoorziening granted to one person.

    The melding that led to it lives a layer higher, hence the lazy reference.
    """

    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="beschikkingen")
    melding = models.ForeignKey("meldingen.Melding", models.PROTECT, null=True, related_name="beschikkingen")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="beschikkingen")
    financieringsvorm = codeveld(Financieringsvorm, null=True)
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, related_name="beschikkingen")
    besluitdatum = models.DateField(null=True)
    ingangsdatum = models.DateField()
    einddatum = models.DateField("einddatum (tot en met)", null=True)

    objects = BeschikkingQuerySet.as_manager()

    class Meta:
        verbose_name = "beschikking"
        verbose_name_plural = "beschikkingen"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("beschikking", "financieringsvorm", Financieringsvorm),
            niet_voor("beschikking", "ingangsdatum", "einddatum"),
        ]
        indexes = [
            models.Index(
                fields=["einddatum", "ingangsdatum"],
                condition=Q(vervallen_op__isnull=True),
                name="beschikking_loopt",
            ),
            models.Index(
                fields=["ingangsdatum"], condition=Q(vervallen_op__isnull=True), name="beschikking_begint"
            ),
        ]

    def __str__(self) -> str:
        return f"beschikking {self.pk}"
