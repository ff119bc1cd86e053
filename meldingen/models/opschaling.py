"""Scaling up: what a wijkteam asks of an expertteam or a function beside it, and the word that comes back (R10)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django_fsm import FSMField, FSMModelMixin, transition

from households.models import Betrokkenheid, Huishouden
from meldingen.models.melding import Melding
from teams.codes import Code, codeveld, in_lijst
from teams.lezen import Onderwerp
from teams.models import Team, Teamsoort


class Opschalingsoort(Code):
    """What is asked."""

    CONSULT = 1, "consult"
    BINDEND_ADVIES = 2, "bindend advies"
    COORDINATIE = 3, "coördinatie"
    INTERVENTIETEAM = 4, "Tijdelijk Interventieteam"
    BRANDPUNT = 5, "brandpuntfunctionaris"

    @property
    def teamsoort(self) -> Teamsoort:
        """Of which kind of team it is asked."""
        andere = {self.INTERVENTIETEAM: Teamsoort.INTERVENTIETEAM, self.BRANDPUNT: Teamsoort.BRANDPUNT}
        return andere.get(self, Teamsoort.EXPERTTEAM)


class Opschalingstatus(models.TextChoices):
    """Where an opschaling stands."""

    GEVRAAGD = "gevraagd", "nog door niemand opgepakt"
    OPGEPAKT = "opgepakt", "opgepakt"
    BEANTWOORD = "beantwoord", "beantwoord"
    AFGESCHAALD = "afgeschaald", "afgeschaald"
    INGETROKKEN = "ingetrokken", "ingetrokken"


ONBEANTWOORD = (Opschalingstatus.GEVRAAGD, Opschalingstatus.OPGEPAKT)
"""Where an answer is still awaited."""
LOPEND = (*ONBEANTWOORD, Opschalingstatus.BEANTWOORD)
"""Where the team that was asked reads along."""


class OpschalingQuerySet(models.QuerySet["Opschaling"]):
    """Questions about what was asked."""

    def lopend(self) -> OpschalingQuerySet:
        """Those that weren't scaled down or taken back."""
        return self.filter(status__in=LOPEND)

    def te_laat_op(self, dag: date) -> OpschalingQuerySet:
        """Those whose answer should have come before `dag`."""
        return self.filter(status__in=ONBEANTWOORD, uiterlijk_op__lt=dag)

    def ongelezen(self) -> OpschalingQuerySet:
        """Those whose answer nobody of the wijkteam has acknowledged, also after the afschaling."""
        return self.filter(beantwoord_op__isnull=False, gezien_op__isnull=True)

    def in_het_kort(self) -> OpschalingQuerySet:
        """With the names that stand in a list."""
        return self.select_related(
            "team", "van_team", "gevraagd_door", "medewerker", "beantwoord_door", "beeindigd_door"
        )


