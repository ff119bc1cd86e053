"""Two teams in two stadsdelen, rows on the sociale kaart, and files with such rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from teams.models import Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from voorzieningen.models import AlgemeneVoorziening
from voorzieningen.socialekaart import KOLOMMEN

MaakRij = Callable[..., AlgemeneVoorziening]
MaakBestand = Callable[..., bytes]


@pytest.fixture
def noord(db: None) -> Team:
    return TeamFactory(code="NRD", naam="Wijkteam Noord", stadsdeel="Haven")


@pytest.fixture
def zuid(db: None) -> Team:
    return TeamFactory(code="ZUI", naam="Wijkteam Zuid", stadsdeel="Stad")


@pytest.fixture
def beheer(db: None) -> Medewerker:
    """Manages the reference data."""
    return stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER)


@pytest.fixture
def lezer(client: Client, wijkwerker: Medewerker) -> Client:
    """A browser in which the wijkwerker is signed in."""
    stel_aan(wijkwerker, Rol.ANALIST)
    client.force_login(wijkwerker)
    return client


@pytest.fixture
def beheerder(beheer: Medewerker) -> Client:
    """A browser in which beheer is signed in."""
    browser = Client()
    browser.force_login(beheer)
    return browser


@pytest.fixture
def op_de_kaart(db: None) -> MaakRij:
    """Puts a row on the kaart, for the whole municipality unless it says otherwise."""

    def maak(naam: str, **kenmerken: Any) -> AlgemeneVoorziening:
        return AlgemeneVoorziening.objects.create(naam=naam, **{"hele_gemeente": True, **kenmerken})

    return maak


@pytest.fixture
def bestand() -> MaakBestand:
    """Makes a file: each row is a set of cells beside those of a row that is right."""

    def maak(*rijen: dict[str, str], scheiding: str = ";", codering: str = "utf-8") -> bytes:
        uit = io.StringIO(newline="")
        schrijver = csv.DictWriter(uit, list(KOLOMMEN), restval="", delimiter=scheiding)
        schrijver.writeheader()
        for nummer, rij in enumerate(rijen, start=1):
            schrijver.writerow({"code": f"K{nummer}", "naam": f"Rij {nummer}", "hele_gemeente": "ja", **rij})
        return uit.getvalue().encode(codering)

    return maak
