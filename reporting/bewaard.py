"""Answers that are kept for who asks the same again, as long as nothing changed in any table that they were made from.

See `docs/adr/0022-dataversie.md`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from django.core.cache import caches
from django.db import connection, transaction

from reporting.antwoord import Antwoord, beantwoord
from reporting.dataversie import GETELD, merken
from reporting.etag import telwijze
from reporting.vraag import Vraag

BEWAARD = "antwoorden"
"""The cache in which they are."""
ALTIJD_GELEZEN = frozenset({"teams_instelling"})
"""What a request may have read before, in one statement with something else."""

_Bewaard: TypeAlias = tuple[dict[str, int], Antwoord]


def bewaard_antwoord(vraag: Vraag) -> Antwoord:
    """The answer of `beantwoord`, counted now or kept since somebody asked; two statements when it was kept.

    It is kept with the mark of each table that was read for it, and only when none of those changed meanwhile; not
    before the transaction of the question is over, so nobody waits for it, and what is taken back is never kept. What
    was rounded for want of tau-argus is not kept.
    """
    plek, sleutel = caches[BEWAARD], _sleutel(vraag)
    gevonden: _Bewaard | None = plek.get(sleutel)
    ervoor = merken()
    if gevonden and all(ervoor.get(tabel, 0) == merk for tabel, merk in gevonden[0].items()):
        return gevonden[1]
    gelezen = set(ALTIJD_GELEZEN)
    with connection.execute_wrapper(partial(_onthoud, gelezen)):
        antwoord = beantwoord(vraag)
    erna = merken()
    van = {tabel: erna.get(tabel, 0) for tabel in gelezen}
    if not antwoord.afgerond and all(ervoor.get(tabel, 0) == merk for tabel, merk in van.items()):
        transaction.on_commit(partial(plek.set, sleutel, (van, antwoord)))
    return antwoord


def _sleutel(vraag: Vraag) -> str:
    parameters = sorted(vraag.parameters().items())
    return hashlib.sha256(repr((vraag.tabel, parameters, telwijze())).encode()).hexdigest()


def _onthoud(gelezen: set[str], voer_uit: Callable[..., Any], sql: str, *rest: Any) -> Any:
    gelezen.update(tabel for tabel in GETELD if f'"{tabel}"' in sql)
    return voer_uit(sql, *rest)
