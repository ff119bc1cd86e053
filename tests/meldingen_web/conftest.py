"""Two teams with somebody in each, and who divides the work of the first."""

from __future__ import annotations

from datetime import date

import pytest

from teams.models import Aanstelling, Medewerker, Postcodegebied, Rol, Team
from tests.factories import MedewerkerFactory, TeamFactory


def stel_aan(medewerker: Medewerker, rol: Rol, team: Team | None = None) -> Medewerker:
    """Give somebody a role since 2015."""
    Aanstelling.objects.create(medewerker=medewerker, rol=rol, team=team, vanaf=date(2015, 1, 1))
    return medewerker


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """The database of the test: one of its own where it asks for that, else a transaction."""
    request.getfixturevalue("eigen_database" if "eigen_database" in request.fixturenames else "db")


@pytest.fixture
def haven(database: None) -> Team:
    """The team of the wijkwerker, for postcode 1316."""
    team = TeamFactory(code="haven", naam="Haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


@pytest.fixture
def stad(database: None) -> Team:
    """The team of the collega, for postcode 1315."""
    team = TeamFactory(code="stad", naam="Stad")
    Postcodegebied.objects.create(postcode="1315", team=team)
    return team


@pytest.fixture
def wijkwerker(haven: Team) -> Medewerker:
    """Works in Haven."""
    return stel_aan(MedewerkerFactory(username="wijkwerker"), Rol.WIJKWERKER, haven)


@pytest.fixture
def collega(stad: Team) -> Medewerker:
    """Works in Stad."""
    return stel_aan(MedewerkerFactory(username="collega"), Rol.WIJKWERKER, stad)


@pytest.fixture
def coordinator(haven: Team) -> Medewerker:
    """Divides the work of Haven."""
    return stel_aan(MedewerkerFactory(username="coordinator"), Rol.COORDINATOR, haven)
