"""Figures as they are read in Dutch: 2.079 and 12,5."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

Cel: TypeAlias = int | float | Decimal | str | None


def getal(cel: Cel) -> str:
    """A cell with a point per thousand and a decimal comma; text as it is, nothing as a dash."""
    if cel is None:
        return "–"
    if isinstance(cel, str):
        return cel
    return f"{cel:,}".translate(str.maketrans(",.", ".,"))


def procent(cel: Cel) -> str:
    """A whole or decimal per cent with its sign; empty when there is nothing to take a share of."""
    if cel is None:
        return ""
    return f"{getal(cel)}%" if not isinstance(cel, str) else cel
