"""Before when something must have been done: computed from dated settings, never stored.

The onderzoek has six weeks from the melding (Wmo art. 2.3.2); in youth care a decision has eight (Awb art. 4:13).
A spoed melding that nobody took has hours, whatever else runs (R8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, DateTimeField, DurationField, F, Func, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format

from meldingen.models import Categorie, Melding
from teams.models import Instelling

SPOED_UREN = "spoed_uren"
DAGEN = {Categorie.VOLWASSENEN: "wmo_onderzoek_dagen", Categorie.JEUGD: "jeugd_besluit_dagen"}


class Middernacht(Func):
    """The moment at which a day begins in the Netherlands; on that of tomorrow the term of today has passed."""

    template = "((%(expressions)s)::timestamp AT TIME ZONE '%(zone)s')"
    output_field = DateTimeField()

    def __init__(self, dag: Combinable) -> None:
        super().__init__(dag, zone=timezone.get_default_timezone_name())


@dataclass(frozen=True)
class Termijn:
    """A term as a list shows it at `nu`: a moment, or (`hele_dag`) the end of a day, then the midnight after it."""

    moment: datetime
    hele_dag: bool
    nu: datetime

    @property
    def te_laat(self) -> bool:
        """Whether it has passed."""
        return self.moment <= self.nu

    @property
    def laatste(self) -> datetime:
        """The moment in words: for a whole day one that lies in it."""
        return timezone.localtime(self.moment - timedelta(seconds=1) if self.hele_dag else self.moment)

    def in_woorden(self) -> str:
        """How much is left or how much it is over, such as `nog 3 dagen` or `2 uur te laat`."""
        dagen = (self.laatste.date() - timezone.localdate(self.nu)).days
        if self.hele_dag or abs(dagen) > 1:
            over = {0: "nog vandaag", 1: "nog 1 dag"}.get(dagen, f"nog {dagen} dagen")
            laat = "1 dag te laat" if dagen == -1 else f"{-dagen} dagen te laat"
            return laat if dagen < 0 else over
        uren = int(abs(self.moment - self.nu) / timedelta(hours=1))
        duur = f"{uren} uur" if uren else "minder dan een uur"
        return f"{duur} te laat" if self.te_laat else f"nog {duur}"

    def wanneer(self) -> str:
        """The day, and the hour where that matters."""
        dag = self.laatste.date()
        vandaag = timezone.localdate(self.nu)
        naam = (
            "vandaag" if dag == vandaag else date_format(dag, "j b" if dag.year == vandaag.year else "j b Y")
        )
        return naam if self.hele_dag else f"{naam} {date_format(self.laatste, 'H:i')}"


def uiterlijk_op(ontvangen_op: str, categorie: str) -> Combinable:
    """The day on which the term of a melding ends, as an expression over the names of two columns.

    A melding without categorie has the term of volwassenen, the shorter one.
    """
    gevallen = [
        When(
            **{f"{ontvangen_op}__gte": instelling.geldig_van},
            **({categorie: soort} if soort == Categorie.JEUGD else {}),
            then=Value(timedelta(days=float(instelling.waarde)), DurationField()),
        )
        for soort in (Categorie.JEUGD, Categorie.VOLWASSENEN)
        for instelling in Instelling.objects.filter(sleutel=DAGEN[soort]).order_by("-geldig_van")
    ]
    duur = Case(*gevallen, output_field=DurationField())
    return Cast(F(ontvangen_op) + duur, DateField())


def spoed_uiterlijk() -> Combinable:
    """Before when somebody must have taken a melding that is spoed, as an expression; NULL when it isn't."""
    return Case(
        *(
            When(
                spoed=True,
                geregistreerd_op__date__gte=instelling.geldig_van,
                then=F("geregistreerd_op")
                + Value(timedelta(hours=float(instelling.waarde)), DurationField()),
            )
            for instelling in Instelling.objects.filter(sleutel=SPOED_UREN).order_by("-geldig_van")
        ),
        output_field=DateTimeField(),
    )


def einde_van_de_dag(dag: Combinable) -> Combinable:
    """The moment from which a term that ends with `dag` has passed, as an expression."""
    return Middernacht(Cast(dag + Value(timedelta(days=1), DurationField()), DateField()))


def waarom(ontvangen_op: date, categorie: Categorie | None) -> str:
    """Where the term of a melding that came in on this day comes from, in words."""
    sleutel = DAGEN[categorie or Categorie.VOLWASSENEN]
    geldend = Instelling.objects.filter(sleutel=sleutel, geldig_van__lte=ontvangen_op)
    return geldend.latest("geldig_van").toelichting


def spoed_uiterlijk_op(melding: Melding) -> datetime:
    """Before when somebody must have taken a spoed melding."""
    ontvangen = melding.geregistreerd_op
    uren = Instelling.objects.waarde_op(SPOED_UREN, timezone.localdate(ontvangen))
    return ontvangen + timedelta(hours=float(uren))


def te_laat(dag: date | None, vandaag: date) -> bool:
    """Whether a term has passed."""
    return dag is not None and dag < vandaag
