"""Loading much into little: without indexes and triggers, which are made again at the end of the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BEPERKINGEN = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint c WHERE conrelid = %s::regclass
    AND CASE WHEN %s THEN contype = 'f' ELSE contype IN ('p', 'u') AND NOT EXISTS (
        SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid
    ) END
"""
INDEXEN = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
LEEG_EN_LOS = """
    SELECT NOT EXISTS (SELECT FROM {tabel})
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = '{tabel}'::regclass)
"""

TELLERS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attidentity <> '' AND atttypid = 'bigint'::regtype
"""
VOORRAAD = 1000


@contextmanager
def bulklading(cursor: Any, tabellen: list[str]) -> Iterator[None]:
    """Drops foreign keys, keys that nothing refers to, indexes and triggers of `tabellen`; ids are handed out in bulk.

    All of it is inside the transaction: nobody sees it, and a kill undoes it. Building an index or checking
    a foreign key over all rows at once costs a fraction of doing so row by row. The tables are locked meanwhile.
    An empty one gets a new file, so that filling it need not be logged where `wal_level` is minimal.
    """
    tellers = [(tabel, kolom) for tabel in tabellen for kolom in _tellers(cursor, tabel)]
    for tabel, kolom in tellers:
        cursor.execute(f"ALTER TABLE {tabel} ALTER {kolom} SET CACHE {VOORRAAD}")
    for tabel in tabellen:
        cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
    verwijzingen = [opdracht for tabel in tabellen for opdracht in _zonder_beperkingen(cursor, tabel, True)]
    sleutels = [opdracht for tabel in tabellen for opdracht in _zonder_beperkingen(cursor, tabel, False)]
    indexen = [opdracht for tabel in tabellen for opdracht in _zonder_indexen(cursor, tabel)]
    for tabel in tabellen:
        cursor.execute(LEEG_EN_LOS.format(tabel=tabel))
        if cursor.fetchone()[0]:
            cursor.execute(f"TRUNCATE {tabel}")
    yield
    for opdracht in [*sleutels, *indexen, *verwijzingen]:
        cursor.execute(opdracht)
    for tabel in tabellen:
        cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
    for tabel, kolom in tellers:
        cursor.execute(f"ALTER TABLE {tabel} ALTER {kolom} SET CACHE 1")


def _tellers(cursor: Any, tabel: str) -> list[str]:
    """The columns that number the rows, where there are numbers enough to lose some."""
    cursor.execute(TELLERS, [tabel])
    return [kolom for (kolom,) in cursor.fetchall()]


def _zonder_beperkingen(cursor: Any, tabel: str, verwijzingen: bool) -> list[str]:
    """Drops foreign keys, or else keys; gives the statements that bring them back."""
    cursor.execute(BEPERKINGEN, [tabel, verwijzingen])
    herstel = []
    for naam, definitie in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}"')
        herstel.append(f'ALTER TABLE {tabel} ADD CONSTRAINT "{naam}" {definitie}')
    return herstel


def _zonder_indexen(cursor: Any, tabel: str) -> list[str]:
    """Drops the indexes that no constraint owns; gives the statements that bring them back."""
    cursor.execute(INDEXEN, [tabel])
    herstel = []
    for naam, definitie in cursor.fetchall():
        cursor.execute(f"DROP INDEX {naam}")
        herstel.append(definitie)
    return herstel
