"""Rows without two clocks that tables lean on: kept as they are, and put in their place to count with them again.

Whoever changes the name of a team, the number of inhabitants, the catalogue, the roster or a setting changes it in
place. An editie keeps these rows; counted with them again it shows what it showed (docs/adr/0025-edities.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from reporting.canoniek import canoniek
from teams.models import Instelling, Inwonertal, Spreekuur, Team
from teams.models.instellingen import gelezen_op
from voorzieningen.models import Aanbieder, Voorziening, Voorzieningengroep

MODELLEN = (Team, Inwonertal, Spreekuur, Instelling, Aanbieder, Voorzieningengroep, Voorziening)
"""None of them is about a resident."""


def stamgegevens() -> bytes:
    """Every row of `MODELLEN` as it is now, per table by its key; one statement, so all of one moment."""
    delen = ", ".join(
        f"'{naam}', (SELECT coalesce(jsonb_agg(to_jsonb(rij) ORDER BY rij.id), '[]') FROM {naam} rij)"
        for naam in _namen()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT jsonb_build_object({delen})::text")
        (tekst,) = cursor.fetchone()
    return canoniek(json.loads(tekst))


@contextmanager
def met_stamgegevens(bewaard: bytes) -> Iterator[None]:
    """Within it every question sees the kept rows, and nobody else notices.

    A temporary table goes before one of the same name. Nothing is to be written within. A row that was kept without a
    column that came later has nothing in it.
    """
    rijen: dict[str, list[Any]] = json.loads(bewaard)
    with transaction.atomic(), connection.cursor() as cursor, gelezen_op(date.min, {}):
        for naam in _namen():
            cursor.execute(
                f"CREATE TEMPORARY TABLE {naam} AS SELECT * FROM jsonb_populate_recordset(NULL::{naam}, %s::jsonb)",
                [json.dumps(rijen.get(naam, []))],
            )
        cursor.execute(f"ANALYZE {', '.join(_namen())}")
        yield
        cursor.execute(f"DROP TABLE {', '.join(f'pg_temp.{naam}' for naam in _namen())}")


def gewijzigd(bewaard: bytes) -> dict[str, int]:
    """How many rows of each kind were added, changed or went since they were kept; by the name of the kind."""
    toen, nu = json.loads(bewaard), json.loads(stamgegevens())
    aantallen = {}
    for model in MODELLEN:
        was = {rij["id"]: rij for rij in toen.get(model._meta.db_table, [])}
        is_ = {rij["id"]: rij for rij in nu[model._meta.db_table]}
        anders = sum(was.get(pk) != is_.get(pk) for pk in was.keys() | is_.keys())
        if anders:
            aantallen[str(model._meta.verbose_name_plural)] = anders
    return aantallen


def _namen() -> list[str]:
    return [model._meta.db_table for model in MODELLEN]
