"""What of a plan is set down: versions side by side, print, and the PDF for the resident."""

from __future__ import annotations

import re
import sys
import zlib
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households import workflow
from households.models import Antwoord, Deelnemersoort, Doel, Doelstand, Huishouden, Plan, Wijze
from meldingen.pdf import kan_pdf
from meldingen.verschil import woorden
from teams.models import Handeling, Inzage, Medewerker, Team
from tests.households.plannen import deelnemer, maak_doel, maak_gezin, persoon
from tests.meldingen_web.test_plan import pad, vandaag

pytestmark = pytest.mark.django_db


@pytest.fixture
def huishouden(wijkwerker: Medewerker, haven: Team) -> Huishouden:
    return maak_gezin(wijkwerker)


@pytest.fixture
def plan(huishouden: Huishouden, wijkwerker: Medewerker) -> Plan:
    plan = workflow.begin_plan(huishouden, door=wijkwerker)
    maak_doel(plan, wijkwerker)
    return plan


@pytest.fixture
def doel(plan: Plan) -> Doel:
    return plan.doelen.get()


def tekst(antwoord: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", antwoord.content.decode())).split())


def wijzig(doel: Doel, nieuw: str, door: Medewerker) -> None:
    doel.refresh_from_db()
    workflow.wijzig_doel(
        doel,
        bewerking=doel.bewerking,
        tekst=nieuw,
        eigenaar=doel.eigenaar,
        stand=Doelstand.OPEN,
        door=door,
    )


@pytest.mark.parametrize(
    ("oud", "nieuw", "weg", "erbij"),
    [
        ("weer naar school", "weer graag naar school", [], [" graag"]),
        ("elke dag naar school", "drie dagen naar school", ["elke", "dag"], ["drie", "dagen"]),
        ("", "iets", [], ["iets"]),
        ("gelijk", "gelijk", [], []),
    ],
)
def test_het_verschil_is_per_woord_en_er_gaat_niets_verloren(
    oud: str, nieuw: str, weg: list[str], erbij: list[str]
) -> None:
    was, wordt = woorden(oud, nieuw)
    assert "".join(stuk.tekst for stuk in was) == oud
    assert "".join(stuk.tekst for stuk in wordt) == nieuw
    assert [stuk.tekst for stuk in was if stuk.anders] == weg
    assert [stuk.tekst for stuk in wordt if stuk.anders] == erbij


def test_twee_versies_staan_naast_elkaar_met_wat_er_anders_is(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    workflow.stel_vast(plan, door=wijkwerker)
    wijzig(doel, "Sem gaat elke dag naar school", wijkwerker)
    workflow.stel_vast(plan, door=wijkwerker)
    maak_doel(plan, wijkwerker, tekst="Schulden op orde")
    gelezen = bezoek.get(pad(plan.huishouden, "/versies?oud=1&nieuw=2")).content.decode()
    assert "<del>weer</del>" in gelezen
    assert "<ins>elke dag</ins>" in gelezen
    assert "Schulden" not in gelezen
    nu = bezoek.get(pad(plan.huishouden, "/versies"))
    assert "Schulden op orde Doel Nieuw Versie 2 Stond er niet in. Zoals het nu is" in tekst(nu)
    omgekeerd = tekst(bezoek.get(pad(plan.huishouden, "/versies?oud=nu&nieuw=2")))
    assert "Doel Vervallen" in omgekeerd
    zelfde = tekst(bezoek.get(pad(plan.huishouden, "/versies?oud=1&nieuw=1")))
    assert "Sem gaat weer naar school" in zelfde


def test_zonder_versie_staat_er_het_plan_van_nu_en_onzin_in_het_adres_geeft_niets_anders(
    bezoek: Client, plan: Plan
) -> None:
    for vraag in ("", "?oud=x&nieuw=%00", "?oud=99999999999999999999"):
        antwoord = bezoek.get(pad(plan.huishouden, f"/versies{vraag}"))
        assert antwoord.status_code == 200
        assert "Er is nog geen versie vastgesteld" in tekst(antwoord)
    for vraag in ("?plan=x", "?plan=0", f"?plan={'9' * 30}", "?plan="):
        assert bezoek.get(pad(plan.huishouden, f"/versies{vraag}")).status_code == 404
    for vraag in ("?versie=7", "?versie=x", "?versie=²"):
        assert bezoek.get(pad(plan.huishouden, f"/afdruk{vraag}")).status_code == 404


def test_zonder_plan_valt_er_niets_af_te_drukken(bezoek: Client, huishouden: Huishouden) -> None:
    for rest in ("/versies", "/afdruk", ".pdf"):
        assert bezoek.get(pad(huishouden, rest)).status_code == 404


def test_op_papier_staat_wat_is_vastgesteld_en_het_logboek_weet_ervan(
    bezoek: Client, plan: Plan, doel: Doel, wijkwerker: Medewerker
) -> None:
    versie = workflow.stel_vast(plan, door=wijkwerker)
    workflow.leg_mening_vast(
        versie,
        deelnemer(plan, "Joris"),
        antwoord=Antwoord.NEE,
        wijze=Wijze.POST,
        datum=timezone.localdate(versie.op),
        opmerking="te veel bemoeienis",
        door=wijkwerker,
    )
    wijzig(doel, "Iets anders", wijkwerker)
    gelezen = tekst(bezoek.get(pad(plan.huishouden, "/afdruk")))
    assert "Dit is versie 1, vastgesteld op" in gelezen
    assert "Sem gaat weer naar school" in gelezen
    assert "Iets anders" not in gelezen
    assert "te veel bemoeienis" not in gelezen
    assert "niet akkoord" not in gelezen
    nu = tekst(bezoek.get(pad(plan.huishouden, "/afdruk?versie=nu")))
    assert "Dit is een concept van" in nu
    assert "Iets anders" in nu
    afgedrukt = Inzage.objects.filter(handeling=Handeling.AFGEDRUKT, onderwerp="households.Huishouden")
    assert afgedrukt.count() == 2


def test_een_besloten_doel_staat_alleen_op_het_papier_van_wie_het_is(
    bezoek: Client, plan: Plan, wijkwerker: Medewerker
) -> None:
    therapeut = workflow.voeg_deelnemer_toe(
        plan, soort=Deelnemersoort.ORGANISATIE, naam="Dokter Geheim", door=wijkwerker
    )
    joris = deelnemer(plan, "Joris")
    besloten = maak_doel(
        plan,
        wijkwerker,
        tekst="Stoppen met drinken",
        eigenaar=joris,
        besloten=True,
        voor_wie=[persoon(plan.huishouden, "Joris")],
    )
    workflow.voeg_afspraak_toe(
        plan, soort=1, tekst="Elke week praten", wie=therapeut, doel=besloten, door=wijkwerker
    )
    geheim = ("Stoppen met drinken", "Elke week praten", "Dokter Geheim")
    papier = {
        voor: re.sub(r".*Ons plan", "", tekst(bezoek.get(pad(plan.huishouden, f"/afdruk?voor={voor}"))))
        for voor in ("", joris.pk, deelnemer(plan, "Mila").pk)
    }
    assert [all(stuk in gelezen for stuk in geheim) for gelezen in papier.values()] == [False, True, False]
    assert not any(stuk in papier[""] for stuk in geheim)
    assert all("Joris Bos" in gelezen for gelezen in papier.values())
    op_het_scherm = tekst(bezoek.get(pad(plan.huishouden)))
    assert "Stoppen met drinken Open Besloten van Joris Bos" in op_het_scherm


def stromen(pdf: bytes) -> bytes:
    """Everything in the PDF, what is compressed unpacked."""
    delen = [pdf]
    for rauw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            delen.append(zlib.decompress(rauw))
        except zlib.error:
            continue
    return b"\n".join(delen)


@pytest.mark.skipif(not kan_pdf(), reason="Pango is er niet")
def test_de_pdf_is_toegankelijk_en_zijn_naam_zegt_niets(
    bezoek: Client, plan: Plan, wijkwerker: Medewerker
) -> None:
    concept = bezoek.get(pad(plan.huishouden, ".pdf"))
    workflow.stel_vast(plan, door=wijkwerker)
    antwoord = bezoek.get(pad(plan.huishouden, ".pdf"))
    assert antwoord.headers["Content-Type"] == "application/pdf"
    assert antwoord.headers["Content-Disposition"] == 'inline; filename="plan-versie-1.pdf"'
    assert concept.headers["Content-Disposition"] == 'inline; filename="plan-concept.pdf"'
    assert antwoord.content.startswith(b"%PDF-")
    alles = stromen(antwoord.content)
    for kenmerk in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (nl)", b"pdfuaid", b"/DisplayDocTitle true"):
        assert kenmerk in alles, kenmerk
    assert b"Ons plan, versie 1" in alles or "Ons plan, versie 1".encode("utf-16-be") in alles
    for soort in (b"/H1", b"/H2", b"/H3", b"/P", b"/LI"):
        assert soort in alles, soort
    assert b"Bos" not in antwoord.content
    assert Inzage.objects.filter(handeling=Handeling.AFGEDRUKT).count() == 2


def test_zonder_pango_komt_de_bladzijde_om_af_te_drukken(
    bezoek: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    antwoord = bezoek.get(pad(plan.huishouden, ".pdf"))
    assert antwoord.status_code == 200
    assert antwoord.headers["Content-Type"].startswith("text/html")
    gelezen = tekst(antwoord)
    assert "kan Eenplan geen PDF maken" in gelezen
    assert "Sem gaat weer naar school" in gelezen


def test_een_later_plan_laat_de_versies_van_het_vorige_lezen(
    bezoek: Client, plan: Plan, wijkwerker: Medewerker
) -> None:
    workflow.sluit_af(plan, niet_gevraagd_omdat="verhuisd", geen_waakvlam_omdat="weg", door=wijkwerker)
    workflow.begin_plan(plan.huishouden, door=wijkwerker)
    gelezen = tekst(bezoek.get(pad(plan.huishouden, f"/versies?plan={plan.pk}")))
    assert "Dit plan liep van" in gelezen
    assert "Sem gaat weer naar school" in gelezen
    assert vandaag()[-4:] in gelezen