class Opschaling(FSMModelMixin, models.Model):
    """A wijkteam asks something about a household of a team; of each kind one runs at a time.

    `van_team` is the team of who asked, `team` that of which it is asked, `medewerker` who took it. While it runs that
    team reads along by `betrokkenheid`, which several of the same team share. `eind` is what the wijkteam goes on with,
    or why it was taken back. `eerdere_contactpersoon` had the household before a coördinatie took it over.
    """

    huishouden = models.ForeignKey(Huishouden, models.PROTECT, related_name="opschalingen")
    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="opschalingen")
    soort = codeveld(Opschalingsoort)
    vraag = models.TextField()
    van_team = models.ForeignKey(Team, models.PROTECT, db_index=False, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="opschalingen")
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    uiterlijk_op = models.DateField("antwoord uiterlijk op")
    status = FSMField(
        choices=Opschalingstatus.choices,
        default=Opschalingstatus.GEVRAAGD,
        protected=True,
        editable=False,
        max_length=20,
    )
    betrokkenheid = models.ForeignKey(Betrokkenheid, models.PROTECT, related_name="+")
    eerdere_contactpersoon = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    gevraagd_op = models.DateTimeField(db_default=Now(), editable=False)
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gevraagde_opschalingen"
    )
    opgepakt_op = models.DateTimeField(null=True, editable=False)
    antwoord = models.TextField(blank=True, default="", db_default="")
    beantwoord_op = models.DateTimeField(null=True, editable=False)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    gezien_op = models.DateTimeField(null=True, editable=False)
    eind = models.TextField(blank=True, default="", db_default="")
    beeindigd_op = models.DateTimeField(null=True, editable=False)
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = OpschalingQuerySet.as_manager()

    class Meta:
        verbose_name = "opschaling"
        verbose_name_plural = "opschalingen"
        constraints = [
            in_lijst("opschaling", "soort", Opschalingsoort),
            in_lijst("opschaling", "status", Opschalingstatus),
            models.CheckConstraint(condition=~Q(vraag=""), name="opschaling_met_vraag"),
            models.UniqueConstraint(
                fields=["huishouden", "soort"],
                condition=Q(status__in=LOPEND),
                name="opschaling_een_per_soort",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Opschalingstatus.GEVRAAGD, medewerker__isnull=True, opgepakt_op__isnull=True
                )
                | Q(
                    status__in=[
                        Opschalingstatus.OPGEPAKT,
                        Opschalingstatus.BEANTWOORD,
                        Opschalingstatus.AFGESCHAALD,
                    ],
                    medewerker__isnull=False,
                    opgepakt_op__isnull=False,
                )
                | Q(status=Opschalingstatus.INGETROKKEN),
                name="opschaling_opgepakt_door_iemand",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Opschalingstatus.BEANTWOORD, Opschalingstatus.AFGESCHAALD])
                & ~Q(antwoord="")
                & Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False)
                | Q(
                    status__in=[*ONBEANTWOORD, Opschalingstatus.INGETROKKEN],
                    antwoord="",
                    beantwoord_op__isnull=True,
                    beantwoord_door__isnull=True,
                    gezien_op__isnull=True,
                ),
                name="opschaling_beantwoord_met_antwoord",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=LOPEND, eind="", beeindigd_op__isnull=True, beeindigd_door__isnull=True
                )
                | Q(
                    status__in=[Opschalingstatus.AFGESCHAALD, Opschalingstatus.INGETROKKEN],
                    beeindigd_op__isnull=False,
                    beeindigd_door__isnull=False,
                )
                & ~Q(eind=""),
                name="opschaling_beeindigd_met_reden",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "uiterlijk_op"], condition=Q(status__in=LOPEND), name="opschaling_lopend"
            )
        ]

    def __str__(self) -> str:
        return f"opschaling {self.pk}"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(huishouden=self.huishouden_id)

    @property
    def loopt(self) -> bool:
        """Whether it wasn't scaled down or taken back."""
        return self.status in LOPEND

    @property
    def bindt(self) -> bool:
        """Whether the wijkteam has to do as the answer says; that stays so after the afschaling."""
        return self.soort == Opschalingsoort.BINDEND_ADVIES and self.beantwoord_op is not None

    @property
    def met_rondetafel(self) -> bool:
        """Whether a rondetafel belongs to it."""
        return Opschalingsoort(self.soort) is Opschalingsoort.BRANDPUNT

    def is_te_laat(self, dag: date) -> bool:
        """Whether the answer should have come before `dag`."""
        return self.status in ONBEANTWOORD and bool(self.uiterlijk_op < dag)

    @transition(field=status, source=Opschalingstatus.GEVRAAGD, target=Opschalingstatus.OPGEPAKT)
    def pak_op(self) -> None:
        """Somebody of the team that was asked has it."""

    @transition(field=status, source=Opschalingstatus.OPGEPAKT, target=Opschalingstatus.GEVRAAGD)
    def leg_terug(self) -> None:
        """Who had it can't go on; a colleague can take it."""

    @transition(field=status, source=Opschalingstatus.OPGEPAKT, target=Opschalingstatus.BEANTWOORD)
    def beantwoord(self) -> None:
        """The asker gets word back."""

    @transition(field=status, source=Opschalingstatus.BEANTWOORD, target=Opschalingstatus.AFGESCHAALD)
    def schaal_af(self) -> None:
        """The wijkteam goes on by itself."""

    @transition(field=status, source=list(ONBEANTWOORD), target=Opschalingstatus.INGETROKKEN)
    def trek_in(self) -> None:
        """It needn't be answered any more."""


class Opschalingstapsoort(Code):
    """What was done with an opschaling, as the tijdlijn tells it."""

    GEVRAAGD = 1, "gevraagd"
    OPGEPAKT = 2, "opgepakt"
    TERUGGELEGD = 3, "teruggelegd"
    VRAAG = 4, "vraag aan het wijkteam"
    VRAAG_BEANTWOORD = 5, "vraag beantwoord"
    BEANTWOORD = 6, "beantwoord"
    GEZIEN = 7, "antwoord gelezen"
    AFGESCHAALD = 8, "afgeschaald"
    INGETROKKEN = 9, "ingetrokken"
    RONDETAFEL = 10, "rondetafel"
    AFSPRAAK = 11, "afspraak aan de rondetafel"
    EVALUATIE = 12, "afspraken geëvalueerd"


class Opschalingstap(models.Model):
    """What was done with an opschaling: a row per step, which never changes."""

    opschaling = models.ForeignKey(Opschaling, models.PROTECT, related_name="stappen")
    stap = codeveld(Opschalingstapsoort)
    toelichting = models.TextField(blank=True, default="", db_default="")
    op = models.DateTimeField(db_default=Now(), editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        verbose_name = "opschalingstap"
        verbose_name_plural = "opschalingstappen"
        constraints = [in_lijst("opschalingstap", "stap", Opschalingstapsoort)]

    def __str__(self) -> str:
        return self.get_stap_display()


class Opschalingsvraag(models.Model):
    """Something that who has an opschaling has to know first; one is open at a time."""

    opschaling = models.ForeignKey(Opschaling, models.PROTECT, related_name="vragen")
    vraag = models.TextField()
    gesteld_op = models.DateTimeField(db_default=Now(), editable=False)
    gesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    antwoord = models.TextField(null=True)
    beantwoord_op = models.DateTimeField(null=True, editable=False)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name = "vraag bij een opschaling"
        verbose_name_plural = "vragen bij een opschaling"
        constraints = [
            models.CheckConstraint(condition=~Q(vraag=""), name="opschalingsvraag_niet_leeg"),
            models.CheckConstraint(
                condition=Q(antwoord__isnull=True, beantwoord_op__isnull=True, beantwoord_door__isnull=True)
                | Q(antwoord__isnull=False, beantwoord_op__isnull=False, beantwoord_door__isnull=False)
                & ~Q(antwoord=""),
                name="opschalingsvraag_beantwoord_met_antwoord",
            ),
            models.UniqueConstraint(
                fields=["opschaling"], condition=Q(antwoord__isnull=True), name="opschalingsvraag_een_open"
            ),
        ]

    def __str__(self) -> str:
        return f"vraag bij opschaling {self.opschaling_id}"
