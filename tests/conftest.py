"""What every test may use: the cast of three, a database of one's own, and how many random cases to try."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.db import connections
from django.test import override_settings
from hypothesis import HealthCheck, settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from teams.kluis import SOORTEN, nieuwe_sleutel, schrijf_sleutels
from teams.models import Medewerker
from tests.factories import MedewerkerFactory
from tests.sjabloon import maak_proefdatabase

# A random case is a whole history in the database, so it may take its time on a busy machine. The small number is
# the same cases every time, so that a change is refused for what it did; `make test-full` looks for new ones.
settings.register_profile(
    "klein",
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=True,
)
settings.register_profile("vol", settings.get_profile("klein"), max_examples=200, derandomize=False)
settings.load_profile("vol" if os.environ.get("EENPLAN_VOL") else "klein")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test with many cases `make test` takes a few, `make test-full` and a choice by name all of them.

    And the files with a browser come first: they take longest, and a file is done by one process.
    """
    if not (os.environ.get("EENPLAN_VOL") or config.getoption("keyword") or "::" in " ".join(config.args)):
        gekozen = set(kies_gevallen(items))
        config.hook.pytest_deselected(items=[item for item in items if item not in gekozen])
        items[:] = [item for item in items if item in gekozen]
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def kies_gevallen(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Of each test the first and the last case, of one in a browser the last; all where it is `elk_geval`."""
    per_test: dict[str, list[pytest.Item]] = {}
    for item in items:
        if not item.get_closest_marker("vol"):
            per_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
        else:
            yield item
    for gevallen in per_test.values():
        if gevallen[0].get_closest_marker("elk_geval"):
            yield from gevallen
        elif gevallen[0].get_closest_marker("browser"):
            yield gevallen[-1]
        else:
            yield from {gevallen[0]: None, gevallen[-1]: None}


@dataclass(frozen=True)
class EigenDatabase:
    """Where the database of one test is: `naam` on the server, and `url` for a process of its own."""

    naam: str
    url: str


@pytest.fixture(scope="session", autouse=True)
def _sleutels(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys for these tests alone, also in processes of their own."""
    bestand = tmp_path_factory.mktemp("sleutels") / "sleutels.json"
    with pytest.MonkeyPatch.context() as omgeving, override_settings(EENPLAN_SLEUTELS=bestand):
        omgeving.setenv("EENPLAN_SLEUTELS", str(bestand))
        schrijf_sleutels({soort: [nieuwe_sleutel()] for soort in SOORTEN})
        yield


@pytest.fixture(scope="session", autouse=True)
def _snel(django_test_environment: None) -> Iterator[None]:
    """Passwords cost little, and not every `Client` looks up all static files once more.

    For the whole session, so also for what is made once for many tests.
    """
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], WHITENOISE_AUTOREFRESH=True
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database, also for a session in which no test names `db` itself.

    The plugin's own makes one only when it sees a test that does; the cast and `eigen_database` ask for it
    later, and would then find the real one. And it migrates in every process, which takes longest of all.
    """
    verbinding = connections["default"]
    with django_db_blocker.unblock():
        echt = maak_proefdatabase()
    yield
    with django_db_blocker.unblock():
        _stuur_anderen_weg(verbinding.settings_dict["NAME"])
        verbinding.creation.destroy_test_db(echt, verbosity=0)


@pytest.fixture
def eigen_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[EigenDatabase]:
    """A migrated database for this test alone, in which commits are real; it is dropped afterwards.

    For threads, kills and commands in another process. The default connection of every thread goes to a
    copy of the test database, with the rows of the data migrations in it. Don't ask for `db` beside it, nor
    mark the test with `django_db`; the cast works with both. A thread closes its own connection when it is
    done. A process of its own gets there by `DATABASE_URL=eigen_database.url` in its environment, also where
    PostgreSQL is the embedded one.
    """
    with kopie(django_db_blocker) as eigen:
        yield eigen


@contextmanager
def kopie(
    django_db_blocker: DjangoDbBlocker, van: str | None = None, *, bewaar: bool = False
) -> Iterator[EigenDatabase]:
    """A copy of the database that is connected, or of `van`, to which connections go until the end.

    Then it is dropped; with `bewaar` it stays, to be copied from.
    """
    verbinding = connections["default"]
    proef = verbinding.settings_dict["NAME"]
    naam = f"{proef[:50]}_{uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        _stuur_anderen_weg(van or proef)
        _beheer("CREATE DATABASE {} TEMPLATE {}", sql.Identifier(naam), sql.Identifier(van or proef))
        verbinding.settings_dict["NAME"] = naam
        try:
            yield EigenDatabase(naam, _url(naam))
        finally:
            verbinding.close()
            verbinding.settings_dict["NAME"] = proef
            if not bewaar:
                gooi_weg(naam)


def gooi_weg(naam: str) -> None:
    """Drop a database that `kopie` made."""
    _beheer("DROP DATABASE {} WITH (FORCE)", sql.Identifier(naam))


def _stuur_anderen_weg(naam: str) -> None:
    """End every session on this database, also of a thread that forgot: else it can't be copied or dropped."""
    connections["default"].close()
    _beheer(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = {} AND usename = current_user AND backend_type = 'client backend'",
        sql.Literal(naam),
    )


def _beheer(opdracht: str, *delen: sql.Composable) -> None:
    """Run a command outside any transaction, on the database that every server has."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(opdracht).format(*delen))


def _url(naam: str) -> str:
    connections["default"].ensure_connection()
    info = connections["default"].connection.info
    wachtwoord = f":{quote(info.password, safe='')}" if info.password else ""
    waar = urlencode({"host": info.host, "port": info.port}, quote_via=quote)
    return f"postgresql://{quote(info.user, safe='')}{wachtwoord}@/{naam}?{waar}"


@pytest.fixture
def wijkwerker(request: pytest.FixtureRequest) -> Medewerker:
    """Does the work in these tests."""
    return _medewerker(request, "wijkwerker")


@pytest.fixture
def collega(request: pytest.FixtureRequest) -> Medewerker:
    """Works beside the wijkwerker, on the same melding."""
    return _medewerker(request, "collega")


@pytest.fixture
def buitenstaander(request: pytest.FixtureRequest) -> Medewerker:
    """Has an account that is no longer in use."""
    return _medewerker(request, "buitenstaander", is_active=False)


def _medewerker(request: pytest.FixtureRequest, naam: str, **kenmerken: bool) -> Medewerker:
    request.getfixturevalue("eigen_database" if "eigen_database" in request.fixturenames else "db")
    return MedewerkerFactory(username=naam, **kenmerken)
