"""Days and moments of a Dutch municipality in 2014 and 2015."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EERSTE_DAG, EINDE_Q1, BEGIN_Q2, EINDE_Q2 = (
    date(2015, 1, 1),
    date(2015, 3, 31),
    date(2015, 4, 1),
    date(2015, 6, 30),
)
LAATSTE_FEIT = date(2015, 8, 31)
RAPPORTAGE = datetime(2015, 9, 15, 9, 0, tzinfo=AMSTERDAM)
FEESTDAGEN = frozenset(
    date.fromisoformat(dag)
    for dag in [
        "2014-01-01",
        "2014-04-21",
        "2014-05-29",
        "2014-06-09",
        "2015-01-01",
        "2015-04-06",
        "2015-04-27",
        "2015-05-05",
        "2015-05-14",
        "2015-05-25",
    ]
)
VERTRAGING = {0: 62, 1: 18, 2: 8, 4: 6, 7: 4, 12: 2}


def is_werkdag(dag: date) -> bool:
    """Whether the stadhuis was open."""
    return dag.weekday() < 5 and dag not in FEESTDAGEN


def werkdag_vanaf(dag: date) -> date:
    """`dag` itself, or the first working day after it."""
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    return dag


def werkdag_tot(dag: date) -> date:
    """`dag` itself, or the last working day before it."""
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return dag


@cache
def werkdagen(periode: str) -> tuple[date, ...]:
    """The working days of a month (`2015-04`) or a quarter (`2015-Q2`)."""
    jaar, deel = int(periode[:4]), periode[5:]
    maanden = (
        range(int(deel[1]) * 3 - 2, int(deel[1]) * 3 + 1)
        if deel[0] == "Q"
        else range(int(deel), int(deel) + 1)
    )
    dagen = [date(jaar, maand, dag) for maand in maanden for dag in range(1, monthrange(jaar, maand)[1] + 1)]
    return tuple(dag for dag in dagen if is_werkdag(dag))


def dag_tussen(rng: Random, van: date, tot_en_met: date) -> date:
    """A random day of `[van, tot_en_met]`."""
    return van + timedelta(days=rng.randrange((tot_en_met - van).days + 1))


class Klok:
    """When something was registered: system time, in office hours, with the offset of that day."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.dagen, self.gewichten = list(VERTRAGING), list(VERTRAGING.values())

    def op(self, dag: date) -> datetime:
        """A moment in office hours of the first working day from `dag`."""
        uur = time(self.rng.randrange(8, 17), self.rng.randrange(60), self.rng.randrange(60))
        return datetime.combine(werkdag_vanaf(dag), uur, AMSTERDAM)

    def na_feit(self, datum: date, niet_voor: datetime | None = None) -> datetime:
        """Registered on the day itself, or some days later; always after `niet_voor`."""
        moment = self.op(datum + timedelta(days=self.rng.choices(self.dagen, self.gewichten)[0]))
        if niet_voor is not None and moment <= niet_voor:
            return niet_voor + timedelta(minutes=self.rng.randrange(1, 10))
        return moment

    def verbeterd(self, geregistreerd: datetime, hoogstens_dagen: int = 75) -> datetime:
        """When a registration was found to be wrong: later than it was made, before the report came out."""
        moment = self.op(geregistreerd.date() + timedelta(days=self.rng.randrange(1, hoogstens_dagen)))
        if moment < RAPPORTAGE:
            return moment
        return geregistreerd + timedelta(minutes=self.rng.randrange(5, 60))
