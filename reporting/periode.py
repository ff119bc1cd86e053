"""Periods of the monitor: half-open ranges of local days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.fouten import Invoerfout

EERSTE_JAAR, LAATSTE_JAAR = 1900, 2199
DAG = timedelta(days=1)

_KWARTAAL = re.compile(r"([0-9]{4})-Q([1-4])")
_MAAND = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_JAAR = re.compile(r"([0-9]{4})")
_REEKS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Periode:
    """The days from `begin` up to but not including `einde`; `sleutel` is how a question spells them."""

    sleutel: str
    begin: date
    einde: date

    @classmethod
    def van_tekst(cls, tekst: str, parameter: str = "periode") -> Periode:
        """Read `JJJJ-Qn`, `JJJJ-MM`, `JJJJ` or `JJJJ-MM-DD..JJJJ-MM-DD` (end inclusive), or `Invoerfout`."""
        try:
            periode = cls._lees(tekst)
        except (ValueError, OverflowError) as fout:
            raise Invoerfout(
                parameter,
                f"De periode '{tekst}' is niet te lezen. Schrijf een kwartaal (2015-Q2), een maand (2015-04),"
                " een jaar (2015) of een reeks dagen tot en met de laatste (2015-04-01..2015-06-30).",
            ) from fout
        if not EERSTE_JAAR <= periode.begin.year <= periode.peildatum.year <= LAATSTE_JAAR:
            raise Invoerfout(
                parameter,
                f"De periode '{tekst}' valt buiten de jaren {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.",
            )
        return periode

    @classmethod
    def _lees(cls, tekst: str) -> Periode:
        if gevonden := _KWARTAAL.fullmatch(tekst):
            return cls._kwartaal(int(gevonden[1]), int(gevonden[2]))
        if gevonden := _MAAND.fullmatch(tekst):
            return cls._maand(int(gevonden[1]), int(gevonden[2]))
        if gevonden := _JAAR.fullmatch(tekst):
            return cls._jaar(int(gevonden[1]))
        if gevonden := _REEKS.fullmatch(tekst):
            return cls._reeks(date.fromisoformat(gevonden[1]), date.fromisoformat(gevonden[2]))
        raise ValueError("no such form")

    @classmethod
    def _kwartaal(cls, jaar: int, nummer: int) -> Periode:
        eerste = 3 * nummer - 2
        return cls(f"{jaar:04}-Q{nummer}", date(jaar, eerste, 1), _eerste_van(jaar, eerste + 3))

    @classmethod
    def _maand(cls, jaar: int, maand: int) -> Periode:
        return cls(f"{jaar:04}-{maand:02}", date(jaar, maand, 1), _eerste_van(jaar, maand + 1))

    @classmethod
    def _jaar(cls, jaar: int) -> Periode:
        return cls(f"{jaar:04}", date(jaar, 1, 1), _eerste_van(jaar, 13))

    @classmethod
    def _reeks(cls, eerste: date, laatste: date) -> Periode:
        if laatste < eerste:
            raise ValueError("end before begin")
        return cls(f"{eerste}..{laatste}", eerste, laatste + DAG)

    @classmethod
    def kwartaal_van(cls, dag: date) -> Periode:
        """The quarter that holds this day."""
        return cls._kwartaal(dag.year, (dag.month + 2) // 3)

    @property
    def naam(self) -> str:
        """How one reads it: as a question spells it."""
        return self.sleutel

    @property
    def peildatum(self) -> date:
        """The last day, on which a stock is counted (table 2.16)."""
        return self.einde - DAG

    def maanden(self) -> list[Periode]:
        """Every calendar month that the period touches, cut to the period (columns of tables 2.1 and 2.2)."""
        maanden = []
        begin = self.begin
        while begin < self.einde:
            heel = self._maand(begin.year, begin.month)
            maanden.append(Periode(heel.sleutel, begin, min(heel.einde, self.einde)))
            begin = heel.einde
        return maanden

    def vorige(self) -> Periode:
        """The period of the same kind right before this one; for a range, as many days."""
        ervoor = self.begin - DAG
        if _KWARTAAL.fullmatch(self.sleutel):
            return self.kwartaal_van(ervoor)
        if _MAAND.fullmatch(self.sleutel):
            return self._maand(ervoor.year, ervoor.month)
        if _JAAR.fullmatch(self.sleutel):
            return self._jaar(ervoor.year)
        return self._reeks(self.begin - (self.einde - self.begin), ervoor)


def _eerste_van(jaar: int, maand: int) -> date:
    """First day of a month; 13 is January of the next year."""
    return date(jaar + (maand - 1) // 12, (maand - 1) % 12 + 1, 1)
