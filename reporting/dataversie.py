"""Which registrations there are: a mark that differs after every change of what answers are counted from.

See `docs/adr/0022-dataversie.md` for why it is this and no counter.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.db import connection

from reporting.vraag import Vraag
from teams.api.versie import etag

GETELD = (
    "households_betrokkenheid",
    "households_huishouden",
    "households_plan",
    "households_regie",
    "households_verblijf",
    "meldingen_gebeurtenis",
    "meldingen_klantcontact",
    "meldingen_melding",
    "meldingen_stand",
    "meldingen_toewijzing",
    "reporting_editie",
    "reporting_editietabel",
    "reporting_externcijfer",
    "teams_activiteit",
    "teams_consult",
    "teams_instelling",
    "teams_inwonertal",
    "teams_spreekuur",
    "teams_team",
    "voorzieningen_aanbieder",
    "voorzieningen_beschikking",
    "voorzieningen_besluit",
    "voorzieningen_klacht",
    "voorzieningen_levering",
    "voorzieningen_voorziening",
    "voorzieningen_voorzieningengroep",
)
"""Every table that an answer reads; a migration puts the trigger `merk_wijziging` on each."""

LAGEN = ("teams", "households", "voorzieningen", "meldingen", "reporting")
PROJECT = Path(__file__).parents[1]


def dataversie() -> int:
    """The mark of what this statement sees; two that are equal were counted from the same registrations."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(bit_xor(kenmerk), 0) FROM reporting_wijziging")
        ((kenmerk,),) = cursor.fetchall()
    return int(kenmerk)


def merk_wijziging() -> None:
    """Say that something changed, for who writes while triggers are off; part of that transaction."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO reporting_wijziging DEFAULT VALUES")


def vat_samen() -> None:
    """Make one mark of all that there are, which leaves the version as it is; in one statement, so nobody sees less."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH weg AS (DELETE FROM reporting_wijziging RETURNING kenmerk) INSERT INTO reporting_wijziging"
            " SELECT bit_xor(kenmerk) FROM weg HAVING count(*) > 0"
        )


def etag_van(vraag: Vraag, vorm: str) -> str:
    """A weak ETag of the answer to a question in the media type `vorm`, without counting.

    Read before the answer is counted: what was registered in between makes the answer newer than its tag, never older.
    That is why it is weak.
    """
    parameters = sorted(vraag.parameters().items())
    return f"W/{etag(dataversie(), telwijze(), vraag.tabel, parameters, vorm)}"


@lru_cache(maxsize=1)
def telwijze() -> str:
    """A sum of the code that counts: another release may count otherwise."""
    som = hashlib.sha256()
    for laag in LAGEN:
        for bestand in sorted((PROJECT / laag).rglob("*.py")):
            som.update(bestand.read_bytes())
    return som.hexdigest()
