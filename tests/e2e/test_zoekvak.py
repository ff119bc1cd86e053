"""The search box and the buttons of the header in a browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import Melder, NieuwePersoon
from teams.models import Medewerker, Postcodegebied, Rol
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, SMAL, bekijk
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan

pytestmark = pytest.mark.browser

START = "/sociale-kaart"


@pytest.fixture
def sessie(wijkwerker: Medewerker) -> str:
    """The wijkwerker of Haven, with a household there and one of Stad."""
    haven, stad = TeamFactory(code="haven", naam="Haven"), TeamFactory(code="stad", naam="Stad")
    for team, postcode in ((haven, "1316"), (stad, "1315")):
        Postcodegebied.objects.create(postcode=postcode, team=team)
    stel_aan(wijkwerker, Rol.WIJKWERKER, haven)
    collega = stel_aan(MedewerkerFactory(username="collega"), Rol.WIJKWERKER, stad)
    for voornaam, postcode, door in (("Jo", "1316AA", wijkwerker), ("Piet", "1315AA", collega)):
        workflow.neem_aan(
            voor=NieuwePersoon(
                "Jansen",
                voornamen=voornaam,
                geboortedatum=date(1943, 5, 1),
                postcode=postcode,
                huisnummer="1",
            ),
            melder=Melder(Meldersoort.INWONER, voornaam, telefoon="0612345678"),
            vraag="Hulp na een val",
            op=timezone.localdate(),
            toch_apart=True,
            spoed=voornaam == "Jo",
            door=door,
        )
    return sessie_van(wijkwerker)


def test_zoeken_terwijl_men_typt_met_het_toetsenbord_alleen(pagina: Page) -> None:
    pagina.goto(START)
    pagina.keyboard.press("/")
    vak = pagina.get_by_label("Zoek persoon, huishouden of meldingnummer")
    expect(vak).to_be_focused()
    lijst = pagina.locator("#zoek-antwoord")
    pagina.keyboard.type("jans", delay=30)
    expect(lijst.get_by_role("link", name="Jo Jansen")).to_be_visible()
    expect(lijst.get_by_role("link", name="P. J., 1943")).to_be_visible()
    expect(pagina.locator("#zoek-aantal")).to_have_text("2 personen gevonden")
    assert pagina.url.endswith(START)
    bekijk(pagina, "zoekvak", OVERAL)

    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") in ("Jo Jansen", "P. J., 1943")
    pagina.keyboard.press("Escape")
    expect(lijst).to_be_hidden()
    expect(vak).to_be_focused()

    nummer = Melding.objects.earliest("pk").nummer
    vak.fill(nummer)
    expect(lijst.get_by_role("link", name=nummer)).to_be_visible()
    vak.blur()
    expect(lijst).to_be_hidden()


@pytest.mark.vol
def test_zonder_javascript_een_hele_pagina(pagina: Page) -> None:
    pagina.route("**/*.js", lambda verzoek: verzoek.fulfill(body="", content_type="text/javascript"))
    pagina.goto(START)
    for naam, wat, kop in (
        ("gevuld", "jansen", "2 personen gevonden op ‘jansen’"),
        ("leeg", "qwertzuiop", "0 personen gevonden op ‘qwertzuiop’"),
        ("fout", "", "Er is nog niet gezocht"),
    ):
        vak = pagina.get_by_label("Zoek persoon, huishouden of meldingnummer")
        vak.fill(wat)
        vak.press("Enter")
        expect(pagina.get_by_role("main")).to_contain_text(kop)
        assert pagina.url.endswith("/zoek")
        bekijk(pagina, f"zoeken {naam}", OVERAL if naam == "gevuld" else (SMAL,))


@pytest.mark.vol
def test_een_afgelopen_sessie_gaat_naar_aanmelden_en_dan_terug(pagina: Page) -> None:
    pagina.goto(START)
    pagina.context.clear_cookies(name="sessionid")
    pagina.get_by_label("Zoek persoon, huishouden of meldingnummer").press_sequentially("jansen")
    pagina.wait_for_url("**/aanmelden?next=/sociale-kaart")
    assert pagina.get_by_role("heading", name="Aanmelden").count() == 1


@pytest.mark.vol
def test_n_begint_een_nieuwe_melding(pagina: Page) -> None:
    pagina.goto(START)
    pagina.keyboard.press("n")
    pagina.wait_for_url("**/meldingen/nieuw")
