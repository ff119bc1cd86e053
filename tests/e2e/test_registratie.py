"""Registering what feeds the tables, in a browser: klachten, activities, open hours and figures of others."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from teams.models import Activiteit, Consult, Medewerker, Rol, Spreekuur, Team
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import TeamFactory, stel_aan
from voorzieningen import workflow
from voorzieningen.models import Klacht, Klachtsoort, Wet

pytestmark = pytest.mark.browser


@pytest.fixture
def sessie(wijkwerker: Medewerker) -> str:
    """The session of somebody who does all of it."""
    team = TeamFactory(code="haven", naam="Wijkteam Haven", stadsdeel="Haven")
    for rol, waar in ((Rol.KLACHTEN, None), (Rol.COORDINATOR, team), (Rol.ANALIST, None)):
        stel_aan(wijkwerker, rol, waar)
    return sessie_van(wijkwerker)


def test_een_klacht_van_ontvangst_tot_uitkomst(pagina: Page, wijkwerker: Medewerker) -> None:
    pagina.goto("/klachten")
    expect(pagina.get_by_text("Er staat niets open.")).to_be_visible()
    bekijk(pagina, "klachten leeg")
    pagina.get_by_role("link", name="Registreer een klacht of bezwaar").click()
    bekijk(pagina, "klacht formulier", OVERAL)
    pagina.get_by_label("Ontvangen op").fill("31-02-2015")
    pagina.get_by_role("button", name="Registreer").click()
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    expect(pagina.get_by_role("alert")).to_contain_text("Deze dag bestaat niet.")
    bekijk(pagina, "klacht formulier fout")
    pagina.get_by_label("Bezwaar", exact=True).check()
    pagina.get_by_label("Ontvangen op").fill("10-06-2015")
    pagina.get_by_label("besluit bekendgemaakt op").fill("01-06-2015")
    pagina.get_by_label("Over welke wet").select_option(label="Wmo")
    pagina.get_by_label("Waar gaat het over?").fill("hoogte van de indicatie")
    pagina.get_by_role("button", name="Registreer").click()
    expect(pagina.get_by_text("maandag 24 augustus 2015")).to_be_visible()
    bekijk(pagina, "klacht", OVERAL)
    pagina.get_by_label("Deels gegrond").check()
    pagina.get_by_label("Afgehandeld op").fill("09-06-2015")
    pagina.get_by_role("button", name="Leg de uitkomst vast").click()
    expect(pagina.get_by_role("alert")).to_contain_text("ligt voor de ontvangst op 10-06-2015")
    bekijk(pagina, "klacht geweigerd")
    pagina.get_by_label("Afgehandeld op").fill("20-08-2015")
    pagina.get_by_role("button", name="Leg de uitkomst vast").click()
    expect(pagina.get_by_text("Deels gegrond, 20 augustus 2015")).to_be_visible()
    pagina.get_by_role("link", name="Corrigeer wat er staat").click()
    bekijk(pagina, "klacht corrigeren", OVERAL)
    pagina.get_by_label("Afgehandeld op").fill("19-08-2015")
    pagina.get_by_label("Waarom klopt het niet?").fill("verkeerde dag")
    pagina.get_by_role("button", name="Corrigeer").click()
    expect(pagina.get_by_text("verkeerde dag")).to_be_visible()
    for nummer, soort in enumerate(Klachtsoort):
        workflow.registreer_klacht(
            soort=soort,
            datum=date(2015, 6, 1 + nummer),
            wet=Wet.WMO,
            betreft="lang wachten " * 20,
            door=wijkwerker,
        )
    pagina.goto("/klachten")
    bekijk(pagina, "klachten", OVERAL)
    assert Klacht.objects.bekend_op(None).count() == 7


def test_een_activiteit_met_het_toetsenbord_en_nog_een(pagina: Page) -> None:
    pagina.goto("/activiteiten")
    expect(pagina.get_by_text("Er is nog geen activiteit geregistreerd.")).to_be_visible()
    bekijk(pagina, "activiteiten leeg")
    link = pagina.get_by_role("link", name="Registreer een activiteit")
    link.focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_label("Datum").wait_for()
    bekijk(pagina, "activiteit", OVERAL)
    pagina.get_by_label("Datum").focus()
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type("01-06-2015")
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("opb")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Space")
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("12")
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("13")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("alert")).to_contain_text("meer dan de 12 inwoners")
    bekijk(pagina, "activiteit fout")
    pagina.get_by_label("Hoeveel daarvan verwezen?").fill("3")
    pagina.get_by_role("button", name="Registreer, en nog een").click()
    expect(pagina.get_by_text("Spreekuur op 01-06-2015 is geregistreerd.")).to_be_visible()
    pagina.get_by_label("Datum").fill("01-06-2015")
    pagina.get_by_label("Spreekuur", exact=True).check()
    pagina.get_by_role("button", name="Registreer", exact=True).click()
    vink = pagina.get_by_label("Dit is een andere dan die er al staat")
    expect(vink).to_be_visible()
    bekijk(pagina, "activiteit dubbel", OVERAL)
    vink.check()
    pagina.get_by_role("button", name="Registreer", exact=True).click()
    pagina.get_by_role("link", name="Registreer een consult").click()
    bekijk(pagina, "consult", OVERAL)
    for wat in ("Keukentafelgesprek", "Informatie en advies"):
        pagina.get_by_label(wat).check()
    pagina.get_by_role("button", name="Registreer", exact=True).click()
    expect(pagina.get_by_text("keukentafelgesprek; informatie en advies")).to_be_visible()
    bekijk(pagina, "activiteiten", OVERAL)
    pagina.get_by_role("link", name="Consult,").click()
    bekijk(pagina, "consult corrigeren", OVERAL)
    pagina.get_by_label("Waarom telt dit niet mee?").fill("dubbel")
    pagina.get_by_role("button", name="Trek in").click()
    expect(pagina.get_by_text("Er is nog geen consult geregistreerd.")).to_be_visible()
    assert (Activiteit.objects.count(), Consult.objects.count()) == (2, 1)


def test_een_spreekuur_op_het_rooster_en_anders_vanaf_een_dag(pagina: Page) -> None:
    pagina.goto("/spreekuren")
    bekijk(pagina, "spreekuren leeg", OVERAL)
    pagina.get_by_label("Van", exact=True).fill("09:00")
    pagina.get_by_label("Tot", exact=True).fill("08:00")
    pagina.get_by_label("Locatie").fill("Buurtcentrum De Brug")
    pagina.get_by_label("Geldig vanaf").fill("01-04-2015")
    pagina.get_by_role("button", name="Zet op het rooster").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Dit is niet later dan het begin.")
    bekijk(pagina, "spreekuren fout")
    pagina.get_by_label("Tot", exact=True).fill("11:00")
    pagina.get_by_role("button", name="Zet op het rooster").click()
    pagina.get_by_role("link", name="Maandag 09:00").click()
    bekijk(pagina, "spreekuur", OVERAL)
    pagina.get_by_label("Tot", exact=True).fill("12:00")
    pagina.get_by_label("Vanaf wanneer geldt dit?").fill("01-07-2015")
    pagina.get_by_role("button", name="Wijzig het rooster").click()
    expect(pagina.get_by_role("heading", name="Voorbij")).to_be_visible()
    bekijk(pagina, "spreekuren", OVERAL)
    assert Spreekuur.objects.filter(team=Team.objects.get()).count() == 2


def test_een_cijfer_van_een_ander_invullen_en_een_bestand_inlezen(pagina: Page) -> None:
    pagina.goto("/rapportage")
    pagina.get_by_role("link", name="Cijfers van anderen").click()
    bekijk(pagina, "extern leeg", OVERAL)
    pagina.get_by_label("Tabel").select_option("2.18")
    pagina.get_by_label("Periode").fill("2015-Q2")
    pagina.get_by_role("button", name="Toon de cellen").click()
    waarde = pagina.get_by_role("textbox", name="Waarde van Adviezen")
    waarde.fill("-3")
    pagina.get_by_role("combobox", name="Status van Adviezen").select_option(label="definitief")
    pagina.get_by_role("textbox", name="Bron van Adviezen").fill("Veilig Thuis")
    pagina.get_by_role("button", name="Leg de cijfers vast").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Dit is geen getal vanaf 0.")
    bekijk(pagina, "extern fout", OVERAL)
    waarde.fill("1.234")
    pagina.get_by_role("button", name="Leg de cijfers vast").click()
    expect(pagina.get_by_text("1 cijfer is vastgelegd.")).to_be_visible()
    expect(pagina.get_by_text("1234, definitief")).to_be_visible()
    bekijk(pagina, "extern", OVERAL)
    pagina.goto("/rapportage/extern?tabel=2.15&periode=2015-Q2")
    bekijk(pagina, "extern twee kolommen", OVERAL)
    pagina.goto("/rapportage/extern/inlezen")
    bekijk(pagina, "extern inlezen", OVERAL)
    for regel, wat in (
        ("2.18,adviezen,2015-Q2,x,definitief,VT", "alert"),
        ("2.18,adviezen,2015-Q2,9,definitief,VT", "status"),
    ):
        inhoud = f"tabel,rij,periode,waarde,status,bron\n{regel}\n".encode()
        pagina.get_by_label("CSV-bestand").set_input_files(
            {"name": "cijfers.csv", "mimeType": "text/csv", "buffer": inhoud}
        )
        pagina.get_by_role("button", name="Lees in").click()
        verwacht = "externe_cijfers.csv:2: waarde" if wat == "alert" else "1 cijfer is nieuw of anders"
        expect(pagina.get_by_role(wat).filter(has_text=verwacht)).to_be_visible()
        bekijk(pagina, f"extern ingelezen {wat}", OVERAL)
    pagina.goto("/rapportage/tabel/2.18?periode=2015-Q2")
    expect(pagina.get_by_role("row", name="Adviezen").first).to_contain_text("9")
