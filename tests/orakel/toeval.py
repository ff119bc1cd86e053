"""Random days, moments and knowledge intervals, drawn where counts go wrong: on boundaries."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from random import Random

from .lezen import AMSTERDAM

ALTIJD_WINTERTIJD = timezone(timedelta(hours=1))
WINTERTIJD = date(2015, 10, 25)
ZOMERTIJD = date(2015, 3, 29)
GRENSDAGEN = (
    date(2014, 12, 31),
    date(2015, 1, 1),
    date(2015, 1, 31),
    date(2015, 2, 1),
    date(2015, 2, 28),
    date(2015, 3, 1),
    ZOMERTIJD,
    date(2015, 3, 31),
    date(2015, 4, 1),
    date(2015, 5, 31),
    date(2015, 6, 30),
    date(2015, 7, 1),
    date(2015, 9, 30),
    date(2015, 10, 1),
    WINTERTIJD,
    date(2015, 12, 31),
    date(2016, 1, 1),
    date(2016, 2, 29),
    date(2016, 3, 1),
)
KWARTAALGRENZEN = (
    date(2014, 12, 31),
    date(2015, 1, 1),
    date(2015, 3, 31),
    date(2015, 4, 1),
    date(2015, 6, 30),
    date(2015, 7, 1),
    date(2015, 12, 31),
)
GRENSUREN = (
    time(0, 0),
    time(0, 30),
    time(1, 59, 59),
    time(2, 30),
    time(3, 0),
    time(9, 30),
    time(23, 59, 59, 999999),
)


def kans(r: Random, deel: float) -> bool:
    """Return True in this share of the draws (0-1)."""
    return r.random() < deel


def dag(r: Random) -> date:
    """Draw a day of November 2014 to March 2016, more often than not the first or last of some period."""
    if kans(r, 0.65):
        return r.choice(r.choice((GRENSDAGEN, KWARTAALGRENZEN)))
    return date(2014, 11, 1) + timedelta(days=r.randrange(500))


def dag_tekst(r: Random) -> str:
    """Draw a day as the text of a column."""
    return dag(r).isoformat()


def dagen_op_rij(r: Random, aantal: int, *, vroeg: float = 0.0) -> list[date]:
    """Draw this many different days in order; `vroeg` is the chance of one years before."""
    gevonden: set[date] = set()
    while len(gevonden) < aantal:
        gevonden.add(date(2010, 1, 1) + timedelta(days=r.randrange(1700)) if kans(r, vroeg) else dag(r))
    return sorted(gevonden)


def moment(r: Random) -> datetime:
    """Draw a registration moment in UTC: boundaries of days, the doubled hour, the hour that was skipped."""
    if kans(r, 0.25):
        middernacht = datetime.combine(r.choice((ZOMERTIJD, WINTERTIJD)), time(0), tzinfo=AMSTERDAM)
        return middernacht.astimezone(UTC) + timedelta(minutes=30 * r.randrange(9))
    uur = r.choice(GRENSUREN) if kans(r, 0.6) else time(r.randrange(24), r.randrange(60), r.randrange(60))
    return datetime.combine(dag(r), uur, tzinfo=AMSTERDAM).replace(fold=r.randrange(2)).astimezone(UTC)


def moment_tekst(r: Random, wanneer: datetime) -> str:
    """Write a moment with an offset: mostly the local one, or that of a source without summer time."""
    zone = r.choice((AMSTERDAM, AMSTERDAM, AMSTERDAM, ALTIJD_WINTERTIJD, UTC))
    return wanneer.astimezone(zone).isoformat()


def kennis(r: Random) -> list[tuple[str, str]]:
    """Draw the successive `(geregistreerd_op, vervallen_op)` of one fact and its corrections.

    The intervals never overlap. Versions follow at once or after a gap, the last one stays or is withdrawn,
    and an empty pair is known from the import on.
    """
    if kans(r, 0.15):
        return [("", "")]
    momenten = sorted({moment(r) for _ in range(r.choice((1, 1, 1, 1, 2, 2, 3, 4)))})
    teksten = [moment_tekst(r, wanneer) for wanneer in momenten]
    paren = [*pairwise(teksten), (teksten[-1], "")]
    if len(paren) > 1 and kans(r, 0.3):
        del paren[r.randrange(len(paren))]
    if paren[-1][1] and kans(r, 0.3):
        paren.append(("", ""))
    return paren


def soms(r: Random, keuzes: Sequence[str], deel: float = 0.2) -> str:
    """Draw one of the choices, or in this share of the draws nothing."""
    return "" if kans(r, deel) else r.choice(keuzes)
