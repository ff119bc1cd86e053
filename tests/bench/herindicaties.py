"""`python -m tests.bench.herindicaties`: the night in which indicaties that end become meldingen, among a million."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from tests.bench.database import connection, eigen_database  # isort: skip

from django.db import transaction
from django.test.utils import CaptureQueriesContext

from config.overdracht.meldingen import leid_standen_af
from meldingen.herindicatie import NACHTWERK, TE_MELDEN, maak_herindicaties, waarden_op
from teams.models import Medewerker, Team, Teamsoort

BESCHIKKINGEN = 1_000_000
BEURTEN = 3
GRENS = 3
OP = date(2026, 3, 2)
TABELLEN = (
    "households_huishouden",
    "households_persoon",
    "households_verblijf",
    "meldingen_melding",
    "meldingen_gebeurtenis",
    "meldingen_koppeling",
    "voorzieningen_beschikking",
)
VULLING = """
    INSERT INTO households_huishouden (id) SELECT generate_series(1, %(personen)s / 2);
    INSERT INTO households_persoon (id, achternaam, geboortedatum)
    SELECT i, 'Inwoner' || i, date '1930-01-01' + (i * 31) %% 32000 FROM generate_series(1, %(personen)s) AS i;
    INSERT INTO households_verblijf (persoon_id, huishouden_id, team_id, vanaf)
    SELECT i, 1 + i %% (%(personen)s / 2), 1 + i %% 16, '2015-01-01' FROM generate_series(1, %(personen)s) AS i;
    INSERT INTO meldingen_melding (id, persoon_id, huishouden_id, team_id, status)
    SELECT i, i, 1 + i %% (%(personen)s / 2), 1 + i %% 16, 'toegekend' FROM generate_series(1, %(personen)s) AS i;
    INSERT INTO meldingen_gebeurtenis (melding_id, soort, datum, team_id, categorie, kanaal, aanleiding)
    SELECT i, s, date '2023-01-01' + s, CASE WHEN s = 1 THEN 1 + i %% 16 END, CASE WHEN s = 1 THEN 1 END,
           CASE WHEN s = 1 THEN 1 END, CASE WHEN s = 1 THEN 1 END
    FROM generate_series(1, %(personen)s) AS i, (VALUES (1), (7)) AS soort (s);
    INSERT INTO voorzieningen_beschikking (ref, persoon_id, melding_id, voorziening_id, ingangsdatum, einddatum)
    SELECT 'b' || i, 1 + i %% %(personen)s, 1 + i %% %(personen)s, p.alle[1 + (i * 79) %% cardinality(p.alle)],
           begin.dag, CASE WHEN i %% 5 > 0 THEN begin.dag + 180 + (i * 31) %% 540 END
    FROM generate_series(1, %(beschikkingen)s) AS i,
         (SELECT array_agg(id ORDER BY id) AS alle FROM voorzieningen_voorziening) AS p,
         LATERAL (SELECT %(op)s::date - 720 + (i * 37) %% 700 AS dag) AS begin;
