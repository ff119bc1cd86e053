"""From an aanvraag to a besluit on it: what was asked, under which terms, and what was decided."""

from __future__ import annotations

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
from teams.versies import Versie, VersieQuerySet
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
    """The term of a besluit stands still from the day after `van` up to and including `tot` (Awb art. 4:15).

    `opgeheven_op` and `opgeheven_door` say when and by whom `tot` was registered.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="opschortingen")
    grond = codeveld(Opschortgrond)
    van = models.DateField()
    tot = models.DateField("tot en met", null=True)
    reden = models.TextField()
    geregistreerd_op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    opgeheven_op = models.DateTimeField(null=True, editable=False)
    opgeheven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

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
            models.CheckConstraint(
                condition=Q(tot__isnull=True, opgeheven_op__isnull=True, opgeheven_door__isnull=True)
                | Q(tot__isnull=False, opgeheven_op__isnull=False, opgeheven_door__isnull=False),
                name="opschorting_opgeheven_door_iemand",
            ),
        ]

    def __str__(self) -> str:
        return f"opschorting van aanvraag {self.aanvraag_id}"


class Verzendwijze(Code):
    """How something in writing went to the resident."""

    POST = 1, "per post"
    EMAIL = 2, "per e-mail"
    OVERHANDIGD = 3, "overhandigd"


class Verdaging(Versie):
    """The besluit was put off in writing on the day `op`, until the day `tot` (Awb art. 4:14)."""

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="verdagingen")
    op = models.DateField()
    tot = models.DateField("tot en met")
    wijze = codeveld(Verzendwijze)
    reden = models.TextField()

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "verdaging"
        verbose_name_plural = "verdagingen"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("verdaging", "wijze", Verzendwijze),
            models.CheckConstraint(condition=~Q(reden=""), name="verdaging_met_reden"),
            models.CheckConstraint(condition=Q(tot__gt=F("op")), name="verdaging_tot_later"),
        ]

    def __str__(self) -> str:
        return f"verdaging van aanvraag {self.aanvraag_id}"


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
    that reports count. `product` names the voorziening whatever its version (trigger `zet_product`), so that a pgb is
    never next to zin for it, also when it changed its name in between.
    """

    aanvraag = models.ForeignKey(Aanvraag, models.PROTECT, related_name="besluiten")
    melding = models.ForeignKey("meldingen.Melding", models.PROTECT, related_name="besluiten")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="besluiten")
    persoon = models.ForeignKey(Persoon, models.PROTECT, related_name="besluiten")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="besluiten")
    product = models.TextField(default="", db_default="", editable=False)
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
                    ("product", RangeOperators.EQUAL),
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

    @transition(field=status, source=Besluitstatus.GETOETST, target=Besluitstatus.CONCEPT)
    def neem_terug(self) -> None:
        """Something changed since the toets: it can be changed again, and is checked again."""

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
