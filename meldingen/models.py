"""The melding and its facts: from the first contact to a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from households.models import Huishouden, Levensgebied, Persoon
from teams.codes import Code, codeveld, in_lijst
from teams.models import Team
from teams.versies import Versie, VersieQuerySet
from voorzieningen.models import Wet


class Categorie(Code):
    """Under which law a melding is counted."""

    VOLWASSENEN = 1, "volwassenen"
    JEUGD = 2, "jeugd"


class Kanaal(Code):
    """The way by which a melding came in."""

    TELEFOON = 1, "telefoon"
    EMAIL = 2, "e-mail"
    WEBFORMULIER = 3, "webformulier"
    INLOOPSPREEKUUR = 4, "inloopspreekuur"
    PROFESSIONAL = 5, "professional"
    BALIE = 6, "balie"
    OUTREACH = 7, "outreach"
    AFLOOP_INDICATIE = 8, "afloop indicatie"


class Aanleiding(Code):
    """Which of the three things that are called a melding this is."""

    NIEUWE_VRAAG = 1, "nieuwe vraag"
    HERINDICATIE = 2, "herindicatie"
    MELDING_PROFESSIONAL = 3, "melding van een professional"


class Soort(Code):
    """What can be a fact about a melding."""

    ONTVANGEN = 1, "ontvangen"
    VOORVELD = 2, "afgerond in het voorveld"
    GESPREK_GESTART = 3, "gesprek gestart"
    ONDERZOEK_GESTART = 4, "onderzoek gestart"
    ONDERZOEK_AFGEROND = 5, "onderzoek afgerond"
    PLAN_AKKOORD = 6, "akkoord met het plan"
    TOEGEKEND = 7, "toegekend"
    NIET_TOEGEKEND = 8, "niet toegekend"
    INGETROKKEN = 9, "ingetrokken"
    DOORGEZET = 10, "doorgezet"


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


# Weakest first: the strongest fact in force gives a melding its status.
STATUS_DOOR: dict[Soort, Status] = {
    Soort.ONTVANGEN: Status.ONTVANGEN,
    Soort.GESPREK_GESTART: Status.GESPREK,
    Soort.VOORVELD: Status.VOORVELD,
    Soort.ONDERZOEK_GESTART: Status.ONDERZOEK,
    Soort.ONDERZOEK_AFGEROND: Status.ONDERZOEK_AFGEROND,
    Soort.PLAN_AKKOORD: Status.PLAN_AKKOORD,
    Soort.DOORGEZET: Status.DOORGEZET,
    Soort.INGETROKKEN: Status.INGETROKKEN,
    Soort.NIET_TOEGEKEND: Status.NIET_TOEGEKEND,
    Soort.TOEGEKEND: Status.TOEGEKEND,
}


class Blad(Code):
    """The leaf of the stroomschema in which a melding stands (figuur 2.6)."""

    TOEGEKEND = 1, "maatwerkvoorziening toegekend"
    NIET_TOEGEKEND = 2, "niet toegekend"
    NOG_GEEN_BESLUIT = 3, "nog geen besluit"
    ONDERZOEK_LOOPT = 4, "onderzoek loopt nog of anders geëindigd"
    GEEN_ONDERZOEK_NODIG = 5, "geen onderzoek nodig"
    OVERIG_NA_GESPREK = 6, "nog geen onderzoek of overig"
    VOORVELD = 7, "voorveld"
    OVERIG_VOOR_GESPREK = 8, "nog geen vervolg of overig"


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


class Melding(FSMModelMixin, models.Model):
    """A registered request for support.

    Only `meldingen.workflow` moves it on. What counts about it (day, team, categorie, kanaal, aanleiding,
    steps) stands in its facts, not here; a trigger refuses a status that those facts do not imply.
    """

    ref = models.CharField(max_length=64, null=True, editable=False)
    persoon = models.ForeignKey(Persoon, models.PROTECT, null=True, related_name="meldingen")
    huishouden = models.ForeignKey(Huishouden, models.PROTECT, null=True, related_name="meldingen")
    spoed = models.BooleanField(default=False, db_default=False)
    vraag = models.TextField(blank=True, default="", db_default="")
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

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="melding_ref_uniek"),
            in_lijst("melding", "status", Status),
        ]

    def __str__(self) -> str:
        return f"melding {self.pk}"

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


class GebeurtenisQuerySet(VersieQuerySet["Gebeurtenis"]):
    """Questions about facts."""

    def laatste_stap(self) -> VersieQuerySet[Gebeurtenis]:
        """Facts in force, the one that gives the status first (`STATUS_DOOR`), then by registration.

        Not by registration alone: a corrected early step is registered after the steps that followed it.
        """
        kracht = Case(*(When(soort=soort, then=Value(rang)) for rang, soort in enumerate(STATUS_DOOR)))
        return self.bekend_op(None).order_by(kracht.desc(), "-geregistreerd_op", "-pk")


class Gebeurtenis(Versie):
    """A fact about a melding: what happened on which day.

    Team, categorie, kanaal and aanleiding stand on `ontvangen` and only there, since "it came in here, by
    this way, on this day" is one fact; correcting one of them is correcting that fact.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="gebeurtenissen")
    soort = codeveld(Soort)
    datum = models.DateField()
    reden = models.TextField(blank=True, default="", db_default="")
    team = models.ForeignKey(Team, models.PROTECT, null=True, db_index=False, related_name="+")
    categorie = codeveld(Categorie, null=True)
    kanaal = codeveld(Kanaal, null=True)
    aanleiding = codeveld(Aanleiding, null=True)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("gebeurtenis", "soort", Soort),
            in_lijst("gebeurtenis", "categorie", Categorie),
            in_lijst("gebeurtenis", "kanaal", Kanaal),
            in_lijst("gebeurtenis", "aanleiding", Aanleiding),
            models.CheckConstraint(
                condition=Q(soort=Soort.ONTVANGEN)
                | Q(team__isnull=True, categorie__isnull=True, kanaal__isnull=True, aanleiding__isnull=True),
                name="gebeurtenis_kenmerken_alleen_op_ontvangen",
            ),
            models.UniqueConstraint(
                fields=["melding"],
                condition=Q(soort=Soort.ONTVANGEN, vervallen_op__isnull=True),
                name="gebeurtenis_een_ontvangen_van_kracht",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.datum}"


