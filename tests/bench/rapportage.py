"""`python -m tests.bench.rapportage`: the monitor over 1 and 10 million meldingen, against flat tables."""

from __future__ import annotations

import hashlib
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from tests.bench.database import blijvende_database, connection, settings  # isort: skip

from django.core.cache import caches

from config.overdracht.importeren import importeer
from reporting.antwoord import beantwoord
from reporting.bewaard import BEWAARD, bewaard_antwoord
from reporting.register import TABELLEN
from reporting.rijen import alle
from reporting.vraag import Vraag
from tests.bench.stad_maken import schrijf_stad

EINDE = date(2019, 1, 1)
DAGEN_PER_MILJOEN = 365
PERIODE, BEKEND_OP, TEAM = "2018-Q2", "2018-06-15", "T07"
BLOKKEN, OPWARMEN, RONDEN = 6, 3, 10
ALLES, EERSTE_KEER = "alle tabellen", "alle tabellen, de eerste keer"
GRENZEN = {"live": 1.3, "bekend op": 2, "een team": 1.3, ALLES: 1.3, EERSTE_KEER: None}
"""How many times the flat question each may take; all tables as they are asked mostly, while nothing changed since."""
GROEI = 1.5
PLAT = """
    CREATE TABLE plat AS SELECT ontvangen_op, categorie, team_id, blad FROM meldingen_stand WHERE tot IS NULL;
    CREATE INDEX ON plat (categorie, ontvangen_op) INCLUDE (blad);
    CREATE INDEX ON plat (team_id, categorie, ontvangen_op) INCLUDE (blad);
"""
PLATTE_VRAAG = """
    SELECT blad, count(*) FROM plat
    WHERE categorie = 1 AND ontvangen_op >= '2018-04-01' AND ontvangen_op < '2018-07-01' {} GROUP BY blad
"""


@contextmanager
def stad(miljoen: int) -> Iterator[str]:
    """A database with so many million meldingen in quarters of one size; made once for this code, and kept."""
    bron = hashlib.sha256()
    for bestand in sorted((*Path().glob("*/migrations/*.py"), *Path("tests/bench").glob("*_maken.py"))):
        bron.update(bestand.read_bytes())
    with blijvende_database(f"stad_{miljoen}m", bron.hexdigest()[:8]) as (database, nieuw):
        if nieuw:
            begin = EINDE - timedelta(days=DAGEN_PER_MILJOEN * miljoen)
            map = Path(settings.EENPLAN_DATA) / "bench" / f"stad-{miljoen}"
            print(f"{miljoen} miljoen meldingen maken...", flush=True)
            schrijf_stad(map, meldingen=miljoen * 1_000_000, dagen=DAGEN_PER_MILJOEN * miljoen, begin=begin)
            print("inlezen...", flush=True)
            importeer(map)
            shutil.rmtree(map)
            maak_plat()
        yield database


def maak_plat() -> None:
    """The flat tables: of the stroomschema for all time, of each table the rows that it counts in the quarter."""
    with connection.cursor() as cursor:
        cursor.execute(PLAT)
        for naam, (sql, parameters, velden) in _achter().items():
            cursor.execute(f"CREATE TABLE {naam} AS {sql}", parameters)
            cursor.execute(f"CREATE INDEX ON {naam} ({', '.join(velden) or 'niets'})")
        cursor.execute("VACUUM ANALYZE")
        for deel in ("", f"AND team_id = {_team()}"):
            cursor.execute(f"EXPLAIN {PLATTE_VRAAG.format(deel)}")
            assert any("Index Only Scan" in regel for (regel,) in cursor.fetchall())


def _team() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM teams_team WHERE code = %s", [TEAM])
        (nummer,) = cursor.fetchone() or (0,)
    return int(nummer)


def _achter() -> dict[str, tuple[str, tuple[object, ...], list[str]]]:
    """By name of a flat table: what stands behind a table of the monitor, one row per counted thing."""
    gevonden = {}
    for sleutel, tabel in TABELLEN.items():
        telling = tabel.tel(Vraag.van_invoer(sleutel, periode=PERIODE))
        if telling.achter:
            velden = [f"d{nummer}" for nummer in range(len(telling.dimensies))]
            rijen, parameters = alle(telling.achter, telling.eenheid, telling.dimensies, telling.gevraagd)
            sql = f"SELECT {', '.join(['0 AS niets', *velden])} FROM ({rijen}) AS rijen"
            gevonden[f"plat_{sleutel.replace('.', '_').lower()}"] = (sql, parameters, velden)
    return gevonden


