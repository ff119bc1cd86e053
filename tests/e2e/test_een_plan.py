"""One household of four, two laws, one plan: from the gesprek to help, and back when it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from households import workflow as huishoudens
from households.models import Documentsoort, Persoon, Relatiesoort
from meldingen import workflow
from meldingen.models import Aanleiding, Categorie, Kanaal, Meldersoort, Melding, Stand, Toestemming
from meldingen.workflow import Melder
from teams.models import Medewerker
from tests.conftest import EigenDatabase
from tests.e2e.kijken import BREED, SMAL, bekijk
from tests.e2e.test_werk import Werkplek, eigen_database, sleutels, werkplek  # noqa: F401
from voorzieningen.models import Aanbieder, Beschikking, Besluit

pytestmark = pytest.mark.browser

BSNS = {"Joost": "999990019", "Thijs": "999990020"}
EINDE = timedelta(days=364)


def dag(verder: timedelta = timedelta()) -> str:
    return (timezone.localdate() + verder).strftime("%d-%m-%Y")


@pytest.fixture
def zaak(eigen_database: EigenDatabase) -> Melding:  # noqa: F811
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


@pytest.mark.parametrize("breedte", [SMAL, pytest.param(BREED, marks=pytest.mark.vol)])
def test_een_gezin_van_vier_krijgt_een_plan_en_twee_beschikkingen_en_komt_vanzelf_terug(
    zaak: Melding,
    werkplek: Werkplek,  # noqa: F811
    django_db_blocker: object,
    breedte: int,
) -> None:
    werker, toetser = werkplek("collega", breedte=breedte), werkplek("toetser", breedte=breedte)
    melding = f"/meldingen/{zaak.pk}"
    werker.goto(melding)
    for stap in ("Gesprek starten", "Onderzoek starten", "Onderzoek afronden"):
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
    expect(
        werker.locator("section", has_text="Beschikkingen onder dit plan").get_by_role("link")
    ).to_have_count(2)


def test_wat_in_de_browser_is_gedaan_telt_mee_en_komt_terug_als_het_afloopt(
    zaak: Melding,
    eigen_database: EigenDatabase,  # noqa: F811
) -> None:
    """The same by the verbs, to look at what the figures and the night make of it."""
    collega, toetser = (Medewerker.objects.get(username=naam) for naam in ("collega", "toetser"))
    vandaag = timezone.localdate()
    eerder = Melding.objects.count()
    from tests.besluiten.conftest import inhoud, toets_goed

    melding = zaak
    for verb in ("start_gesprek", "start_onderzoek", "rond_onderzoek_af", "leg_akkoord_vast"):
        melding = getattr(workflow, verb)(melding, op=vandaag, door=collega)
    workflow.dien_aanvraag_in(melding, op=vandaag, door=collega)
    besluit = workflow.stel_besluit_op(
        melding, persoon=melding.persoon, door=collega, **inhoud(einddatum=vandaag + EINDE)
    )
    toets_goed(besluit, van=collega, door=toetser)
    besluit = workflow.ken_besluit_toe(besluit, op=vandaag, door=collega)
    stand = Stand.objects.bekend_op(None).get(melding=melding)
    assert (stand.gesprek_op, stand.akkoord_op, stand.toegekend_op) == (vandaag, vandaag, vandaag)
    assert Beschikking.objects.filter(melding=melding).count() == Besluit.objects.toegekend().count() == 1

    nacht = (vandaag + EINDE - timedelta(weeks=8)).isoformat()
    call_command("nachtwerk", op=nacht, verbosity=0)
    call_command("nachtwerk", op=nacht, verbosity=0)

    terug = Melding.objects.filter(herindicatie_van=besluit.beschikking)
    assert [rij.huishouden_id for rij in terug] == [zaak.huishouden_id]
    assert Melding.objects.count() > eerder