def _mijlpaal(verbose_name: str) -> models.DateField:
    return models.DateField(verbose_name, null=True, editable=False)


class StandQuerySet(models.QuerySet["Stand"]):
    """Questions about how far meldingen had come."""

    def bekend_op(self, moment: datetime | None) -> StandQuerySet:
        """One row per melding that counted at `moment`; None asks for now."""
        if moment is None:
            return self.filter(tot__isnull=True)
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=moment), van__lte=moment)

    def ontvangen_tussen(self, begin: date, einde: date) -> StandQuerySet:
        """The cohort that came in on a day of `[begin, einde)`."""
        return self.filter(ontvangen_op__gte=begin, ontvangen_op__lt=einde)


class Stand(models.Model):
    """Projection of the facts: how a melding stood, per period of knowledge `[van, tot)` in system time.

    Triggers keep it equal to the facts in the same statement that writes them; nobody else writes it, and
    `manage.py herbouw_stand` compares it with the facts and makes it anew. A moment at which the melding
    had no `ontvangen` in force has no row. A milestone is the earliest date in force of its kind.
    """

    pk = models.CompositePrimaryKey("melding", "van")
    melding = models.ForeignKey(
        Melding, models.CASCADE, db_index=False, db_constraint=False, related_name="standen"
    )
    van = models.DateTimeField(editable=False)
    tot = models.DateTimeField(null=True, editable=False)
    ontvangen_op = models.DateField(editable=False)
    team = models.ForeignKey(
        Team,
        models.DO_NOTHING,
        null=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    categorie = codeveld(Categorie, null=True, editable=False)
    kanaal = codeveld(Kanaal, null=True, editable=False)
    aanleiding = codeveld(Aanleiding, null=True, editable=False)
    voorveld_op = _mijlpaal("voorveld")
    gesprek_op = _mijlpaal("gesprek gestart")
    onderzoek_op = _mijlpaal("onderzoek gestart")
    afgerond_op = _mijlpaal("onderzoek afgerond")
    akkoord_op = _mijlpaal("plan akkoord")
    toegekend_op = _mijlpaal("toegekend")
    niet_toegekend_op = _mijlpaal("niet toegekend")
    ingetrokken_op = _mijlpaal("ingetrokken")
    doorgezet_op = _mijlpaal("doorgezet")
    blad = models.GeneratedField(
        expression=Case(
            When(toegekend_op__isnull=False, then=Value(Blad.TOEGEKEND)),
            When(niet_toegekend_op__isnull=False, then=Value(Blad.NIET_TOEGEKEND)),
            When(afgerond_op__isnull=False, then=Value(Blad.NOG_GEEN_BESLUIT)),
            When(onderzoek_op__isnull=False, then=Value(Blad.ONDERZOEK_LOOPT)),
            When(gesprek_op__isnull=False, voorveld_op__isnull=False, then=Value(Blad.GEEN_ONDERZOEK_NODIG)),
            When(gesprek_op__isnull=False, then=Value(Blad.OVERIG_NA_GESPREK)),
            When(voorveld_op__isnull=False, then=Value(Blad.VOORVELD)),
            default=Value(Blad.OVERIG_VOOR_GESPREK),
        ),
        output_field=models.SmallIntegerField(choices=Blad.choices),
        db_persist=True,
    )
    status = models.GeneratedField(
        expression=Case(
            When(toegekend_op__isnull=False, then=Value(Status.TOEGEKEND)),
            When(niet_toegekend_op__isnull=False, then=Value(Status.NIET_TOEGEKEND)),
            When(ingetrokken_op__isnull=False, then=Value(Status.INGETROKKEN)),
            When(doorgezet_op__isnull=False, then=Value(Status.DOORGEZET)),
            When(akkoord_op__isnull=False, then=Value(Status.PLAN_AKKOORD)),
            When(afgerond_op__isnull=False, then=Value(Status.ONDERZOEK_AFGEROND)),
            When(onderzoek_op__isnull=False, then=Value(Status.ONDERZOEK)),
            When(voorveld_op__isnull=False, then=Value(Status.VOORVELD)),
            When(gesprek_op__isnull=False, then=Value(Status.GESPREK)),
            default=Value(Status.ONTVANGEN),
        ),
        output_field=models.CharField(max_length=20, choices=Status.choices),
        db_persist=True,
    )

    objects = StandQuerySet.as_manager()

    class Meta:
        verbose_name = "stand"
        verbose_name_plural = "standen"
        indexes = [
            models.Index(
                fields=["ontvangen_op", "categorie"],
                include=["team", "kanaal", "aanleiding", "blad"],
                condition=Q(tot__isnull=True),
                name="stand_nu",
            ),
            models.Index(
                fields=["ontvangen_op", "categorie", "van", "tot"],
                include=["team", "kanaal", "aanleiding", "blad"],
                name="stand_bekend_op",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"], condition=Q(tot__isnull=True), include=["status"], name="stand_een_nu"
            ),
        ]

    def __str__(self) -> str:
        return f"stand van melding {self.melding_id}"


class Contactkanaal(Code):
    """The way by which somebody reached the KCC."""

    TELEFOON = 1, "telefoon"
    EMAIL = 2, "e-mail"
    WEBFORMULIER = 3, "webformulier"
    BALIE = 4, "balie"


class Thema(Code):
    """What a contact was about (table 2.1)."""

    WERK_EN_UITKERING = 1, "werk en uitkering"
    ZORG_EN_ONDERSTEUNING = 2, "zorg en ondersteuning"
    JEUGD_EN_OPVOEDING = 3, "jeugd en opvoeding"


class Afhandeling(Code):
    """What the KCC did with a contact."""

    DIRECT = 1, "direct afgehandeld"
    DOORGEZET_WIJKTEAM = 2, "doorgezet naar het wijkteam"
    DOORGEZET_WERK_EN_INKOMEN = 3, "doorgezet naar werk en inkomen"


class Klantcontact(Versie):
    """One contact with the KCC, whether or not it became a melding."""

    datum = models.DateField(db_index=True)
    kanaal = codeveld(Contactkanaal, null=True)
    thema = codeveld(Thema, null=True)
    wet = codeveld(Wet, null=True)
    afhandeling = codeveld(Afhandeling, null=True)
    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="klantcontacten")

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "klantcontact"
        verbose_name_plural = "klantcontacten"
        constraints = [
            *Versie.Meta.constraints,
            in_lijst("klantcontact", "kanaal", Contactkanaal),
            in_lijst("klantcontact", "thema", Thema),
            in_lijst("klantcontact", "wet", Wet),
            in_lijst("klantcontact", "afhandeling", Afhandeling),
        ]

    def __str__(self) -> str:
        return f"klantcontact op {self.datum}"
