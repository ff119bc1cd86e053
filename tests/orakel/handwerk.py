"""Tiny folders written by hand, and short ways to count them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from .lezen import Gemeente, Rij
from .telling import tabel

IMPORT = datetime(2020, 1, 1, 12, tzinfo=UTC)
_nummers = count(1)


def rijen(kolommen: str, *regels: str) -> list[Rij]:
    """Make rows from words: `-` is an empty column, `~` a space, and a row without a ref gets one."""
    namen = kolommen.split()
    gelezen = [dict(zip(namen, regel.split(), strict=True)) for regel in regels]
    schoon = [{naam: "" if w == "-" else w.replace("~", " ") for naam, w in rij.items()} for rij in gelezen]
    return [{"ref": f"r{next(_nummers)}"} | rij for rij in schoon]


def tel(
    gemeente: Gemeente, sleutel: str, periode: str, bekend_op: str = "", **filters: str
) -> dict[str, Any]:
    """Count a table of a folder that came in at `IMPORT`; an empty `bekend_op` is now."""
    moment = datetime.fromisoformat(bekend_op) if bekend_op else None
    return tabel(gemeente, sleutel, periode, bekend_op=moment, filters=filters, import_op=IMPORT)


def kolom(
    gemeente: Gemeente, sleutel: str, periode: str, bekend_op: str = "", **filters: str
) -> dict[str, Any]:
    """Count a table of one column, as row to value."""
    geteld = tel(gemeente, sleutel, periode, bekend_op, **filters)
    assert len(geteld["kolommen"]) == 1
    return {rij: waarden[0] for rij, waarden in geteld["rijen"].items()}


TEAMS = rijen("code soort", "w2 wijkteam", "w10 wijkteam", "x1 expertteam")
