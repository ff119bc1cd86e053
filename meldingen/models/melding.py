"""The melding: what was asked, by whom, and where it stands in the process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Q
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from households.models import Huishouden, Levensgebied, Persoon
from teams.codes import Code, codeveld, in_lijst
from teams.lezen import Onderwerp
from teams.models import Team
from voorzieningen.models import Beschikking


class Status(models.TextChoices):
    """Where a melding stands; always what its facts in force imply (see `Stand.status`)."""

    NIEUW = "nieuw", "nieuw"
    ONTVANGEN = "ontvangen", "ontvangen"
    VOORVELD = "voorveld", "afgerond in het voorveld"
    GESPREK = "gesprek", "gesprek gestart"
    ONDERZOEK = "onderzoek", "onderzoek gestart"
    ONDERZOEK_AFGEROND = "onderzoek_afgerond", "onderzoek afgerond"
    PLAN_AKKOORD = "plan_akkoord", "akkoord met het plan"
    TOEGEKEND = "toegekend", "toegekend"
    NIET_TOEGEKEND = "niet_toegekend", "niet toegekend"
    INGETROKKEN = "ingetrokken", "ingetrokken"
    DOORGEZET = "doorgezet", "doorgezet"
    VERVALLEN = "vervallen", "telt niet mee"


KLAAR = (
    Status.VOORVELD,
    Status.TOEGEKEND,
    Status.NIET_TOEGEKEND,
    Status.INGETROKKEN,
    Status.DOORGEZET,
    Status.VERVALLEN,
)
"""Where nothing more has to be done."""


def is_open() -> Q:
    """Still to be done; as equalities, which PostgreSQL writes down the same however often an index is made anew."""
    return reduce(or_, (Q(status=status) for status in Status if status not in KLAAR))


class Meldersoort(Code):
    """Who brings a melding."""

    INWONER = 1, "de inwoner zelf"
    NAASTE = 2, "een naaste"
    PROFESSIONAL = 3, "een professional"


class Toestemming(Code):
    """Whether the person knows of the melding and agrees (Wmo art. 5.3.3)."""

    JA = 1, "ja, de inwoner weet ervan en vindt het goed"
    NEE = 2, "nee, de inwoner wil dit niet"
    ONBEKEND = 3, "nog niet gevraagd"


class MeldingQuerySet(models.QuerySet["Melding"]):
    """Questions about the pile of work."""

    def open(self) -> MeldingQuerySet:
        """Those in which something still has to be done."""
        return self.filter(is_open())

    def van_team(self, teams: Iterable[int]) -> MeldingQuerySet:
        """Those that one of these teams has now."""
        return self.filter(team__in=teams)

    def zonder_behandelaar(self) -> MeldingQuerySet:
        """Those that nobody took yet: the triage."""
        return self.filter(behandelaar__isnull=True)

    def met_stand(self) -> MeldingQuerySet:
        """With `nu`, how they stand now; also those of which no fact counts, which have no such row."""
        return self.annotate(nu=FilteredRelation("standen", condition=Q(standen__tot__isnull=True)))


class Statusveld(FSMField):
    """An FSMField with a default in the database.

    Django sets such a field again from what INSERT returns, which the protection of the status refuses; so
    this one is not read back. To migrations it is an FSMField.
    """

    db_returning = False

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """The field that the migrations know."""
        naam, _, args, kwargs = super().deconstruct()
        return naam, "django_fsm.FSMField", args, kwargs


def nummer_van(sleutel: int) -> str:
    """The number of the melding with this key."""
    return f"M{sleutel:06d}"


class Melding(FSMModelMixin, models.Model):
    """A registered request for support.

    `team` and `behandelaar` are who has it now; how it came there stands in `Toewijzing`. The team that counts in
    reports is the one on `ontvangen`. `sleutel` is that of the form it came from, so sending twice makes one.
    `herindicatie_van` is the first version of the indicatie whose end it is about: one melding for each.
    `spoed_sinds` is when a later call made it spoed.
    Only `meldingen.workflow` moves it on. What counts about it (day, team, categorie, kanaal, aanleiding,
    steps) stands in its facts, not here; a trigger refuses a status that those facts do not imply.
    """

    ref = models.CharField(max_length=64, null=True, editable=False)
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="meldingen")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="meldingen")
    spoed = models.BooleanField(default=False, db_default=False)
    spoed_sinds = models.DateTimeField(null=True, editable=False)
    vraag = models.TextField(blank=True, default="", db_default="")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, editable=False, db_index=False, related_name="meldingen"
    )
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="meldingen",
    )
    melder_soort = codeveld(Meldersoort, null=True)
    melder_naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    melder_telefoon = models.CharField(max_length=40, blank=True, default="", db_default="")
    melder_email = models.CharField(max_length=254, blank=True, default="", db_default="")
    melder_relatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    melder_organisatie = models.CharField(max_length=200, blank=True, default="", db_default="")
    toestemming = codeveld(Toestemming, null=True)
    aangenomen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    sleutel = models.UUIDField(null=True, editable=False)
    herindicatie_van = models.OneToOneField(
        Beschikking, models.PROTECT, null=True, editable=False, related_name="herindicatie"
    )
    levensgebieden = models.ManyToManyField(Levensgebied, related_name="meldingen")
    status = Statusveld(
        choices=Status.choices,
        default=Status.NIEUW,
        db_default=Status.NIEUW,
        protected=True,
        editable=False,
        max_length=20,
    )
    geregistreerd_op = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    vervallen_op = models.DateTimeField(null=True, editable=False)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="melding_ref_uniek"),
            in_lijst("melding", "status", Status),
            in_lijst("melding", "melder_soort", Meldersoort),
            in_lijst("melding", "toestemming", Toestemming),
            models.UniqueConstraint(
                fields=["sleutel"], condition=Q(sleutel__isnull=False), name="melding_sleutel_uniek"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "behandelaar"], condition=is_open(), name="melding_werkvoorraad"),
            models.Index(
                fields=["aangenomen_door", "id"],
                condition=Q(aangenomen_door__isnull=False),
                name="melding_aangenomen_door",
            ),
            models.Index(fields=["behandelaar"], condition=is_open(), name="melding_van_mij"),
        ]

    def __str__(self) -> str:
        return f"melding {self.pk}"

    @property
    def nummer(self) -> str:
        """The number that people tell each other."""
        return nummer_van(self.pk)

    @property
    def is_klaar(self) -> bool:
        """Whether nothing more has to be done."""
        return self.status in KLAAR

    @property
    def stand_buiten(self) -> str:
        """How far it is, in one of three words for who brought it: nobody began, somebody did, it is done."""
        if self.is_klaar:
            return "afgerond"
        begonnen = self.status != Status.ONTVANGEN or self.behandelaar_id is not None
        return "in_behandeling" if begonnen else "ontvangen"

    def onderwerp(self) -> Onderwerp:
        """About whom this is, for the log."""
        return Onderwerp(persoon=self.persoon_id, huishouden=self.huishouden_id)

    @transition(field=status, source=Status.NIEUW, target=Status.ONTVANGEN, custom={"naam": "ontvangen"})
    def ontvang(self) -> None:
        """It came in."""

    @transition(
        field=status,
        source=[Status.ONTVANGEN, Status.GESPREK],
        target=Status.VOORVELD,
        custom={"naam": "afronden in het voorveld"},
    )
    def rond_af_in_voorveld(self) -> None:
        """Advice or a referral was enough, before or after the gesprek."""

    @transition(
        field=status, source=Status.ONTVANGEN, target=Status.GESPREK, custom={"naam": "gesprek starten"}
    )
    def start_gesprek(self) -> None:
        """The keukentafelgesprek began."""

    @transition(
        field=status, source=Status.GESPREK, target=Status.ONDERZOEK, custom={"naam": "onderzoek starten"}
    )
    def start_onderzoek(self) -> None:
        """The team began to weigh what fits (Wmo art. 2.3.2)."""

    @transition(
        field=status,
        source=Status.ONDERZOEK,
        target=Status.ONDERZOEK_AFGEROND,
        custom={"naam": "onderzoek afronden"},
    )
    def rond_onderzoek_af(self) -> None:
        """The onderzoek is done; a decision follows."""

    @transition(
        field=status,
        source=Status.ONDERZOEK_AFGEROND,
        target=Status.PLAN_AKKOORD,
        custom={"naam": "akkoord vastleggen"},
    )
    def leg_akkoord_vast(self) -> None:
        """The client agreed with the plan."""

    @transition(
        field=status, source=Status.PLAN_AKKOORD, target=Status.TOEGEKEND, custom={"naam": "toekennen"}
    )
    def ken_toe(self) -> None:
        """A maatwerkvoorziening is granted, never before the client's akkoord."""

    @transition(
        field=status,
        source=[Status.ONDERZOEK_AFGEROND, Status.PLAN_AKKOORD],
        target=Status.NIET_TOEGEKEND,
        custom={"naam": "niet toekennen"},
    )
    def wijs_af(self) -> None:
        """No maatwerkvoorziening, with the reason why."""

    @transition(
        field=status,
        source=[Status.ONTVANGEN, Status.GESPREK, Status.ONDERZOEK],
        target=Status.INGETROKKEN,
        custom={"naam": "intrekken"},
    )
    def trek_in(self) -> None:
        """The resident took it back before a decision was due."""

    @transition(field=status, source=Status.ONTVANGEN, target=Status.DOORGEZET, custom={"naam": "doorzetten"})
    def zet_door(self) -> None:
        """It belongs elsewhere: W&I, another municipality, Veilig Thuis."""

    @transition(
        field=status,
        source=[status for status in Status if status not in (Status.NIEUW, Status.VERVALLEN)],
        target=RETURN_VALUE(*[status for status in Status if status is not Status.NIEUW]),
        custom={"naam": "corrigeren", "zolang": "zij meetelt"},
    )
    def herzie(self, status: Status) -> Status:
        """A registration was corrected; back to what the facts that remain imply."""
        return status
