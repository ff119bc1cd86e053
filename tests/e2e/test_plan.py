"""The plan in a browser: at the kitchen table on a phone, and what the pages look like."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from households import workflow
from households.models import Doelstand, Plan
from teams.models import Medewerker
from tests.conftest import EigenDatabase
from tests.e2e.test_werk import (  # noqa: F401
    SMAL,
    Werkplek,
    bekijk,
    eigen_database,
    sleutels,
    werkplek,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_van_een_leeg_plan_naar_een_doel_met_een_actie_op_een_telefoon(
    sleutels: dict[str, int],  # noqa: F811
    werkplek: Werkplek,  # noqa: F811
    javascript: bool,
) -> None:
    pagina = werkplek("wijkwerker", breedte=SMAL, javascript=javascript)
    pagina.goto(f"/huishoudens/{sleutels['huishouden vandaag-P-devries-0']}")
    pagina.get_by_role("link", name="Naar het plan").click()
    if javascript:
        bekijk(pagina, "plan leeg", (SMAL,))
        pagina.set_viewport_size({"width": SMAL, "height": 900})
    pagina.get_by_role("button", name="Begin het plan").click()
    pagina.get_by_label("Wat wilt u bereiken").fill("Truus wil weer zelf naar de markt")
    pagina.get_by_role("button", name="Bewaar doel").click()
    doel = pagina.locator("article.doel")
    expect(doel.get_by_role("heading")).to_have_text("Truus wil weer zelf naar de markt")
    doel.get_by_label("Wat", exact=True).fill("Loopt zaterdag mee naar de markt")
    doel.get_by_label("Wie", exact=True).select_option(
        label="Iemand anders: vul de naam in bij ‘Meer invullen’"
    )
    doel.get_by_text("Meer invullen", exact=True).click()
    doel.get_by_label("Iemand anders").fill("Riet")
    doel.get_by_role("button", name="Bewaar").click()
    expect(doel.locator(".afspraak")).to_contain_text("Riet")
    doel.get_by_role("button", name="Gedaan").click()
    expect(doel.locator(".afspraak")).to_contain_text("gedaan op")
    pagina.get_by_role("button", name="Stel versie 1 vast").click()
    expect(pagina.get_by_text("Versie 1 is vastgesteld")).to_be_visible()


@pytest.mark.vol
def test_een_plan_zijn_versies_en_zijn_papier_zien_er_goed_uit(
    eigen_database: EigenDatabase,  # noqa: F811
    werkplek: Werkplek,  # noqa: F811
) -> None:
    plan = Plan.objects.get()
    doel = plan.doelen.order_by("pk")[0]
    andere = Medewerker.objects.get(username="nadia")
    eigenaar, begin = doel.eigenaar, f"/huishoudens/{plan.huishouden_id}/plan"
    evaluatie = doel.evaluaties.get().pk
    pagina = werkplek("wijkwerker")
    for naam, rest in (
        ("plan", ""),
        ("plan versies", "/versies"),
        ("plan afdruk", "/afdruk"),
        ("plan iemand toevoegen", "/deelnemers"),
        ("plan afsluiten", "/afsluiting"),
        ("plan evaluatie", f"/evaluaties/{evaluatie}"),
        ("plan doel wijzigen", f"/doelen/{doel.pk}"),
    ):
        pagina.goto(f"{begin}{rest}")
        bekijk(pagina, naam)
    workflow.wijzig_doel(
        doel,
        bewerking=doel.bewerking,
        tekst="Ik wil drie dagen naar school",
        eigenaar=eigenaar,
        stand=Doelstand.OPEN,
        door=andere,
    )
    pagina.get_by_label("Wat wilt u bereiken").fill("Ik wil elke dag graag naar school")
    pagina.get_by_role("button", name="Bewaar wijziging").click()
    expect(pagina.get_by_role("alert")).to_contain_text("U werkte hier met z’n tweeën aan")
    expect(pagina.locator("del").first).to_be_visible()
    bekijk(pagina, "plan twee tegelijk")
