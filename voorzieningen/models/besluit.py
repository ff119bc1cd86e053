"""From an aanvraag to help that runs: what was asked, the toets before it, the besluit, and the levering."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django_fsm import FSMField, FSMModelMixin, transition

from households.models import Huishouden, Persoon
from teams.codes import Code, codeveld, in_lijst, niet_voor
from teams.lezen import Onderwerp
from teams.models import Team
from voorzieningen.models.maatwerk import Aanbieder, Beschikking, Financieringsvorm, Voorziening, Wet


class Aanvraag(models.Model):
    """The resident asks for a maatwerkvoorziening (Wmo art. 2.3.5): from that day the term of the besluit runs.

    One per melding; the melding lives a layer higher, hence the lazy reference.
    """

    melding = models.OneToOneField("meldingen.Melding", models.PROTECT, related_name="aanvraag")
    datum = models.DateField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"

    def __str__(self) -> str:
        return f"aanvraag {self.pk}"


class Opschortgrond(Code):
    """Why the law lets the term of a besluit stand still (Awb art. 4:15)."""

    AANVULLING = 1, "de aanvraag moet worden aangevuld (art. 4:15, eerste lid)"
    INSTEMMING = 2, "de aanvrager stemt er schriftelijk mee in (art. 4:15, tweede lid, onder a)"
    DOOR_AANVRAGER = 3, "de vertraging ligt aan de aanvrager (art. 4:15, tweede lid, onder b)"
    OVERMACHT = 4, "overmacht (art. 4:15, tweede lid, onder c)"


class Opschorting(models.Model):
    """The term of a besluit stands still from the day after `van` up to and including `tot` (Awb art. 4:15)."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="opschortingen")
    grond = codeveld(Opschortgrond)
    van = models.DateField()
    tot = models.DateField("tot en met", null=True)
    reden = models.TextField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "opschorting"
        verbose_name_plural = "opschortingen"
        constraints = [
            in_lijst("opschorting", "grond", Opschortgrond),
            niet_voor("opschorting", "van", "tot"),
            models.CheckConstraint(condition=~Q(reden=""), name="opschorting_met_reden"),
            models.UniqueConstraint(
                fields=["aanvraag"], condition=Q(tot__isnull=True), name="opschorting_een_tegelijk"
            ),
        ]

    def __str__(self) -> str:
        return f"opschorting van aanvraag {self.aanvraag_id}"


class Eenheid(Code):
    """In what a voorziening is counted."""

    UUR = 1, "uur"
    DAGDEEL = 2, "dagdeel"
    ETMAAL = 3, "etmaal"
    STUK = 4, "stuk"
    EURO = 5, "euro"


class Per(Code):
    """How often the volume returns."""

    WEEK = 1, "per week"
    MAAND = 2, "per maand"
    JAAR = 3, "per jaar"
    KEER = 4, "eenmalig"


class Afwijsgrond(Code):
    """Why a voorziening isn't granted (`process.md`: the decision)."""

    ANDERE_OPLOSSING = 1, "de inwoner vond een andere oplossing"
    ALGEMENE_VOORZIENING = 2, "een algemene voorziening is genoeg"
    VOORLIGGENDE_WET = 3, "een andere wet gaat voor"
    EIGEN_BIJDRAGE = 4, "de inwoner wil de eigen bijdrage niet betalen"
    AFGEWEZEN = 5, "afgewezen"


class Besluitstatus(models.TextChoices):
    """Where a besluit stands."""

    CONCEPT = "concept", "in voorbereiding"
    TER_TOETS = "ter_toets", "ligt bij de toetser"
    GETOETST = "getoetst", "akkoord na de toets"
    TOEGEKEND = "toegekend", "toegekend"
    AFGEWEZEN = "afgewezen", "niet toegekend"
    INGETROKKEN = "ingetrokken", "ingetrokken"


