"""A municipality with two teams and a handful of meldingen, and somebody who looks at its figures."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from meldingen.models import Categorie, Kanaal
from teams.models import Medewerker, Rol, Team
from tests.factories import MeldingFactory, TeamFactory, stel_aan


@pytest.fixture
def lezer(client: Client, wijkwerker: Medewerker) -> Client:
    """A browser in which the wijkwerker is signed in."""
    stel_aan(wijkwerker, Rol.ANALIST)
    client.force_login(wijkwerker)
    return client


@pytest.fixture
def noord(db: None) -> Team:
    return TeamFactory(code="noord", naam="Wijkteam Noord")


@pytest.fixture
def zuid(db: None) -> Team:
    return TeamFactory(code="zuid", naam="Wijkteam Zuid")


@pytest.fixture
def meldingen(noord: Team, zuid: Team) -> None:
    """2015-Q1: one in the voorveld. 2015-Q2: five of volwassenen, of which two granted, and one of jeugd."""
    MeldingFactory(op=date(2015, 2, 2), tot="voorveld", team=noord)
    MeldingFactory(op=date(2015, 4, 1), tot="toegekend", team=noord)
    MeldingFactory(op=date(2015, 4, 2), tot="toegekend", team=zuid)
    MeldingFactory(op=date(2015, 5, 5), tot="niet_toegekend", team=noord, kanaal=Kanaal.BALIE)
    MeldingFactory(op=date(2015, 6, 1), tot="gesprek", team=noord)
    MeldingFactory(op=date(2015, 6, 30), tot="voorveld", team=zuid)
    MeldingFactory(op=date(2015, 5, 1), team=noord, categorie=Categorie.JEUGD)
