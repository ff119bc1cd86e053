"""`python -m tests.bench.zoeken`: recognising a caller while typing, with 2,000 persons known and with 200,000."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tests.bench.database import connection, eigen_database  # isort: skip

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from config.demo.namen import HERKOMSTEN
from households.models import Persoon
from households.zoeken import vind, zoek
from households.zoekvraag import Zoekvraag

KLEIN, GROOT = 1_000, 100_000
GRENS = 2
RONDEN, WARM = 25, 3
OP = date(2015, 6, 1)
LETTERGREPEN = [
    *("ba", "ker", "man", "hui", "sen", "dro", "ster", "ma"),
    *("lin", "wou", "ters", "ze", "ven", "ro", "ka", "ti"),
]
VULLING = """
    INSERT INTO households_huishouden (ref) SELECT 'h' || i FROM generate_series(1, %(huishoudens)s) AS i;
    INSERT INTO households_persoon (ref, tussenvoegsel, achternaam, voornamen, geboortedatum, telefoon, email)
    SELECT 'p' || i,
           CASE WHEN i %% 5 = 0 THEN 'van der' ELSE '' END,
           CASE WHEN hash(i, 1) %% 100 < 40
                THEN vaak[1 + floor(power((hash(i, 2) %% 10000) / 10000.0, 2) * cardinality(vaak))::int]
                ELSE initcap(greep[1 + hash(h, 3) %% 16] || greep[1 + hash(h, 4) %% 16] || greep[1 + hash(h, 5) %% 16]
                     || CASE WHEN hash(h, 6) %% 2 = 0 THEN greep[1 + hash(h, 7) %% 16] ELSE '' END) END
           || CASE WHEN i %% 17 = 0 THEN '-de ' || vaak[1 + hash(i, 8) %% cardinality(vaak)] ELSE '' END,
           voor[1 + floor(power((hash(i, 9) %% 10000) / 10000.0, 2) * cardinality(voor))::int],
           date '1930-01-01' + hash(i, 10) %% 31000,
           CASE WHEN i %% 3 > 0 THEN '06-' || (20000000 + hash(i, 11) %% 60000000) ELSE '' END,
           CASE WHEN i %% 4 = 0 THEN 'bewoner' || i || '@example.org' ELSE '' END
    FROM (SELECT i, (i + 1) / 2 AS h FROM generate_series(1, 2 * %(huishoudens)s) AS i) AS t,
         (SELECT %(vaak)s::text[] AS vaak, %(voor)s::text[] AS voor, %(greep)s::text[] AS greep) AS namen;
    INSERT INTO households_verblijf (persoon_id, huishouden_id, postcode, huisnummer, vanaf)
    SELECT p.id, h.id, 1300 + nr / 2500 || chr(65 + nr / 50 %% 26) || chr(65 + nr / 1300 %% 26),
           (1 + nr %% 25)::text, date '2010-01-01'
    FROM households_huishouden h CROSS JOIN LATERAL (SELECT substr(h.ref, 2)::int AS nr) AS n
    JOIN households_persoon p ON p.ref IN ('p' || 2 * nr, 'p' || 2 * nr - 1);
