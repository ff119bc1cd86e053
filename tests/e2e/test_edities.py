"""Keeping a report, making it again, and what was corrected since: in a browser, by keyboard, on every screen."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen import workflow
from meldingen.models import Gebeurtenis, Soort
from reporting.models import Editie
from teams.models import Medewerker, Rol, Team
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import MeldingFactory, stel_aan

pytestmark = pytest.mark.browser


def corrigeer(door: Medewerker) -> None:
    """One melding belongs to the other team, and another came in late."""
    noord, zuid = Team.objects.get(code="noord"), Team.objects.get(code="zuid")
    ontvangen = Gebeurtenis.objects.bekend_op(None).filter(soort=Soort.ONTVANGEN, team=noord, datum__month=5)[
        0
    ]
    workflow.corrigeer(ontvangen, team=zuid, reden="woont in Zuid", door=door)
    MeldingFactory(op=date(2015, 6, 30), tot="toegekend", team=noord)


@pytest.mark.usefixtures("meldingen")
def test_een_analist_stelt_vast_en_vindt_later_terug_wat_er_veranderde(
    pagina: Page, wijkwerker: Medewerker
) -> None:
    pagina.goto("/rapportage/edities")
    bekijk(pagina, "edities leeg")
    pagina.get_by_role("link", name="Stel een editie vast").click()
    bekijk(pagina, "editie vaststellen", OVERAL)
    pagina.keyboard.press("Tab")
    pagina.get_by_label("Titel").focus()
    pagina.keyboard.type("Kwartaalrapportage 2015-Q2")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_label("Wat", exact=True)).to_be_focused()
    pagina.get_by_label("Periode").focus()
    for _ in range(3):
        pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("button", name="Stel vast")).to_be_focused()
    pagina.keyboard.press("Enter")

    pagina.get_by_role("heading", name="Kwartaalrapportage 2015-Q2", level=1).wait_for()
    bekijk(pagina, "editie", OVERAL)
    pagina.get_by_text("Bewijs dat er niets veranderde").click()
    bekijk(pagina, "editie bewijs")
    pagina.get_by_role("link", name="Meldingen van volwassenen per wijkteam").click()
    pagina.wait_for_url(re.compile("/tabel/2.5$"))
    bekijk(pagina, "editietabel", OVERAL)
    pagina.goto(f"/rapportage/edities/{Editie.objects.get().pk}/tabel/D.2")
    bekijk(pagina, "editietabel breed")

    corrigeer(wijkwerker)
    pagina.goto(f"/rapportage/edities/{Editie.objects.get().pk}")
    pagina.get_by_role("link", name="Maak opnieuw en vergelijk").click()
    pagina.get_by_role("heading", name="Gelijk, byte voor byte").wait_for()
    bekijk(pagina, "editie opnieuw", OVERAL)
    pagina.get_by_role("link", name="Registraties achter tabel 2.5, 2015-Q2").click()
    rij = pagina.get_by_role("row", name="Wijkteam Zuid")
    expect(rij.get_by_role("cell")).to_have_text(["2015-Q2", "3", "4", "+1"])
    bekijk(pagina, "correcties", OVERAL)
    pagina.goto("/rapportage/tabel/2.5?periode=2015-Q2")
    bekijk(pagina, "tabel met noot over een editie", OVERAL)
    expect(pagina.get_by_text("sinds editie ‘Kwartaalrapportage 2015-Q2’")).to_be_visible()


@pytest.mark.usefixtures("meldingen")
def test_een_coordinator_leest_de_reden_en_opent_de_melding(pagina: Page, wijkwerker: Medewerker) -> None:
    stel_aan(wijkwerker, Rol.COORDINATOR, Team.objects.get(code="zuid"))
    toen = quote(timezone.localtime().isoformat())
    corrigeer(wijkwerker)
    pagina.goto(f"/rapportage/correcties?tabel=2.5&periode=2015-Q2&van={toen}")
    expect(pagina.get_by_role("cell", name="woont in Zuid").first).to_be_visible()
    bekijk(pagina, "correcties met registraties", OVERAL)
    pagina.goto("/rapportage/correcties?tabel=2.5&periode=2015-Q9&van=ooit")
    bekijk(pagina, "correcties fout")
