"""Folders to put an overdracht in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.overdracht.hulp import Map
from tests.overdracht.voorbeeld import Rijen


@pytest.fixture
def map(tmp_path: Path) -> Map:
    """An empty folder for an overdracht."""
    return Map(tmp_path / "overdracht")


@pytest.fixture
def nieuwe_map(tmp_path: Path) -> Callable[[Rijen], Path]:
    """Writes rows into a folder of their own, and gives its path."""
    nummers = count(1)
    return lambda bestanden: Map(tmp_path / f"overdracht {next(nummers)}").alle(bestanden).pad