LOPEND_BESLUIT = (Besluitstatus.CONCEPT, Besluitstatus.TER_TOETS, Besluitstatus.GETOETST)
"""Where a besluit has still to be taken."""


class BesluitQuerySet(models.QuerySet["Besluit"]):
    """Questions about what was asked and decided."""

    def te_nemen(self) -> BesluitQuerySet:
        """Those on which nothing was decided yet."""
        return self.filter(status__in=LOPEND_BESLUIT)

    def toegekend(self) -> BesluitQuerySet:
        """Those that granted help."""
        return self.filter(status=Besluitstatus.TOEGEKEND)


class Besluit(FSMModelMixin, models.Model):
    """One voorziening for one person: asked for, checked, and granted or not; a line under the plan (R12).

    `aantal` in `eenheid`, `per` week, month, year or once; `prijs` in euros per `eenheid`; `bandbreedte` in percents,
    within which the volume may be changed in one step (R13). What is granted becomes a `Beschikking`, the fact
    that reports count.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="besluiten")
    melding = models.ForeignKey("meldingen.Melding", models.PROTECT, related_name="besluiten")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="besluiten")
    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="besluiten")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="besluiten")
    financieringsvorm = codeveld(Financieringsvorm)
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="besluiten")
    aantal = models.DecimalField(max_digits=8, decimal_places=2)
    eenheid = codeveld(Eenheid)
    per = codeveld(Per)
    prijs = models.DecimalField("prijs per eenheid", max_digits=10, decimal_places=2, null=True, blank=True)
    bandbreedte = models.DecimalField("bandbreedte in procenten", max_digits=5, decimal_places=2)
    ingangsdatum = models.DateField()
    einddatum = models.DateField("einddatum (tot en met)", null=True, blank=True)
    motivering = models.TextField(blank=True, default="", db_default="")
    pgb_bekwaam = models.BooleanField(default=False, db_default=False)
    pgb_motivatie = models.TextField(blank=True, default="", db_default="")
    pgb_kwaliteit = models.BooleanField(default=False, db_default=False)
    status = FSMField(
        choices=Besluitstatus.choices,
        default=Besluitstatus.CONCEPT,
        protected=True,
        editable=False,
        max_length=20,
    )
    besluitdatum = models.DateField(null=True, editable=False)
    afwijsgrond = codeveld(Afwijsgrond, null=True, editable=False)
    beschikking = models.OneToOneField(
        Beschikking, models.PROTECT, null=True, editable=False, related_name="besluit"
    )
    versie = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    objects = BesluitQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        constraints = [
            in_lijst("besluit", "financieringsvorm", Financieringsvorm),
            in_lijst("besluit", "eenheid", Eenheid),
            in_lijst("besluit", "per", Per),
            in_lijst("besluit", "status", Besluitstatus),
            in_lijst("besluit", "afwijsgrond", Afwijsgrond),
            niet_voor("besluit", "ingangsdatum", "einddatum"),
            models.CheckConstraint(condition=Q(aantal__gt=0), name="besluit_aantal_boven_nul"),
            models.CheckConstraint(
                condition=Q(prijs__isnull=True) | Q(prijs__gte=0), name="besluit_prijs_niet_negatief"
            ),
            models.CheckConstraint(
                condition=Q(bandbreedte__gte=0, bandbreedte__lte=100), name="besluit_bandbreedte"
            ),
            models.CheckConstraint(
                condition=~Q(status=Besluitstatus.TOEGEKEND)
                | Q(besluitdatum__isnull=False, beschikking__isnull=False),
                name="besluit_toegekend_met_beschikking",
            ),
            models.CheckConstraint(
                condition=~Q(status=Besluitstatus.AFGEWEZEN)
                | Q(besluitdatum__isnull=False, afwijsgrond__isnull=False, beschikking__isnull=True)
                & ~Q(motivering=""),
                name="besluit_afgewezen_met_reden",
            ),
            ExclusionConstraint(
                name="besluit_geen_pgb_naast_zin",
                expressions=[
                    ("persoon", RangeOperators.EQUAL),
                    ("voorziening", RangeOperators.EQUAL),
                    ("financieringsvorm", RangeOperators.NOT_EQUAL),
                    (
                        Func(
                            "ingangsdatum",
                            "einddatum",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=[*LOPEND_BESLUIT, Besluitstatus.TOEGEKEND]),
            ),
        ]
        indexes = [
            models.Index(fields=["persoon", "voorziening"], name="besluit_van_persoon"),
        ]

    def __str__(self) -> str:
        return f"besluit {self.pk}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(persoon=self.persoon_id, huishouden=self.huishouden_id)

    @property
    def wet(self) -> Wet:
        """Under which law it falls."""
        return Wet(self.voorziening.groep.wet)

    @property
    def is_pgb(self) -> bool:
        """Whether the resident buys the help."""
        return Financieringsvorm(self.financieringsvorm) is Financieringsvorm.PGB

    @transition(field=status, source=Besluitstatus.CONCEPT, target=Besluitstatus.TER_TOETS)
    def leg_voor(self) -> None:
        """It goes to the toetser."""

    @transition(field=status, source=Besluitstatus.TER_TOETS, target=Besluitstatus.GETOETST)
    def keur_goed(self) -> None:
        """The toetser agrees."""

    @transition(field=status, source=Besluitstatus.TER_TOETS, target=Besluitstatus.CONCEPT)
    def geef_terug(self) -> None:
        """The toetser doesn't agree, or the asker took it back: it can be changed again."""

    @transition(field=status, source=Besluitstatus.GETOETST, target=Besluitstatus.TOEGEKEND)
    def ken_toe(self) -> None:
        """It is granted."""

    @transition(
        field=status,
        source=[Besluitstatus.CONCEPT, Besluitstatus.GETOETST],
        target=Besluitstatus.AFGEWEZEN,
    )
    def wijs_af(self) -> None:
        """It isn't granted, with the reason why."""

    @transition(
        field=status,
        source=[Besluitstatus.CONCEPT, Besluitstatus.GETOETST],
        target=Besluitstatus.INGETROKKEN,
    )
    def trek_in(self) -> None:
        """The resident doesn't ask for it any more."""


