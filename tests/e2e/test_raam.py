"""The frame around every page, and forms, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.config.test_formulier import Proefformulier, formulier
from tests.e2e.kijken import OVERAL, SMAL, bekijk, zonder_bevindingen

pytestmark = pytest.mark.browser

IN_DE_PAGINA = """html => {
    document.querySelector('#inhoud').innerHTML =
        '<h1>Proef</h1><form novalidate>' + html + '<div class="acties">'
        + '<button class="utrecht-button utrecht-button--primary-action">Opslaan</button>'
        + '<button class="utrecht-button utrecht-button--secondary-action">Annuleren</button></div></form>';
}"""
IN_DE_KOP = """() => document.querySelector('.kop .rechts').insertAdjacentHTML('beforebegin',
    '<form class="zoek" role="search"><input class="utrecht-textbox utrecht-textbox--html-input" '
    + 'aria-label="Zoek" aria-keyshortcuts="/"></form><a class="actie" href="#nieuw" aria-keyshortcuts="n">'
    + 'Nieuwe melding</a>')"""
NADRUK = "document.activeElement.getAttribute('aria-label')"


@pytest.mark.parametrize("fout", [False, True], ids=["leeg", "fout"])
def test_een_formulier_is_voor_iedereen_en_past_op_elk_scherm(fout: bool, pagina: Page) -> None:
    pagina.goto("/rapportage")
    form = (
        formulier(aantal="veel", kleur="groen", datum="31-02-1990", meer=["r"]) if fout else Proefformulier()
    )
    pagina.evaluate(IN_DE_PAGINA, str(form))
    bekijk(pagina, f"formulier {'fout' if fout else 'leeg'}", OVERAL if fout else (SMAL,))

    if fout:
        pagina.get_by_role("alert").get_by_role("link", name="Kies er een").click()
        assert pagina.evaluate("document.activeElement.id") == "id_een_0"


@pytest.mark.vol
def test_sneltoetsen_werken_niet_tijdens_het_typen_en_zijn_uit_te_zetten(
    pagina: Page, bewaar: Callable[[str], None]
) -> None:
    pagina.goto("/rapportage")
    pagina.evaluate(IN_DE_KOP)

    pagina.keyboard.press("/")
    assert pagina.evaluate(NADRUK) == "Zoek"
    pagina.keyboard.type("n/?")
    assert pagina.get_by_label("Zoek").input_value() == "n/?"
    assert not pagina.url.endswith("#nieuw")

    pagina.get_by_label("Zoek").blur()
    pagina.keyboard.press("n")
    pagina.wait_for_url("**/rapportage#nieuw")

    pagina.keyboard.press("?")
    dialoog = pagina.get_by_role("dialog", name="Sneltoetsen op deze pagina")
    assert dialoog.get_by_role("term").all_inner_texts() == ["/", "n", "?"]
    zonder_bevindingen(pagina)
    bewaar("sneltoetsen")
    dialoog.get_by_role("checkbox").uncheck()
    pagina.keyboard.press("Escape")
    expect(dialoog).to_be_hidden()

    pagina.reload()
    pagina.evaluate(IN_DE_KOP)
    pagina.keyboard.press("/")
    assert pagina.evaluate(NADRUK) is None
    pagina.get_by_role("button", name="Sneltoetsen").click()
    assert not dialoog.get_by_role("checkbox").is_checked()


def test_op_een_klein_scherm_klapt_het_menu_uit_ook_zonder_javascript(
    pagina: Page, bewaar: Callable[[str], None]
) -> None:
    pagina.route("**/*.js", lambda verzoek: verzoek.fulfill(body="", content_type="text/javascript"))
    pagina.set_viewport_size({"width": 390, "height": 700})
    pagina.goto("/bestaat-niet")
    menu = pagina.get_by_role("navigation", name="Hoofdmenu")

    assert not menu.is_visible()
    pagina.get_by_text("Menu", exact=True).click()
    expect(menu).to_be_visible()
    zonder_bevindingen(pagina)
    bewaar("menu 390")
    menu.get_by_role("link", name="Rapportage").click()
    pagina.wait_for_url("**/rapportage")


@pytest.mark.vol
def test_afmelden_staat_bij_wie_je_bent(pagina: Page, bewaar: Callable[[str], None]) -> None:
    pagina.goto("/rapportage")
    pagina.locator("summary", has_text="wijkwerker").press("Enter")
    zonder_bevindingen(pagina)
    bewaar("wie 1280")
    pagina.keyboard.press("Escape")
    expect(pagina.get_by_role("button", name="Afmelden")).to_be_hidden()
    pagina.locator("summary", has_text="wijkwerker").press("Enter")
    pagina.get_by_role("button", name="Afmelden").click()
    pagina.wait_for_url("**/aanmelden")
