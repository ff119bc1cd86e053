"""`python -m tests.bench.stroomschema`: a quarter against a flat table made for it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.bench.database import bench_map, connection, eigen_database  # isort: skip

from config.overdracht.importeren import importeer
from reporting.antwoord import beantwoord
from reporting.vraag import Vraag

BLOKKEN, OPWARMEN, RONDEN = 8, 5, 20
GRENZEN = {"live": 1.5, "bekend op": 3}
PERIODE = "2015-Q2"
BEKEND_OP = "2015-06-15"
PLAT = """
    CREATE TABLE plat AS
    SELECT ontvangen_op, categorie, blad FROM meldingen_stand WHERE tot IS NULL;
    CREATE INDEX ON plat (categorie, ontvangen_op) INCLUDE (blad);
"""
PLATTE_VRAAG = """
    SELECT blad, count(*) FROM plat
    WHERE categorie = 1 AND ontvangen_op >= '2015-04-01' AND ontvangen_op < '2015-07-01' GROUP BY blad
"""


def plat() -> None:
    """The bare question over the flat table."""
    with connection.cursor() as cursor:
        cursor.execute(PLATTE_VRAAG)
        cursor.fetchall()


def stroomschema(bekend_op: str | None = None) -> Callable[[], object]:
    """The product's answer, from parsed question to nodes and percentages."""
    vraag = Vraag.van_invoer("2.6", periode=PERIODE, bekend_op=bekend_op)
    return lambda: beantwoord(vraag)


@contextmanager
def gevuld(meldingen: int, dagen: int) -> Iterator[str]:
    """A database into which so many meldingen were imported, with the flat table beside them."""
    map = bench_map(meldingen, dagen)
    with eigen_database(f"stroom_{meldingen}") as database:
        importeer(map)
        with connection.cursor() as cursor:
            cursor.execute(PLAT)
            cursor.execute("VACUUM ANALYZE plat")
            cursor.execute(f"EXPLAIN {PLATTE_VRAAG}")
            assert any("Index Only Scan" in regel for (regel,) in cursor.fetchall())
        yield database


def om_en_om(databases: Sequence[str], vragen: dict[str, Callable[[], object]]) -> list[dict[str, float]]:
    """Median seconds of each question per database, asked in turn so that all share the machine's moods."""
    tijden: list[dict[str, list[float]]] = [{naam: [] for naam in vragen} for _ in databases]
    for _ in range(BLOKKEN):
        for database, reeksen in zip(databases, tijden, strict=True):
            connection.close()
            connection.settings_dict["NAME"] = database
            for ronde in range(OPWARMEN + RONDEN):
                for naam, vraag in vragen.items():
                    begin = time.perf_counter()
                    vraag()
                    if ronde >= OPWARMEN:
                        reeksen[naam].append(time.perf_counter() - begin)
    return [{naam: statistics.median(reeks) for naam, reeks in reeksen.items()} for reeksen in tijden]


def main() -> None:
    """Prints milliseconds and ratios at 100,000 and 1,000,000 meldingen, with a quarter of the same size."""
    vragen = {"plat": plat, "live": stroomschema(), "bekend op": stroomschema(BEKEND_OP)}
    with gevuld(100_000, 365) as klein, gevuld(1_000_000, 3650) as groot:
        tijden = om_en_om((klein, groot), vragen)
    print(f"\n{'stroomschema van een kwartaal':<48}{'100.000':>12}{'1.000.000':>12}{'groei':>8}")
    for naam in vragen:
        ms = [1000 * mediaan[naam] for mediaan in tijden]
        print(f"{f'{naam} (ms, mediaan)':<48}{ms[0]:>12.2f}{ms[1]:>12.2f}{ms[1] / ms[0]:>7.2f}x")
    for naam, grens in GRENZEN.items():
        verhoudingen = [mediaan[naam] / mediaan["plat"] for mediaan in tijden]
        print(f"{f'{naam} / plat (hoogstens {grens})':<48}" + "".join(f"{v:>11.2f}x" for v in verhoudingen))


if __name__ == "__main__":
    main()
