"""Answers that are kept for who asks the same again, as long as nothing changed in any table that they were made from.

See `docs/adr/0022-dataversie.md`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from django.core.cache import caches
from django.db import connection, transaction

from reporting.antwoord import Antwoord, beantwoord
from reporting.dataversie import GETELD, merken
from reporting.etag import telwijze
from reporting.onderdrukking import Keuzes, met_keuzes
from reporting.vraag import Vraag

BEWAARD = "antwoorden"
"""The cache in which they are."""
ALTIJD_GELEZEN = frozenset({"teams_instelling"})
"""What a request may have read before, in one statement with something else."""

_Bewaard: TypeAlias = tuple[dict[str, int], Antwoord]
_Gelezen: TypeAlias = tuple[set[str], Antwoord]


def bewaard_antwoord(vraag: Vraag) -> Antwoord:
    """The answer of `beantwoord`, counted now or kept since somebody asked; two statements when it was kept."""
    (antwoord,) = bewaarde_antwoorden([vraag])
    return antwoord


def bewaarde_antwoorden(vragen: Sequence[Vraag]) -> list[Antwoord]:
    """The same of many questions, in two statements when all were kept.

    An answer is kept with the mark of each table that was read for it, and only when none of those changed meanwhile;
    not before the transaction of the question is over, so nobody waits for it, and what is taken back is never kept.
    Where tau-argus was missed, in this table or in one that shares a total with it, the answer is not kept.
    """
    plek = caches[BEWAARD]
    sleutels = [_sleutel(vraag) for vraag in vragen]
    gevonden: dict[str, _Bewaard] = plek.get_many(sleutels)
    ervoor = merken()
    nieuw: dict[str, _Gelezen] = {}
    antwoorden = []
    for sleutel, vraag in zip(sleutels, vragen, strict=True):
        if (eerder := gevonden.get(sleutel)) and _als(ervoor, eerder[0]) == eerder[0]:
            antwoorden.append(eerder[1])
            continue
        gelezen, keuzes = set(ALTIJD_GELEZEN), Keuzes()
        with connection.execute_wrapper(partial(_onthoud, gelezen)), met_keuzes(keuzes):
            antwoorden.append(beantwoord(vraag))
        if not any(keuze.afgerond for keuze in keuzes.gemaakt):
            nieuw[sleutel] = (gelezen, antwoorden[-1])
    if nieuw:
        erna = merken()
        blijft = {
            sleutel: (_als(erna, gelezen), antwoord)
            for sleutel, (gelezen, antwoord) in nieuw.items()
            if _als(erna, gelezen) == _als(ervoor, gelezen)
        }
        transaction.on_commit(partial(plek.set_many, blijft))
    return antwoorden


def _als(merken_: Mapping[str, int], tabellen: Iterable[str]) -> dict[str, int]:
    """The marks of these tables; 0 for one that nothing ever changed."""
    return {tabel: merken_.get(tabel, 0) for tabel in tabellen}


def _sleutel(vraag: Vraag) -> str:
    parameters = sorted(vraag.parameters().items())
    return hashlib.sha256(repr((vraag.tabel, parameters, telwijze())).encode()).hexdigest()


def _onthoud(gelezen: set[str], voer_uit: Callable[..., Any], sql: str, *rest: Any) -> Any:
    gelezen.update(tabel for tabel in GETELD if tabel in sql)
    return voer_uit(sql, *rest)
