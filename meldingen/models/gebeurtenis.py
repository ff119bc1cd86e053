"""The facts about a melding, and the status that each of them gives."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Q, Value, When

from meldingen.models.melding import Melding, Status
from teams.codes import Code, codeveld, in_lijst
from teams.models import Team
from teams.versies import Versie, VersieQuerySet


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
