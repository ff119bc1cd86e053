"""Whatever two wijkwerkers, a toetser and a coordinator do, in whatever order: no state that can't be."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import engine
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import EigenDatabase
from tests.heleweg.besluiten import Besluiten
from tests.heleweg.gezinnen import Gezinnen
from tests.heleweg.meldingen import Meldingen
from tests.heleweg.plannen import Plannen
from tests.heleweg.stand import Lezer
from tests.heleweg.wereld import maak_wereld

SECONDEN_KORTER = 30
"""So long at most a run that fails is made shorter; then its steps are printed."""


class HeleWeg(Meldingen, Besluiten, Plannen, Gezinnen):
    """Every rule of every part, over one world."""


@pytest.mark.parametrize(
    ("runs", "stappen"),
    [pytest.param(4, 50, id="klein"), pytest.param(1_000, 50, id="vol", marks=pytest.mark.vol)],
)
def test_in_welke_volgorde_ook_blijft_alles_kloppen(
    eigen_database: EigenDatabase, monkeypatch: pytest.MonkeyPatch, runs: int, stappen: int
) -> None:
    """After each step: what must hold holds, one row of history per step, and a refusal leaves all as it was."""
    monkeypatch.setattr(engine, "MAX_SHRINKING_SECONDS", SECONDEN_KORTER)
    telling: Counter[str] = Counter()
    machine = type("Machine", (HeleWeg,), {"wereld": maak_wereld(), "telling": telling, "lezer": Lezer()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=stappen,
            derandomize=runs < 100,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(sum(telling.values()), dict(sorted(telling.items())))
