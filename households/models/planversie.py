"""What of a plan is set down for good: versions and what people said of them, every change, and the closing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models.plan import Deelnemer, Plan
from teams.codes import Code, codeveld, in_lijst


class Planversie(models.Model):
    """The plan as it was when it was laid before the household; a trigger refuses every change.

    `inhoud` is what `households.planbeeld.beeld` makes of it.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField()
    inhoud = models.JSONField()
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "versie van een plan"
        verbose_name_plural = "versies van plannen"
        constraints = [
            models.UniqueConstraint(fields=["plan", "nummer"], name="planversie_nummer_uniek"),
            models.CheckConstraint(condition=Q(nummer__gte=1), name="planversie_nummer_vanaf_een"),
        ]

    def __str__(self) -> str:
        return f"versie {self.nummer} van plan {self.plan_id}"


class Antwoord(Code):
    """What somebody says to a version of the plan."""

    JA = 1, "akkoord"
    JA_MET_OPMERKING = 2, "akkoord, met een opmerking"
    NEE = 3, "niet akkoord"


class Wijze(Code):
    """How somebody let know."""

    MONDELING = 1, "mondeling, in een gesprek"
    TELEFOON = 2, "per telefoon"
    HANDTEKENING = 3, "met een handtekening"
    EMAIL = 4, "per e-mail"
    POST = 5, "per post"


class Akkoord(models.Model):
    """What a deelnemer said to a version, on a day; the client's say (complaint R23). Who thinks better of it
    says so again: rows stay, and the last one counts."""

    versie = models.ForeignKey(Planversie, models.PROTECT, related_name="akkoorden")
    deelnemer = models.ForeignKey(Deelnemer, models.PROTECT, related_name="akkoorden")
    datum = models.DateField()
    wijze = codeveld(Wijze)
    antwoord = codeveld(Antwoord)
    opmerking = models.TextField(blank=True, default="", db_default="")
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "akkoord"
        verbose_name_plural = "akkoorden"
        constraints = [
            in_lijst("akkoord", "wijze", Wijze),
            in_lijst("akkoord", "antwoord", Antwoord),
            models.CheckConstraint(
                condition=Q(antwoord=Antwoord.JA) | ~Q(opmerking=""), name="akkoord_met_opmerking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_antwoord_display()} met versie {self.versie_id}"


class Planstap(Code):
    """What one can do with a plan; one row of `Planwijziging` each time."""

    BEGONNEN = 1, "plan begonnen"
    DOEL_TOEGEVOEGD = 2, "doel toegevoegd"
    DOEL_GEWIJZIGD = 3, "doel gewijzigd"
    AFSPRAAK_TOEGEVOEGD = 4, "actie of afspraak toegevoegd"
    AFSPRAAK_GEWIJZIGD = 5, "actie of afspraak gewijzigd"
    DEELNEMER_TOEGEVOEGD = 6, "doet mee"
    DEELNEMER_BEEINDIGD = 7, "doet niet meer mee"
    REGIE_OVERGEDRAGEN = 8, "regie vastgelegd"
    EVALUATIE_GEPLAND = 9, "evaluatie gepland"
    EVALUATIE_GEHOUDEN = 10, "evaluatie gehouden"
    VASTGESTELD = 11, "versie vastgesteld"
    AKKOORD = 12, "mening over een versie vastgelegd"
    AFGESLOTEN = 13, "plan afgesloten"
    WAAKVLAM = 14, "waakvlamcontact gehad"


class Planwijziging(models.Model):
    """One step with a plan: what it was, what it became, who and when. `sleutel` is that of the row it is about."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="wijzigingen")
    stap = codeveld(Planstap)
    sleutel = models.BigIntegerField()
    voor = models.JSONField(default=dict, db_default={})
    na = models.JSONField(default=dict, db_default={})
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "wijziging van een plan"
        verbose_name_plural = "wijzigingen van plannen"
        constraints = [in_lijst("planwijziging", "stap", Planstap)]

    def __str__(self) -> str:
        return f"{self.get_stap_display()} in plan {self.plan_id}"


class Tevredenheid(Code):
    """How somebody looks back, in words."""

    HELEMAAL_NIET = 1, "helemaal niet tevreden"
    NIET = 2, "niet tevreden"
    GAAT_WEL = 3, "gaat wel"
    TEVREDEN = 4, "tevreden"
    HEEL = 5, "heel tevreden"


class Afsluiting(models.Model):
    """The end of a plan: was the household content with what came of it, and, apart from that, with how it went
    (complaint R18); and who looks in once more (waakvlam), or why nobody does. Only that contact is filled in later.
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="afsluiting")
    over_resultaat = codeveld(Tevredenheid, null=True)
    over_proces = codeveld(Tevredenheid, null=True)
    opmerking = models.TextField(blank=True, default="", db_default="")
    niet_gevraagd_omdat = models.TextField(blank=True, default="", db_default="")
    waakvlam_op = models.DateField(null=True)
    waakvlam_wie = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="waakvlammen"
    )
    geen_waakvlam_omdat = models.TextField(blank=True, default="", db_default="")
    waakvlam_gehad_op = models.DateField(null=True)
    waakvlam_verslag = models.TextField(blank=True, default="", db_default="")

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        constraints = [
            in_lijst("afsluiting", "over_resultaat", Tevredenheid),
            in_lijst("afsluiting", "over_proces", Tevredenheid),
            models.CheckConstraint(
                condition=Q(over_resultaat__isnull=False, over_proces__isnull=False, niet_gevraagd_omdat="")
                | Q(over_resultaat__isnull=True, over_proces__isnull=True) & ~Q(niet_gevraagd_omdat=""),
                name="afsluiting_gevraagd_of_waarom_niet",
            ),
            models.CheckConstraint(
                condition=Q(waakvlam_op__isnull=False, waakvlam_wie__isnull=False, geen_waakvlam_omdat="")
                | Q(waakvlam_op__isnull=True, waakvlam_wie__isnull=True, waakvlam_gehad_op__isnull=True)
                & ~Q(geen_waakvlam_omdat=""),
                name="afsluiting_waakvlam_of_waarom_niet",
            ),
        ]
        indexes = [
            models.Index(
                fields=["waakvlam_op"],
                condition=Q(waakvlam_gehad_op__isnull=True),
                name="afsluiting_waakvlam",
            ),
        ]

    def __str__(self) -> str:
        return f"afsluiting van plan {self.plan_id}"
