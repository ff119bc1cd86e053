"""Who registers what feeds the tables, each with a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from teams.models import Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan


@pytest.fixture
def haven(db: None) -> Team:
    """The team in which the work of these tests is done."""
    return TeamFactory(code="haven", naam="Wijkteam Haven", stadsdeel="Haven")


@pytest.fixture
def stad(db: None) -> Team:
    """Another team."""
    return TeamFactory(code="stad", naam="Wijkteam Stad", stadsdeel="Stad")


@pytest.fixture
def klachtenfunctionaris(db: None) -> Medewerker:
    """Works with klachten and bezwaren."""
    return stel_aan(MedewerkerFactory(username="klachten"), Rol.KLACHTEN)


@pytest.fixture
def analist(db: None) -> Medewerker:
    """Delivers figures of others."""
    return stel_aan(MedewerkerFactory(username="analist"), Rol.ANALIST)


@pytest.fixture
def browser_van() -> Callable[[Medewerker], Client]:
    """The browser of somebody who signed in."""

    def van(medewerker: Medewerker) -> Client:
        client = Client()
        client.force_login(medewerker)
        return client

    return van
