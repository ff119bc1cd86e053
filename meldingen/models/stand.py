"""How far meldingen had come, per period of knowledge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Expression, F, Q, Value, When
from django.db.models.functions import Coalesce, Least

from meldingen.models.gebeurtenis import Aanleiding, Categorie, Kanaal
from meldingen.models.melding import Melding, Status
from teams.codes import Code, codeveld
from teams.models import Team


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


BLAD_DOOR: tuple[tuple[tuple[str, ...], Blad], ...] = (
    (("toegekend",), Blad.TOEGEKEND),
    (("niet_toegekend",), Blad.NIET_TOEGEKEND),
    (("afgerond",), Blad.NOG_GEEN_BESLUIT),
    (("onderzoek",), Blad.ONDERZOEK_LOOPT),
    (("gesprek", "voorveld"), Blad.GEEN_ONDERZOEK_NODIG),
    (("gesprek",), Blad.OVERIG_NA_GESPREK),
    (("voorveld",), Blad.VOORVELD),
)
"""The milestones that together put a melding in a leaf; the first that it has all of decides."""

BLAD_SINDS = [
    f"{mijlpaal}_sinds"
    for mijlpaal in dict.fromkeys(naam for mijlpalen, _ in BLAD_DOOR for naam in mijlpalen)
]
"""The columns by which the leaf is known of any moment in a row."""


def _blad(bereikt: Callable[[str], dict[str, Any]]) -> Case:
    """The leaf by the milestones for which the lookups of `bereikt` hold."""
    gevallen = [
        When(
            **{naam: waarde for mijlpaal in mijlpalen for naam, waarde in bereikt(mijlpaal).items()},
            then=Value(blad),
        )
        for mijlpalen, blad in BLAD_DOOR
    ]
    return Case(*gevallen, default=Value(Blad.OVERIG_VOOR_GESPREK))


def _mijlpaal(verbose_name: str) -> models.DateField:
    return models.DateField(verbose_name, null=True, editable=False)


def _sinds(mijlpaal: str) -> models.DateTimeField:
    return models.DateTimeField(f"{mijlpaal}, bekend sinds", null=True, editable=False)


class StandQuerySet(models.QuerySet["Stand"]):
    """Questions about how far meldingen had come."""

    def bekend_op(self, moment: datetime | None) -> StandQuerySet:
        """One row per melding that counted at `moment`; None asks for now.

        At a moment in the past it had those milestones of the row that were known since then or before.
        """
        if moment is None:
            return self.filter(tot__isnull=True)
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=moment), van__lte=moment)

    def cohort(
        self,
        eerste: date | Expression,
        laatste: date | Expression,
        bekend_op: datetime | Expression | None,
        **kenmerken: Any,
    ) -> list[StandQuerySet]:
        """What came in from day `eerste` up to and including `laatste`, in parts that share no melding.

        `kenmerken` are values of team, categorie, kanaal and aanleiding; `bekend_blad` is the leaf in which a
        melding stood by what was known. Each part is one range of the index `stand_live` or `stand_team`, or with a
        `bekend_op` of `stand_nu` or `stand_eerder`, and needs no columns but theirs to be counted: so there is a part
        per categorie, and apart what still holds from what held at `bekend_op`.
        """
        geldig: list[dict[str, Any]] = [{"tot__isnull": True}]
        blad: Expression | F = F("blad")
        if bekend_op is not None:
            blad = _blad(lambda mijlpaal: {f"{mijlpaal}_sinds__lte": bekend_op})
            geldig = [
                {"tot__isnull": True, "van__lte": bekend_op},
                {"tot__gt": bekend_op, "van__lte": bekend_op},
            ]
        categorieen = [kenmerken.pop("categorie")] if "categorie" in kenmerken else [*Categorie, None]
        return [
            self.annotate(bekend_blad=blad).filter(
                ontvangen_op__range=(eerste, laatste), categorie=categorie, **kenmerken, **wanneer
            )
            for categorie in categorieen
            for wanneer in geldig
        ]


class Stand(models.Model):
    """Projection of the facts: how a melding stood, per period of knowledge `[van, tot)` in system time.

    Triggers keep it equal to the facts in the same statement that writes them; nobody else writes it, and
    `manage.py herbouw_stand` compares it with the facts and makes it anew. A moment at which the melding
    had no `ontvangen` in force has no row. A milestone is the earliest date in force of its kind.

    A period lasts while facts only come to what was known: each milestone (`_op`) holds from the moment beside it
    (`_sinds`) to the end of the row. Where one goes or becomes another, or anything of `ontvangen` does, the next
    row begins. So a melding of which nothing was ever corrected has one row.
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
    voorveld_sinds = _sinds("voorveld")
    gesprek_sinds = _sinds("gesprek gestart")
    onderzoek_sinds = _sinds("onderzoek gestart")
    afgerond_sinds = _sinds("onderzoek afgerond")
    akkoord_sinds = _sinds("plan akkoord")
    toegekend_sinds = _sinds("toegekend")
    niet_toegekend_sinds = _sinds("niet toegekend")
    ingetrokken_sinds = _sinds("ingetrokken")
    doorgezet_sinds = _sinds("doorgezet")
    blad = models.GeneratedField(
        expression=_blad(lambda mijlpaal: {f"{mijlpaal}_op__isnull": False}),
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
    dicht_op = models.GeneratedField(
        expression=Coalesce(
            Least("toegekend_op", "niet_toegekend_op", "ingetrokken_op", "doorgezet_op"),
            Case(
                When(
                    akkoord_op__isnull=True,
                    afgerond_op__isnull=True,
                    onderzoek_op__isnull=True,
                    then="voorveld_op",
                )
            ),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    """The day from which nothing was to be done any more; empty for what is open."""

    objects = StandQuerySet.as_manager()

    class Meta:
        verbose_name = "stand"
        verbose_name_plural = "standen"
        indexes = [
            models.Index(
                fields=["categorie", "ontvangen_op"],
                include=["team", "kanaal", "aanleiding", "blad"],
                condition=Q(tot__isnull=True),
                name="stand_live",
            ),
            models.Index(
                fields=["team", "categorie", "ontvangen_op"],
                include=["kanaal", "aanleiding", "blad"],
                condition=Q(tot__isnull=True),
                name="stand_team",
            ),
            models.Index(
                fields=["dicht_op", "ontvangen_op"], condition=Q(tot__isnull=True), name="stand_dicht"
            ),
            models.Index(
                fields=["categorie", "ontvangen_op", "van"],
                include=["team", "kanaal", "aanleiding", "blad", *BLAD_SINDS],
                condition=Q(tot__isnull=True),
                name="stand_nu",
            ),
            models.Index(
                fields=["categorie", "ontvangen_op", "tot", "van"],
                include=["team", "kanaal", "aanleiding", "blad", *BLAD_SINDS],
                condition=Q(tot__isnull=False),
                name="stand_eerder",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"], condition=Q(tot__isnull=True), include=["status"], name="stand_een_nu"
            ),
        ]

    def __str__(self) -> str:
        return f"stand van melding {self.melding_id}"

    @classmethod
    def kolommen(cls) -> str:
        """The columns that the SQL function `standen_uit_feiten` gives, in its order."""
        return ", ".join(str(veld.column) for veld in cls._meta.local_concrete_fields if not veld.generated)
