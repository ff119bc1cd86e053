"""`python -m tests.bench.stroomschema`: a quarter against a flat table made for it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from tests.bench.database import bench_map, connection, eigen_database  # isort: skip

from config.overdracht.importeren import importeer
from reporting.antwoord import beantwoord
from reporting.vraag import Vraag

RONDEN = 60
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


def naast_elkaar(vragen: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each question, asked in turn so that they share the machine's moods."""
    tijden: dict[str, list[float]] = {naam: [] for naam in vragen}
    for ronde in range(RONDEN + 5):
        for naam, vraag in vragen.items():
            begin = time.perf_counter()
            vraag()
            if ronde >= 5:
                tijden[naam].append(time.perf_counter() - begin)
    return {naam: statistics.median(reeks) for naam, reeks in tijden.items()}


def meet(meldingen: int, dagen: int) -> dict[str, float]:
    """Imports so many meldingen and times the questions about one quarter."""
    map = bench_map(meldingen, dagen)
    with eigen_database(f"stroom_{meldingen}"):
        importeer(map)
        with connection.cursor() as cursor:
            cursor.execute(PLAT)
            cursor.execute("VACUUM ANALYZE plat")
            cursor.execute(f"EXPLAIN {PLATTE_VRAAG}")
            assert any("Index Only Scan" in regel for (regel,) in cursor.fetchall())
        return naast_elkaar({"plat": plat, "live": stroomschema(), "bekend op": stroomschema(BEKEND_OP)})


def main() -> None:
    """Prints milliseconds and ratios at 100,000 and 1,000,000 meldingen, with a quarter of the same size."""
    klein, groot = meet(100_000, 365), meet(1_000_000, 3650)
    print(
        f"\n{'stroomschema van een kwartaal (ms, mediaan)':<48}{'100.000':>10}{'1.000.000':>12}{'groei':>8}"
    )
    for naam in groot:
        groei = groot[naam] / klein[naam]
        print(f"{naam:<48}{1000 * klein[naam]:>10.2f}{1000 * groot[naam]:>12.2f}{groei:>7.2f}x")
    for naam, grens in (("live", 1.5), ("bekend op", 3)):
        print(f"{naam} / plat (hoogstens {grens}){groot[naam] / groot['plat']:>40.2f}x")


if __name__ == "__main__":
    main()
