"""The sociale kaart in a browser: looking for something, and beheer that keeps it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from households.models import Levensgebied
from teams.models import Medewerker, Rol
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import TeamFactory, stel_aan
from voorzieningen.models import AlgemeneVoorziening

pytestmark = pytest.mark.browser

KAART = "/sociale-kaart"


@pytest.fixture
def sessie(wijkwerker: Medewerker) -> str:
    """The session of beheer, who may do everything here."""
    return sessie_van(stel_aan(wijkwerker, Rol.BEHEER))


@pytest.fixture
def op_de_kaart(wijkwerker: Medewerker) -> AlgemeneVoorziening:
    """Thirty rows, of which one says everything that a row can say."""
    team = TeamFactory(code="haven", naam="Wijkteam Haven", stadsdeel="Almere Haven")
    for nummer in range(29):
        AlgemeneVoorziening.objects.create(naam=f"Inloop {nummer}", hele_gemeente=True)
    rij = AlgemeneVoorziening.objects.create(
        naam="Formulierenhulp en schuldhulpmaatjes",
        organisatie="Stichting Thuisadministratie Flevoland",
        omschrijving="Vrijwilligers helpen met post, formulieren en betalingsregelingen. " * 4,
        doelgroep="Iedereen met vragen over geld",
        kosten="Gratis",
        telefoon="036 5 123 456",
        email="hulp@voorbeeld-met-een-lange-naam.example.org",
        website="https://example.org/hulp/bij/formulieren",
        adres="Buurtcentrum De Brug, Kerkgracht 1, Almere",
    )
    rij.teams.add(team)
    rij.levensgebieden.add(*Levensgebied.objects.all()[:3])
    return rij


@pytest.mark.vol
def test_een_lege_kaart_zegt_wat_er_zou_staan(pagina: Page) -> None:
    pagina.goto(KAART)
    expect(pagina.get_by_text("De sociale kaart is nog leeg")).to_be_visible()
    bekijk(pagina, "kaart leeg")


@pytest.mark.usefixtures("op_de_kaart")
def test_zoeken_met_resultaat_zonder_en_met_een_fout(pagina: Page) -> None:
    pagina.goto(KAART)
    bekijk(pagina, "kaart gevuld", OVERAL)
    zoekvraag = pagina.get_by_label("Waar zoekt u hulp bij?")
    zoekvraag.fill("formulieren")
    expect(pagina.get_by_role("status").filter(has_text="1 resultaat")).to_be_visible()
    zoekvraag.fill("qwertzuiop")
    expect(pagina.get_by_text("Er is niets gevonden.")).to_be_visible()
    bekijk(pagina, "kaart niets gevonden")
    pagina.goto(f"{KAART}?team=bestaat-niet&soort=xx")
    expect(pagina.get_by_role("alert")).to_contain_text("Deze vraag is niet te beantwoorden")
    bekijk(pagina, "kaart fout")


@pytest.mark.vol
def test_een_regel_met_alles_erop(op_de_kaart: AlgemeneVoorziening, pagina: Page) -> None:
    pagina.goto(f"{KAART}/{op_de_kaart.pk}")
    bekijk(pagina, "kaart regel", OVERAL)


@pytest.mark.usefixtures("op_de_kaart")
def test_een_regel_toevoegen_leeg_fout_en_goed(pagina: Page) -> None:
    pagina.goto(f"{KAART}/nieuw")
    bekijk(pagina, "kaart formulier leeg", OVERAL)
    pagina.get_by_label("Geldig vanaf").fill("31-02-2026")
    pagina.get_by_role("button", name="Bewaar").click()
    fouten = pagina.get_by_role("alert")
    expect(fouten).to_contain_text("Dit is nog niet bewaard")
    expect(fouten).to_contain_text("Deze dag bestaat niet.")
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    bekijk(pagina, "kaart formulier fout")
    assert pagina.get_by_label("Geldig vanaf").input_value() == "31-02-2026"

    pagina.get_by_label("Geldig vanaf").fill("")
    pagina.get_by_label("Soort").select_option(index=1)
    pagina.get_by_role("textbox", name="Naam", exact=True).fill("Taalcafé")
    pagina.get_by_label("Hele gemeente").check()
    pagina.get_by_role("button", name="Bewaar").click()
    pagina.get_by_role("heading", name="Taalcafé").wait_for()


@pytest.mark.vol
def test_een_bestand_inlezen_leeg_en_fout(pagina: Page) -> None:
    pagina.goto(f"{KAART}/importeren")
    bekijk(pagina, "kaart import leeg", OVERAL)
    pagina.get_by_role("button", name="Lees in").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Er is niets ingelezen")
    bekijk(pagina, "kaart import zonder bestand")
    pagina.get_by_label("CSV-bestand").set_input_files(
        {"name": "kaart.csv", "mimeType": "text/csv", "buffer": b"code;naam\n1;Inloop\n"}
    )
    pagina.get_by_role("button", name="Lees in").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Er is niets ingelezen:")
    bekijk(pagina, "kaart import fout")
