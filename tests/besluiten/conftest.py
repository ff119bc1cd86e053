"""A melding of somebody of whom everything is known that a besluit needs, and people to decide on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from households.models import Documentsoort, Huishouden, Identiteitscontrole, Persoon, Verblijf
from meldingen import workflow
from meldingen.models import Melding
from teams.models import Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory, stel_aan
from voorzieningen.models import (
    Aanbieder,
    Besluit,
    Eenheid,
    Financieringsvorm,
    Per,
    Toets,
    Voorziening,
    Wet,
)
from voorzieningen.workflow import keur_toets_goed, pak_toets_op, vraag_toets

GEMELD = timedelta(days=40)
BSN = "999990019"

MaakBesluit = Callable[..., Besluit]


def vandaag() -> date:
    return timezone.localdate()


@pytest.fixture
def haven(db: None) -> Team:
    return TeamFactory(code="haven", naam="Wijkteam Haven")


@pytest.fixture
def wijkwerker(haven: Team) -> Medewerker:
    return stel_aan(
        MedewerkerFactory(username="wijkwerker", first_name="Wil", last_name="Werker"), Rol.WIJKWERKER, haven
    )


@pytest.fixture
def toetser(db: None) -> Medewerker:
    return stel_aan(
        MedewerkerFactory(username="toetser", first_name="Toos", last_name="Toetser"), Rol.TOETSER
    )


def maak_inwoner(
    team: Team, door: Medewerker, *, geboren: date = date(1950, 3, 1), bsn: str = BSN
) -> Persoon:
    """Somebody who lives in the area of the team and whose identity was seen."""
    persoon = Persoon.objects.create(achternaam="Jansen", voornamen="Jo", geboortedatum=geboren, bsn=bsn)
    Verblijf.objects.create(
        persoon=persoon, huishouden=Huishouden.objects.create(), team=team, vanaf=date(2010, 1, 1), door=door
    )
    Identiteitscontrole.objects.create(
        persoon=persoon, document=Documentsoort.PASPOORT, gezien_op=vandaag(), door=door
    )
    return persoon


def maak_zaak(team: Team, door: Medewerker, *, tot: str = "plan_akkoord", **kenmerken: Any) -> Melding:
    """A melding of forty days ago that came as far as `tot`, with its aanvraag when that is possible."""
    persoon = kenmerken.pop("persoon", None) or maak_inwoner(team, door)
    melding = MeldingFactory(
        op=vandaag() - GEMELD, tot=tot, team=team, door=door, persoon=persoon, **kenmerken
    )
    if tot in ("onderzoek_afgerond", "plan_akkoord"):
        workflow.dien_aanvraag_in(melding, op=vandaag() - timedelta(days=3), door=door)
    return melding


@pytest.fixture
def melding(haven: Team, wijkwerker: Medewerker) -> Melding:
    return maak_zaak(haven, wijkwerker)


def hulp(wet: Wet = Wet.WMO) -> Voorziening:
    """A product of the catalogue that comes with the product."""
    groep = {Wet.WMO: "begeleiding", Wet.JEUGDWET: "ambulante ondersteuning jeugdige-gezin-school"}[wet]
    return Voorziening.objects.filter(groep__naam=groep).order_by("pk")[0]


def inhoud(**anders: Any) -> dict[str, Any]:
    """What is filled in of a besluit: two hours a week, for half a year, by Zorgzaam."""
    zin = anders.get("financieringsvorm", Financieringsvorm.ZIN) == Financieringsvorm.ZIN
    aanbieder = Aanbieder.objects.get_or_create(naam="Zorgzaam")[0] if zin else None
    return {
        "voorziening": hulp(),
        "financieringsvorm": Financieringsvorm.ZIN,
        "aanbieder": aanbieder,
        "aantal": Decimal(2),
        "eenheid": Eenheid.UUR,
        "per": Per.WEEK,
        "prijs": Decimal("50.00"),
        "ingangsdatum": vandaag(),
        "einddatum": vandaag() + timedelta(days=181),
        "motivering": "U kunt uw huishouden niet zelf doen en niemand kan u daarbij helpen.",
        **anders,
    }


@pytest.fixture
def besluit(melding: Melding, wijkwerker: Medewerker) -> Besluit:
    assert melding.persoon
    return workflow.stel_besluit_op(melding, persoon=melding.persoon, door=wijkwerker, **inhoud())


def toets_goed(besluit: Besluit, *, van: Medewerker, door: Medewerker) -> Toets:
    """Asked by one, and found right by another."""
    toets = vraag_toets(besluit, door=van)
    pak_toets_op(toets, door=door)
    return keur_toets_goed(toets, oordeel="Het klopt.", door=door)
