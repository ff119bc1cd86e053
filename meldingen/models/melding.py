"""The melding: what was asked, by whom, and where it stands in the process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from households.models import Huishouden, Levensgebied, Persoon
from teams.codes import in_lijst


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
