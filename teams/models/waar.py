"""Where people work: teams and the areas they serve."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Collate, Length

from teams.codes import Code, codeveld, in_lijst, niet_voor


class Teamsoort(Code):
    """Kinds of team."""

    WIJKTEAM = 1, "wijkteam"
    EXPERTTEAM = 2, "expertteam"
    INTERVENTIETEAM = 3, "Tijdelijk Interventieteam"
    BRANDPUNT = 4, "brandpuntfunctionaris"


class TeamQuerySet(models.QuerySet["Team"]):
    """Questions about teams."""

    def wijkteams(self) -> TeamQuerySet:
        """The teams of an area, by code: the rows of every table per wijkteam."""
        return self.filter(soort=Teamsoort.WIJKTEAM).order_by(Collate("code", "C"))

    def om_op_te_schalen(self, stadsdeel: str) -> list[Team]:
        """Those beside the wijkteams for a stadsdeel, by code; who has no stadsdeel is there for all of them."""
        rijen = self.exclude(soort=Teamsoort.WIJKTEAM).order_by("code")
        return [team for team in rijen if not team.stadsdelen or stadsdeel in team.stadsdelen]

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
    """A wijkteam of an area, or a team to which it can scale up: of a stadsdeel, or of all when that is empty.

    A brandpuntfunctionaris is a team of whoever has that function (docs/adr/0014-opschaling.md).

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

    @property
    def stadsdelen(self) -> list[str]:
        """The stadsdelen for which it is; more than one stand there with commas between."""
        return [naam for deel in self.stadsdeel.split(",") if (naam := deel.strip())]


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
