"""Before when something must have been done: computed from dated settings, never stored.

The terms of the law of many meldingen at once are an expression here (`wettermijn`); those of one stand in
`wettermijnen`. A spoed melding that nobody took has hours, whatever else runs (R8).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, DateField, DateTimeField, DurationField, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.formats import date_format

from meldingen.models import Categorie, Melding
from meldingen.verloop import SLEUTELS, lengtes, verlopen
from meldingen.wettermijnen import JEUGD_BESLUIT, ONDERZOEK, WMO_BESLUIT, Lengte, te_halen, wettermijnen
from teams.kalender import eerste_werkdag, uitloop
from teams.models import Instelling

SPOED_UREN = "spoed_uren"
EERSTE_JAAR = 2015
"""In which the Wmo 2015 and the Jeugdwet began: no term of theirs ended before."""


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


class Werkdag(Func):
    """The day on which a term that ends on this day really ends (Algemene termijnenwet): a working day.

    What the kalender knows goes along as data: the days around holidays, each with the day to which a term runs on;
    any other Saturday or Sunday runs on to Monday. So the rule is `teams.kalender.eerste_werkdag` alone.
    """

    output_field = DateField()
    template = (
        "(SELECT COALESCE(('%(kalender)s'::jsonb ->> t.dag::text)::date,"
        " t.dag + (ARRAY[0, 0, 0, 0, 0, 2, 1])[EXTRACT(isodow FROM t.dag)::int])"
        " FROM (SELECT (%(expressions)s)::date AS dag) t)"
    )

    def __init__(self, dag: Combinable) -> None:
        super().__init__(dag, kalender=_kalender(timezone.localdate().year))


@lru_cache(maxsize=2)
def _kalender(jaar: int) -> str:
    """The days around holidays on which a term can end that runs in the year `jaar` or ran before, as JSON."""
    return json.dumps({str(dag): str(naar) for dag, naar in uitloop(EERSTE_JAAR, jaar + 2).items()})


def wettermijn(bijzonder: Mapping[int, date | None]) -> Combinable:
    """The day by which the municipality has to do what comes next, as an expression on meldingen `met_stand`.

    NULL where nothing has to be done, or the term stands still. It says what `wettermijnen.te_halen` says on the page:
    the end of the onderzoek, or of the besluit after an aanvraag (in youth care from the melding on), from the dated
    lengths, on a working day. The few besluiten that were put off or stood still go along as data: `bijzonder` is what
    `bijzondere_dagen` gives.
    """
    lengte: dict[str, list[Instelling]] = defaultdict(list)
    for rij in Instelling.objects.filter(sleutel__in=SLEUTELS).order_by("-geldig_van"):
        lengte[rij.sleutel].append(rij)
    ontvangen, aangevraagd = F("nu__ontvangen_op"), F("aanvraag__datum")
    gewoon = Case(
        When(
            nu__categorie=Categorie.JEUGD, then=_na(lengte[JEUGD_BESLUIT], Coalesce(aangevraagd, ontvangen))
        ),
        When(nu__afgerond_op__isnull=True, then=_na(lengte[ONDERZOEK], ontvangen)),
        When(aanvraag__isnull=False, then=_na(lengte[WMO_BESLUIT], aangevraagd)),
        output_field=DateField(),
    )
    anders = [When(pk=pk, then=Value(dag, DateField())) for pk, dag in bijzonder.items()]
    return Case(*anders, default=Werkdag(gewoon), output_field=DateField())


class LaatsteDag(Func):
    """The last day of the terms `sleutels`, one after the other, that begin on `begin`, as an expression.

    NULL before a length of them holds, and where `begin` isn't in `[eerste, laatste]`: each of those days is counted
    once, by `teams.kalender.eerste_werkdag` (Algemene termijnenwet art. 1), and goes along as data. Nothing stands
    still and nothing is put off.
    """

    output_field = DateField()
    template = "(%(expressions)s + 1]"
    arg_joiner = ")["

    def __init__(self, begin: str, eerste: date, laatste: date, *sleutels: str) -> None:
        lengte = lengtes()
        dagen = (eerste + timedelta(days=nummer) for nummer in range((laatste - eerste).days + 1))
        einden = [_laatste_dag(dag, lengte, sleutels) for dag in dagen]
        super().__init__(
            Cast(Value(einden, ArrayField(DateField())), ArrayField(DateField())),
            Func(begin, Value(eerste, DateField()), arg_joiner=" - ", template="%(expressions)s"),
        )


def _laatste_dag(dag: date, lengte: Lengte, sleutels: Iterable[str]) -> date | None:
    for sleutel in sleutels:
        try:
            dag += timedelta(days=lengte(sleutel, dag))
        except Instelling.DoesNotExist:
            return None
    return eerste_werkdag(dag)


def _na(lengte: Iterable[Instelling], begin: Combinable) -> Combinable:
    """So many days after a day as the setting of that day says; `lengte` are its values, the latest first."""
    duur = Case(
        *(
            When(
                GreaterThanOrEqual(begin, Value(instelling.geldig_van, DateField())),
                then=Value(timedelta(days=float(instelling.waarde)), DurationField()),
            )
            for instelling in lengte
        ),
        output_field=DurationField(),
    )
    return Cast(begin + duur, DateField())


def bijzondere_dagen() -> dict[int, date | None]:
    """The day of each open melding of which the besluit was put off or stood still; None while it stands still.

    Counted by `wettermijnen.te_halen` itself, all at once, in the order of their keys.
    """
    anders = Q(aanvraag__opschortingen__isnull=False) | Q(aanvraag__verdagingen__isnull=False)
    pks = list(Melding.objects.open().filter(anders).order_by("pk").values_list("pk", flat=True).distinct())
    if not pks:
        return {}
    lengte = lengtes()
    eerst = {pk: te_halen(wettermijnen(wat, lengte)) for pk, wat in verlopen(pks).items()}
    return {pk: termijn.uiterlijk if termijn else None for pk, termijn in eerst.items()}


def spoed_uiterlijk(pad: str = "") -> Combinable:
    """Before when somebody must have taken a melding that is spoed, as an expression; NULL when it isn't.

    `pad` leads to the melding, such as `melding__`.
    """
    geregistreerd_op = f"{pad}geregistreerd_op"
    return Case(
        *(
            When(
                **{f"{pad}spoed": True, f"{geregistreerd_op}__date__gte": instelling.geldig_van},
                then=F(geregistreerd_op) + Value(timedelta(hours=float(instelling.waarde)), DurationField()),
            )
            for instelling in Instelling.objects.filter(sleutel=SPOED_UREN).order_by("-geldig_van")
        ),
        output_field=DateTimeField(),
    )


def einde_van_de_dag(dag: Combinable) -> Combinable:
    """The moment from which a term that ends with `dag` has passed, as an expression."""
    return Middernacht(Cast(dag + Value(timedelta(days=1), DurationField()), DateField()))


def spoed_uiterlijk_op(melding: Melding) -> datetime:
    """Before when somebody must have taken a spoed melding."""
    ontvangen = melding.geregistreerd_op
    uren = Instelling.objects.waarde_op(SPOED_UREN, timezone.localdate(ontvangen))
    return ontvangen + timedelta(hours=float(uren))
