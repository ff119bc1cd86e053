"""A database of its own for a benchmark, on the server that the settings name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from tests.bench.map_maken import schrijf_map

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402


@contextmanager
def eigen_database(naam: str) -> Iterator[str]:
    """Makes database `eenplan_<naam>` with the product's tables, connects to it, and drops it at the end."""
    oude_naam = connection.settings_dict["NAME"]
    eigen = f"eenplan_{naam}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {eigen} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {eigen}")
    connection.close()
    connection.settings_dict["NAME"] = eigen
    try:
        call_command("migrate", verbosity=0)
        yield eigen
    finally:
        connection.close()
        connection.settings_dict["NAME"] = oude_naam
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {eigen} WITH (FORCE)")
        connection.close()


@contextmanager
def blijvende_database(naam: str, versie: str) -> Iterator[tuple[str, bool]]:
    """Connects to database `eenplan_<naam>_<versie>`, which stays; made if need be (then True), older versions go.

    What fails while it is new is not kept.
    """
    oude_naam = connection.settings_dict["NAME"]
    eigen = f"eenplan_{naam}_{versie}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"eenplan_{naam}_"])
        er_zijn = {database for (database,) in cursor.fetchall()}
        for oud in er_zijn - {eigen}:
            cursor.execute(f"DROP DATABASE {oud} WITH (FORCE)")
        nieuw = eigen not in er_zijn
        if nieuw:
            cursor.execute(f"CREATE DATABASE {eigen}")
    connection.close()
    connection.settings_dict["NAME"] = eigen
    klaar = False
    try:
        if nieuw:
            call_command("migrate", verbosity=0)
        yield eigen, nieuw
        klaar = True
    finally:
        connection.close()
        connection.settings_dict["NAME"] = oude_naam
        if nieuw and not klaar:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {eigen} WITH (FORCE)")
        connection.close()


def bench_map(meldingen: int, dagen: int) -> Path:
    """The folder with this many meldingen, made once and kept outside git."""
    map = Path(settings.EENPLAN_DATA) / "bench" / f"{meldingen}-{dagen}"
    if not (map / "klaar").exists():
        print(f"{meldingen} meldingen maken...", flush=True)
        schrijf_map(map, meldingen=meldingen, dagen=dagen)
        (map / "klaar").touch()
    return map
