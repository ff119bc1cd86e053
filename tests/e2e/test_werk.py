"""The daily work in a browser, on the cases of the demo: from the call to the voorveld or the gesprek."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from households.models import Persoon
from meldingen.models import Melding
from teams.models import Aanstelling, Medewerker, Rol, Team
from tests.conftest import EigenDatabase
from tests.e2e.conftest import VERWACHT, sessie_van
from tests.e2e.handen import Muis, Toetsen, ZonderScript
from tests.e2e.kijken import BREED, OVERAL, SMAL, bekijk, neem_op

pytestmark = pytest.mark.browser

WIE = ("wijkwerker", "collega", "coordinator", "expert", "kcc", "fg", "toetser")
Werkplek = Callable[..., Page]


@pytest.fixture
def eigen_database(demodatabase: EigenDatabase) -> EigenDatabase:
    """The demo, for one test alone."""
    return demodatabase


@pytest.fixture
def leeg_team(eigen_database: EigenDatabase) -> None:
    """The wijkwerker and the coordinator work where nothing has happened yet."""
    leeg = Team.objects.wijkteams().last()
    Aanstelling.objects.filter(rol__in=(Rol.WIJKWERKER, Rol.COORDINATOR)).exclude(
        medewerker__username="collega"
    ).update(team=leeg)


@pytest.fixture
def sleutels(eigen_database: EigenDatabase) -> dict[str, int]:
    """Keys of the persons and meldingen that a test names, by the ref or surname; asked before the browser opens."""
    personen = {persoon.ref: persoon.pk for persoon in Persoon.objects.all() if persoon.ref}
    meldingen = {
        f"melding {melding.persoon.ref}": melding.pk
        for melding in Melding.objects.select_related("persoon").order_by("pk")
        if melding.persoon
    }
    huishoudens = {
        f"huishouden {persoon.ref}": persoon.verblijven.get().huishouden_id
        for persoon in Persoon.objects.filter(verblijven__isnull=False)
    }
    return personen | meldingen | huishoudens


@pytest.fixture
def werkplek(site: str, sleutels: dict[str, int], chromium: Browser) -> Iterator[Werkplek]:
    """Gives a tab in which somebody of the demo is signed in; anything on its console is an error."""
    sessies = {naam: sessie_van(Medewerker.objects.get(username=naam)) for naam in WIE}
    klachten: list[str] = []
    schermen = []

    def open_(naam: str, *, breedte: int = BREED, javascript: bool = True) -> Page:
        scherm = chromium.new_context(
            base_url=site,
            locale="nl-NL",
            java_script_enabled=javascript,
            viewport={"width": breedte, "height": 900},
        )
        schermen.append(scherm)
        scherm.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessies[naam], "url": site}])
        pagina = scherm.new_page()
        pagina.on("console", lambda bericht: klachten.append(bericht.text))
        return pagina

    yield open_
    for scherm in schermen:
        scherm.close()
    assert [klacht for klacht in klachten if not VERWACHT.search(klacht)] == []


@contextmanager
def uitgeklapt(hand: Muis, titel: str) -> Iterator[Locator]:
    """What unfolds under `titel`; given unfolded."""
    blok = hand.pagina.locator("details.handeling").filter(has=hand.pagina.get_by_text(titel, exact=True))
    hand.druk(blok.locator("summary"))
    yield blok


@pytest.fixture(
    params=[
        "telefoon",
        "zonder javascript",
        pytest.param("toetsenbord", marks=pytest.mark.vol),
        pytest.param("muis", marks=pytest.mark.vol),
    ]
)
def manier(request: pytest.FixtureRequest) -> str:
    """How somebody works: pointing on a narrow screen, by keyboard or without JavaScript on a wide one.

    Pointing on a wide screen is what the others do together, so that is for make test-full.
    """
    return str(request.param)


@pytest.fixture
def hand(manier: str, werkplek: Werkplek) -> Callable[[str], Muis]:
    """Gives the hands of somebody, who works in one of the ways."""

    def geef(naam: str) -> Muis:
        pagina = werkplek(
            naam,
            breedte=SMAL if manier == "telefoon" else BREED,
            javascript=manier != "zonder javascript",
        )
        soort = {"toetsenbord": Toetsen, "zonder javascript": ZonderScript}.get(manier, Muis)
        return soort(pagina)

    return geef


def meld(hand: Muis, naam: str, telefoon: str, vraag: str, *, wie: str, vervolg: str = "") -> str:
    """Register a call by the screen, saying explicitly who it is; gives the number of the melding."""
    pagina = hand.pagina
    keuze = pagina.locator("#bekenden label").filter(has_text=wie).get_by_role("radio").first
    opslaan = pagina.get_by_role("button", name="Opslaan")
    pagina.goto(reverse("melding-nieuw"))
    hand.vul("Naam", naam)
    with hand.antwoord("**/herken"):
        hand.vul("Telefoon of e-mail", telefoon)
    if not hand.javascript:
        hand.vul("Vraag, in eigen woorden", vraag)
        hand.druk(opslaan)
    with hand.antwoord("**/herken"):
        hand.kies(keuze)
    if hand.javascript:
        with hand.antwoord("**/herken"):
            hand.vul("Vraag, in eigen woorden", vraag)
    if vervolg:
        with hand.antwoord("**/herken"):
            hand.kies(pagina.get_by_label(vervolg))
    hand.druk(opslaan)
    klaar = pagina.get_by_text(re.compile(r"Melding M\d{6} is vastgelegd")).first
    expect(klaar).to_be_visible()
    nummer = re.search(r"M\d{6}", klaar.inner_text())
    assert nummer
    return nummer[0]


def test_een_bekende_belt_en_wordt_verwezen_naar_het_voorveld(
    hand: Callable[[str], Muis], manier: str
) -> None:
    kcc = hand("wijkwerker")
    nummer = meld(
        kcc,
        "Sharda Ramdien",
        "0612345678",
        "Ik zoek iemand die meeloopt naar de bank.",
        wie="Sharda Ramdin",
    )
    neem_op(kcc.pagina, f"werk vastgelegd {manier}")

    coordinator = hand("coordinator")
    pagina = coordinator.pagina
    pagina.goto(f"{reverse('werkvoorraad')}?lijst=triage")
    coordinator.kies(pagina.get_by_label(f"Kies {nummer} om te verdelen"))
    coordinator.kies_uit(pagina.get_by_label("Geef aan"), "Sanne de Wit")
    coordinator.vul("Reden", "kent het gezin", pagina.locator("#verdelen"))
    coordinator.druk(pagina.get_by_role("button", name="Verdeel", exact=True))
    expect(pagina.get_by_text("Sanne de Wit").first).to_be_visible()
    expect(pagina.get_by_label(f"Kies {nummer} om te verdelen")).to_have_count(0)

    wijkwerker = hand("wijkwerker")
    pagina = wijkwerker.pagina
    pagina.goto(f"{reverse('werkvoorraad')}?lijst=van-mij")
    rij = pagina.get_by_role("row").filter(has_text=nummer)
    wijkwerker.druk(rij.get_by_role("link").first)
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(f"{nummer}: Sharda Ramdin")
    pagina.goto(reverse("verwijzen", args=[int(nummer[1:])]))
    wijkwerker.druk(pagina.get_by_role("button", name=re.compile("^Verwijs hierheen")).first)

    expect(pagina).to_have_url(re.compile(rf"{reverse('melding', args=[int(nummer[1:])])}$"))
    expect(pagina.get_by_role("banner").or_(pagina.locator(".meldingkop")).last).to_contain_text(
        "afgerond in het voorveld"
    )
    neem_op(pagina, f"werk voorveld {manier}")


def test_een_nieuw_huishouden_wordt_opgepakt_en_krijgt_een_gesprek(
    hand: Callable[[str], Muis], manier: str
) -> None:
    wijkwerker = hand("wijkwerker")
    pagina = wijkwerker.pagina
    nummer = meld(
        wijkwerker,
        "Xanthippe Zwartjes-Quaedvlieg",
        "0687654321",
        "Mijn bed kan niet meer naar boven.",
        wie="nieuwe inwoner",
        vervolg="ik pak het zelf op",
    )
    pagina.goto(reverse("melding", args=[int(nummer[1:])]))
    morgen = timezone.localdate() + timedelta(days=1)
    with uitgeklapt(wijkwerker, "Plan een gesprek") as blok:
        wijkwerker.vul("Datum", f"{morgen:%d-%m-%Y}", blok)
        wijkwerker.vul("Tijd", "10:30", blok)
        wijkwerker.druk(pagina.get_by_role("button", name="Plan het gesprek"))

    expect(pagina.get_by_text("Gesprek gepland op")).to_be_visible()
    expect(pagina.locator(".meldingkop")).to_contain_text("Sanne de Wit")
    neem_op(pagina, f"werk gesprek gepland {manier}")


@pytest.mark.parametrize("breedte", [SMAL, pytest.param(BREED, marks=pytest.mark.vol)])
def test_spoed_die_niemand_oppakte_staat_bovenaan_bij_de_coordinator(
    werkplek: Werkplek, breedte: int
) -> None:
    pagina = werkplek("coordinator", breedte=breedte)
    pagina.goto(reverse("werkvoorraad"))

    alarm = pagina.get_by_role("region", name="Spoed die niemand op tijd heeft opgepakt")
    expect(alarm.get_by_role("listitem")).to_have_count(1)
    nummer = re.search(r"M\d{6}", alarm.inner_text())
    assert nummer
    alarm.get_by_role("link", name="Naar de triage").click()
    eerste = pagina.locator("tbody tr").first
    expect(eerste).to_contain_text(nummer[0])
    eerste.get_by_role("button", name=f"Pak op: {nummer[0]}").click()
    expect(pagina.get_by_role("region", name="Spoed die niemand op tijd heeft opgepakt")).to_have_count(0)


def test_noodtoegang_van_een_collega_wordt_door_de_fg_beoordeeld(
    werkplek: Werkplek, sleutels: dict[str, int]
) -> None:
    huishouden = sleutels["huishouden vandaag-P-vanthof-0"]
    collega = werkplek("collega")
    collega.goto(reverse("huishouden", args=[huishouden]))
    expect(collega.get_by_role("heading", level=1)).to_contain_text("is bekend")
    assert "Hof" not in collega.content()
    bekijk(collega, "werk huishouden van een ander team", OVERAL)
    collega.get_by_role("button", name="Open met noodtoegang").click()
    expect(collega.get_by_text("Vul een reden in").or_(collega.get_by_role("alert")).first).to_be_visible()
    collega.get_by_label("Waarom moet u dit dossier nu zien").fill("Zij staat verward bij de bakker.")
    collega.get_by_role("button", name="Open met noodtoegang").click()
    expect(collega.get_by_role("heading", level=1)).to_contain_text("Hof")
    expect(collega.get_by_text("U leest dit dossier met noodtoegang")).to_be_visible()
    bekijk(collega, "werk huishouden met noodtoegang", OVERAL)

    fg = werkplek("fg")
    fg.goto(reverse("noodtoegangen"))
    geval = fg.get_by_role("listitem").filter(has_text="Zij staat verward bij de bakker.")
    geval.locator("summary").click()
    geval.get_by_label("Terecht", exact=True).check()
    geval.get_by_role("button", name="Leg het oordeel vast").click()
    oordeel = fg.get_by_role("listitem").filter(has_text="Zij staat verward bij de bakker.")
    expect(oordeel).to_contain_text("door Els van Dam")
    neem_op(fg, "werk noodtoegang beoordeeld")


@pytest.mark.parametrize("breedte", [SMAL, pytest.param(BREED, marks=pytest.mark.vol)])
@pytest.mark.vol
def test_een_verkeerde_koppeling_is_vanaf_de_melding_ongedaan_te_maken(
    werkplek: Werkplek, sleutels: dict[str, int], breedte: int
) -> None:
    hand = Muis(werkplek("wijkwerker", breedte=breedte))
    pagina = hand.pagina
    pagina.goto(reverse("melding", args=[sleutels["melding vandaag-P-dijkstra-1"]]))
    kop = pagina.get_by_role("heading", level=1)
    expect(kop).to_contain_text("Sjoerd Dijkstra")
    pagina.get_by_text("Herstellen", exact=False).first.click()
    with uitgeklapt(hand, "Koppel aan een andere inwoner"):
        blok = pagina.locator("details[open]").filter(has_text="inwonernummer").last
        hand.vul("Inwoner", "Femke Dijkstra", blok)
        hand.vul("Reden", "verkeerd verstaan", blok)
        hand.druk(blok.get_by_role("button", name="Koppel", exact=True))
        hand.kies(blok.get_by_role("radio", name=re.compile("Femke Dijkstra")))
        hand.druk(blok.get_by_role("button", name="Koppel", exact=True))
    expect(kop).to_contain_text("Femke Dijkstra")
    pagina.get_by_text("Herstellen", exact=False).first.click()
    with uitgeklapt(hand, "Zet de koppeling terug"):
        blok = pagina.locator("details.handeling[open]").last
        hand.vul("Reden", "toch de vader", blok)
        hand.druk(blok.get_by_role("button", name="Zet de koppeling terug"))
    expect(kop).to_contain_text("Sjoerd Dijkstra")


def paginas(sleutels: dict[str, int]) -> dict[str, tuple[str, str]]:
    """Who looks at which page, by name."""
    return {
        "werkvoorraad mijn team": ("wijkwerker", f"{reverse('werkvoorraad')}?lijst=team"),
        "werkvoorraad van mij": ("wijkwerker", f"{reverse('werkvoorraad')}?lijst=van-mij"),
        "triage": ("coordinator", f"{reverse('werkvoorraad')}?lijst=triage"),
        "terugbellen": ("wijkwerker", f"{reverse('werkvoorraad')}?lijst=terugbellen"),
        "overdragen": ("coordinator", reverse("overdragen")),
        "terugbelverzoek": ("kcc", reverse("terugbelverzoek-nieuw")),
        "melding": ("wijkwerker", reverse("melding", args=[sleutels["melding vandaag-P-yilmaz-2"]])),
        "melding klaar": ("wijkwerker", reverse("melding", args=[sleutels["melding vandaag-P-vanthof-0"]])),
        "huishouden": ("wijkwerker", reverse("huishouden", args=[sleutels["huishouden vandaag-P-yilmaz-0"]])),
        "huishoudens": ("wijkwerker", reverse("huishoudens")),
    }


def test_elke_pagina_van_het_werk_is_voor_iedereen_en_past_op_elk_scherm(
    werkplek: Werkplek, sleutels: dict[str, int]
) -> None:
    for naam, (wie, adres) in paginas(sleutels).items():
        pagina = werkplek(wie)
        pagina.goto(adres)
        bekijk(pagina, f"werk {naam}", OVERAL)
        pagina.context.close()


@pytest.mark.vol
def test_wat_uitklapt_past_ook(werkplek: Werkplek, sleutels: dict[str, int]) -> None:
    for naam, (wie, adres) in paginas(sleutels).items():
        pagina = werkplek(wie)
        pagina.goto(adres)
        pagina.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        bekijk(pagina, f"werk {naam} uitgeklapt")
        pagina.context.close()


@pytest.mark.usefixtures("leeg_team")
@pytest.mark.vol
def test_een_team_zonder_werk_ziet_dat_er_niets_is(werkplek: Werkplek, sleutels: dict[str, int]) -> None:
    for naam in ("werkvoorraad mijn team", "triage", "terugbellen", "overdragen", "huishoudens"):
        wie, adres = paginas(sleutels)[naam]
        pagina = werkplek(wie)
        pagina.goto(adres)
        bekijk(pagina, f"werk {naam} leeg")
        pagina.context.close()


def _verkeerd(pagina: Page, knop: str, waar: str = "main") -> None:
    """Send a form of the page as it stands."""
    pagina.evaluate(
        "waar => document.querySelectorAll(waar + ' details').forEach(d => { d.open = true; })", waar
    )
    pagina.get_by_role("button", name=knop, exact=True).first.click()
    fout = pagina.get_by_role("alert").or_(pagina.locator("[aria-invalid=true]"))
    expect(fout.filter(visible=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("naam", "knop"),
    [
        ("triage", "Verdeel"),
        ("overdragen", "Draag over"),
        ("terugbelverzoek", "Leg vast"),
        ("melding", "Plan het gesprek"),
        ("huishouden", "Vraag"),
        ("werkvoorraad van mij", "Bewaar dit filter"),
    ],
)
def test_een_fout_is_voor_iedereen_te_zien_en_te_herstellen(
    werkplek: Werkplek, sleutels: dict[str, int], naam: str, knop: str
) -> None:
    wie, adres = paginas(sleutels)[naam]
    pagina = werkplek(wie)
    pagina.goto(adres)
    _verkeerd(pagina, knop)
    bekijk(pagina, f"werk {naam} fout")


@pytest.mark.vol
def test_de_signalen_zijn_te_lezen_en_te_openen(hand: Callable[[str], Muis], manier: str) -> None:
    coordinator = hand("coordinator")
    pagina = coordinator.pagina
    pagina.goto(reverse("signalen"))
    coordinator.druk(pagina.get_by_role("link", name="Mijn team"))
    rij = pagina.get_by_role("row").filter(has_text="sinds").first
    expect(rij).to_be_visible()
    if manier == "telefoon":
        bekijk(pagina, "werk signalen", OVERAL)
    coordinator.druk(rij.get_by_role("link"))
    expect(pagina).to_have_url(re.compile(r"/meldingen/[0-9]+$"))