class Besluitstap(models.Model):
    """What was done with a besluit: a row per step."""

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="stappen")
    stap = models.CharField(max_length=40)
    toelichting = models.TextField(blank=True, default="", db_default="")
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "besluitstap"
        verbose_name_plural = "besluitstappen"

    def __str__(self) -> str:
        return self.stap


class Toetsstatus(models.TextChoices):
    """Where a toets stands."""

    GEVRAAGD = "gevraagd", "wacht op een toetser"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    VRAAG_OPEN = "vraag_open", "wacht op antwoord van de aanvrager"
    GOEDGEKEURD = "goedgekeurd", "akkoord"
    AFGEKEURD = "afgekeurd", "niet akkoord"
    INGETROKKEN = "ingetrokken", "teruggenomen"


LOPENDE_TOETS = (Toetsstatus.GEVRAAGD, Toetsstatus.IN_BEHANDELING, Toetsstatus.VRAAG_OPEN)
"""Where a toets isn't done."""


class ToetsQuerySet(models.QuerySet["Toets"]):
    """Questions about the queue of the toetsers."""

    def open(self) -> ToetsQuerySet:
        """Those that aren't done."""
        return self.filter(status__in=LOPENDE_TOETS)

    def te_laat_op(self, dag: date) -> ToetsQuerySet:
        """Open ones whose term has passed on a day."""
        return self.open().filter(uiterlijk_op__lt=dag)


