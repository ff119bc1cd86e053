"""A gesprek in a browser: planned with a duo, in the calendar, held, written down for a household of three, sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from households import workflow as huishoudens
from households.models import Rol
from meldingen import workflow
from meldingen.models import ONDERWERPEN, Aanleiding, Categorie, Kanaal, Meldersoort, Melding, Toestemming
from meldingen.workflow import Melder, NieuwePersoon
from teams.models import Medewerker
from tests.conftest import EigenDatabase
from tests.e2e.kijken import OVERAL, bekijk
from tests.e2e.test_een_plan import dag, kies, klap_uit
from tests.e2e.test_werk import Werkplek, eigen_database, sleutels, werkplek  # noqa: F401
from tests.factories import PersoonFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def zaak(eigen_database: EigenDatabase) -> Melding:  # noqa: F811
    """Els Driesen asks for help; she lives with her husband and her mother."""
    collega = Medewerker.objects.get(username="collega")
    melding = workflow.neem_aan(
        voor=NieuwePersoon("Driesen", voornamen="Els", telefoon="036-5550177"),
        melder=Melder(Meldersoort.INWONER, "Els Driesen", telefoon="036-5550177"),
        vraag="de zorg voor moeder wordt te zwaar",
        op=timezone.localdate(),
        door=Medewerker.objects.get(username="kcc"),
        toch_apart=True,
        toestemming=Toestemming.JA,
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.TELEFOON,
        aanleiding=Aanleiding.NIEUWE_VRAAG,
    )
    for voornaam in ("Wim", "Toos"):
        lid = PersoonFactory(achternaam="Driesen", voornamen=voornaam)
        huishoudens.neem_op(lid, melding.huishouden, vanaf=timezone.localdate(), rol=Rol.OVERIG, door=collega)
    return workflow.pak_op(melding, door=collega)


def plan(pagina: Page, melding: str) -> None:
    pagina.goto(melding)
    blok = klap_uit(pagina, "Plan een gesprek")
    blok.get_by_label("Datum", exact=True).fill(dag(timedelta(days=1)))
    blok.get_by_label("Tijd", exact=True).fill("10:30")
    kies(blok.get_by_label("Tweede collega, ook van een ander team"), "Sanne de Wit")
    for naam in ("Els", "Wim", "Toos"):
        blok.get_by_role("checkbox", name=naam).check()
    blok.get_by_label("Mantelzorger (naam)").fill("buurvrouw Ans")
    bekijk(pagina, "een gesprek plannen", OVERAL)
    blok.get_by_role("button", name="Plan het gesprek").click()
    expect(pagina.get_by_text("Het gesprek is gepland.")).to_be_visible()


@pytest.mark.vol
def test_een_gesprek_van_plannen_tot_een_verstuurd_verslag(
    zaak: Melding,
    werkplek: Werkplek,  # noqa: F811
    tmp_path: Path,
) -> None:
    werker, tweede = werkplek("collega"), werkplek("wijkwerker")
    melding = f"/meldingen/{zaak.pk}"
    plan(werker, melding)

    tweede.goto("/werkvoorraad")
    bekijk(tweede, "werkvoorraad met gesprekken", OVERAL)
    agenda = tweede.locator("section", has=tweede.get_by_role("heading", name="Uw gesprekken"))
    agenda.locator("li", has_text=zaak.nummer).get_by_role("link").click()
    expect(tweede.get_by_text("buurvrouw Ans", exact=True)).to_be_visible()
    bekijk(tweede, "een gesprek", OVERAL)
    with tweede.expect_download() as gehaald:
        tweede.get_by_role("link", name="Zet in uw agenda").click()
    gehaald.value.save_as(tmp_path / "gesprek.ics")
    inhoud = (tmp_path / "gesprek.ics").read_bytes()
    afspraak = Calendar.from_ical(inhoud).walk("VEVENT")[0]
    assert str(afspraak["SUMMARY"]) == f"Gesprek {zaak.nummer}"
    assert f"{afspraak['DTSTART'].dt:%d-%m-%Y %H:%M}" == f"{dag(timedelta(days=1))} 10:30"
    assert b"Driesen" not in inhoud

    blok = klap_uit(tweede, "Het gesprek is gehouden")
    blok.get_by_role("checkbox", name="Toos").uncheck()
    blok.get_by_role("button", name="Leg vast").click()
    expect(tweede.get_by_text("Vastgelegd dat het gesprek is gehouden.")).to_be_visible()

    tweede.get_by_role("link", name="Vraagverheldering").click()
    vakken = tweede.locator("form[data-concept] details")
    for nummer, (wie, tekst) in enumerate(
        (("het hele huishouden", "er is te weinig geld"), ("Wim", "zoekt werk"), ("Toos", "vergeet veel"))
    ):
        vak = vakken.nth(nummer)
        vak.locator("summary").click()
        vak.get_by_role("checkbox", name=wie).check()
        vak.get_by_role("textbox").fill(tekst)
    tweede.get_by_role("button", name="Bewaar", exact=True).click()
    expect(tweede.get_by_text("De vraagverheldering is bewaard.")).to_be_visible()
    bekijk(tweede, "vraagverheldering", OVERAL)

    werker.goto(f"{melding}/verslag")
    expect(werker.get_by_text("Wat bij de vraagverheldering is opgeschreven")).to_be_visible()
    for label in (*ONDERWERPEN.values(), "Conclusie"):
        werker.get_by_label(label).fill(f"Over: {label}.")
    werker.get_by_label("Cliëntondersteuning aangeboden op").fill(dag())
    werker.get_by_label("Wil de inwoner cliëntondersteuning").select_option(label="nee")
    werker.get_by_role("button", name="Bewaar", exact=True).click()
    expect(werker.get_by_text("Het verslag is bewaard.")).to_be_visible()
    blok = klap_uit(werker, "Het verslag is verstuurd")
    kies(blok.get_by_label("Hoe", exact=True), "per post")
    bekijk(werker, "verslag", OVERAL)
    blok.get_by_role("button", name="Leg vast").click()
    expect(werker.get_by_text("per post, aan Els Driesen")).to_be_visible()
    expect(werker.get_by_role("heading", name="Wat er uit het onderzoek komt")).to_be_visible()
    bekijk(werker, "verslag verstuurd", OVERAL)
