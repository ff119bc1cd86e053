"""The demo of today in a database of its own, for every test that walks through the work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from config.demo.accounts import maak_accounts
from config.demo.cijfers import lees_cijfers
from config.demo.overdracht import Overdracht
from config.demo.sociale_kaart import vul_sociale_kaart
from config.demo.teams import schrijf_teams
from config.demo.vandaag import maak_vandaag
from config.overdracht.importeren import importeer
from tests.conftest import EigenDatabase, gooi_weg, kopie

REFERENTIE = ("teams", "postcodes")


@pytest.fixture(scope="session")
def demosjabloon(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with the teams, the sociale kaart, the accounts and the cases of today.

    Without the years before. Made once by each process; nobody connects to it but to copy it.
    """
    map_ = tmp_path_factory.mktemp("demo")
    with kopie(django_db_blocker, bewaar=True) as database:
        with Overdracht(map_) as uit:
            schrijf_teams(lees_cijfers(), 1, uit)
        for bestand in map_.glob("*.csv"):
            if bestand.stem not in REFERENTIE:
                bestand.unlink()
        importeer(map_)
        vul_sociale_kaart()
        maak_accounts("")
        maak_vandaag()
    yield database.naam
    with django_db_blocker.unblock():
        gooi_weg(database.naam)


@pytest.fixture
def demodatabase(demosjabloon: str, django_db_blocker: DjangoDbBlocker) -> Iterator[EigenDatabase]:
    """The demo, for one test alone."""
    with kopie(django_db_blocker, van=demosjabloon) as eigen:
        yield eigen
