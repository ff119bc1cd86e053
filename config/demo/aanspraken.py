"""What a person is entitled to: one voorziening, and in which quarters it has to be in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random

from .kalender import BEGIN_Q2, EERSTE_DAG, EINDE_Q1, EINDE_Q2, LAATSTE_FEIT, dag_tussen, werkdag_tot
from .meldingen import Melding
from .personen import Persoon

OUDSTE_BEGIN = {"wmo": date(2009, 1, 1), "jeugdwet": date(2012, 7, 1)}
VOOR_DE_PEILDATUM = EINDE_Q1 - timedelta(days=1)
LANGSTE = date(2019, 12, 31)
KANS_OPEN, KANS_EINDE_IN_Q2 = 0.5, 0.03


class Aanwezig(Enum):
    """The quarters in which an aanspraak is in force on at least one day: this is what the tables count."""

    EERSTE = "alleen 2015-Q1, niet op 31 maart"
    BEIDE = "2015-Q1 en 2015-Q2"
    TWEEDE = "vanaf 2015-Q2"
    LATER = "na 2015-Q2"


@dataclass(frozen=True, slots=True)
class Looptijd:
    """Dates of one beschikking (end inclusive, None = open), and the melding that led to it."""

    besluit: date
    ingang: date
    einde: date | None
    melding: Melding | None = None


@dataclass(slots=True, eq=False)
class Aanspraak:
    """One voorziening of one person.

    `toekenning` is the melding that led to its start, `herindicatie` the one that led to a second
    beschikking; with `omzetting` the financing changes between the quarters, so it ends or starts there.
    `gestopt_op` is an end that nobody had planned, known since `stop_bekend_op`.
    """

    persoon: Persoon
    team: str | None
    wet: str
    groep: str
    voorziening: str
    vorm: str
    aanwezig: Aanwezig
    omzetting: bool = False
    toekenning: Melding | None = None
    herindicatie: Melding | None = None
    gestopt_op: date | None = None
    stop_bekend_op: datetime | None = None

    def looptijden(self, rng: Random) -> list[Looptijd]:
        """The one beschikking, or two in a row; together in force in exactly the quarters of `aanwezig`."""
        begin = self._begin(rng)
        besluit = (
            self.toekenning.besluit
            if self.toekenning
            else werkdag_tot(begin - timedelta(days=rng.randrange(22)))
        )
        if self.herindicatie is None:
            return [Looptijd(besluit, begin, self._einde(rng, begin), self.toekenning)]
        verlengd = self.herindicatie.besluit + timedelta(days=rng.randrange(1, 28))
        return [
            Looptijd(besluit, begin, verlengd - timedelta(days=1)),
            Looptijd(
                self.herindicatie.besluit,
                verlengd,
                self._einde(rng, max(verlengd, EINDE_Q2)),
                self.herindicatie,
            ),
        ]

    def _begin(self, rng: Random) -> date:
        """Day on which it starts: some days after the decision if there is a melding, else at random."""
        if self.omzetting and self.aanwezig is Aanwezig.TWEEDE:
            return BEGIN_Q2
        if self.toekenning is not None:
            uiterlijk = {Aanwezig.BEIDE: EINDE_Q1, Aanwezig.TWEEDE: EINDE_Q2}.get(self.aanwezig, LANGSTE)
            return min(self.toekenning.besluit + timedelta(days=rng.randrange(15)), uiterlijk)
        if self.aanwezig is Aanwezig.TWEEDE:
            return dag_tussen(rng, BEGIN_Q2, EINDE_Q2)
        oudste = max(OUDSTE_BEGIN[self.wet], self.persoon.geboren)
        return EERSTE_DAG - timedelta(days=int(rng.triangular(1, (EERSTE_DAG - oudste).days, 200)))

    def _einde(self, rng: Random, begin: date) -> date | None:
        """Last day: within the first quarter, or open, or anywhere later."""
        if self.gestopt_op is not None:
            return self.gestopt_op
        if self.aanwezig is Aanwezig.EERSTE:
            return EINDE_Q1 if self.omzetting else dag_tussen(rng, EERSTE_DAG, VOOR_DE_PEILDATUM)
        if rng.random() < KANS_OPEN:
            return None
        if begin < BEGIN_Q2 and rng.random() < KANS_EINDE_IN_Q2:
            return dag_tussen(rng, BEGIN_Q2, EINDE_Q2)
        return dag_tussen(rng, max(begin, LAATSTE_FEIT), LANGSTE)
