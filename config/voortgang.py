"""Progress on a terminal, and silence elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Voortgang:
    """Shows what goes on in one line that is written over, at most five times a second."""

    def __init__(self, uit: TextIO | None = None) -> None:
        self._uit = uit or sys.stderr
        self._terminal = self._uit.isatty()
        self._laatst = 0.0

    def __call__(self, tekst: str) -> None:
        nu = time.monotonic()
        if self._terminal and nu - self._laatst >= 0.2:
            self._laatst = nu
            self._uit.write(f"\r\x1b[K  {tekst[:100]}")
            self._uit.flush()

    def klaar(self) -> None:
        """Wipes the line."""
        if self._terminal:
            self._uit.write("\r\x1b[K")
            self._uit.flush()
