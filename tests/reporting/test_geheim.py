"""All tables of a municipality together: nobody computes a hidden count of persons from all that is shown.

Independent: by linear programming, over the answers alone; what adds up to what is written down here once more.
"""

from __future__ import annotations

import os
import re
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from reporting.antwoord import Antwoord, beantwoord
from reporting.vraag import Vraag
from teams.models import Instelling
from tests.orakel import gemeenten as toeval
from tests.orakel.catalogus import BUITEN_TABEL_2_9
from tests.orakel.lezen import Gemeente

from .test_orakel import importeer

VEEL, DELEN = (100, 10) if os.environ.get("EENPLAN_VOL") else (5, 1)
"""A transaction that makes tables holds a lock for each until it ends, so the large number is made in parts."""
PERIODEN = ("2015-Q1", "2015-Q2", "2015")
SAMEN = (("2.9", "2.10", "2.12", "2.13"), ("2.14", "2.15"), ("2.16",), ("D.3",))
"""Tables of the same persons, to be read side by side."""
MAATREGELEN = ("jeugdbescherming", "jeugdreclassering")

Cel = tuple[str, str]


class Lezer:
    """Somebody with all answers and pencil and paper."""

    def __init__(self, drempel: int) -> None:
        self.drempel = drempel
        self.getoond: dict[Cel, object] = {}
        self.gelijk: list[dict[Cel, int]] = []
        self.hoogstens: list[dict[Cel, int]] = []

    def leest(self, antwoord: Antwoord) -> None:
        tabel = antwoord.tabel.sleutel
        self.getoond |= {(tabel, rij.sleutel): rij.waarden[0] for rij in antwoord.rijen}
        if tabel == "2.12":
            self.getoond[tabel, "rest"] = self._genoemd(antwoord, "Zonder bekende financiering")

    def _genoemd(self, antwoord: Antwoord, begin: str) -> object:
        for noot in antwoord.noten:
            if noot.startswith(begin):
                (genoemd,) = re.findall(r": (.*) \(", noot)
                return int(genoemd) if genoemd.isdecimal() else genoemd
        return 0

    def weet(self, totaal: Cel, delen: list[Cel], *, uniek: bool = False) -> None:
        """The parts add up to the total; or, `uniek`, to at least that, and none is more."""
        som = {totaal: 1, **dict.fromkeys(delen, -1)}
        if uniek:
            self.hoogstens += [som, *({deel: 1, totaal: -1} for deel in delen)]
        else:
            self.gelijk.append(som)

    def weet_wat_optelt(self) -> None:
        rijen = {tabel: [rij for t, rij in self.getoond if t == tabel] for tabel, _ in self.getoond}
        totaal = {tabel: (tabel, "totaal") for tabel in rijen}
        if "2.9" in rijen:
            clienten = ("2.9", "clienten")
            self.gelijk += [{clienten: 1, totaal[tabel]: -1} for tabel in ("2.10", "2.12")]
            self.weet(
                clienten,
                [("2.13", rij) for rij in rijen["2.13"] if rij not in BUITEN_TABEL_2_9],
                uniek=True,
            )
        if "2.14" in rijen:
            self.gelijk.append({totaal["2.14"]: 1, totaal["2.15"]: -1})
            self.weet(totaal["2.14"], [("2.14", rij) for rij in rijen["2.14"] if rij != "totaal"], uniek=True)
        for tabel in {"2.10", "2.12", "2.15"} & rijen.keys():
            self.weet(totaal[tabel], [(tabel, rij) for rij in rijen[tabel] if rij != "totaal"])
        if "D.3" in rijen:
            aanbieders = [rij for rij in rijen["D.3"] if rij.startswith("aanbieder")]
            groepen = [rij for rij in rijen["D.3"] if rij not in (*aanbieders, "totaal")]
            for delen in (aanbieders, groepen):
                self.weet(totaal["D.3"], [("D.3", rij) for rij in delen])
        if "2.16" in rijen:
            self._weet_van_trajecten(rijen["2.16"])

    def _weet_van_trajecten(self, rijen: list[str]) -> None:
        bescherming, reclassering = (rijen.index(maatregel) for maatregel in MAATREGELEN)
        for geheel, delen in (
            ("totaal", ["jeugdhulp", *MAATREGELEN]),
            ("jeugdhulp", rijen[1:bescherming]),
            ("jeugdbescherming", rijen[bescherming + 1 : reclassering]),
            ("jeugdreclassering", rijen[reclassering + 1 : -1]),
        ):
            self.weet(("2.16", geheel), [("2.16", rij) for rij in delen])

    def rekent(self) -> dict[Cel, float]:
        """How many values each hidden count can have."""
        namen = list(self.getoond)
        ruimte = [self._ruimte(waarde) for waarde in self.getoond.values()]

        def stelsel(sommen: list[dict[Cel, int]]) -> tuple[list[list[int]] | None, list[int] | None]:
            matrix = [[som.get(naam, 0) for naam in namen] for som in sommen]
            return (matrix, [0] * len(matrix)) if matrix else (None, None)

        (gelijk, nul), (hoogstens, ook_nul) = stelsel(self.gelijk), stelsel(self.hoogstens)
        waarden = {}
        for plaats, naam in enumerate(namen):
            if isinstance(self.getoond[naam], str):
                doel = [float(nummer == plaats) for nummer in range(len(namen))]
                onder, boven = (
                    linprog(
                        [teken * d for d in doel],
                        A_ub=hoogstens,
                        b_ub=ook_nul,
                        A_eq=gelijk,
                        b_eq=nul,
                        bounds=ruimte,
                        method="highs",
                    )
                    for teken in (1, -1)
                )
                assert onder.status == 0, (naam, self.getoond)
                waarden[naam] = (-boven.fun if boven.status == 0 else float("inf")) - onder.fun + 1
        return waarden

    def _ruimte(self, waarde: object) -> tuple[object, object]:
        if waarde == f"< {self.drempel}":
            return 1, self.drempel - 1
        return (1, None) if waarde == "×" else (waarde, waarde)


def niets_te_berekenen(periode: str, drempel: int) -> int:
    """Ask everything of a period; gives how many counts were hidden because of another."""
    kruisen = 0
    for tabellen in SAMEN:
        lezer = Lezer(drempel)
        for tabel in tabellen:
            lezer.leest(beantwoord(Vraag.van_invoer(tabel, periode=periode)))
        lezer.weet_wat_optelt()
        for cel, waarden in lezer.rekent().items():
            assert waarden >= min(drempel - 1, max(2, drempel // 2)) - 1e-6, (cel, waarden, lezer.getoond)
        kruisen += sum(waarde == "×" for waarde in lezer.getoond.values())
    return kruisen


@pytest.mark.django_db
@pytest.mark.parametrize("deel", range(DELEN))
@settings(
    max_examples=VEEL,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(gemeente=toeval.gemeenten(), drempel=st.sampled_from((3, 4, 5, 10)))
def test_uit_alle_tabellen_van_een_gemeente_samen_is_geen_verborgen_aantal_te_berekenen(
    gemeente: Gemeente, drempel: int, deel: int
):
    gemeente.pop("externe_cijfers", None)
    with transaction.atomic():
        importeer(gemeente)
        Instelling.objects.create(sleutel="kleine_aantallen", geldig_van=date(2014, 1, 1), waarde=drempel)
        for periode in PERIODEN:
            niets_te_berekenen(periode, drempel)
        transaction.set_rollback(True)
