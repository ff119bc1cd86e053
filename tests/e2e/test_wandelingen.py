"""The monitor walked through from page to page, by whom it is for: a manager of one team, an analist, a coordinator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reporting.antwoord import beantwoord
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from teams.models import Medewerker, Rol, Team
from tests.e2e.conftest import sessie_van
from tests.e2e.kijken import OVERAL, bekijk
from tests.factories import stel_aan
from tests.reporting.lezers import cijfers, lees_csv, lees_ods, lees_pdf, lees_xlsx

pytestmark = pytest.mark.browser

MANAGER, ANALIST, COORDINATOR = (Rol.MANAGER, "noord"), (Rol.ANALIST, ""), (Rol.COORDINATOR, "noord")
OVER_IEMAND = re.compile(r"^/(meldingen|huishoudens|personen|plannen|beschikkingen)(/|$)")
BEDIENBAAR = """() => [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(deel => deel.checkVisibility({visibilityProperty: true}) && !deel.disabled && deel.type !== 'hidden'
        && (!deel.closest('details:not([open])') || deel.matches('details:not([open]) > summary')))
    .map((deel, nummer) => (deel.dataset.volgnummer = nummer, deel.outerHTML.slice(0, 120)))"""
HIER = """() => {
    const nu = document.activeElement, stijl = getComputedStyle(nu), vlak = nu.getBoundingClientRect();
    return {nummer: nu.dataset.volgnummer ?? null, zichtbaar: stijl.outlineStyle !== 'none'
        && parseFloat(stijl.outlineWidth) >= 2 && vlak.width > 0 && vlak.bottom > 0 && vlak.top < innerHeight};
}"""


@pytest.fixture
def sessie(meldingen: None, wijkwerker: Medewerker, request: pytest.FixtureRequest) -> str:
    rol, team = request.param
    return sessie_van(stel_aan(wijkwerker, rol, Team.objects.filter(code=team).first()))


def op_scherm_en_papier(pagina: Page, naam: str) -> None:
    """For everybody, as wide as any screen; and on paper the heading and what is in it, without what one clicks."""
    bekijk(pagina, naam, OVERAL)
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
    expect(pagina.get_by_role("main")).to_contain_text(re.compile(r"\d"))
    for weg in (pagina.get_by_role("navigation"), pagina.get_by_role("button")):
        assert [deel.inner_text() for deel in weg.all() if deel.is_visible()] == []
    assert pagina.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    pagina.emulate_media(media="screen")


def langs_alles(pagina: Page) -> None:
    """Tab comes by everything that can be used, once and in the order of the page, and one sees where it is."""
    alles: list[str] = pagina.evaluate(BEDIENBAAR)
    pagina.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    langs: list[int] = []
    while len(langs) <= len(alles):
        pagina.keyboard.press("Tab")
        hier: dict[str, Any] = pagina.evaluate(HIER)
        if hier["nummer"] is None:
            break
        assert hier["zichtbaar"], (alles[int(hier["nummer"])], hier)
        # a date has a stop for each of its parts
        if langs[-1:] != [int(hier["nummer"])]:
            langs.append(int(hier["nummer"]))
    assert langs == list(range(len(alles))), [alles[n] for n in set(range(len(alles))) - set(langs)]


def stappen(pagina: Page) -> dict[str, list[str]]:
    """The stroomschema as its table says it: per step the counts, without per cents."""
    tabel = pagina.get_by_role("table", name="Dezelfde cijfers als tabel")
    rijen = tabel.get_by_role("row").filter(has=pagina.get_by_role("cell"))
    return {
        rij.get_by_role("rowheader").inner_text(): rij.get_by_role("link").all_inner_texts()
        for rij in rijen.all()
    }


def kies(pagina: Page, **keuzes: str) -> None:
    """Choose in the form above the figures, and ask."""
    for label, waarde in keuzes.items():
        pagina.get_by_label(label.replace("_", " "), exact=True).select_option(label=waarde)
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Toon").click()


def haal(pagina: Page, formaat: str) -> bytes:
    """What is taken along in a format, off the disk."""
    with pagina.expect_download() as bestand:
        pagina.get_by_role("navigation", name="Meenemen").get_by_role("link", name=formaat).click()
    return bestand.value.path().read_bytes()


def volg(pagina: Page, link: Locator) -> None:
    with pagina.expect_navigation():
        link.first.click()


def links(pagina: Page) -> set[str]:
    """Every address to which this page leads."""
    return {urlsplit(str(a.get_attribute("href"))).path for a in pagina.get_by_role("link").all()}


@pytest.mark.parametrize("sessie", [MANAGER], indirect=True, ids=["manager"])
def test_een_manager_van_een_team_van_haar_team_naar_de_meldingen_en_met_de_cijfers_mee(
    pagina: Page, chromium: Browser
) -> None:
    pagina.goto("/rapportage")
    volg(pagina, pagina.get_by_role("main").get_by_role("link", name="Noord"))
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Wijkteam Noord in cijfers")
    op_scherm_en_papier(pagina, "manager team")
    langs_alles(pagina)

    volg(pagina, pagina.get_by_role("link", name="Het stroomschema van dit team"))
    kies(pagina, Periode="2015-Q2", Vergelijk_met="Niets")
    assert pagina.get_by_label("Team").input_value() == "noord"
    eigen = stappen(pagina)
    assert (eigen["Meldingen"], eigen["Maatwerkvoorziening toegekend"]) == (["4"], ["2"])
    op_scherm_en_papier(pagina, "manager stroomschema")

    volg(pagina, pagina.get_by_role("table").get_by_role("link", name="4").first)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Meldingen")
    assert pagina.locator(".kerncijfers dd").all_inner_texts() == ["4", "4", "0"]
    assert "Inwoner" not in pagina.get_by_role("main").inner_text()
    assert not {pad for pad in links(pagina) if OVER_IEMAND.match(pad)}
    op_scherm_en_papier(pagina, "manager achter een stap")
    volg(pagina, pagina.get_by_role("link", name="Terug naar het stroomschema"))

    kies(pagina, Vergelijk_met="2015-Q1")
    assert stappen(pagina)["Meldingen"] == ["2", "4"]
    kies(pagina, Vergelijk_met="Hele stad")
    naast = stappen(pagina)
    assert naast["Meldingen"] == ["4", "7"]

    ander = pagina.context.new_page()
    ander.goto(pagina.url)
    assert stappen(ander) == naast
    ander.close()

    figuren = {"toegekend": [2, 3], "meldingen": [4, 7]}
    for formaat, lees in (("Excel (XLSX)", lees_xlsx), ("LibreOffice (ODS)", lees_ods)):
        gelezen = cijfers(lees(haal(pagina, formaat))["2.6"])
        assert {stap: [gelezen[stap][0], gelezen[stap][2]] for stap in figuren} == figuren
    regels = {rij[0]: rij for rij in lees_csv(haal(pagina, "CSV"))}
    assert [regels["meldingen"][-2:], regels["toegekend"][-2:]] == [[4, 7], [2, 3]]
    assert "Wijkteam Noord" in lees_pdf(haal(pagina, "PDF"))
    assert haal(pagina, "Afbeelding (PNG)").startswith(b"\x89PNG")
    tekening = haal(pagina, "Tekening (SVG)").decode()
    los = chromium.new_page()
    los.set_content(tekening)
    assert "Meldingen" in (los.locator("svg").text_content() or "")
    los.close()


@pytest.mark.parametrize("sessie", [ANALIST], indirect=True, ids=["analist"])
def test_een_analist_langs_elke_tabel_en_nergens_bij_iemand(pagina: Page) -> None:
    pagina.goto("/rapportage")
    kies(pagina, Periode="2015-Q2")
    gezien = links(pagina)
    op_scherm_en_papier(pagina, "analist overzicht")
    tabellen = [
        str(a.get_attribute("href")) for a in pagina.get_by_role("main").locator("ul.tabellen h2 a").all()
    ]
    assert len(tabellen) == len(TABELLEN)
    for adres in tabellen:
        pagina.goto(adres)
        expect(pagina.get_by_role("heading", level=1)).to_be_visible()
        gezien |= links(pagina)

    pagina.goto("/rapportage/tabel/2.5?periode=2015-Q2&vergelijk=geen")
    op_scherm_en_papier(pagina, "analist tabel")
    langs_alles(pagina)
    verwacht = {
        rij.sleutel: rij.waarden for rij in beantwoord(Vraag("2.5", Periode.van_tekst("2015-Q2"))).rijen
    }
    assert cijfers(lees_xlsx(haal(pagina, "Excel (XLSX)"))["2.5"]) == verwacht
    assert {rij[0]: rij[-1:] for rij in lees_csv(haal(pagina, "CSV"))[1:]} == verwacht

    pagina.goto("/rapportage/stroomschema/meldingen?periode=2015-Q2")
    expect(pagina.get_by_text("Uw rol ziet aantallen en geen afzonderlijke meldingen.")).to_be_visible()
    gezien |= links(pagina)
    op_scherm_en_papier(pagina, "analist achter een stap")
    for adres in ("/rapportage/correcties", "/rapportage/edities", "/rapportage/teams", "/rapportage/kosten"):
        pagina.goto(adres)
        gezien |= links(pagina)

    assert not {pad for pad in gezien if OVER_IEMAND.match(pad)}
    for pad in ("/meldingen", "/huishoudens"):
        antwoord = pagina.goto(pad)
        assert antwoord is not None
        assert antwoord.status in (403, 404), pad


@pytest.mark.parametrize("sessie", [COORDINATOR], indirect=True, ids=["coordinator"])
def test_een_coordinator_van_een_stap_naar_een_melding_en_terug(pagina: Page) -> None:
    pagina.goto("/rapportage/stroomschema?periode=2015-Q2&team=noord&vergelijk=geen")
    op_scherm_en_papier(pagina, "coordinator stroomschema")
    langs_alles(pagina)
    volg(pagina, pagina.get_by_role("table").get_by_role("link", name="4").first)
    namen = pagina.get_by_role("cell", name=re.compile("Inwoner"))
    assert namen.count() == 4
    op_scherm_en_papier(pagina, "coordinator achter een stap")

    eerste = pagina.get_by_role("rowheader").get_by_role("link").first
    nummer = eerste.inner_text()
    volg(pagina, eerste)
    expect(pagina.get_by_role("main")).to_contain_text(nummer)
    bekijk(pagina, "coordinator melding", OVERAL)
    with pagina.expect_navigation():
        pagina.go_back()
    volg(pagina, pagina.get_by_role("link", name="Terug naar het stroomschema"))

    kies(pagina, Vergelijk_met="Wijkteam Zuid")
    assert stappen(pagina)["Meldingen"] == ["4", "3"]
    assert cijfers(lees_ods(haal(pagina, "LibreOffice (ODS)"))["2.6"])["meldingen"][0] == 4


@pytest.mark.parametrize("sessie", [COORDINATOR], indirect=True, ids=["coordinator"])
def test_zonder_script_en_met_alleen_toetsen_komt_een_coordinator_bij_dezelfde_melding(
    pagina: Page, bewaar: Callable[[str], None]
) -> None:
    pagina.goto("/rapportage/stroomschema?periode=2015-Q2&team=noord&vergelijk=geen")
    pagina.get_by_role("table").get_by_role("link", name="4").first.focus()
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    pagina.get_by_role("rowheader").get_by_role("link").first.focus()
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    bewaar("coordinator melding met toetsen")
    assert OVER_IEMAND.match(urlsplit(pagina.url).path)
