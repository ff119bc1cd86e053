"""Which registrations there are: a mark that differs after every change of what answers are counted from.

See `docs/adr/0022-dataversie.md` for why it is this and no counter.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from django.db import connection

GETELD = (
    "households_betrokkenheid",
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


def merken() -> dict[str, int]:
    """By table the mark of what this statement sees of it; whoever sees the same mark sees the same registrations.

    A table that nothing ever changed isn't in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tabel, bit_xor(kenmerk) FROM reporting_wijziging GROUP BY tabel")
        return dict(cursor.fetchall())


def dataversie() -> int:
    """The mark of all tables together."""
    return reduce(xor, merken().values(), 0)


def merk_wijziging() -> None:
    """Say that every table changed, for who writes while triggers are off; part of that transaction."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO reporting_wijziging (tabel) SELECT unnest(%s::text[])", [list(GETELD)])


def vat_samen() -> None:
    """Make one mark per table of all that there are, which leaves each version as it is.

    In one statement, so nobody sees less.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH weg AS (DELETE FROM reporting_wijziging RETURNING tabel, kenmerk)"
            " INSERT INTO reporting_wijziging SELECT tabel, bit_xor(kenmerk) FROM weg GROUP BY tabel"
        )
