"""Loading much into little: without indexes and triggers, which are made again at the end of the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

@contextmanager
def bulklading(cursor: Any, tabellen: list[str]) -> Iterator[None]:
    """Drops foreign keys, unique constraints, indexes (but not primary keys) and row triggers of `tabellen`.

    All of it is inside the transaction: nobody sees it, and a kill undoes it. Building an index or checking
    a foreign key over all rows at once costs a fraction of doing so row by row. The tables are locked meanwhile.
    """
    herstel: list[str] = []
    for tabel in tabellen:
        cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        herstel += _beperkingen(cursor, tabel) + _indexen(cursor, tabel)
    yield
    for opdracht in sorted(herstel, key=lambda opdracht: "FOREIGN KEY" in opdracht):
        cursor.execute(opdracht)
    for tabel in tabellen:
        cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")


def _beperkingen(cursor: Any, tabel: str) -> list[str]:
    """Drops foreign keys and unique constraints; gives the statements that bring them back."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f'"
        " OR conrelid = %s::regclass AND contype = 'u'"
        " AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = pg_constraint.conindid)",
        [tabel, tabel],
    )
    herstel = []
    for naam, definitie in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}"')
        herstel.append(f'ALTER TABLE {tabel} ADD CONSTRAINT "{naam}" {definitie}')
    return herstel


def _indexen(cursor: Any, tabel: str) -> list[str]:
    """Drops the indexes that no constraint owns; gives the statements that bring them back."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass AND NOT i.indisprimary"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [tabel],
    )
    herstel = []
    for naam, definitie in cursor.fetchall():
        cursor.execute(f"DROP INDEX {naam}")
        herstel.append(definitie)
    return herstel
