"""Days on which a term of the law can't end (Algemene termijnenwet art. 1 and 3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

ZATERDAG = 5
DAG = timedelta(days=1)


@lru_cache(maxsize=200)
def feestdagen(jaar: int) -> frozenset[date]:
    """The holidays that the law names: with 5 May every year, and Goede Vrijdag, which is put on a par with them."""
    return frozenset(country_holidays("NL", categories=("public", "optional"), years=jaar))


def is_werkdag(dag: date, vrij: Collection[date] = ()) -> bool:
    """No Saturday, Sunday or holiday, nor one of the days `vrij` that a royal decree adds."""
    return dag.weekday() < ZATERDAG and dag not in feestdagen(dag.year) and dag not in vrij


def eerste_werkdag(dag: date, vrij: Collection[date] = ()) -> date:
    """The day itself when it is a working day, else the next that is: where a term that ends on `dag` runs to."""
    while not is_werkdag(dag, vrij):
        dag += DAG
    return dag


def uitloop(eerste_jaar: int, laatste_jaar: int) -> dict[date, date]:
    """To which working day a term runs on that would end on a holiday, or in a weekend before or after one.

    Only those days of these years; on any other weekend it is the Monday after it. This is how a query is told what
    `eerste_werkdag` knows: as data.
    """
    feest = {dag for jaar in range(eerste_jaar, laatste_jaar + 1) for dag in feestdagen(jaar)}
    rond = sorted({dag + verder * DAG for dag in feest for verder in (-2, -1, 0, 1, 2)})
    gewoon = {dag: dag + (7 - dag.weekday()) * DAG if dag.weekday() >= ZATERDAG else dag for dag in rond}
    return {dag: naar for dag in rond if (naar := eerste_werkdag(dag)) != gewoon[dag]}
