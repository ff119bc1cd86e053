"""Waiting for what another process does, with a deadline that no slow machine reaches."""

from __future__ import annotations

import time
from collections.abc import Callable

GEDULD = 90.0


def wacht_tot(vraag: Callable[[], object], *, seconden: float = GEDULD) -> None:
    """Until `vraag` answers something true; fails the test where that takes too long."""
    einde = time.monotonic() + seconden
    while not vraag():
        assert time.monotonic() < einde, "het duurt te lang"
        time.sleep(0.02)
