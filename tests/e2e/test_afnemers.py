"""Beheer lets software in by a page, and whoever connects it reads the description of the API."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from teams.models import Afnemer, Medewerker, Rol
from teams.workflow.afnemers import maak_afnemer
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, SMALST, bekijk, zonder_bevindingen
from tests.factories import stel_aan

pytestmark = pytest.mark.browser


@pytest.fixture
def sessie(wijkwerker: Medewerker) -> str:
    """Of a functioneel beheerder."""
    return sessie_van(stel_aan(wijkwerker, Rol.BEHEER))


def test_software_komt_erin_met_het_toetsenbord_en_gaat_er_weer_uit(pagina: Page) -> None:
    pagina.goto("/afnemers")
    bekijk(pagina, "afnemers leeg", OVERAL)
    pagina.get_by_role("button", name="Maak").click()
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    bekijk(pagina, "afnemers met fout")

    pagina.get_by_label("Naam").fill("KISS")
    pagina.get_by_label("Naam").press("Tab")
    while pagina.evaluate("document.activeElement.type") == "checkbox":
        pagina.keyboard.press("Space")
        pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Bewaar het nu")).to_be_visible()
    bekijk(pagina, "afnemer met geheim", OVERAL)

    pagina.get_by_role("button", name="Maak een teken").click()
    expect(pagina.get_by_text("Het teken is")).to_be_visible()
    pagina.get_by_label("per minuut").fill("0")
    pagina.get_by_role("button", name="Bewaar").click()
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    bekijk(pagina, "afnemer met fout")
    pagina.get_by_role("button", name="Maak een nieuw geheim").click()
    pagina.get_by_role("button", name="Maak een nieuw geheim").click()
    expect(pagina.get_by_text("geldt nog tot").first).to_be_visible()
    pagina.get_by_role("button", name="Beëindig KISS").click()
    expect(pagina.get_by_text("toegang: – → beëindigd")).to_be_visible()
    bekijk(pagina, "afnemer beëindigd", OVERAL)
    assert Afnemer.objects.get().scopes

    maak_afnemer(naam="Een heel lange naam van software " * 3, scopes=["meldingen"])
    pagina.goto("/afnemers")
    bekijk(pagina, "afnemers")


@pytest.mark.vol
def test_de_beschrijving_van_de_api_is_te_lezen(pagina: Page) -> None:
    pagina.goto("/api/v1/documentatie")
    bekijk(pagina, "documentatie van de API", OVERAL)
    pagina.set_viewport_size({"width": SMALST, "height": 900})
    breedtes = pagina.evaluate("[...document.querySelectorAll('dd')].map(uitleg => uitleg.offsetWidth)")
    assert min(breedtes) > SMALST / 2
    naar = pagina.get_by_role("link", name="Een melding doen")
    naar.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Een melding doen")).to_be_in_viewport()
    zonder_bevindingen(pagina)


@pytest.mark.vol
def test_de_beschrijving_staat_er_ook_in_redoc(pagina: Page) -> None:
    pagina.goto("/api/v1/documentatie")
    pagina.get_by_role("link", name="in Redoc").click()
    expect(pagina.get_by_role("heading", name="Een melding doen")).to_be_visible()
    bekijk(pagina, "redoc", OVERAL)