def vragen(naar_team: int) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """By name: the product's whole answer, and the bare question over a flat table."""

    def sql(*opdrachten: str) -> Callable[[], object]:
        def vraag() -> None:
            with connection.cursor() as cursor:
                for opdracht in opdrachten:
                    cursor.execute(opdracht)
                    cursor.fetchall()

        return vraag

    def antwoord(**anders: object) -> Callable[[], object]:
        vraag = Vraag.van_invoer("2.6", periode=PERIODE, **anders)  # type: ignore[arg-type]
        return lambda: beantwoord(vraag)

    kaal = sql(PLATTE_VRAAG.format(""))
    alles = [Vraag.van_invoer(sleutel, periode=PERIODE) for sleutel in TABELLEN]

    def alle_tabellen() -> None:
        for vraag in alles:
            bewaard_antwoord(vraag)

    def eerste_keer() -> None:
        caches[BEWAARD].clear()
        alle_tabellen()

    per_tabel = [
        f"SELECT {', '.join([*velden, 'count(*)'])} FROM {naam} {'GROUP BY ' + ', '.join(velden) if velden else ''}"
        for naam, (_, _, velden) in _achter().items()
    ]
    return {
        "live": (antwoord(), kaal),
        "bekend op": (antwoord(bekend_op=BEKEND_OP), kaal),
        "een team": (
            antwoord(filters={"team": TEAM}),
            sql(PLATTE_VRAAG.format(f"AND team_id = {naar_team}")),
        ),
        EERSTE_KEER: (eerste_keer, sql(*per_tabel)),
        ALLES: (alle_tabellen, sql(*per_tabel)),
    }


def om_en_om(databases: list[str]) -> list[dict[str, tuple[float, float]]]:
    """Median seconds of answer and flat question per database, asked in turn so that all share the machine's moods."""
    tijden: list[dict[str, tuple[list[float], list[float]]]] = [{} for _ in databases]
    for _ in range(BLOKKEN):
        for database, reeksen in zip(databases, tijden, strict=True):
            connection.close()
            connection.settings_dict["NAME"] = database
            for naam, paar in vragen(_team()).items():
                rondes = 1 if naam in (ALLES, EERSTE_KEER) else RONDEN
                for ronde in range((0 if rondes == 1 else OPWARMEN) + rondes):
                    for vraag, reeks in zip(paar, reeksen.setdefault(naam, ([], [])), strict=True):
                        begin = time.perf_counter()
                        vraag()
                        if rondes == 1 or ronde >= OPWARMEN:
                            reeks.append(time.perf_counter() - begin)
    return [
        {naam: (statistics.median(a), statistics.median(b)) for naam, (a, b) in reeksen.items()}
        for reeksen in tijden
    ]


def main() -> None:
    """Prints milliseconds, ratios and growth at 1 and 10 million meldingen, and the memory of this process."""
    with stad(1) as klein:
        pass
    with stad(10) as groot:
        voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        klein_, groot_ = om_en_om([klein, groot])
    na = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"\n{'een kwartaal van 250.000 meldingen (ms, mediaan)':<48}{'1 miljoen':>12}{'10 miljoen':>12}{'groei':>8}"
    )
    for naam, grens in GRENZEN.items():
        (a, plat_a), (b, plat_b) = klein_[naam], groot_[naam]
        print(f"{naam:<48}{1000 * a:>12.2f}{1000 * b:>12.2f}{b / a:>7.2f}x (hoogstens {GROEI}x)")
        print(f"{'  plat':<48}{1000 * plat_a:>12.2f}{1000 * plat_b:>12.2f}{plat_b / plat_a:>7.2f}x")
        hoogstens = f" (hoogstens {grens}x)" if grens else ""
        print(f"{f'  {naam} / plat{hoogstens}':<48}{a / plat_a:>11.2f}x{b / plat_b:>11.2f}x")
    print(f"geheugen: {voor / 1024:.0f} MB voor het vragen, {na / 1024:.0f} MB erna")


if __name__ == "__main__":
    main()
