"""Periods of the monitor as plain lists of days."""

import re
from datetime import date, timedelta
from typing import NamedTuple


class Periode(NamedTuple):
    """A period with its key as given; both days belong to it."""

    sleutel: str
    eerste: date
    laatste: date

    def bevat(self, dag: date | None) -> bool:
        """Tell whether a day lies in the period; an unknown day never does."""
        return dag is not None and self.eerste <= dag <= self.laatste

    def dagen(self) -> list[date]:
        """Return every day of the period, first to last."""
        return [self.eerste + timedelta(days=n) for n in range((self.laatste - self.eerste).days + 1)]

    def maanden(self) -> list["Periode"]:
        """Return the calendar months that the period touches, cut to the period (columns of 2.1 and 2.2)."""
        per_maand: dict[str, list[date]] = {}
        for dag in self.dagen():
            per_maand.setdefault(f"{dag.year:04}-{dag.month:02}", []).append(dag)
        return [Periode(sleutel, dagen[0], dagen[-1]) for sleutel, dagen in per_maand.items()]


def _eerste_van_maand(jaar: int, maand: int) -> date:
    return date(jaar + (maand - 1) // 12, (maand - 1) % 12 + 1, 1)


def _maanden_vanaf(sleutel: str, jaar: int, maand: int, aantal: int) -> Periode:
    einde = _eerste_van_maand(jaar, maand + aantal)
    return Periode(sleutel, _eerste_van_maand(jaar, maand), einde - timedelta(days=1))


def lees_periode(sleutel: str) -> Periode:
    """Read `JJJJ-Qn`, `JJJJ-MM`, `JJJJ` or `JJJJ-MM-DD..JJJJ-MM-DD` (overdracht, commands).

    The end of a range is inclusive. ValueError for any other text and for an end before its begin.
    """
    if gevonden := re.fullmatch(r"(\d{4})-Q([1-4])", sleutel):
        jaar, kwartaal = map(int, gevonden.groups())
        return _maanden_vanaf(sleutel, jaar, 3 * kwartaal - 2, 3)
    if gevonden := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", sleutel):
        jaar, maand = map(int, gevonden.groups())
        return _maanden_vanaf(sleutel, jaar, maand, 1)
    if re.fullmatch(r"\d{4}", sleutel):
        return _maanden_vanaf(sleutel, int(sleutel), 1, 12)
    if gevonden := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", sleutel):
        eerste, laatste = map(date.fromisoformat, gevonden.groups())
        if eerste <= laatste:
            return Periode(sleutel, eerste, laatste)
    raise ValueError(f"no period: {sleutel}")
