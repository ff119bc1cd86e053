"""Somebody of the KCC reads a mail, makes a melding of it and puts another away."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen import workflow
from meldingen.models import Poststuk, Weringsgrond
from meldingen.postbus.lezen import Gelezen, Stuk
from teams.models import Medewerker, Rol, Team
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import BREED, OVERAL, SMAL, SMALST, bekijk
from tests.factories import MedewerkerFactory, stel_aan

pytestmark = pytest.mark.browser


@pytest.fixture
def sessie(eigen_database: object) -> str:
    """Of the KCC."""
    return sessie_van(stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC))


@pytest.fixture(autouse=True)
def post(haven: Team, wijkwerker: Medewerker) -> None:
    """Three mails, of which one nobody wrote."""
    lang = "https://voorbeeld.example/" + "heellang" * 40
    for n, (onderwerp, grond) in enumerate(
        [
            ("Hulp voor mijn moeder", None),
            ("Aanbieding " + "x" * 80, None),
            ("Afwezig", Weringsgrond.AUTOMATISCH),
        ]
    ):
        gelezen = Gelezen(
            sha256(onderwerp.encode()).hexdigest(),
            afzender_naam="Jo Jansen",
            afzender_adres="jo@voorbeeld.example",
            onderwerp=onderwerp,
            tekst=f"Zij valt steeds.\n{lang}",
            fouten=["Niet alle letters zijn te lezen."],
            bijlagen=[Stuk("brief.pdf", 4, b"%PDF"), Stuk("x" * 150 + ".exe", 2, None, "Niet bewaard.")],
            grond=grond,
        )
        workflow.neem_poststuk_aan(gelezen, plek=("post", 1, n), ontvangen_op=timezone.now())


def test_een_mail_wordt_een_melding_en_een_andere_wordt_weggelegd(pagina: Page) -> None:
    pagina.goto("/")
    expect(pagina.get_by_role("heading", name="Triage", level=1)).to_be_visible()
    bekijk(pagina, "triage", (BREED, SMAL, SMALST))
    pagina.get_by_role("link", name="Tegengehouden mail").click()
    expect(pagina.get_by_text("automatisch antwoord")).to_be_visible()

    pagina.goto("/triage")
    pagina.get_by_role("link", name="Hulp voor mijn moeder").click()
    expect(pagina.get_by_text("Zij valt steeds.")).to_be_visible()
    bekijk(pagina, "mail in de triage", (BREED, SMAL, SMALST))
    with pagina.expect_download() as bestand:
        pagina.get_by_role("link", name="Bewaar brief.pdf").click()
    assert bestand.value.suggested_filename == "brief.pdf"

    pagina.get_by_role("link", name="Maak er een melding van").click()
    expect(pagina.get_by_label("Naam", exact=True)).to_have_value("Jo Jansen")
    bekijk(pagina, "melding uit mail")
    pagina.get_by_role("radio", name="Een nieuwe inwoner").check()
    pagina.get_by_role("button", name="Opslaan").last.click()
    expect(pagina.get_by_text("is vastgelegd")).to_be_visible()
    assert Poststuk.objects.get(onderwerpregel="Hulp voor mijn moeder").melding

    pagina.goto("/triage")
    pagina.get_by_role("link", name="Aanbieding").click()
    pagina.get_by_text("Er hoeft niets meer", exact=True).click()
    pagina.get_by_role("button", name="Leg weg").click()
    expect(pagina.get_by_role("heading", name="Er is niets gewijzigd")).to_be_visible()
    bekijk(pagina, "mail met fout", OVERAL)
    pagina.get_by_label("Geen contact").check()
    pagina.get_by_label("Waarom er niets meer hoeft").fill("reclame")
    pagina.get_by_role("button", name="Leg weg").click()
    expect(pagina.get_by_text("De mail is weggelegd.")).to_be_visible()
    expect(pagina.get_by_text("Hier staat nu niets.")).to_be_visible()
