"""Who works where: teams, the areas they serve, and what they do together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Collate, Length

from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.versies import Versie, VersieQuerySet


class Medewerker(AbstractUser):
    """Somebody who signs in."""

    class Meta(AbstractUser.Meta):
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"


class InstellingQuerySet(models.QuerySet["Instelling"]):
    """Questions about settings that change with time."""

    def waarde_op(self, sleutel: str, dag: date) -> Decimal:
        """The value of `sleutel` that holds on `dag`; Instelling.DoesNotExist when none does yet."""
        return self.filter(sleutel=sleutel, geldig_van__lte=dag).latest("geldig_van").waarde


class Instelling(models.Model):
    """A term, threshold or amount from a date on; the next one for the same key ends it."""

    KLEINE_AANTALLEN = "kleine_aantallen"

    sleutel = models.CharField(max_length=64)
    geldig_van = models.DateField("geldig van")
    waarde = models.DecimalField(max_digits=14, decimal_places=4)
    toelichting = models.TextField(blank=True, default="")

    objects = InstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "instelling"
        verbose_name_plural = "instellingen"
        constraints = [
            models.UniqueConstraint(fields=["sleutel", "geldig_van"], name="instelling_een_per_dag")
        ]

    def __str__(self) -> str:
        return f"{self.sleutel} vanaf {self.geldig_van}: {self.waarde}"


class Teamsoort(Code):
    """Kinds of team."""

    WIJKTEAM = 1, "wijkteam"
    EXPERTTEAM = 2, "expertteam"


class TeamQuerySet(models.QuerySet["Team"]):
    """Questions about teams."""

    def wijkteams(self) -> TeamQuerySet:
        """The teams of an area, by code: the rows of every table per wijkteam."""
        return self.filter(soort=Teamsoort.WIJKTEAM).order_by(Collate("code", "C"))

    def voor_postcode(self, postcode: str) -> TeamQuerySet:
        """The team whose area holds this postcode; the longest match wins, no area gives none."""
        genormaliseerd = postcode.replace(" ", "").upper()
        gebied = (
            Postcodegebied.objects.annotate(hier=Value(genormaliseerd))
            .filter(hier__startswith=F("postcode"))
            .order_by(Length("postcode").desc())
            .values("team")[:1]
        )
        return self.filter(pk__in=gebied)


class Team(models.Model):
    """A wijkteam of an area, or the expertteam of a stadsdeel.

    Its key is small, since it stands in every fact and in the covering indexes over them.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    naam = models.CharField(max_length=200)
    soort = codeveld(Teamsoort)
    stadsdeel = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["code"]
        constraints = [in_lijst("team", "soort", Teamsoort)]

    def __str__(self) -> str:
        return self.naam


class Postcodegebied(models.Model):
    """Four digits, or a whole postcode, that a team serves."""

    postcode = models.CharField(max_length=6, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="postcodegebieden")

    class Meta:
        verbose_name = "postcodegebied"
        verbose_name_plural = "postcodegebieden"
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[0-9]{4}([A-Z]{2})?$"), name="postcodegebied_postcode_geldig"
            )
        ]

    def __str__(self) -> str:
        return self.postcode


class Inwonertal(models.Model):
    """How many people live in the area of a team on a day; the denominator of tables 2.11 and 2.15."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="inwonertallen")
    peildatum = models.DateField()
    inwoners = models.PositiveIntegerField(null=True)
    jeugdigen = models.PositiveIntegerField("jeugdigen (0-17)", null=True)

    class Meta:
        verbose_name = "inwonertal"
        verbose_name_plural = "inwonertallen"
        constraints = [
            models.UniqueConstraint(fields=["team", "peildatum"], name="inwonertal_een_per_peildatum")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} op {self.peildatum}"


class Weekdag(Code):
    """Days of the week, Monday first."""

    MA = 1, "maandag"
    DI = 2, "dinsdag"
    WO = 3, "woensdag"
    DO = 4, "donderdag"
    VR = 5, "vrijdag"
    ZA = 6, "zaterdag"
    ZO = 7, "zondag"


class Frequentie(Code):
    """How often a spreekuur is held."""

    WEKELIJKS = 1, "wekelijks"
    TWEEWEKELIJKS = 2, "tweewekelijks"
    MAANDELIJKS = 3, "maandelijks"


class Spreekuur(models.Model):
    """An open hour of a team at a place (table 2.3)."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="spreekuren")
    locatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    dag = codeveld(Weekdag)
    van = models.TimeField()
    tot = models.TimeField()
    frequentie = codeveld(Frequentie)
    geldig_van = models.DateField(null=True)
    geldig_tot = models.DateField(null=True)

    class Meta:
        verbose_name = "spreekuur"
        verbose_name_plural = "spreekuren"
        constraints = [
            in_lijst("spreekuur", "dag", Weekdag),
            in_lijst("spreekuur", "frequentie", Frequentie),
            models.CheckConstraint(condition=Q(tot__gt=F("van")), name="spreekuur_tot_na_van"),
            niet_voor("spreekuur", "geldig_van", "geldig_tot"),
            models.UniqueConstraint(
                fields=["team", "locatie", "dag", "van", "geldig_van"],
                name="spreekuur_uniek",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dag_display()} {self.van:%H:%M}"


class Activiteitsoort(Code):
    """What an activity of a discipline was."""

    SPREEKUUR = 1, "spreekuur"
    COLLECTIEF_ARRANGEMENT = 2, "collectief arrangement"
    BUURTACTIVITEIT = 3, "buurtactiviteit"
    WIJKNETWERKBIJEENKOMST = 4, "wijknetwerkbijeenkomst"


class Activiteit(Versie):
    """An activity of the disciplines in a team, registered once, together (table 2.7)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="activiteiten")
    discipline = models.CharField(max_length=200, blank=True, default="", db_default="")
    soort = codeveld(Activiteitsoort)
    datum = models.DateField(db_index=True)
    bewoners = models.PositiveIntegerField(null=True)
    verwezen = models.PositiveIntegerField(null=True)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [*Versie.Meta.constraints, in_lijst("activiteit", "soort", Activiteitsoort)]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.datum}"


class Vervolg(Code):
    """What followed from a consult of a vrijwilligersconsulent (table 2.8)."""

    KEUKENTAFELGESPREK = 1, "keukentafelgesprek"
    BEGELEIDINGSGESPREKKEN = 2, "begeleidingsgesprekken"
    ALGEMENE_VOORZIENING = 3, "algemene voorziening"
    VERWEZEN_VRIJWILLIGERSWERK = 4, "verwezen naar vrijwilligerswerk"
    ACTIEF_GEWORDEN = 5, "actief geworden"
    INFORMATIE_ADVIES = 6, "informatie en advies"
    ZELF_GEHOLPEN_REGELZAKEN = 7, "zelf geholpen met regelzaken"


class Consult(Versie):
    """A contact of a discipline with a resident, with everything that followed from it (table 2.8)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="consulten")
    discipline = models.CharField(max_length=200, blank=True, default="", db_default="")
    datum = models.DateField(db_index=True)
    uren = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    vervolg = ArrayField(codeveld(Vervolg), default=list)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "consult"
        verbose_name_plural = "consulten"
        constraints = [
            *Versie.Meta.constraints,
            models.CheckConstraint(
                condition=Q(vervolg__contained_by=Vervolg.values), name="consult_vervolg_in_lijst"
            ),
        ]

    def __str__(self) -> str:
        return f"consult op {self.datum}"
