"""The one plan of a household: who takes part, what they want to reach, and who does what.

Rows of a plan are never deleted, and change no more once the plan is closed: trigger `bewaak_plan` holds that, and
that whoever has a goal, an afspraak or the regie takes part in the same plan.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q

from households.models.mensen import Huishouden, Levensgebied, Persoon
from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.lezen import Onderwerp
from teams.perioden import Periode, lopend


class PlanQuerySet(models.QuerySet["Plan"]):
    """Questions about plans."""

    def lopend(self) -> PlanQuerySet:
        """Those that aren't closed; of a household at most one."""
        return self.filter(lopend())

    def in_het_kort(self) -> PlanQuerySet:
        """Each with `open_doelen`, how many goals are open, and `laatste_nummer`, the number of its last version."""
        return self.annotate(
            open_doelen=Count("doelen", filter=Q(doelen__stand=Doelstand.OPEN), distinct=True),
            laatste_nummer=Max("versies__nummer"),
        )


class Plan(Periode):
    """What a household and everybody around it agreed on, across all laws and beyond; one at a time.

    Complaint R12: five or six beschikkingen gave one child five or six plans. `vorige` is the closed plan whose open
    goals were taken along.
    """

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="plannen")
    vorige = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="volgende", verbose_name="vorig plan"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        constraints = [
            niet_voor("plan", "vanaf", "tot"),
            models.UniqueConstraint(fields=["huishouden"], condition=lopend(), name="plan_een_lopend"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(huishouden=self.huishouden_id)


class Deelnemersoort(Code):
    """From where somebody takes part in a plan."""

    BEWONER = 1, "lid van het huishouden"
    NETWERK = 2, "familie, vriend of buur"
    MEDEWERKER = 3, "wijkteam"
    SCHOOL = 4, "school"
    HUISARTS = 5, "huisarts"
    ORGANISATIE = 6, "andere organisatie"


PROFESSIONEEL = (Deelnemersoort.SCHOOL, Deelnemersoort.HUISARTS, Deelnemersoort.ORGANISATIE)
"""Whose phone number at work may stand on everybody's paper."""


class Deelnemer(Periode):
    """Somebody who takes part in a plan: a resident, somebody of the network, a colleague, another organisation."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="deelnemers")
    soort = codeveld(Deelnemersoort)
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="deelnames")
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deelnames"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    organisatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    rol = models.CharField(max_length=200, blank=True, default="", db_default="")
    telefoon = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.EmailField("e-mail", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        constraints = [
            in_lijst("deelnemer", "soort", Deelnemersoort),
            niet_voor("deelnemer", "vanaf", "tot"),
            models.CheckConstraint(
                condition=Q(soort=Deelnemersoort.BEWONER, persoon__isnull=False, medewerker__isnull=True)
                | Q(soort=Deelnemersoort.MEDEWERKER, persoon__isnull=True, medewerker__isnull=False)
                | ~Q(soort__in=(Deelnemersoort.BEWONER, Deelnemersoort.MEDEWERKER))
                & Q(persoon__isnull=True, medewerker__isnull=True)
                & ~Q(naam="", organisatie=""),
                name="deelnemer_is_iemand",
            ),
            models.UniqueConstraint(
                fields=["plan", "persoon"], condition=lopend(), name="deelnemer_persoon_een_keer"
            ),
            models.UniqueConstraint(
                fields=["plan", "medewerker"], condition=lopend(), name="deelnemer_medewerker_een_keer"
            ),
        ]

    def __str__(self) -> str:
        return f"deelnemer {self.pk} aan plan {self.plan_id}"


class Doelstand(Code):
    """What became of a goal."""

    OPEN = 1, "open"
    BEREIKT = 2, "bereikt"
    LOSGELATEN = 3, "losgelaten"


class Doel(models.Model):
    """What somebody wants to reach, in their own words, also "ook op school".

    `voor_wie` empty means everybody in the household; `besloten` keeps it off the paper of the others (somebody of 12
    or older may have goals that the rest doesn't see). `bewerking` counts how often the row was written: who sends
    back an older number didn't see what somebody else made of it meanwhile.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="doelen")
    tekst = models.TextField()
    eigenaar = models.ForeignKey(Deelnemer, models.PROTECT, related_name="doelen")
    levensgebied = models.ForeignKey(Levensgebied, models.PROTECT, null=True, related_name="+")
    voor_wie = models.ManyToManyField(Persoon, related_name="doelen")
    besloten = models.BooleanField(default=False, db_default=False)
    begin = models.DateField()
    streefdatum = models.DateField(null=True)
    stand = codeveld(Doelstand, default=Doelstand.OPEN, db_default=Doelstand.OPEN)
    bewerking = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        constraints = [
            in_lijst("doel", "stand", Doelstand),
            niet_voor("doel", "begin", "streefdatum"),
            models.CheckConstraint(condition=~Q(tekst=""), name="doel_met_tekst"),
        ]

    def __str__(self) -> str:
        return f"doel {self.pk}"


class Afspraaksoort(Code):
    """Something to do once, or something to keep to."""

    ACTIE = 1, "actie"
    AFSPRAAK = 2, "afspraak"


class Afspraak(models.Model):
    """Who does what, before when; by anybody who takes part, so also by the neighbour. `bewerking` as in `Doel`."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="afspraken")
    soort = codeveld(Afspraaksoort)
    tekst = models.TextField()
    wie = models.ForeignKey(Deelnemer, models.PROTECT, related_name="afspraken")
    doel = models.ForeignKey(Doel, models.PROTECT, null=True, related_name="afspraken")
    uiterlijk_op = models.DateField(null=True)
    gedaan_op = models.DateField(null=True)
    vervallen_op = models.DateField(null=True)
    bewerking = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        constraints = [
            in_lijst("afspraak", "soort", Afspraaksoort),
            models.CheckConstraint(condition=~Q(tekst=""), name="afspraak_met_tekst"),
            models.CheckConstraint(
                condition=Q(gedaan_op__isnull=True) | Q(vervallen_op__isnull=True),
                name="afspraak_gedaan_of_vervallen",
            ),
        ]

    def __str__(self) -> str:
        return f"afspraak {self.pk}"


class Regiesoort(Code):
    """The five things that are called regie (complaint R17)."""

    INWONER = 1, "eigen regie van de inwoner"
    DAGELIJKS = 2, "dagelijkse regie"
    BUREAUCRATISCH = 3, "regie op papieren en aanvragen"
    HOOFDLIJNEN = 4, "regie op hoofdlijnen"
    OPDRACHTGEVEND = 5, "opdrachtgever van de hulp"


class Regie(Periode):
    """Somebody holds one kind of regie; of each kind one at a time, and rows stay."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="regie")
    soort = codeveld(Regiesoort)
    deelnemer = models.ForeignKey(Deelnemer, models.PROTECT, related_name="regie")

    class Meta:
        verbose_name = "regie"
        verbose_name_plural = "regie"
        constraints = [
            in_lijst("regie", "soort", Regiesoort),
            niet_voor("regie", "vanaf", "tot"),
            models.UniqueConstraint(fields=["plan", "soort"], condition=lopend(), name="regie_een_tegelijk"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} in plan {self.plan_id}"


class Resultaat(Code):
    """What an evaluation of a goal came to."""

    NIET_BEREIKT = 1, "niet bereikt"
    DEELS_BEREIKT = 2, "voor een deel bereikt"
    BEREIKT = 3, "bereikt"
    NIET_MEER_NODIG = 4, "niet meer nodig"


class Evaluatie(models.Model):
    """On which day one looks together at a goal, and what that came to (complaint R16)."""

    doel = models.ForeignKey(Doel, models.PROTECT, related_name="evaluaties")
    gepland_op = models.DateField()
    gehouden_op = models.DateField(null=True)
    resultaat = codeveld(Resultaat, null=True)
    toelichting = models.TextField(blank=True, default="", db_default="")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        constraints = [
            in_lijst("evaluatie", "resultaat", Resultaat),
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True, resultaat__isnull=True)
                | Q(gehouden_op__isnull=False, resultaat__isnull=False),
                name="evaluatie_gehouden_met_resultaat",
            ),
            models.UniqueConstraint(
                fields=["doel", "gepland_op"],
                condition=Q(gehouden_op__isnull=True),
                name="evaluatie_een_keer_op_een_dag",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gepland_op"], condition=Q(gehouden_op__isnull=True), name="evaluatie_te_houden"
            ),
        ]

    def __str__(self) -> str:
        return f"evaluatie van doel {self.doel_id} op {self.gepland_op}"
