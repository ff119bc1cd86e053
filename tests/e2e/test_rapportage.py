"""The monitor in a browser: for everybody, by keyboard, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from reporting.formaten import FORMATEN
from reporting.models import Bestand
from reporting.tasks import maak_bestanden
from teams.models import Medewerker, Rol, Team
from tests.e2e.kijken import OVERAL, SMAL, bekijk, neem_op
from tests.factories import stel_aan
from tests.reporting.lezers import cijfers, lees_ods, lees_xlsx

pytestmark = pytest.mark.browser

STROOMSCHEMA = "/rapportage/stroomschema"
PAGINAS = {
    "overzicht": "/rapportage",
    "stroomschema": STROOMSCHEMA,
    "tabel 2.4": "/rapportage/tabel/2.4",
    "tabel 2.1 breed": "/rapportage/tabel/2.1",
    "teams": "/rapportage/teams",
    "tabel 2.5 per team": "/rapportage/tabel/2.5",
    "achter een stap": f"{STROOMSCHEMA}/overig_na_gesprek",
    "bestanden": "/rapportage/bestanden",
    "meegenomen": "/rapportage/meegenomen",
    "niet gevonden": "/bestaat-niet",
}
FOUT = "?periode=2015-Q9&bekendOp=gisteren&kleur=rood"
Bewaar = Callable[[str], None]

VLAKKEN = """([soort, welke]) => [...document.querySelectorAll(welke)]
    .filter(tekening => tekening.checkVisibility())
    .flatMap(tekening => [...tekening.querySelectorAll(soort)].map(deel => {
        const vlak = deel.getBoundingClientRect(), kader = tekening.getBoundingClientRect();
        return {wat: deel.textContent, x1: vlak.left, y1: vlak.top, x2: vlak.right, y2: vlak.bottom,
                binnen: vlak.left >= kader.left - 1 && vlak.right <= kader.right + 1
                    && vlak.top >= kader.top - 3 && vlak.bottom <= kader.bottom + 3};
    }))"""
KLEINSTE_LETTER = """() => Math.min(...[...document.querySelectorAll('.stroomschema, .grafiek')]
    .filter(tekening => tekening.checkVisibility())
    .flatMap(tekening => [...tekening.querySelectorAll('tspan')]
        .map(tekst => parseFloat(getComputedStyle(tekst).fontSize) * tekening.getScreenCTM().a)))"""
NADRUK = """() => {
    const nu = document.activeElement, stijl = getComputedStyle(nu), vlak = nu.getBoundingClientRect();
    const woorden = (nu.labels && nu.labels[0] || nu).innerText ?? nu.getAttribute('aria-label');
    const tekst = woorden.trim().split('\\n')[0];
    return {naam: nu === document.body ? '' : tekst,
            zichtbaar: stijl.outlineStyle !== 'none' && parseFloat(stijl.outlineWidth) >= 2
                && vlak.bottom > 0 && vlak.right > 0};
}"""


def met_tab(pagina: Page) -> dict[str, Any]:
    """Press Tab; where the focus then is, and whether one sees that."""
    pagina.keyboard.press("Tab")
    nadruk: dict[str, Any] = pagina.evaluate(NADRUK)
    return nadruk


def vlakken(pagina: Page, soort: str, welke: str = ".stroomschema") -> list[dict[str, Any]]:
    """Where each element of a kind is in the pictures that one sees."""
    gevonden: list[dict[str, Any]] = pagina.evaluate(VLAKKEN, [soort, welke])
    return gevonden


def rij_van(pagina: Page, stap: str) -> list[str]:
    """The figures of a step in the table under the picture."""
    tabel = pagina.get_by_role("table", name="Dezelfde cijfers als tabel")
    return tabel.get_by_role("row", name=stap).get_by_role("cell").all_inner_texts()


@pytest.mark.parametrize("gevuld", [False, True], ids=["leeg", "gevuld"])
def test_elke_pagina_is_voor_iedereen_en_past_op_elk_scherm(
    gevuld: bool, request: pytest.FixtureRequest
) -> None:
    if gevuld:
        request.getfixturevalue("meldingen")
    pagina: Page = request.getfixturevalue("pagina")

    for naam, adres in PAGINAS.items():
        pagina.goto(adres)
        bekijk(pagina, f"{naam} {'gevuld' if gevuld else 'leeg'}", OVERAL if gevuld else (SMAL,))


@pytest.mark.usefixtures("meldingen")
def test_een_team_is_te_bekijken_naast_de_andere_op_elk_scherm_en_op_papier(pagina: Page) -> None:
    pagina.goto("/rapportage/teams")
    pagina.get_by_role("link", name="Noord").first.focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("heading", name="in cijfers").wait_for()
    bekijk(pagina, "team", OVERAL)
    pagina.emulate_media(media="print")
    neem_op(pagina, "team op papier")


@pytest.mark.usefixtures("meldingen")
@pytest.mark.vol
def test_een_foute_vraag_is_voor_iedereen_te_herstellen(pagina: Page) -> None:
    for naam, adres in PAGINAS.items():
        if naam in ("niet gevonden", "bestanden", "meegenomen"):
            continue
        pagina.goto(adres + FOUT)
        bekijk(pagina, f"{naam} fout")

    pagina.goto(STROOMSCHEMA + FOUT)
    pagina.get_by_role("alert").get_by_role("link", name="Zoals bekend op").click()
    assert pagina.evaluate("document.activeElement.id") == "id_bekendOp"
    assert pagina.get_by_label("Zoals bekend op").input_value() == "gisteren"


@pytest.mark.vol
def test_aanmelden_is_voor_iedereen(pagina: Page) -> None:
    pagina.context.clear_cookies()
    pagina.goto("/")
    bekijk(pagina, "aanmelden", OVERAL)
    pagina.get_by_label("Gebruikersnaam").fill("wijkwerker")
    pagina.get_by_label("Wachtwoord").fill("vergeten")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("alert").wait_for()
    bekijk(pagina, "aanmelden fout")


@pytest.mark.usefixtures("meldingen")
def test_met_het_toetsenbord_alleen_kies_je_een_periode_en_een_team(pagina: Page) -> None:
    pagina.goto(STROOMSCHEMA)

    assert met_tab(pagina) == {"naam": "Naar de inhoud", "zichtbaar": True}
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"
    assert met_tab(pagina) == {"naam": "Periode", "zichtbaar": True}
    pagina.keyboard.press("ArrowDown")
    assert met_tab(pagina)["naam"] == "Team"
    pagina.keyboard.type("Wijkteam N")
    volgorde = [met_tab(pagina)["naam"] for _ in range(5)]
    assert volgorde == ["Stadsdeel", "Categorie", "Vergelijk met", "Meer keuzes", "Toon"]
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")

    gevraagd = parse_qs(urlsplit(pagina.url).query)
    assert gevraagd["periode"] == ["2015-Q1"]
    assert gevraagd["team"] == ["noord"]
    assert rij_van(pagina, "Meldingen") == [
        "0",
        "",
        "2",
        "",
    ]
    assert pagina.get_by_label("Team").input_value() == "noord"


@pytest.mark.usefixtures("meldingen")
@pytest.mark.vol
def test_een_getypte_periode_vraag_je_met_enter(pagina: Page) -> None:
    pagina.goto(STROOMSCHEMA)
    pagina.get_by_text("Meer keuzes").press("Enter")
    pagina.get_by_label("Andere periode").fill("2015")
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")

    assert pagina.get_by_label("Periode", exact=True).input_value() == "2015"
    assert rij_van(pagina, "Meldingen") == [
        "0",
        "",
        "9",
        "",
    ]


@pytest.mark.usefixtures("meldingen")
@pytest.mark.vol
def test_alles_wat_je_kunt_bedienen_is_te_bereiken_en_te_zien(pagina: Page) -> None:
    pagina.goto(STROOMSCHEMA)
    gezien = []
    while (nadruk := met_tab(pagina))["naam"] and len(gezien) < 80:
        assert nadruk["zichtbaar"], nadruk
        gezien.append(nadruk["naam"])

    assert gezien == [
        *("Naar de inhoud", "Eenplan", "wijkwerker", "Sociale kaart", "Rapportage", "Rapportage"),
        *(
            "Periode",
            "Team",
            "Stadsdeel",
            "Categorie",
            "Vergelijk met",
            "Meer keuzes",
            "Toon",
            "Begin opnieuw",
        ),
        *(naam for naam in gezien if naam.endswith("toon de meldingen")),
        "Dezelfde cijfers als tabel",
        *(naam for naam in gezien if naam.isdecimal()),
        "Wat telt waar?",
        *(formaat.label for formaat in FORMATEN.values()),
        "Wat veranderde er sinds de vorige editie, of in de laatste maand?",
        "Stel deze tabel vast als editie",
        *("Deze cijfers uit de API", "Hetzelfde verloop als tabel", "Sneltoetsen"),
    ]
    assert len([naam for naam in gezien if naam.endswith("toon de meldingen")]) == 12
    assert len([naam for naam in gezien if naam.isdecimal()]) == 24


@pytest.mark.usefixtures("meldingen")
def test_een_tabel_neem_je_mee_en_alle_tabellen_worden_een_bestand(pagina: Page) -> None:
    pagina.goto("/rapportage/tabel/2.4?periode=2015-Q2")
    with pagina.expect_download() as een:
        pagina.get_by_role("navigation", name="Meenemen").get_by_role("link", name="Excel (XLSX)").click()
    assert een.value.suggested_filename == "monitor-2.4-2015-Q1-en-2015-Q2.xlsx"
    assert cijfers(lees_xlsx(een.value.path().read_bytes())["2.4"])["totaal"] == [2, 8]

    pagina.goto("/rapportage?periode=2015-Q2")
    pagina.get_by_label("Alle tabellen als").select_option("ods")
    pagina.get_by_role("button", name="Maak het bestand").dblclick()
    pagina.get_by_text("0 van 36 tabellen geteld").wait_for()
    bekijk(pagina, "bestanden in de maak", OVERAL)
    assert Bestand.objects.count() == 1
    maak_bestanden()
    with pagina.expect_download() as alles:
        pagina.get_by_role("link", name="Haal op").click()
    assert cijfers(lees_ods(alles.value.path().read_bytes())["2.4"])["totaal"] == [2, 8]

    pagina.goto("/rapportage?periode=2015-Q1")
    pagina.get_by_role("button", name="Maak het bestand").press("Enter")
    pagina.get_by_role("button", name="Afbreken").press("Enter")
    pagina.get_by_text("Afgebroken op").wait_for()
    bekijk(pagina, "bestanden klaar en afgebroken", OVERAL)


@pytest.mark.usefixtures("meldingen")
def test_in_de_tekening_staat_niets_over_elkaar_en_is_alles_te_lezen(pagina: Page) -> None:
    pagina.goto(STROOMSCHEMA)
    for breedte in (1920, 1280, 1056, 1024, 768, 390, 320):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        teksten, staven = vlakken(pagina, "text"), vlakken(pagina, "rect")

        assert len(staven) == 12
        assert all(tekst["binnen"] for tekst in teksten)
        for een, ander in combinations(teksten + staven, 2):
            breed = min(een["x2"], ander["x2"]) - max(een["x1"], ander["x1"])
            hoog = min(een["y2"], ander["y2"]) - max(een["y1"], ander["y1"])
            assert breed < 1 or hoog < 4, (breedte, een, ander)
        assert pagina.evaluate(KLEINSTE_LETTER) >= (11 if breedte < 390 else 12), breedte


@pytest.mark.usefixtures("meldingen")
def test_in_de_grafieken_staat_niets_over_elkaar(pagina: Page) -> None:
    for adres in ("/rapportage/tabel/2.5", "/rapportage/tabel/2.1", STROOMSCHEMA):
        pagina.goto(adres)
        for breedte in (1280, 390, 320):
            pagina.set_viewport_size({"width": breedte, "height": 900})
            teksten, balken = vlakken(pagina, "text", ".grafiek"), vlakken(pagina, "rect", ".grafiek")
            assert teksten
            assert all(deel["binnen"] for deel in teksten + balken), adres
            for een, ander in combinations(teksten, 2):
                breed = min(een["x2"], ander["x2"]) - max(een["x1"], ander["x1"])
                hoog = min(een["y2"], ander["y2"]) - max(een["y1"], ander["y1"])
                assert breed < 1 or hoog < 4, (adres, breedte, een, ander)


@pytest.mark.usefixtures("meldingen")
def test_een_manager_gaat_met_het_toetsenbord_van_een_stap_naar_de_meldingen_en_terug(
    pagina: Page, wijkwerker: Medewerker
) -> None:
    stel_aan(wijkwerker, Rol.MANAGER, Team.objects.get(code="noord"))
    pagina.goto(f"{STROOMSCHEMA}?periode=2015-Q2&vergelijk=geen&bekendOp=2099-01-01")
    pagina.get_by_role("group", name="Stroomschema").get_by_role("link", name="Meldingen: 7").focus()
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")

    assert pagina.get_by_role("heading", level=1).inner_text() == "Meldingen"
    cijfers = pagina.locator(".kerncijfers dd").all_inner_texts()
    rijen = pagina.get_by_role("table").get_by_role("rowheader").all_inner_texts()
    assert [cijfers[0], cijfers[1]] == ["7", str(len(rijen))]
    assert int(cijfers[1]) + int(cijfers[2]) == 7
    assert "Inwoner" not in pagina.get_by_role("main").inner_text()
    bekijk(pagina, "achter een stap manager", OVERAL)
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Terug naar het stroomschema").click()
    assert pagina.get_by_label("Periode", exact=True).input_value() == "2015-Q2"
    assert pagina.get_by_label("Zoals bekend op").input_value() == "2099-01-01"


@pytest.mark.usefixtures("meldingen")
def test_een_team_staat_naast_de_hele_stad_en_een_link_laat_een_collega_hetzelfde_zien(pagina: Page) -> None:
    pagina.goto(f"{STROOMSCHEMA}?periode=2015-Q2")
    pagina.get_by_label("Team").select_option(label="Wijkteam Noord")
    pagina.get_by_label("Vergelijk met").select_option(label="Hele stad")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Toon").click()
    gezien = rij_van(pagina, "Meldingen")

    assert gezien == ["4", "", "7", ""]
    assert pagina.locator("tspan", has_text="de hele stad: 7").first.is_visible()
    bekijk(pagina, "stroomschema naast de stad", OVERAL)
    pagina.goto(pagina.url)
    assert rij_van(pagina, "Meldingen") == gezien


@pytest.mark.usefixtures("meldingen")
@pytest.mark.vol
def test_op_papier_is_het_zwart_op_wit_zonder_knoppen(pagina: Page, bewaar: Bewaar) -> None:
    pagina.goto(STROOMSCHEMA)
    pagina.emulate_media(media="print")
    bewaar("stroomschema print")

    assert not pagina.get_by_role("button", name="Toon").is_visible()
    assert not pagina.get_by_role("navigation", name="Hoofdmenu").is_visible()
    assert pagina.get_by_role("group", name="Stroomschema van de meldingen").is_visible()
    assert pagina.get_by_role("img", name="Verloop van de meldingen").is_visible()
    assert pagina.get_by_text("Het team is begonnen te onderzoeken").is_visible()
    kleuren = "[...document.querySelectorAll('.stroomschema tspan, td')].map(d => getComputedStyle(d)[%r])"
    assert set(pagina.evaluate(kleuren % "fill")) == {"rgb(0, 0, 0)"}
    assert set(pagina.evaluate(kleuren % "color")) == {"rgb(0, 0, 0)"}
    assert pagina.pdf(prefer_css_page_size=True).startswith(b"%PDF")