class Toets(FSMModelMixin, models.Model):
    """Somebody else looks whether a besluit is right, in substance and in law, before it is taken (R14)."""

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="toetsen")
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gevraagde_toetsen"
    )
    gevraagd_op = models.DateTimeField(db_default=Now(), editable=False)
    uiterlijk_op = models.DateField()
    toetser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="toetsen")
    status = FSMField(
        choices=Toetsstatus.choices,
        default=Toetsstatus.GEVRAAGD,
        protected=True,
        editable=False,
        max_length=20,
    )
    oordeel = models.TextField(blank=True, default="", db_default="", editable=False)
    afgerond_op = models.DateTimeField(null=True, editable=False)

    objects = ToetsQuerySet.as_manager()

    class Meta:
        verbose_name = "toets"
        verbose_name_plural = "toetsen"
        constraints = [
            in_lijst("toets", "status", Toetsstatus),
            models.UniqueConstraint(
                fields=["besluit"],
                condition=Q(status__in=LOPENDE_TOETS),
                name="toets_een_tegelijk",
            ),
            models.CheckConstraint(
                condition=Q(toetser__isnull=True) | ~Q(toetser=F("gevraagd_door")),
                name="toets_vier_ogen",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Toetsstatus.GOEDGEKEURD, Toetsstatus.AFGEKEURD])
                | Q(toetser__isnull=False, afgerond_op__isnull=False) & ~Q(oordeel=""),
                name="toets_afgerond_met_oordeel",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uiterlijk_op"],
                condition=Q(status__in=LOPENDE_TOETS),
                name="toets_open",
            )
        ]

    def __str__(self) -> str:
        return f"toets {self.pk}"

    @transition(field=status, source=Toetsstatus.GEVRAAGD, target=Toetsstatus.IN_BEHANDELING)
    def pak_op(self) -> None:
        """A toetser takes it."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.VRAAG_OPEN)
    def stel_vraag(self) -> None:
        """The toetser wants to know something."""

    @transition(field=status, source=Toetsstatus.VRAAG_OPEN, target=Toetsstatus.IN_BEHANDELING)
    def beantwoord(self) -> None:
        """The asker answered."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.GOEDGEKEURD)
    def keur_goed(self) -> None:
        """The toetser agrees."""

    @transition(field=status, source=Toetsstatus.IN_BEHANDELING, target=Toetsstatus.AFGEKEURD)
    def keur_af(self) -> None:
        """The toetser doesn't agree, and says why in plain words."""

    @transition(
        field=status,
        source=[Toetsstatus.GEVRAAGD, Toetsstatus.IN_BEHANDELING, Toetsstatus.VRAAG_OPEN],
        target=Toetsstatus.INGETROKKEN,
    )
    def trek_in(self) -> None:
        """The asker takes it back."""


class Toetsvraag(models.Model):
    """What a toetser asked, and what was answered."""

    toets = models.ForeignKey(Toets, models.PROTECT, related_name="vragen")
    vraag = models.TextField()
    gesteld_op = models.DateTimeField(db_default=Now(), editable=False)
    gesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    antwoord = models.TextField(blank=True, default="", db_default="")
    beantwoord_op = models.DateTimeField(null=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "toetsvraag"
        verbose_name_plural = "toetsvragen"
        constraints = [
            models.CheckConstraint(condition=~Q(vraag=""), name="toetsvraag_niet_leeg"),
            models.CheckConstraint(
                condition=Q(antwoord="", beantwoord_op__isnull=True, beantwoord_door__isnull=True)
                | ~Q(antwoord="") & Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False),
                name="toetsvraag_beantwoord_door_iemand",
            ),
            models.UniqueConstraint(
                fields=["toets"], condition=Q(antwoord=""), name="toetsvraag_een_tegelijk"
            ),
        ]

    def __str__(self) -> str:
        return f"vraag bij toets {self.toets_id}"


class Leveringstatus(models.TextChoices):
    """Where the help itself stands."""

    OPGEDRAGEN = "opgedragen", "wacht op de start"
    GESTART = "gestart", "loopt"
    GESTOPT = "gestopt", "gestopt"
    VERVALLEN = "vervallen", "nooit gestart"


