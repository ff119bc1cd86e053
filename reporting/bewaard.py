"""Counts that are kept for who asks again, as long as nothing changed in the tables that they were made from.

See `docs/adr/0022-dataversie.md`.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction

from reporting.dataversie import GETELD, dataversie
from reporting.rijen import Opdracht

VANAF = 1000
"""Fewer things are counted again as fast as what was kept is found."""
GETELD_BEWAARD = "geteld"
"""The cache in which they are."""


def uitkomst(opdracht: Opdracht) -> list[tuple[Any, ...]]:
    """The rows of a statement that counts, of which the last column says how many things stand there."""
    with connection.cursor() as cursor:
        cursor.execute(*opdracht)
        return cursor.fetchall()


def bewaarde_uitkomst(opdracht: Opdracht) -> list[tuple[Any, ...]]:
    """The same, kept since an earlier question when nothing was changed since in a table that it reads.

    It is kept only when nothing changed while it was counted either, and when the transaction of the question is over,
    so that nobody waits for it, and what is taken back is never kept.
    """
    bewaard = caches[GETELD_BEWAARD]
    sleutel = _sleutel(opdracht)
    rijen: list[tuple[Any, ...]] | None = bewaard.get(sleutel)
    if rijen is None:
        rijen = uitkomst(opdracht)
        if sum(rij[-1] for rij in rijen) >= VANAF and sleutel == _sleutel(opdracht):
            transaction.on_commit(partial(bewaard.set, sleutel, rijen))
    return rijen


def _sleutel(opdracht: Opdracht) -> str:
    """The statement, its values, and the mark of the tables that it names."""
    sql, parameters = opdracht
    versie = dataversie([tabel for tabel in GETELD if f'"{tabel}"' in sql])
    return hashlib.sha256(repr((sql, parameters, versie)).encode()).hexdigest()
