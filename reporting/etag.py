"""The ETag of an answer: what was asked, which registrations there are, and which code counts."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from reporting.argus import uitgave
from reporting.dataversie import dataversie
from reporting.vraag import Vraag
from teams.api.versie import etag

LAGEN = ("teams", "households", "voorzieningen", "meldingen", "reporting")
PROJECT = Path(__file__).parents[1]


def etag_van(vraag: Vraag, vorm: str) -> str:
    """A weak ETag of the answer to a question in the media type `vorm`, without counting.

    Read before the answer is counted: what was registered in between makes the answer newer than its tag, never older.
    That is why it is weak.
    """
    parameters = sorted(vraag.parameters().items())
    return f"W/{etag(dataversie(), telwijze(), vraag.tabel, parameters, vorm)}"


@lru_cache(maxsize=1)
def telwijze() -> str:
    """A sum of the code that counts and hides: another release may do so otherwise, as one without tau-argus does."""
    som = hashlib.sha256(uitgave().encode())
    for laag in LAGEN:
        for bestand in sorted((PROJECT / laag).rglob("*.py")):
            som.update(bestand.read_bytes())
    return som.hexdigest()