"""
KOLOMMEN = {
    "meldingen_gebeurtenis": (
        "melding_id, soort, datum, team_id, categorie, kanaal, aanleiding, door_id, geregistreerd_op"
    ),
    "meldingen_stand": "melding_id, van, ontvangen_op, team_id, categorie, kanaal, aanleiding",
    "meldingen_koppeling": "melding_id, persoon_id, huishouden_id, door_id, vanaf",
    "meldingen_melding": "id, persoon_id, huishouden_id, team_id, vraag, status, herindicatie_van_id, geregistreerd_op",
}
"""What the job fills, with the columns that it fills in."""
BRON = {
    "meldingen_gebeurtenis": (
        "melding, %(ontvangen)s, %(op)s, team_id, categorie, %(kanaal)s, %(aanleiding)s, %(door)s, moment"
    ),
    "meldingen_stand": "melding, moment, %(op)s, team_id, categorie, %(kanaal)s, %(aanleiding)s",
    "meldingen_koppeling": "melding, persoon_id, huishouden_id, %(door)s, moment",
    "meldingen_melding": "melding, persoon_id, huishouden_id, team_id, vraag, %(status)s, indicatie, moment",
}


def _kaal(*tabellen: str) -> str:
    """One statement that finds the rows and puts them into these tables."""
    *eerst, laatst = tabellen
    delen = [f"rij AS MATERIALIZED ({TE_MELDEN})"]
    delen += [
        f"{tabel} AS (INSERT INTO {tabel} ({KOLOMMEN[tabel]}) SELECT {BRON[tabel]} FROM rij)"
        for tabel in eerst
    ]
    return f"WITH {', '.join(delen)} INSERT INTO {laatst} ({KOLOMMEN[laatst]}) SELECT {BRON[laatst]} FROM rij"


def vul(beschikkingen: int) -> None:
    """Five beschikkingen for every two persons, of whom everybody lives somewhere."""
    for nummer in range(1, 17):
        Team.objects.create(
            pk=nummer, code=f"T{nummer:02}", naam=f"Wijkteam {nummer}", soort=Teamsoort.WIJKTEAM
        )
    Medewerker.systeem(NACHTWERK)
    waarden = {"beschikkingen": beschikkingen, "personen": beschikkingen * 2 // 5, "op": OP}
    with connection.cursor() as cursor:
        for tabel in TABELLEN:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER ALL")
        for opdracht in VULLING.split(";\n"):
            if opdracht.strip():
                cursor.execute(opdracht, waarden)
        leid_standen_af(cursor)
        for tabel in TABELLEN:
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER ALL")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabel}', 'id'), (SELECT max(id) FROM {tabel}))"
            )
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def kopie(van: str) -> Iterator[None]:
    """Connected to a copy of the database `van`, on which nothing was done yet; dropped at the end."""
    naam = f"{van}_kopie"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {naam} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {naam} TEMPLATE {van} STRATEGY FILE_COPY")
    connection.settings_dict["NAME"] = naam
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = van
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


def _nacht() -> int:
    return maak_herindicaties(OP)


def _bare(*tabellen: str) -> Callable[[], int]:
    """One INSERT .. SELECT of the same rows, with every index and foreign key but without the triggers."""

    def doe() -> int:
        with connection.cursor() as cursor:
            cursor.execute(_kaal(*tabellen), waarden_op(OP))
            return cursor.rowcount

    return doe


METINGEN: dict[str, Callable[[], int]] = {
    "de taak": _nacht,
    "kaal, de vier tabellen": _bare(*KOLOMMEN),
    "kaal, alleen de meldingen": _bare("meldingen_melding"),
}


def _meet(doe: Callable[[], int], *, kaal: bool) -> tuple[float, int]:
    """Seconds until the commit, and how many meldingen."""
    with connection.cursor() as cursor:
        for tabel in KOLOMMEN if kaal else ():
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        cursor.execute("CHECKPOINT")
    begin = time.perf_counter()
    with transaction.atomic():
        aantal = doe()
    return time.perf_counter() - begin, aantal


def main(beschikkingen: int) -> None:
    """Prints seconds of the job and of one bare statement in turns, their ratio, and the number of statements."""
    with eigen_database("herindicaties") as database:
        begin = time.perf_counter()
        vul(beschikkingen)
        print(f"{beschikkingen} beschikkingen gemaakt in {time.perf_counter() - begin:.0f} s", flush=True)
        tijden: dict[str, list[float]] = {}
        for _ in range(BEURTEN):
            for naam, doe in METINGEN.items():
                with kopie(database):
                    seconden, aantal = _meet(doe, kaal=doe is not _nacht)
                tijden.setdefault(naam, []).append(seconden)
                print(f"{naam:<28}{aantal:>9} {seconden:>7.2f} s", flush=True)
        with kopie(database):
            aantallen = []
            for _ in range(2):
                with CaptureQueriesContext(connection) as gedaan:
                    nieuw = maak_herindicaties(OP)
                aantallen.append((nieuw, len(gedaan)))
    taak, *kaal = (statistics.median(reeks) for reeks in tijden.values())
    for naam, seconden in zip(list(tijden)[1:], kaal, strict=True):
        print(f"de taak / {naam:<28}{taak / seconden:>6.2f}x (hoogstens {GRENS}x)")
    print(f"opdrachten: {', '.join(f'{nieuw} nieuw in {opdrachten}' for nieuw, opdrachten in aantallen)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else BESCHIKKINGEN)
