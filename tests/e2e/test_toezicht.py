"""The FG at work in a browser: the log, the extract for a resident, the review of noodtoegang."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from households import workflow
from households.models import Huishouden, Persoon
from teams.access import Actie, zichtbaar
from teams.lezen import GeenToegang, Spoor, lees, leg_vast
from teams.models import Handeling, Medewerker, Postcodegebied, Rol, Weg
from tests.conftest import EigenDatabase
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan

pytestmark = pytest.mark.browser

Bewaar = Callable[[str], None]


@pytest.fixture
def sessie(eigen_database: EigenDatabase) -> str:
    """The session of the FG."""
    return sessie_van(stel_aan(MedewerkerFactory(username="fg", first_name="Els", last_name="Dam"), Rol.FG))


@pytest.fixture
def wat_er_gebeurde(eigen_database: EigenDatabase) -> Persoon:
    """A household of Haven, read by its team, refused to and then opened with noodtoegang by another."""
    haven, stad = TeamFactory(code="haven", naam="Wijkteam Haven"), TeamFactory(naam="Wijkteam Stad")
    Postcodegebied.objects.create(postcode="1316", team=haven)
    sanne, youssef, ines = (
        stel_aan(MedewerkerFactory(username=naam, first_name=voor, last_name=achter), Rol.WIJKWERKER, team)
        for naam, voor, achter, team in (
            ("wijkwerker", "Sanne", "de Wit", haven),
            ("collega", "Youssef", "El Amrani", stad),
            ("invaller", "Ines", "van der Zwaag-Oosterhuizen", stad),
        )
    )
    inwoner = PersoonFactory(voornamen="Jo", achternaam="Jansen", geboortedatum=date(1943, 5, 1))
    huis = workflow.nieuw_huishouden(
        persoon=inwoner, vanaf=date(2015, 1, 1), door=sanne, postcode="1316AA", huisnummer="1"
    )
    spoor = Spoor.van(sanne, Weg.WEB)
    for _ in range(40):
        lees(Huishouden, huis.pk, spoor=spoor)
        leg_vast(zichtbaar(Persoon, spoor.wie, Actie.ZIEN), spoor=spoor, handeling=Handeling.GEVONDEN)
    for medewerker, reden in ((youssef, "Kind alleen thuis, politie aan de deur."), (ines, "Gas geroken.")):
        _weiger(medewerker, huis)
        workflow.open_noodtoegang(huis, reden=reden, medewerker=medewerker)
        lees(Huishouden, huis.pk, spoor=Spoor.van(medewerker, Weg.WEB), reden=reden)
    return inwoner


def _weiger(medewerker: Medewerker, huis: Huishouden) -> None:
    with pytest.raises(GeenToegang) as fout:
        lees(Huishouden, huis.pk, spoor=Spoor.van(medewerker, Weg.WEB))
    fout.value.weigering.save()


@pytest.mark.vol
def test_zonder_gegevens_zegt_elke_pagina_wat_er_zou_staan(pagina: Page) -> None:
    pagina.goto("/logboek?noodtoegang=on")
    expect(pagina.get_by_text("Er zijn geen regels die hierbij passen")).to_be_visible()
    bekijk(pagina, "logboek leeg")
    pagina.goto("/noodtoegang")
    expect(pagina.get_by_text("Er is nog nooit noodtoegang gebruikt")).to_be_visible()
    bekijk(pagina, "noodtoegang leeg")
    pagina.goto("/logboek/inwoner")
    bekijk(pagina, "inwoner leeg")


@pytest.mark.vol
def test_een_fout_staat_bovenaan_en_bij_het_veld(wat_er_gebeurde: Persoon, pagina: Page) -> None:
    pagina.goto("/logboek?medewerker=niemand&vanaf=31-02-2026&persoon=veel")
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    bekijk(pagina, "logboek fout")
    pagina.goto("/logboek/inwoner")
    pagina.get_by_role("main").get_by_role("button", name="Zoek").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Vul in wie u zoekt")
    bekijk(pagina, "inwoner fout")


def test_het_logboek_laat_zien_wat_geweigerd_is_en_bladert(wat_er_gebeurde: Persoon, pagina: Page) -> None:
    pagina.goto("/logboek")
    bekijk(pagina, "logboek gevuld", OVERAL)
    assert pagina.get_by_role("row").count() == 51
    pagina.get_by_role("link", name="Ouder").click()
    pagina.get_by_role("link", name="Nieuwer").wait_for()
    pagina.get_by_role("link", name="2 keer geweigerd in 7 dagen").click()
    expect(pagina.get_by_label("Alleen wat geweigerd is")).to_be_checked()
    expect(pagina.locator("tbody .utrecht-status-badge--error")).to_have_count(2)


@pytest.mark.vol
def test_een_uittreksel_voor_een_inwoner_van_zoeken_tot_papier(
    wat_er_gebeurde: Persoon, pagina: Page, bewaar: Bewaar
) -> None:
    pagina.goto("/logboek")
    pagina.get_by_role("link", name="Uittreksel voor een inwoner").click()
    pagina.get_by_label("Naam, geboortedatum, telefoonnummer of adres").fill("jansen")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Jo Jansen").wait_for()
    assert "jansen" not in pagina.url.lower()
    bekijk(pagina, "inwoner gevonden", OVERAL)
    pagina.get_by_role("link", name="Jo Jansen").click()
    expect(pagina.get_by_text("40 keer op deze dag").first).to_be_visible()
    bekijk(pagina, "uittreksel", OVERAL)
    pagina.get_by_role("link", name="Maak klaar om af te drukken").click()
    pagina.get_by_text("Druk deze pagina nu af").wait_for()
    pagina.emulate_media(media="print")
    assert not pagina.get_by_role("banner").is_visible()
    assert not pagina.get_by_text("Druk deze pagina nu af").is_visible()
    bewaar("uittreksel papier")


def test_een_noodtoegang_beoordelen_met_het_toetsenbord_alleen(
    wat_er_gebeurde: Persoon, pagina: Page, bewaar: Bewaar
) -> None:
    pagina.goto("/noodtoegang")
    menu = pagina.get_by_role("navigation", name="Hoofdmenu")
    expect(menu.get_by_role("link", name="Noodtoegang 2 te beoordelen")).to_be_visible()
    bekijk(pagina, "noodtoegang gevuld", OVERAL)

    eerste = pagina.locator("summary", has_text="Beoordeel de noodtoegang van Ines").first
    for _ in range(40):
        pagina.keyboard.press("Tab")
        if eerste.evaluate("deel => deel === document.activeElement"):
            break
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("ArrowDown")
    for _ in range(2):
        pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("alert").wait_for()
    expect(pagina.get_by_role("alert")).to_contain_text("Geef een toelichting op.")
    bekijk(pagina, "noodtoegang fout")

    pagina.get_by_label("Toelichting").first.press_sequentially("Een monteur had kunnen gaan.")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    pagina.get_by_text("Het oordeel is vastgelegd.").wait_for()
    expect(menu.get_by_role("link", name="Noodtoegang 1 te beoordelen")).to_be_visible()
    expect(pagina.get_by_text("niet terecht", exact=True)).to_have_count(1)
    bewaar("noodtoegang beoordeeld")


@pytest.mark.vol
def test_wat_de_fg_niet_mag_zegt_aan_wie_het_te_vragen(pagina: Page) -> None:
    pagina.goto("/rapportage")
    expect(pagina.get_by_role("heading", name="U mag deze pagina niet zien")).to_be_visible()
    bekijk(pagina, "geen toegang", OVERAL)
