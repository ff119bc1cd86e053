"""Beheer at work on webhooks in a browser."""

from __future__ import annotations

import pytest
from django.db.models.functions import Now
from playwright.sync_api import Page, expect

from teams.models import Abonnement, Afnemer, Bericht, Rol, Voorval
from teams.webhooks import kondig_voorval_aan
from teams.workflow.afnemers import maak_afnemer
from tests.conftest import EigenDatabase
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import MedewerkerFactory, stel_aan

pytestmark = pytest.mark.browser


@pytest.fixture
def sessie(eigen_database: EigenDatabase) -> str:
    """The session of a functioneel beheerder."""
    return sessie_van(stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER))


@pytest.fixture
def kiss(eigen_database: EigenDatabase) -> Afnemer:
    """One that does meldingen."""
    return maak_afnemer(naam="KISS", scopes=["meldingen"])[0]


def test_een_webhook_maken_uitzetten_en_opnieuw_sturen(kiss: Afnemer, pagina: Page) -> None:
    pagina.goto(f"/afnemers/{kiss.pk}")
    pagina.get_by_role("link", name="Naar de webhooks").click()
    pagina.get_by_role("button", name="Maak").click()
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    bekijk(pagina, "webhooks fout")
    pagina.get_by_label("Adres").fill("https://kcc.voorbeeldgemeente.example.nl/koppelingen/eenplan/webhook")
    pagina.get_by_label("een melding is afgerond").check()
    pagina.get_by_role("button", name="Maak").click()
    expect(pagina.get_by_text("whsec_")).to_be_visible()
    bekijk(pagina, "webhook", OVERAL)
    pagina.get_by_role("button", name="Zet de webhook uit").click()
    expect(pagina.get_by_text("uitgezet door beheer")).to_be_visible()

    kondig_voorval_aan([Abonnement.objects.get()], Voorval.MELDING_AFGEROND, nummer="M000007")
    Bericht.objects.update(mislukt_op=Now(), pogingen=24, laatste_fout="antwoord 500")
    pagina.goto(f"/afnemers/{kiss.pk}/webhooks")
    bekijk(pagina, "webhooks")
    pagina.get_by_role("link", name="Wat niet is aangekomen").click()
    bekijk(pagina, "niet aangekomen", OVERAL)
    pagina.get_by_role("button", name="Stuur opnieuw: een melding is afgerond, M000007").click()
    expect(pagina.locator("[data-fouten]")).to_contain_text("zet hem eerst aan")
    pagina.get_by_role("link", name="https://kcc").click()
    pagina.get_by_role("button", name="Zet de webhook aan").click()
    pagina.goto("/afnemers/niet-bezorgd")
    pagina.get_by_role("button", name="Stuur alles van KISS opnieuw").click()
    expect(pagina.get_by_text("Alles is aangekomen")).to_be_visible()
