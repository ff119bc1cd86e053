"""Two teams with somebody in each, and who divides the work of the first."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from meldingen import workflow
from meldingen.models import (
    Aanleiding,
    Categorie,
    Kanaal,
    Meldersoort,
    Melding,
    Opschaling,
    Opschalingsoort,
    Toestemming,
)
from meldingen.workflow import Melder, NieuwePersoon
from teams.models import Medewerker, Postcodegebied, Rol, Team, Teamsoort
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """The database of the test: one of its own where it asks for that, else a transaction."""
    request.getfixturevalue("eigen_database" if "eigen_database" in request.fixturenames else "db")


@pytest.fixture
def haven(database: None) -> Team:
    """The team of the wijkwerker, for postcode 1316."""
    team = TeamFactory(code="haven", naam="Wijkteam Haven")
    Postcodegebied.objects.create(postcode="1316", team=team)
    return team


@pytest.fixture
def stad(database: None) -> Team:
    """The team of the collega, for postcode 1315."""
    team = TeamFactory(code="stad", naam="Wijkteam Stad")
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


@pytest.fixture
def buur(haven: Team) -> Medewerker:
    """Works beside the wijkwerker in haven."""
    return stel_aan(
        MedewerkerFactory(username="buur", first_name="Bo", last_name="Buur"), Rol.WIJKWERKER, haven
    )


@pytest.fixture
def fg(database: None) -> Medewerker:
    """Sees to privacy."""
    return stel_aan(MedewerkerFactory(username="fg", email="fg@voorbeeld.nl"), Rol.FG)


def werkt(medewerker: Medewerker, team: Team | None, rol: Rol = Rol.WIJKWERKER) -> Medewerker:
    """`medewerker` works in the team, since long."""
    return stel_aan(medewerker, rol, team)


@pytest.fixture
def melding(wijkwerker: Medewerker, haven: Team) -> Melding:
    """Came in today, from somebody in the area of haven whom nobody knew."""
    return meld("Jansen", door=wijkwerker)


def meld(
    achternaam: str, *, door: Medewerker, postcode: str = "1316AA", telefoon: str = "0612345678"
) -> Melding:
    """A melding of a household of one."""
    return workflow.neem_aan(
        voor=NieuwePersoon(
            achternaam,
            voornamen="Jo",
            geboortedatum=date(1943, 5, 1),
            telefoon=telefoon,
            email="jo@voorbeeld.nl",
            postcode=postcode,
            huisnummer="1",
        ),
        melder=Melder(Meldersoort.NAASTE, "Kim", telefoon=telefoon, relatie="dochter"),
        vraag="Hulp na een val",
        op=timezone.localdate(),
        toestemming=Toestemming.JA,
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.TELEFOON,
        aanleiding=Aanleiding.NIEUWE_VRAAG,
        toch_apart=True,
        door=door,
    )


@pytest.fixture
def bezoek(client: Client, wijkwerker: Medewerker) -> Client:
    """The browser of the wijkwerker."""
    client.force_login(wijkwerker)
    return client


@pytest.fixture
def expertteam(haven: Team) -> Team:
    """To which the teams of the stadsdeel of haven scale up."""
    Team.objects.filter(pk=haven.pk).update(stadsdeel="Haven")
    return TeamFactory(
        code="xhaven", naam="Expertteam Haven", soort=Teamsoort.EXPERTTEAM, stadsdeel="Haven, Poort"
    )


@pytest.fixture
def expert(expertteam: Team) -> Medewerker:
    """Works in the expertteam of haven."""
    return stel_aan(MedewerkerFactory(username="expert", email="expert@voorbeeld.nl"), Rol.EXPERT, expertteam)


@pytest.fixture
def opgeschaald(melding: Melding, wijkwerker: Medewerker, expert: Medewerker) -> Opschaling:
    """The wijkwerker asked a bindend advies of the expertteam."""
    assert melding.huishouden
    return workflow.schaal_op(
        melding.huishouden,
        soort=Opschalingsoort.BINDEND_ADVIES,
        vraag="Is thuis wonen nog veilig?",
        melding=melding,
        door=wijkwerker,
    )
