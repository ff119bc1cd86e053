"""Two teams with somebody in each, the FG, and a household in the area of the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from households import workflow
from households.models import Huishouden, Persoon
from teams.lezen import Spoor
from teams.models import Grond, Handeling, Inzage, Medewerker, Postcodegebied, Rol, Team
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan

Regel = Callable[..., Inzage]


@pytest.fixture
def haven(db: None) -> Team:
    """The team of postcode 1316."""
    team = TeamFactory(code="haven", naam="Wijkteam Haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


@pytest.fixture
def stad(db: None) -> Team:
    """Another team."""
    return TeamFactory(code="stad", naam="Wijkteam Stad")


@pytest.fixture
def wijkwerker(haven: Team) -> Medewerker:
    """Works in Haven."""
    return stel_aan(
        MedewerkerFactory(username="wijkwerker", first_name="Sanne", last_name="de Wit"),
        Rol.WIJKWERKER,
        haven,
    )


@pytest.fixture
def collega(stad: Team) -> Medewerker:
    """Works in Stad."""
    return stel_aan(
        MedewerkerFactory(username="collega", first_name="Youssef", last_name="El Amrani"),
        Rol.WIJKWERKER,
        stad,
    )


@pytest.fixture
def fg(db: None) -> Medewerker:
    """Sees to privacy."""
    return stel_aan(MedewerkerFactory(username="fg", first_name="Els", last_name="van Dam"), Rol.FG)


@pytest.fixture
def toezicht(fg: Medewerker) -> Client:
    """A browser in which the FG is signed in."""
    return browser(fg)


def browser(medewerker: Medewerker) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.fixture
def inwoner(db: None) -> Persoon:
    return PersoonFactory(voornamen="Jo", achternaam="Jansen", geboortedatum=date(1943, 5, 1))


@pytest.fixture
def huishouden(inwoner: Persoon, wijkwerker: Medewerker, haven: Team) -> Huishouden:
    """The inwoner alone, in Haven since 2015; the wijkwerker is contact person."""
    huis = workflow.nieuw_huishouden(
        persoon=inwoner, vanaf=date(2015, 1, 1), door=wijkwerker, postcode="1316AA", huisnummer="1"
    )
    workflow.maak_contactpersoon(huis, wijkwerker, door=wijkwerker)
    return huis


@pytest.fixture
def regel(db: None) -> Regel:
    """Writes a line of the log on a moment of choice, which only a test can."""

    def schrijf(door: Medewerker | None, op: datetime | None = None, **velden: object) -> Inzage:
        spoor = Spoor.van(door) if door else None
        waarden = {
            "onderwerp": "households.Persoon",
            "handeling": Handeling.GEOPEND,
            "toegestaan": True,
            "grond": Grond.EIGEN_TEAM,
            **velden,
        }
        if not waarden["toegestaan"]:
            waarden["grond"] = None
        label, handeling = waarden.pop("onderwerp"), waarden.pop("handeling")
        if spoor:
            rij = spoor.regel(label, handeling, **waarden)
        else:
            rij = Inzage(onderwerp=label, handeling=handeling, weg=4, **waarden)
        rij.op = op or timezone.now()
        rij.save()
        return rij

    return schrijf


def plan(qs: object) -> str:
    """How PostgreSQL answers a queryset when a table is too long to read from end to end, or to sort."""
    with connection.cursor() as cursor:
        for manier in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{manier} = off")
    return str(qs.explain())  # type: ignore[attr-defined]