"""
HASH = """
    CREATE FUNCTION pg_temp.hash(rij int, zout int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN ('x' || substr(md5(rij || '/' || zout), 1, 7))::bit(28)::int
"""


def vul(huishoudens: int) -> None:
    """Households of two, with names of which some are common and most are not, as in a town."""
    namen = [naam.rpartition("|")[2] for herkomst in HERKOMSTEN for naam in herkomst.achternamen]
    voor = [naam for herkomst in HERKOMSTEN for naam in herkomst.mannen + herkomst.vrouwen]
    waarden = {"huishoudens": huishoudens, "vaak": namen, "voor": voor, "greep": LETTERGREPEN}
    with connection.cursor() as cursor:
        cursor.execute(HASH)
        cursor.execute(VULLING.replace("hash(", "pg_temp.hash("), waarden)
        cursor.execute("VACUUM ANALYZE")


def vragen() -> dict[str, list[Zoekvraag | str]]:
    """What is typed, letter by letter, about four persons who are known on either size."""
    bekend = Persoon.objects.filter(ref__in=("p7", "p340", "p1111", "p1800")).order_by("pk")
    typen: dict[str, list[Zoekvraag | str]] = {
        soort: []
        for soort in (
            "achternaam, letter voor letter",
            "voornaam achternaam",
            "tikfout in de achternaam",
            "tikfout en voornaam",
            "naam en geboortedatum",
            "naam en geboortejaar",
            "geboortedatum",
            "telefoon, cijfer voor cijfer",
            "postcode en huisnummer",
            "alles",
        )
    }
    for persoon in bekend:
        naam, voor = persoon.achternaam, persoon.voornamen
        fout = naam[0] + naam[2] + naam[1] + naam[3:]
        dag = f"{persoon.geboortedatum:%d-%m-%Y}"
        thuis = persoon.verblijven.get()
        telefoon = persoon.telefoon or "06-20000001"
        typen["achternaam, letter voor letter"] += [Zoekvraag(naam[:n]) for n in range(3, len(naam) + 1)]
        typen["voornaam achternaam"] += [f"{voor} {naam[:n]}" for n in range(1, len(naam) + 1)]
        typen["tikfout in de achternaam"] += [Zoekvraag(fout)]
        typen["tikfout en voornaam"] += [Zoekvraag(fout, voor), f"{voor} {fout}"]
        typen["naam en geboortedatum"] += [Zoekvraag(naam, geboortedatum=dag), f"{fout} {dag}"]
        typen["naam en geboortejaar"] += [Zoekvraag(naam, geboortedatum=dag[-4:])]
        typen["geboortedatum"] += [Zoekvraag(geboortedatum=dag)]
        typen["telefoon, cijfer voor cijfer"] += [Zoekvraag(telefoon=telefoon[:n]) for n in range(8, 12)]
        typen["postcode en huisnummer"] += [f"{thuis.postcode} {thuis.huisnummer}"]
        typen["alles"] += [
            Zoekvraag(naam, voor, dag, telefoon, persoon.email, thuis.postcode, thuis.huisnummer)
        ]
    return typen


def stel(vraag: Zoekvraag | str) -> int:
    """Asks, and gives the number of candidates."""
    stelt = vind if isinstance(vraag, str) else zoek
    return len(stelt(Persoon.objects.all(), vraag, op=OP))  # type: ignore[operator]


@contextmanager
def gemeente(huishoudens: int) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a town of this size, in a database of its own."""
    with eigen_database(f"zoeken_{huishoudens}") as naam:
        vul(huishoudens)
        verbinding = connections[DEFAULT_DB_ALIAS].copy()
        verbinding.settings_dict["NAME"] = naam
        try:
            yield verbinding
        finally:
            verbinding.close()


def meet(gemeenten: dict[int, BaseDatabaseWrapper]) -> dict[str, dict[int, float]]:
    """Median seconds of one call per kind of typing and size, in turns, so that both share the machine's moods."""
    gewoon = connections[DEFAULT_DB_ALIAS]
    tijden: dict[str, dict[int, list[float]]] = {}
    typen = {}
    try:
        for ronde in range(RONDEN + WARM):
            for huishoudens, verbinding in gemeenten.items():
                connections[DEFAULT_DB_ALIAS] = verbinding
                if ronde == 0:
                    typen[huishoudens] = vragen()
                    controleer(typen[huishoudens], groot=huishoudens == GROOT)
                for soort, reeks in typen[huishoudens].items():
                    begin = time.perf_counter()
                    for vraag in reeks:
                        stel(vraag)
                    duur = (time.perf_counter() - begin) / len(reeks)
                    if ronde >= WARM:
                        tijden.setdefault(soort, {}).setdefault(huishoudens, []).append(duur)
    finally:
        connections[DEFAULT_DB_ALIAS] = gewoon
    return {
        soort: {huishoudens: statistics.median(reeks) for huishoudens, reeks in per.items()}
        for soort, per in tijden.items()
    }


def controleer(typen: dict[str, list[Zoekvraag | str]], *, groot: bool) -> None:
    """Stops the benchmark when a call takes more than two statements, or in a large town reads all persons."""
    verbinding = connections[DEFAULT_DB_ALIAS]
    for vraag in (vraag for reeks in typen.values() for vraag in reeks):
        with CaptureQueriesContext(verbinding) as gedaan:
            stel(vraag)
        assert len(gedaan) <= 2, gedaan.captured_queries
        with verbinding.cursor() as cursor:
            for opdracht in gedaan.captured_queries:
                cursor.execute(f"EXPLAIN {opdracht['sql']}")
                plan = "\n".join(regel for (regel,) in cursor.fetchall())
                assert not groot or "Seq Scan" not in plan, plan


def main() -> None:
    """Prints milliseconds per call at both sizes, and how they grow."""
    with gemeente(KLEIN) as klein, gemeente(GROOT) as groot:
        tijden = meet({KLEIN: klein, GROOT: groot})
    print(f"\n{'herkennen (ms per aanroep, mediaan)':<40}{2 * KLEIN:>10,}{2 * GROOT:>10,}{'groei':>8}")
    for soort, per in tijden.items():
        print(
            f"{soort:<40}{1000 * per[KLEIN]:>10.2f}{1000 * per[GROOT]:>10.2f}{per[GROOT] / per[KLEIN]:>7.2f}x"
        )
    samen = sum(per[GROOT] for per in tijden.values()) / sum(per[KLEIN] for per in tijden.values())
    print(f"{f'samen (hoogstens {GRENS})':<60}{samen:>7.2f}x")


if __name__ == "__main__":
    main()
