"""A coördinator sees what the KCC told halfway, gives one to a team and puts one away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen import workflow
from meldingen.models import Adressoort, Betrokkenerol, Klantinteractie
from teams.models import Medewerker, Rol, Team
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import MedewerkerFactory, stel_aan

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def halverwege(haven: Team, wijkwerker: Medewerker) -> None:
    """Two contacts that broke off an hour ago; the wijkwerker divides the work."""
    stel_aan(wijkwerker, Rol.COORDINATOR, haven)
    kcc = MedewerkerFactory(username="kcc")
    for onderwerp in ("Wanneer komt de hulp", "Verkeerd verbonden"):
        contact = workflow.leg_interactie_vast(
            kanaal="telefoon",
            onderwerp_tekst=onderwerp,
            inhoud="Mevrouw wacht al drie weken",
            taal="nld",
            vertrouwelijk=False,
            door=kcc,
        )
        wie = workflow.voeg_betrokkene_toe(
            door=kcc, interactie=contact, rol=Betrokkenerol.KLANT, initiator=True, achternaam="Jansen"
        )
        workflow.voeg_adres_toe(door=kcc, betrokkene=wie, soort=Adressoort.TELEFOONNUMMER, adres="0612345678")
    Klantinteractie.objects.update(aangeleverd_op=timezone.now() - timedelta(hours=1))


def test_wat_het_kcc_halverwege_doorgaf_komt_bij_een_team_of_wordt_afgedaan(pagina: Page) -> None:
    pagina.goto("/kcc-contacten")
    bekijk(pagina, "contacten van het KCC", OVERAL)

    hulp = pagina.locator(".kaartjes > li", has_text="Wanneer komt de hulp")
    hulp.locator("summary").click()
    hulp.get_by_role("button", name="Geef aan dit team").click()
    expect(pagina.get_by_role("heading", name="Er is niets gewijzigd")).to_be_visible()
    bekijk(pagina, "contacten van het KCC met fout", OVERAL)
    hulp.get_by_label("Team").select_option(label="Wijkteam Haven")
    hulp.get_by_role("button", name="Geef aan dit team").click()
    expect(pagina.get_by_text("staat bij Wijkteam Haven.")).to_be_visible()

    weg = pagina.locator(".kaartjes > li", has_text="Verkeerd verbonden")
    weg.locator("summary").click()
    weg.get_by_label("Waarom er niets meer hoeft").fill("Belde het verkeerde nummer")
    weg.get_by_role("button", name="Er hoeft niets meer").click()
    expect(pagina.get_by_text("Hier staat nu niets.")).to_be_visible()
    pagina.goto("/terugbelverzoeken")
    expect(pagina.get_by_text("0612345678").first).to_be_visible()
