"""One migrated database on the server, of which every process that runs tests makes its own by copying it.

`python -m tests.sjabloon` makes it beforehand, so that no test waits for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

APPS = ("teams", "households", "voorzieningen", "meldingen", "reporting")
GEDEELTEN = ("migrations/*.py", "models.py", "models/*.py", "sql.py", "catalogus/*")
"""Where in an app stands what a migrated database is made of."""
PROEF = "proef"
"""The folder of the server that `make test` has for the tests alone."""
SLOT = 20150402
"""The number under which processes wait for each other, in whatever checkout or on whatever machine they are."""


def bronnen() -> list[Path]:
    """The files of the product that decide what stands in a migrated database."""
    per_app = (sorted((settings.BASE_DIR / app).glob(deel)) for app in APPS for deel in GEDEELTEN)
    return [settings.BASE_DIR / "config" / "settings.py", *(bron for deel in per_app for bron in deel)]


def sleutel() -> str:
    """Another one for other migrations, models, settings or data, and for another Django."""
    som = sha256(version("django").encode())
    for bron in bronnen():
        som.update(f"{bron.relative_to(settings.BASE_DIR)}\0".encode() + bron.read_bytes())
    return som.hexdigest()[:12]


def maak_proefdatabase() -> str:
    """Copy the template to the database of this process, and go there; gives the name of the real one.

    The first process makes the template, and others wait. It stays on the server, also for the next run: until
    what it is made of changes. It gets its name when it is whole, so one that was broken off is never copied.
    """
    verbinding = connections["default"]
    echt = verbinding.settings_dict["NAME"]
    proef = verbinding.creation._get_test_db_name()
    with _om_de_beurt() as cursor:
        sjabloon = _zorg_voor_sjabloon(cursor)
        _doe(cursor, "DROP DATABASE IF EXISTS {} WITH (FORCE)", proef)
        _doe(cursor, "CREATE DATABASE {} TEMPLATE {}", proef, sjabloon)
    settings.DATABASES["default"]["NAME"] = verbinding.settings_dict["NAME"] = proef
    return str(echt)


def _zorg_voor_sjabloon(cursor: CursorWrapper) -> str:
    """The name of the template, which is made when there is none or another one."""
    begin = f"test_{connections['default'].settings_dict['NAME'][:24]}_sjabloon_"
    if _alleen_voor_proeven():
        cursor.execute("ALTER SYSTEM SET fsync = off")
        cursor.execute("SELECT pg_reload_conf()")
    if not _namen(cursor, begin + sleutel()):
        for oud in _namen(cursor, begin):
            _doe(cursor, "DROP DATABASE {} WITH (FORCE)", oud)
        _maak(begin + "nieuw")
        _doe(cursor, "ALTER DATABASE {} RENAME TO {}", begin + "nieuw", begin + sleutel())
    return begin + sleutel()


def _alleen_voor_proeven() -> bool:
    """Whether the server is one of which nothing is lost with the machine: the wait for the disk is left out there."""
    data = settings.DATABASES["default"].get("DATA")
    return data is not None and Path(data).name == PROEF


@contextmanager
def _om_de_beurt() -> Iterator[CursorWrapper]:
    """A cursor outside any transaction; who comes second waits until the first is done, or gone."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SLOT])
        yield cursor


def _maak(naam: str) -> None:
    """Migrate a new database of this name, and leave it without a session."""
    verbinding = connections["default"]
    proef = verbinding.settings_dict["TEST"]["NAME"]
    verbinding.settings_dict["TEST"]["NAME"] = naam
    try:
        verbinding.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        verbinding.close()
        verbinding.settings_dict["TEST"]["NAME"] = proef


def _namen(cursor: CursorWrapper, begin: str) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin])
    return [naam for (naam,) in cursor.fetchall()]


def _doe(cursor: CursorWrapper, opdracht: str, *namen: str) -> None:
    cursor.execute(sql.SQL(opdracht).format(*map(sql.Identifier, namen)))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with _om_de_beurt() as cursor:
        _zorg_voor_sjabloon(cursor)
