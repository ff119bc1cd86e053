"""One household of four, two laws, one plan: from the gesprek to help, and back when it ends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from households import workflow as huishoudens
from households.models import Documentsoort, Persoon, Relatiesoort
from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Kanaal, Meldersoort, Melding, Toestemming
from meldingen.workflow import Melder
from reporting.antwoord import beantwoord
from reporting.vraag import Vraag
from teams.models import Medewerker
from tests.conftest import EigenDatabase
from tests.e2e.kijken import BREED, SMAL, bekijk
from tests.e2e.test_werk import Werkplek, eigen_database, sleutels, werkplek  # noqa: F401
from voorzieningen.models import Aanbieder

pytestmark = pytest.mark.browser

BSNS = {"Joost": "999990019", "Thijs": "999990020"}
TABELLEN = ("2.4", "2.5", "2.6", "2.9", "2.10", "2.12", "2.13", "2.14")
ERBIJ = {
    *(("2.4", rij) for rij in ("volwassenen", "totaal")),
    *(("2.5", rij) for rij in ("BNW", "totaal")),
    *(("2.6", rij) for rij in ("meldingen", "gesprek", "onderzoek", "afgerond", "toegekend")),
    ("2.9", "clienten"),
    *(("2.10", rij) for rij in ("BNW", "totaal")),
    *(("2.12", rij) for rij in ("zin", "totaal")),
    ("2.13", "begeleiding"),
    *(("2.14", rij) for rij in ("jeugdhulp", "totaal")),
}
"""Where this one melding, with one client Wmo and one Jeugdwet, is one more in the tables of the monitor."""
EINDE = timedelta(days=364)


def dag(verder: timedelta = timedelta()) -> str:
    return (timezone.localdate() + verder).strftime("%d-%m-%Y")


def geteld() -> dict[tuple[str, str, str], Any]:
    """Every figure of the tables for this quarter, by table, row and column; also the small ones."""
    vandaag = timezone.localdate()
    kwartaal = f"{vandaag.year}-Q{(vandaag.month + 2) // 3}"
    antwoorden = [
        beantwoord(
            Vraag.van_invoer(tabel, periode=kwartaal, bekend_op=None, vergelijk=None, filters={}), ruw=True
        )
        for tabel in TABELLEN
    ]
    return {
        (antwoord.tabel.sleutel, rij.sleutel, kolom): waarde
        for antwoord in antwoorden
        for rij in antwoord.rijen
        for kolom, waarde in zip(antwoord.kolommen, rij.waarden, strict=True)
        if not rij.percentage
    }


@pytest.fixture
def ervoor(eigen_database: EigenDatabase) -> dict[tuple[str, str, str], Any]:  # noqa: F811
    """What the tables said before anybody called."""
    return geteld()


@pytest.fixture
def zaak(ervoor: dict[tuple[str, str, str], Any]) -> Melding:
    """Joost Brouwer asks for help; of him and of his son Thijs everything is known that a besluit needs."""
    collega = Medewerker.objects.get(username="collega")
    gezin = {
        persoon.voornamen: persoon for persoon in Persoon.objects.filter(ref__startswith="vandaag-P-brouwer")
    }
    for naam, bsn in BSNS.items():
        huishoudens.vul_persoon_aan(gezin[naam], bsn=bsn)
        huishoudens.zie_identiteit(
            gezin[naam], document=Documentsoort.PASPOORT, gezien_op=timezone.localdate(), door=collega
        )
    huishoudens.leg_relatie_vast(gezin["Joost"], Relatiesoort.GEZAG, gezin["Thijs"], door=collega)
    Aanbieder.objects.get_or_create(naam="Zorgzaam")
    melding = workflow.neem_aan(
        voor=gezin["Joost"],
        melder=Melder(Meldersoort.INWONER, "Joost Brouwer", telefoon="036-5550199"),
        vraag="het lukt thuis en op school niet meer",
        op=timezone.localdate(),
        door=Medewerker.objects.get(username="kcc"),
        toch_apart=True,
        toestemming=Toestemming.JA,
        categorie=Categorie.VOLWASSENEN,
        kanaal=Kanaal.TELEFOON,
        aanleiding=Aanleiding.NIEUWE_VRAAG,
    )
    return workflow.pak_op(melding, door=collega)


def klap_uit(pagina: Page, titel: str) -> Locator:
    """What unfolds under `titel`, unfolded."""
    blok = pagina.locator("details.handeling").filter(has=pagina.get_by_text(titel, exact=True))
    blok.locator("summary").first.click()
    return blok


def kies(lijst: Locator, begin: str) -> None:
    """Choose what has this in it."""
    lijst.select_option(value=lijst.locator("option", has_text=begin).first.get_attribute("value"))


def doe(pagina: Page, titel: str, knop: str | None = None, **velden: str) -> None:
    """Unfold a small form, fill it in and send it; what it did is told on the next page."""
    blok = klap_uit(pagina, titel)
    for label, tekst in velden.items():
        blok.get_by_label(label, exact=True).fill(tekst)
    blok.get_by_role("button", name=knop or titel, exact=True).click()
    expect(pagina.locator("details.handeling[open]")).to_have_count(0)


def bereid_voor(pagina: Page, melding: Melding, *, voor: str, voorziening: str) -> str:
    """A besluit on two hours a week by Zorgzaam; gives the address of its page."""
    pagina.goto(f"/meldingen/{melding.pk}/besluiten/nieuw")
    kies(pagina.get_by_label("Voor wie"), voor)
    pagina.get_by_label("Voorziening").select_option(label=voorziening)
    pagina.get_by_label("Aanbieder").select_option(label="Zorgzaam")
    pagina.get_by_label("Hoeveel").fill("2")
    pagina.get_by_label("Prijs per eenheid").fill("55,50")
    pagina.get_by_label("Eindigt op").fill(dag(EINDE))
    pagina.get_by_label("Waarom, in woorden die de inwoner begrijpt").fill("U kunt dit niet alleen.")
    pagina.get_by_role("button", name="Bereid voor").click()
    expect(pagina.get_by_text("Het besluit is in voorbereiding.")).to_be_visible()
    return re.sub("^https?://[^/]+", "", pagina.url)


def ga_op_gesprek(werker: Page, tweede: Page, melding: str, nummer: str) -> None:
    """Planned by one, with the other along, who finds it in their own list and writes down that it was held."""
    blok = klap_uit(werker, "Plan een gesprek")
    blok.get_by_label("Datum", exact=True).fill(dag(timedelta(days=1)))
    blok.get_by_label("Tijd", exact=True).fill("10:30")
    kies(blok.get_by_label("Tweede collega, ook van een ander team"), "Sanne de Wit")
    blok.get_by_role("button", name="Plan het gesprek").click()
    expect(werker.get_by_text("Het gesprek is gepland.")).to_be_visible()
    tweede.goto("/werkvoorraad")
    tweede.locator("li", has_text=nummer).get_by_role("link").first.click()
    klap_uit(tweede, "Het gesprek is gehouden").get_by_role("button", name="Leg vast").click()
    expect(tweede.get_by_text("Het gesprek is gehouden")).to_be_visible()
    werker.goto(melding)


@pytest.mark.parametrize("breedte", [SMAL, pytest.param(BREED, marks=pytest.mark.vol)])
def test_een_gezin_van_vier_krijgt_een_plan_en_twee_beschikkingen_en_komt_vanzelf_terug(
    ervoor: dict[tuple[str, str, str], Any],
    zaak: Melding,
    werkplek: Werkplek,  # noqa: F811
    django_db_blocker: object,
    breedte: int,
) -> None:
    werker, toetser = werkplek("collega", breedte=breedte), werkplek("toetser", breedte=breedte)
    melding = f"/meldingen/{zaak.pk}"
    werker.goto(melding)
    ga_op_gesprek(werker, werkplek("wijkwerker", breedte=breedte), melding, zaak.nummer)
    for stap in ("Onderzoek starten", "Onderzoek afronden"):
        doe(werker, stap)
    doe(werker, "Leg de aanvraag vast", "Leg vast")
    expect(werker.get_by_text("art. 2.3.5, tweede lid").first).to_be_visible()
    bekijk(werker, f"melding met termijnen {breedte}")

    werker.goto(f"/huishoudens/{zaak.huishouden_id}/plan")
    werker.get_by_role("button", name="Begin het plan").click()
    werker.get_by_label("Wat wilt u bereiken").fill("Thuis rust, en Thijs weer naar school")
    werker.get_by_role("button", name="Bewaar doel").click()
    werker.get_by_role("button", name="Stel versie 1 vast").click()
    blok = klap_uit(werker, "Wat vindt de inwoner van deze versie")
    kies(blok.get_by_label("Wie zegt dit"), "Joost")
    blok.get_by_label("akkoord", exact=True).check()
    blok.get_by_role("button", name="Leg vast").click()
    expect(werker.get_by_text(f"Melding {zaak.nummer} staat nu op akkoord met het plan.")).to_be_visible()

    wmo = bereid_voor(
        werker,
        zaak,
        voor="Joost",
        voorziening="Wmo: begeleiding – individuele ondersteuning licht",
    )
    jeugd = bereid_voor(
        werker,
        zaak,
        voor="Thijs",
        voorziening="Jeugdwet: ambulante ondersteuning jeugdige-gezin-school – licht",
    )
    for besluit in (wmo, jeugd):
        werker.goto(besluit)
        doe(werker, "Vraag een toets", "Vraag toets")
    bekijk(werker, f"besluit ter toets {breedte}")
    toetser.goto("/toetsen")
    bekijk(toetser, f"toetsen {breedte}")
    for besluit in (wmo, jeugd):
        toetser.goto(besluit)
        doe(toetser, "Pak de toets op", "Pak op")
    doe(toetser, "Stel een vraag aan de wijkwerker", "Stel vraag", Vraag="Wat doet de school?")
    werker.goto(jeugd)
    expect(werker.get_by_text("Wat doet de school?").first).to_be_visible()
    doe(werker, "Beantwoord de vraag", "Verstuur antwoord", Antwoord="De mentor belt elke week.")
    for besluit in (wmo, jeugd):
        toetser.goto(besluit)
        blok = klap_uit(toetser, "Akkoord")
        blok.get_by_label("Oordeel, in gewone woorden").fill("Het klopt.")
        blok.get_by_role("button", name="Geef akkoord").click()
        werker.goto(besluit)
        doe(werker, "Ken toe")
        expect(werker.get_by_text("De voorziening is toegekend en de hulp is opgedragen.")).to_be_visible()
        doe(werker, "De hulp is gestart", "Leg vast", **{"Op welke dag": dag()})
    doe(
        werker,
        "Stel het aantal bij",
        "Stel bij",
        **{"Nieuw aantal": "2,4", "Reden": "twee weken lang twee keer extra"},
    )
    expect(werker.get_by_text("nu bijgesteld tot 2,40")).to_be_visible()
    bekijk(werker, f"besluit met hulp {breedte}")
    werker.goto(f"/huishoudens/{zaak.huishouden_id}/plan")
    expect(werker.get_by_role("heading", name="Beschikkingen onder dit plan")).to_be_visible()
    onder_dit_plan = werker.locator("section", has_text="Beschikkingen onder dit plan")
    expect(onder_dit_plan.get_by_role("link")).to_have_count(2)

    niet = bereid_voor(
        werker,
        zaak,
        voor="Fleur",
        voorziening="Jeugdwet: ambulante ondersteuning jeugdige-gezin-school – licht",
    )
    blok = klap_uit(werker, "Ken niet toe")
    kies(blok.get_by_label("Waarom niet"), "andere oplossing")
    blok.get_by_label("Motivering, in woorden die de inwoner begrijpt").fill("Uw zus past op haar.")
    blok.get_by_role("button", name="Ken niet toe").click()
    expect(werker.get_by_text("niet toegekend").first).to_be_visible()
    assert niet

    nu = geteld()
    erbij = {
        plek[:2]: waarde - ervoor.get(plek, 0) for plek, waarde in nu.items() if waarde != ervoor.get(plek)
    }
    assert erbij == dict.fromkeys(ERBIJ, 1)

    afloop = (timezone.localdate() + EINDE - timedelta(weeks=8)).isoformat()
    for _ in range(2):
        call_command("nachtwerk", op=afloop, verbosity=0)
    terug = Melding.objects.filter(herindicatie_van__isnull=False, huishouden=zaak.huishouden).order_by("pk")
    assert [rij.gebeurtenissen.get().kanaal for rij in terug] == [Kanaal.AFLOOP_INDICATIE] * 2
    werker.goto(f"/huishoudens/{zaak.huishouden_id}")
    for rij in terug:
        expect(werker.get_by_role("link", name=rij.nummer).first).to_be_visible()
    werker.goto("/werkvoorraad?lijst=team")
    for rij in terug:
        expect(werker.locator(f"main a[href='/meldingen/{rij.pk}']").first).to_be_visible()
