"""Answers as text to read, as JSON and as CSV; each is a function from what is to be shown to a string."""

from __future__ import annotations

import csv as csvmodule
import io
import json as jsonmodule
from collections.abc import Callable
from typing import TypeAlias

from reporting.antwoord import Antwoord
from reporting.correcties import Correcties
from reporting.formaten import correcties as correctietekst
from reporting.formaten import tabel as tabeltekst

__all__ = ["FORMATEN", "csv", "json", "tekst"]

Toonbaar: TypeAlias = Antwoord | Correcties


def tekst(uitkomst: Toonbaar) -> str:
    """For a terminal or a letter, in Dutch, 80 columns where the table allows it."""
    return correctietekst.tekst(uitkomst) if isinstance(uitkomst, Correcties) else tabeltekst.tekst(uitkomst)


def json(uitkomst: Toonbaar) -> str:
    """The object of the overdracht, one line per key deep enough to read and to compare."""
    return jsonmodule.dumps(uitkomst.als_object(), ensure_ascii=False, indent=1) + "\n"


def csv(uitkomst: Toonbaar) -> str:
    """Comma-separated with a header, RFC 4180 quoting, the texts of hidden and unknown cells as they are."""
    uit = io.StringIO()
    schrijver = csvmodule.writer(uit, lineterminator="\n")
    schrijver.writerows(
        correctietekst.regels(uitkomst) if isinstance(uitkomst, Correcties) else tabeltekst.regels(uitkomst)
    )
    return uit.getvalue()


FORMATEN: dict[str, Callable[[Toonbaar], str]] = {"tekst": tekst, "json": json, "csv": csv}
"""What `--formaat` takes."""