class LeveringQuerySet(models.QuerySet["Levering"]):
    """Questions about help that waits or runs."""

    def wacht(self) -> LeveringQuerySet:
        """Granted and not started (R15)."""
        return self.filter(status=Leveringstatus.OPGEDRAGEN)


class Levering(FSMModelMixin, models.Model):
    """The help that a besluit granted: from the day it was ordered until it stops."""

    besluit = models.OneToOneField(Besluit, models.PROTECT, related_name="levering")
    status = FSMField(
        choices=Leveringstatus.choices,
        default=Leveringstatus.OPGEDRAGEN,
        protected=True,
        editable=False,
        max_length=20,
    )
    opgedragen_op = models.DateField()
    gestart_op = models.DateField(null=True, editable=False)
    gestopt_op = models.DateField(null=True, editable=False)
    stopreden = models.TextField(blank=True, default="", db_default="", editable=False)

    objects = LeveringQuerySet.as_manager()

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        constraints = [
            in_lijst("levering", "status", Leveringstatus),
            niet_voor("levering", "opgedragen_op", "gestart_op"),
            niet_voor("levering", "gestart_op", "gestopt_op"),
            models.CheckConstraint(
                condition=Q(
                    status=Leveringstatus.OPGEDRAGEN, gestart_op__isnull=True, gestopt_op__isnull=True
                )
                | Q(status=Leveringstatus.GESTART, gestart_op__isnull=False, gestopt_op__isnull=True)
                | Q(status=Leveringstatus.GESTOPT, gestart_op__isnull=False, gestopt_op__isnull=False)
                | Q(status=Leveringstatus.VERVALLEN, gestart_op__isnull=True, gestopt_op__isnull=True),
                name="levering_status_volgt_de_dagen",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opgedragen_op"], condition=Q(status=Leveringstatus.OPGEDRAGEN), name="levering_wacht"
            )
        ]

    def __str__(self) -> str:
        return f"levering bij besluit {self.besluit_id}"

    @transition(field=status, source=Leveringstatus.OPGEDRAGEN, target=Leveringstatus.GESTART)
    def start(self) -> None:
        """The help began."""

    @transition(field=status, source=Leveringstatus.GESTART, target=Leveringstatus.GESTOPT)
    def stop(self) -> None:
        """The help ended."""

    @transition(field=status, source=Leveringstatus.OPGEDRAGEN, target=Leveringstatus.VERVALLEN)
    def verval(self) -> None:
        """The help never began."""


class Bijstelling(models.Model):
    """Another volume for a while, within the bandwidth of the besluit: one step (R13)."""

    besluit = models.ForeignKey(Besluit, models.PROTECT, related_name="bijstellingen")
    aantal = models.DecimalField(max_digits=8, decimal_places=2)
    vanaf = models.DateField()
    tot = models.DateField("tot en met", null=True, blank=True)
    reden = models.TextField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "bijstelling"
        verbose_name_plural = "bijstellingen"
        constraints = [
            niet_voor("bijstelling", "vanaf", "tot"),
            models.CheckConstraint(condition=Q(aantal__gt=0), name="bijstelling_aantal_boven_nul"),
            models.CheckConstraint(condition=~Q(reden=""), name="bijstelling_met_reden"),
        ]

    def __str__(self) -> str:
        return f"bijstelling van besluit {self.besluit_id}"


class Budget(models.Model):
    """What a team may spend under a law in a year, in euros; empty team is the whole municipality (R11)."""

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="budgetten")
    wet = codeveld(Wet)
    jaar = models.PositiveSmallIntegerField()
    bedrag = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetten"
        constraints = [
            in_lijst("budget", "wet", Wet),
            models.UniqueConstraint(
                fields=["team", "wet", "jaar"], nulls_distinct=False, name="budget_een_per_jaar"
            ),
            models.CheckConstraint(condition=Q(bedrag__gte=Decimal(0)), name="budget_niet_negatief"),
        ]

    def __str__(self) -> str:
        return f"budget {self.jaar} {self.get_wet_display()}"
