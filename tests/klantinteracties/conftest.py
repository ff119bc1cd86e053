"""A team, the software of a KCC with its teken, and that of another KCC."""

from __future__ import annotations

import pytest
from django.test import Client

from teams.models import Afnemer, Medewerker, Rol, Team
from teams.workflow.afnemers import geef_teken, maak_afnemer
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from tests.klantinteracties.kiss import Kiss, met_client


@pytest.fixture
def haven(db: None) -> Team:
    """Where the work goes."""
    return TeamFactory(code="haven", naam="Team Haven")


@pytest.fixture
def wijkwerker(haven: Team) -> Medewerker:
    """Works there."""
    return stel_aan(
        MedewerkerFactory(username="wijkwerker", email="wijkwerker@gemeente.example"), Rol.WIJKWERKER, haven
    )


@pytest.fixture
def coordinator(haven: Team) -> Medewerker:
    """Divides the work there."""
    return stel_aan(MedewerkerFactory(username="coordinator"), Rol.COORDINATOR, haven)


def nieuw_teken(naam: str) -> tuple[Afnemer, str]:
    """Software that may use this API alone, and its teken."""
    afnemer, _ = maak_afnemer(naam=naam, scopes=["klantinteracties"])
    return afnemer, geef_teken(afnemer)[1]


@pytest.fixture
def kcc(db: None) -> Afnemer:
    """The software of the KCC."""
    return nieuw_teken("KISS")[0]


@pytest.fixture
def teken(kcc: Afnemer) -> str:
    """Its teken."""
    return geef_teken(kcc)[1]


@pytest.fixture
def ander_teken(db: None) -> str:
    """Of the software of somebody else."""
    return nieuw_teken("Andere KISS")[1]


@pytest.fixture
def kiss(client: Client, teken: str, haven: Team) -> Kiss:
    """An agent at work."""
    return Kiss(met_client(client, teken))
