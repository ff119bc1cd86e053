"""How it is with what is fetched from outside, for who manages it: whatever fetches, registers here to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Aanvoer:
    """When it was last fetched in full, and what last went wrong: a sentence without names or secrets."""

    naam: str
    laatst: datetime | None
    fout: str
    fout_op: datetime | None

    @property
    def hapert(self) -> bool:
        """Whether it went wrong after the last time that it went well."""
        return self.fout_op is not None and (self.laatst is None or self.laatst < self.fout_op)


BRONNEN: list[Callable[[], Aanvoer | None]] = []
"""Each tells how it is; None where this installation doesn't fetch it."""


def aanvoer() -> list[Aanvoer]:
    """All that is fetched here."""
    return [een for bron in BRONNEN if (een := bron())]
