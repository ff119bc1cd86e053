"""A new melding in a browser: by keyboard, on a phone, without JavaScript, and for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from households.models import Persoon
from meldingen import workflow
from meldingen.models import Meldersoort, Melding
from meldingen.workflow import Melder, NieuwePersoon
from teams.models import Medewerker, Team
from tests.e2e.kijken import OVERAL, bekijk, zonder_bevindingen
from voorzieningen.models import AlgemeneVoorziening

pytestmark = pytest.mark.browser

NIEUW = "/meldingen/nieuw"
MEESTE_VELDEN = 12
VASTGELEGD = re.compile(r"Melding M\d{6} is vastgelegd")
FOCUS = "document.activeElement.id || document.activeElement.innerText.trim()"
Bewaar = Callable[[str], None]


@pytest.fixture
def bakker(haven: Team, wijkwerker: Medewerker) -> Melding:
    """Known since last month, with a melding that runs."""
    vandaag = timezone.localdate()
    melding = workflow.neem_aan(
        voor=NieuwePersoon(
            "Bakker",
            voornamen="Johanna",
            geboortedatum=date(1943, 5, 1),
            telefoon="0612345678",
            postcode="1316AA",
            huisnummer="1",
        ),
        melder=Melder(Meldersoort.NAASTE, "Kim", email="kim@voorbeeld.nl"),
        vraag="Hulp na een val",
        op=vandaag - timedelta(days=30),
        door=wijkwerker,
    )
    Melding.objects.update(geregistreerd_op=timezone.now() - timedelta(days=30))
    return melding


@pytest.fixture
def naamgenoten(bakker: Melding) -> None:
    """Seven more of that name."""
    for voornaam in ("Jan", "Piet", "Klaas", "Mohammed", "Fatima", "Anna", "Sem"):
        Persoon.objects.create(achternaam="Bakker", voornamen=voornaam, geboortedatum=date(1980, 1, 1))


@pytest.fixture
def op_de_kaart(haven: Team) -> None:
    """Two rows of the sociale kaart."""
    AlgemeneVoorziening.objects.create(
        naam="Taalmaatje", omschrijving="Samen Nederlands oefenen", hele_gemeente=True
    )
    AlgemeneVoorziening.objects.create(naam="Boodschappendienst", telefoon="088 000 0123", hele_gemeente=True)


@pytest.fixture
def geladen(pagina: Page) -> list[str]:
    """The addresses of the pages that were loaded, as opposed to parts of them."""
    adressen: list[str] = []

    def tel(verzoek: Request) -> None:
        if verzoek.is_navigation_request():
            adressen.append(verzoek.url)

    pagina.on("request", tel)
    return adressen


@pytest.fixture
def zonder_script(pagina: Page, site: str) -> Iterator[Page]:
    """A tab in which no script runs, with the same session."""
    scherm = pagina.context.browser.new_context(base_url=site, java_script_enabled=False)  # type: ignore[union-attr]
    scherm.add_cookies(pagina.context.cookies())  # type: ignore[arg-type]
    yield scherm.new_page()
    scherm.close()


def tab_naar(pagina: Page, doel: str) -> list[str]:
    """Press Tab until the focus is on `doel`; the stops on the way, that one included."""
    gezien: list[str] = []
    while not gezien or gezien[-1] != doel:
        assert len(gezien) < 20, gezien
        pagina.keyboard.press("Tab")
        gezien.append(pagina.evaluate(FOCUS))
    return gezien


def wacht_op_antwoord(pagina: Page, doe: Callable[[], object]) -> None:
    with pagina.expect_response("**/nieuw/herken"):
        doe()


@pytest.mark.usefixtures("haven")
def test_een_nieuwe_beller_met_het_toetsenbord_en_zonder_nieuwe_pagina(
    pagina: Page, geladen: list[str], bewaar: Bewaar
) -> None:
    pagina.goto(NIEUW)
    assert pagina.evaluate(FOCUS) == "id_melder_naam"
    stops = ["id_melder_naam"]
    pagina.keyboard.type("Fenna de Vries")
    stops += tab_naar(pagina, "id_bereikbaar")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("06 8765 4321"))
    stops += tab_naar(pagina, "id_postcode")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("1316 ab"))
    expect(pagina.locator("#bekenden")).to_contain_text("Wijkteam Haven (op postcode)")
    assert pagina.evaluate(FOCUS) == "id_postcode"
    stops += tab_naar(pagina, "wie-nieuw")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.press("Space"))
    assert pagina.evaluate(FOCUS) == "wie-nieuw"
    stops += tab_naar(pagina, "id_vraag")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("Hulp bij het huishouden na een operatie"))
    expect(pagina.locator("#wie-nieuw")).to_be_checked()
    stops += tab_naar(pagina, "Opslaan")
    pagina.keyboard.press("Enter")

    expect(pagina.get_by_role("heading", level=1)).to_have_text(VASTGELEGD)
    expect(pagina.get_by_role("heading", level=1)).to_be_focused()
    expect(pagina.get_by_text("De melding staat bij Wijkteam Haven, in de triage.")).to_be_visible()
    expect(pagina).to_have_title(re.compile(VASTGELEGD.pattern + " - Eenplan"))
    assert len(stops) <= MEESTE_VELDEN, stops
    assert len(geladen) == 1, geladen
    zonder_bevindingen(pagina)
    bewaar("melding vastgelegd")


@pytest.mark.usefixtures("haven")
def test_met_ctrl_s_zijn_vijf_aanslagen_tussen_de_velden_genoeg(pagina: Page, geladen: list[str]) -> None:
    pagina.goto(NIEUW)
    pagina.get_by_label("Naam").fill("Fenna de Vries")
    pagina.get_by_label("Telefoon of e-mail").fill("fenna@voorbeeld.nl")
    pagina.get_by_label("Een nieuwe inwoner").check()
    pagina.get_by_label("Vraag, in eigen woorden").fill("Hulp")
    pagina.keyboard.press("Control+s")

    expect(pagina.get_by_role("heading", level=1)).to_have_text(VASTGELEGD)
    assert len(geladen) == 1, geladen


@pytest.mark.usefixtures("bakker")
def test_een_bekende_wordt_tijdens_het_typen_herkend_en_gekozen(
    pagina: Page, geladen: list[str], bewaar: Bewaar
) -> None:
    pagina.goto(NIEUW)
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("johana bakker"))
    bekende = pagina.get_by_role("radio", name="Johanna Bakker, 01-05-1943")
    expect(bekende).to_be_visible()
    assert pagina.evaluate(FOCUS) == "id_melder_naam"
    tab_naar(pagina, "id_bereikbaar")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("0687654321"))
    tab_naar(pagina, str(bekende.get_attribute("id")))
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.press("Space"))
    expect(bekende).to_be_checked()
    expect(bekende).to_be_focused()
    bewaar("melding bekende gekozen")
    tab_naar(pagina, "id_vraag")
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("Nu ook hulp bij de was"))
    expect(bekende).to_be_checked()
    pagina.keyboard.press("Control+s")

    expect(pagina.get_by_role("heading", level=1)).to_have_text(VASTGELEGD)
    assert len(geladen) == 1, geladen


@pytest.mark.vol
def test_wat_bij_een_lopende_melding_hoort_komt_daarbij(
    bakker: Melding, pagina: Page, geladen: list[str]
) -> None:
    pagina.goto(NIEUW)
    pagina.get_by_label("Naam").fill("Johanna Bakker")
    pagina.get_by_label("Telefoon of e-mail").fill("06-12345678")
    pagina.get_by_label("Vraag, in eigen woorden").fill("Zij belt weer")
    pagina.get_by_role("button", name=f"Voeg toe aan {bakker.nummer}").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text(f"Melding {bakker.nummer} is aangevuld")
    assert len(geladen) == 1, geladen


@pytest.mark.usefixtures("bakker")
def test_een_fout_krijgt_de_nadruk_en_wat_getypt_is_staat_er_nog(pagina: Page, geladen: list[str]) -> None:
    pagina.goto(NIEUW)
    wacht_op_antwoord(pagina, lambda: pagina.keyboard.type("Bakker"))
    pagina.get_by_label("Postcode").fill("1234")
    pagina.get_by_label("Naam").press("Enter")

    expect(pagina.get_by_role("alert")).to_be_focused()
    expect(pagina.get_by_role("alert")).to_contain_text("Kies of het om een bekende inwoner gaat")
    expect(pagina.get_by_label("Naam")).to_have_value("Bakker")
    expect(pagina.get_by_label("Postcode")).to_have_value("1234")
    pagina.get_by_role("alert").get_by_role("link", name="Postcode").click()
    assert pagina.evaluate(FOCUS) == "id_postcode"
    assert len(geladen) == 1, geladen


@pytest.mark.usefixtures("haven")
@pytest.mark.vol
def test_wat_getypt_is_staat_er_weer_als_men_terugkomt(pagina: Page) -> None:
    pagina.goto(NIEUW)
    pagina.get_by_label("Naam").fill("Fenna de Vries")
    wacht_op_antwoord(pagina, lambda: pagina.get_by_label("Vraag, in eigen woorden").fill("Het dak lekt"))
    pagina.goto("/rapportage")
    pagina.goto(NIEUW)
    expect(pagina.get_by_label("Vraag, in eigen woorden")).to_have_value("Het dak lekt")
    zonder_bevindingen(pagina)
    pagina.get_by_role("button", name="Leeg beginnen").click()
    expect(pagina.get_by_label("Naam")).to_have_value("")
    expect(pagina.get_by_role("button", name="Leeg beginnen")).to_have_count(0)


@pytest.mark.usefixtures("haven")
def test_zonder_verbinding_blijft_alles_staan_en_zegt_de_pagina_dat(pagina: Page) -> None:
    pagina.route(
        "**/meldingen/**",
        lambda weg: weg.fulfill(status=503, body="") if weg.request.method == "POST" else weg.continue_(),
    )
    pagina.goto(NIEUW)
    pagina.get_by_label("Naam").fill("Fenna de Vries")
    with pagina.expect_response("**/meldingen/nieuw"):
        pagina.keyboard.press("Control+s")
    expect(pagina.get_by_role("status").filter(has_text="Niet bewaard")).to_be_visible()
    expect(pagina.get_by_label("Naam")).to_have_value("Fenna de Vries")
    pagina.unroute_all()


@pytest.mark.usefixtures("naamgenoten")
def test_elke_toestand_is_voor_iedereen_en_past_op_elk_scherm(pagina: Page) -> None:
    pagina.goto(NIEUW)
    bekijk(pagina, "nieuwe melding leeg")
    pagina.get_by_label("een naaste").check()
    pagina.get_by_label("advies gegeven").check()
    pagina.get_by_label("Om wie gaat het?").fill("Bakker")
    pagina.get_by_label("Geboortedatum").fill("01-01-1980")
    pagina.get_by_label("Postcode").fill("1316AA")
    expect(pagina.locator(".bekende").nth(6)).to_be_visible()
    expect(pagina.get_by_label("Neem als categorie over")).not_to_be_checked()
    pagina.get_by_text("Kanaal, categorie").click()
    bekijk(pagina, "nieuwe melding gevuld", OVERAL)
    pagina.get_by_label("Postcode").fill("<script>")
    pagina.get_by_role("button", name="Opslaan").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    bekijk(pagina, "nieuwe melding fout")


@pytest.mark.usefixtures("bakker")
@pytest.mark.vol
def test_zonder_javascript_gaat_het_ook(zonder_script: Page) -> None:
    blad = zonder_script
    blad.goto(NIEUW)
    blad.get_by_label("Naam").fill("Johanna Bakker")
    blad.get_by_label("Telefoon of e-mail").fill("0687654321")
    blad.get_by_role("button", name="Zoek bekenden").click()
    blad.get_by_role("radio", name="Johanna Bakker").check()
    blad.get_by_label("Vraag, in eigen woorden").fill("Nu ook hulp bij de was")
    blad.get_by_label("verwijzen naar een algemene voorziening").check()
    blad.get_by_role("button", name="Opslaan").click()

    blad.wait_for_url("**/meldingen/*/verwijzen")
    expect(blad.get_by_text(VASTGELEGD)).to_be_visible()


@pytest.mark.vol
def test_verwijzen_zoekt_tijdens_het_typen_en_gaat_met_een_klik(
    bakker: Melding, op_de_kaart: None, pagina: Page
) -> None:
    adres = f"/meldingen/{bakker.pk}/verwijzen"
    pagina.goto(adres)
    bekijk(pagina, "verwijzen", OVERAL)
    with pagina.expect_response(f"**{adres}"):
        pagina.get_by_label("Waar zoekt u hulp bij?").press_sequentially("nederlands")
    expect(pagina.get_by_role("button", name="Verwijs hierheen")).to_have_count(1)
    assert pagina.evaluate(FOCUS) == "id_q"
    pagina.get_by_role("button", name="Verwijs hierheen: Taalmaatje").click()
    expect(pagina.get_by_text("Verwezen naar Taalmaatje.")).to_be_visible()


@pytest.mark.usefixtures("haven")
def test_het_formulier_voor_iedereen_werkt_zonder_javascript(zonder_script: Page, pagina: Page) -> None:
    pagina.goto("/melden")
    bekijk(pagina, "melden leeg", OVERAL)
    pagina.get_by_role("button", name="Versturen").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    bekijk(pagina, "melden fout")

    blad = zonder_script
    blad.context.clear_cookies()
    blad.goto("/melden")
    blad.get_by_label("Ik vraag hulp voor mijzelf").check()
    blad.get_by_label("Uw naam").fill("Fenna de Vries")
    blad.get_by_label("Uw e-mailadres").fill("fenna@voorbeeld.nl")
    blad.get_by_label("Wat is er aan de hand").fill("Het gaat niet goed thuis.")
    blad.get_by_label("De gemeente mag deze gegevens gebruiken").check()
    blad.wait_for_timeout(3000)
    blad.get_by_role("button", name="Versturen").click()
    blad.wait_for_url("**/melden/ontvangen")
