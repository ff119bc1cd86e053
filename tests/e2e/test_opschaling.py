"""A wijkwerker asks a bindend advies, an expert answers it, and the wijkwerker goes on by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.kijken import OVERAL, SMAL, bekijk
from tests.e2e.test_een_plan import doe, kies, klap_uit
from tests.e2e.test_werk import Werkplek, eigen_database, sleutels, werkplek  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.vol
def test_een_bindend_advies_gaat_heen_komt_terug_en_wordt_gevolgd(
    sleutels: dict[str, int],  # noqa: F811
    werkplek: Werkplek,  # noqa: F811
) -> None:
    werker, expert = werkplek("wijkwerker"), werkplek("expert", breedte=SMAL)
    huishouden = f"/huishoudens/{sleutels['huishouden vandaag-P-yilmaz-0']}"
    werker.goto(huishouden)
    blok = klap_uit(werker, "Schaal op")
    kies(blok.get_by_label("Wat vraagt u van wie"), "Bindend advies")
    blok.get_by_label("Wat wilt u weten of gedaan krijgen").fill("Is dagbehandeling nodig voor Elif?")
    blok.get_by_role("button", name="Vraag", exact=True).click()
    expect(werker.get_by_text("het antwoord komt uiterlijk op")).to_be_visible()
    expect(werker.get_by_text("nog door niemand opgepakt")).to_be_visible()
    expect(werker.get_by_text("Deze zaak loopt 12 dagen")).to_be_visible()
    bekijk(werker, "huishouden met opschaling", OVERAL)

    expert.goto("/opschalingen")
    bekijk(expert, "opschalingen", OVERAL)
    expert.locator("tr", has_text="bindend advies").get_by_role("button").click()
    expect(expert.get_by_text("Deze opschaling staat nu op uw naam.")).to_be_visible()
    doe(expert, "Stel een vraag aan het wijkteam", "Stel vraag", Vraag="Wat zegt de school?")
    werker.goto("/signalen")
    werker.get_by_role("region", name="Vraag over uw opschaling").get_by_role("link").click()
    doe(werker, "Beantwoord de vraag", "Verstuur antwoord", Antwoord="Zij is er de helft van de tijd.")
    expert.reload()
    doe(expert, "Geef antwoord", "Verstuur antwoord", Antwoord="Ja, en begin binnen twee weken.")
    bekijk(expert, "opschaling beantwoord", OVERAL)

    werker.goto("/werkvoorraad")
    expect(werker.get_by_role("heading", name="Antwoord op wat u vroeg")).to_be_visible()
    bekijk(werker, "werkvoorraad met antwoord")
    werker.get_by_role("link", name="Bindend advies voor huishouden").click()
    expect(werker.get_by_text("Het wijkteam volgt dit advies.")).to_be_visible()
    doe(werker, "Ik heb het antwoord gelezen", "Leg vast")
    verder = {"Waarmee gaat het wijkteam verder": "Aanmelden bij de dagbehandeling."}
    doe(werker, "Schaal af", **verder)
    expect(werker.get_by_text("Er is afgeschaald; het wijkteam gaat verder.")).to_be_visible()
    werker.goto(f"{huishouden}?soort=opschaling")
    expect(werker.get_by_text("Eerdere opschalingen (1)")).to_be_visible()
    expect(werker.get_by_text("Ja, en begin binnen twee weken.").first).to_be_visible()
    expert.goto("/opschalingen?lijst=beantwoord")
    expect(expert.get_by_text("Op dit moment is dat niets.")).to_be_visible()


def test_een_rondetafel_staat_er_met_afspraken_en_wanneer_zij_bekeken_worden(
    sleutels: dict[str, int],  # noqa: F811
    werkplek: Werkplek,  # noqa: F811
) -> None:
    werker = werkplek("wijkwerker")
    werker.goto(f"/huishoudens/{sleutels['huishouden vandaag-P-opdenkamp-0']}")
    werker.get_by_role("link", name="Brandpuntfunctionaris").first.click()
    expect(werker.get_by_text("doet elke ochtend de post open", exact=True)).to_be_visible()
    expect(werker.get_by_text("Evaluatie na 12 weken").first).to_be_visible()
    klap_uit(werker, "Leg de evaluatie na 6 weken vast")
    klap_uit(werker, "Leg een rondetafel vast")
    bekijk(werker, "rondetafel", OVERAL)
