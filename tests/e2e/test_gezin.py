"""A divorce in a browser: registered, seen in both dossiers, undone; and two who correct the same note."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from households import workflow as huishoudens
from households.models import Gezinswijziging, Huishouden, Relatiesoort, Rol
from teams.models import Medewerker, Team
from tests.e2e.kijken import breder_dan_het_scherm, zonder_bevindingen
from tests.factories import PersoonFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def huis(haven: Team, wijkwerker: Medewerker) -> Huishouden:
    """Anna, Ben and their child, a note and somebody of the school."""
    gezin = Huishouden.objects.create()
    leden = []
    for naam, geboren, rol in (
        ("Anna", date(1980, 1, 1), Rol.HOOFD),
        ("Ben", date(1979, 1, 1), Rol.PARTNER),
        ("Kim", date(2016, 1, 1), Rol.KIND),
    ):
        leden.append(PersoonFactory(voornamen=naam, achternaam="Bos", geboortedatum=geboren))
        huishoudens.neem_op(
            leden[-1],
            gezin,
            vanaf=date(2016, 1, 1),
            postcode="1316AA",
            huisnummer="1",
            rol=rol,
            door=wijkwerker,
        )
    huishoudens.leg_relatie_vast(leden[0], Relatiesoort.GEZAG, leden[2], door=wijkwerker)
    huishoudens.noteer(gezin, tekst="Eerste tekst", eigen_van=leden[0], door=wijkwerker)
    huishoudens.betrek_ketenpartner(
        gezin,
        organisatie="Basisschool De Ark",
        telefoon="0361234567",
        overleg="zorgadviesteam",
        vanaf=date(2024, 1, 1),
        door=wijkwerker,
    )
    return gezin


def klopt(pagina: Page) -> None:
    """Nothing that axe finds, and nothing wider than the screen, on a desk and on the smallest phone."""
    for breedte in (1280, 320):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        zonder_bevindingen(pagina)
        assert not breder_dan_het_scherm(pagina)
    pagina.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.vol
def test_een_scheiding_staat_in_beide_dossiers_en_kan_ongedaan(pagina: Page, huis: Huishouden) -> None:
    pagina.goto(f"/huishoudens/{huis.pk}")
    klopt(pagina)
    pagina.get_by_role("link", name="Gezin: leden, relaties").click()
    klopt(pagina)
    pagina.get_by_text("Iemand gaat uit huis, of het huishouden gaat uit elkaar").click()
    formulier = pagina.locator("form[action$='/gezin/splitsing']")
    formulier.get_by_label("scheiding, of het huishouden splitst").check()
    formulier.get_by_label("Ben Bos").check()
    formulier.get_by_label("Vanaf welke dag").fill(timezone.localdate().strftime("%d-%m-%Y"))
    klopt(pagina)
    formulier.get_by_role("button", name="Leg vast wie er gaat").click()
    expect(pagina.get_by_text("Vastgelegd wie er gaat.")).to_be_visible()
    expect(pagina.get_by_text("Ben Bos: scheiding of splitsing")).to_be_visible()
    klopt(pagina)
    nieuw = Gezinswijziging.objects.get().ander_id
    pagina.goto(f"/huishoudens/{nieuw}")
    expect(pagina.get_by_role("link", name=f"huishouden {huis.pk}").first).to_be_visible()
    pagina.goto(f"/huishoudens/{huis.pk}/gezin")
    ongedaan = pagina.locator("details", has=pagina.locator("form[action$='/ongedaan']"))
    ongedaan.locator("summary").click()
    ongedaan.get_by_label("Reden").fill("verkeerd gezin")
    ongedaan.get_by_role("button", name="Maak ongedaan").click()
    expect(pagina.get_by_text("alles is weer zoals het was")).to_be_visible()
    expect(pagina.get_by_text("Ben Bos (1-1-1979)")).to_be_visible()


def test_twee_die_dezelfde_notitie_verbeteren_zien_beide_teksten(
    pagina: Page, huis: Huishouden, wijkwerker: Medewerker
) -> None:
    pagina.goto(f"/huishoudens/{huis.pk}")
    pagina.get_by_role("link", name="Verbeter, of zie wat er stond").click()
    klopt(pagina)
    pagina.get_by_label("Notitie", exact=True).fill("Mijn tekst")
    notitie = huis.notities.get()
    huishoudens.verbeter_notitie(huis, notitie.reeks, gezien=1, tekst="Tekst van een ander", door=wijkwerker)
    pagina.get_by_role("button", name="Bewaar de verbetering").click()
    expect(pagina.get_by_role("heading", name="U schreef met twee tegelijk")).to_be_visible()
    klopt(pagina)
    pagina.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(pagina.get_by_text("De notitie is verbeterd.")).to_be_visible()
    regel = pagina.locator(".tijdregel-tekst", has_text="Tekst van een ander")
    expect(regel.filter(has_text="Mijn tekst")).to_be_visible()


def test_zonder_javascript_kiest_en_drukt_men_af(
    site: str, sessie: str, chromium: Browser, huis: Huishouden
) -> None:
    scherm = chromium.new_context(base_url=site, java_script_enabled=False, locale="nl-NL")
    scherm.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": site}])
    tab = scherm.new_page()
    tab.goto(f"/huishoudens/{huis.pk}")
    tab.locator("#tijdlijn_soort").select_option(label="Notities")
    tab.get_by_role("button", name="Toon", exact=True).click()
    expect(tab.locator(".tijdregel")).to_have_count(1)
    tab.get_by_label("Afdrukken voor").select_option(label="alleen Ben Bos")
    tab.get_by_role("button", name="Maak klaar om af te drukken").click()
    expect(tab.get_by_text("Afdruk voor Ben Bos.")).to_be_visible()
    expect(tab.get_by_text("Eerste tekst")).to_have_count(0)
    scherm.close()
