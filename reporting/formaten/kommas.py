"""Comma-separated text, in which nothing that somebody typed becomes a formula of who opens it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

FORMULE = re.compile(r"(^|[;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would see the begin of a formula.

Also after a semicolon, tab or line: that is where another country's spreadsheet begins the next cell.
"""


def regels(rijen: Iterable[Iterable[object]]) -> Iterator[str]:
    """A line per row: RFC 4180 quoting, numbers as they are."""
    for rij in rijen:
        uit = io.StringIO()
        csv.writer(uit, lineterminator="\n").writerow(map(_veilig, rij))
        yield uit.getvalue()


def _veilig(cel: object) -> object:
    """A text that looks like a formula gets the apostrophe that makes it text; a number is no text."""
    return FORMULE.sub(r"\1\2'", cel) if isinstance(cel, str) else cel
