"""`externe_cijfers.csv` through the website: the whole file or nothing, and each mistake with its line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from config.overdracht.importeren import importeer
from config.overdracht.perioden import leesbaar
from reporting.aanlevering import lees_periode
from reporting.antwoord import beantwoord
from reporting.fouten import Invoerfout
from reporting.models import ExternCijfer
from reporting.vraag import Vraag
from teams.models import Medewerker
from tests.registratie.test_cijfers_van_anderen import vul

pytestmark = pytest.mark.django_db

KOP = "tabel,rij,kolom,periode,waarde,status,bron"
ADRES = "/rapportage/extern/inlezen"


@pytest.fixture
def browser(analist: Medewerker, browser_van: Callable[[Medewerker], Client]) -> Client:
    return browser_van(analist)


def stuur(browser: Client, *regels: str, kop: str = KOP) -> Any:
    inhoud = "\n".join([kop, *regels, ""]).encode()
    return browser.post(ADRES, {"bestand": SimpleUploadedFile("mijn cijfers.csv", inhoud)})


def adviezen() -> Any:
    antwoord = beantwoord(Vraag.van_invoer("2.18", periode="2015-Q2"))
    return next(rij.waarden[0] for rij in antwoord.rijen if rij.sleutel == "adviezen")


def test_een_goed_bestand_staat_meteen_in_de_tabellen(browser: Client, analist: Medewerker) -> None:
    antwoord = stuur(browser, "2.18,adviezen,,2015-Q2,12,definitief,VT", "2.13,begeleiding,,2015-Q2,,nnb,CAK")
    assert antwoord.status_code == 200
    assert "2 cijfers zijn nieuw of anders" in antwoord.content.decode()
    assert adviezen() == 12
    assert {cijfer.door for cijfer in ExternCijfer.objects.all()} == {analist}


def test_hetzelfde_bestand_nog_eens_verandert_niets(browser: Client) -> None:
    for _ in range(2):
        antwoord = stuur(browser, "2.18,adviezen,,2015-Q2,12,definitief,VT")
    assert "0 cijfers zijn nieuw of anders" in antwoord.content.decode()
    assert ExternCijfer.objects.count() == 1


def test_een_ander_cijfer_komt_naast_het_oude_met_wie(browser: Client, analist: Medewerker) -> None:
    stuur(browser, "2.18,adviezen,,2015-Q2,12,voorlopig,VT")
    stuur(browser, "2.18,adviezen,,2015-Q2,13,definitief,VT")
    oud, nieuw = ExternCijfer.objects.order_by("pk")
    assert (oud.vervallen_door, oud.vervallen_reden) == (analist, "nieuw cijfer geleverd")
    assert nieuw.vervallen_op is None
    assert adviezen() == 13


def test_een_bestand_verbetert_wat_met_de_hand_is_ingevuld_en_andersom(browser: Client) -> None:
    stuur(browser, "2.18,adviezen,,2015-Q2,12,voorlopig,VT")
    vul(browser, waarde_1_0="13", status_1_0=1, reden="gebeld")
    assert adviezen() == 13
    stuur(browser, "2.18,adviezen,,2015-Q2,12,voorlopig,VT")
    assert adviezen() == 12
    assert ExternCijfer.objects.bekend_op(None).count() == 1


def test_een_overdracht_na_werk_met_de_hand_levert_een_nieuw_cijfer(browser: Client, tmp_path: Path) -> None:
    bestand = tmp_path / "externe_cijfers.csv"
    bestand.write_text(f"{KOP}\n2.18,adviezen,,2015-Q2,12,voorlopig,VT\n")
    importeer(tmp_path)
    vul(browser, waarde_1_0="13", status_1_0=1, reden="gebeld")
    importeer(tmp_path)
    assert adviezen() == 13, "the same folder again changes nothing"
    bestand.write_text(f"{KOP}\n2.18,adviezen,,2015-Q2,14,definitief,VT\n")
    importeer(tmp_path)
    assert adviezen() == 14


@pytest.mark.parametrize(
    ("regel", "fout"),
    [
        ("9.9,adviezen,,2015-Q2,1,definitief,VT", "externe_cijfers.csv:3: tabel: is geen tabel"),
        ("2.6,meldingen,,2015-Q2,1,definitief,VT", "externe_cijfers.csv:3: tabel: is geen tabel"),
        *(
            (f"2.18,adviezen,,{periode},1,definitief,VT", "externe_cijfers.csv:3: periode: is geen periode")
            for periode in (
                "2015-Q5",
                "2015-13",
                "2015-02-29",
                "2015-04-31",
                "2015-04-00",
                "1899",
                "2200-Q1",
                "2015-06-30..2015-04-01",
                "2015-04-01..2015-06-31",
                "tweede kwartaal",
            )
        ),
        ("2.13,onzin,,2015-Q2,1,definitief,VT", "externe_cijfers.csv:3: rij: deze rij heeft de tabel niet"),
        (
            "2.15,totaal,onzin,2015-Q2,1,definitief,VT",
            "externe_cijfers.csv:3: kolom: deze kolom heeft de tabel niet",
        ),
        (
            "2.18,adviezen,,2015-Q2,een,definitief,VT",
            "externe_cijfers.csv:3: waarde: ‘een’; verwacht een getal",
        ),
        ("2.18,adviezen,,2015-Q2,-1,definitief,VT", "externe_cijfers.csv:3: waarde: is kleiner dan 0"),
        (
            "2.18,adviezen,,2015-Q2,1,zeker,VT",
            "externe_cijfers.csv:3: status: ‘zeker’; verwacht een van voorlopig",
        ),
        ("2.18,adviezen,,2015-Q2,1,nnb,VT", "externe_cijfers.csv:3: waarde: een waarde bij voorlopig"),
        ("2.18,adviezen,,2015-Q2,,definitief,VT", "externe_cijfers.csv:3: waarde: een waarde bij voorlopig"),
        ("2.18,adviezen,,2015-Q2,1,definitief,", "externe_cijfers.csv:3: bron: leeg; verwacht"),
        (f"2.18,{'x' * 10_000},,2015-Q2,1,definitief,VT", "hoogstens 200 tekens"),
        ("2.18,onderzoeken,,2015-Q2,2,definitief,VT", "staat ook op regel 2"),
        ("2.18,adviezen", "externe_cijfers.csv:3: 2 velden; verwacht 7"),
        ("2.18,adviezen,,2015-Q2,1,definitief,O'Brien'; DROP TABLE x; --,", "8 velden"),
    ],
)
def test_elke_fout_zegt_regel_en_kolom_en_er_is_niets_ingelezen(
    browser: Client, regel: str, fout: str
) -> None:
    antwoord = stuur(browser, "2.18,onderzoeken,,2015-Q2,1,definitief,VT", regel)
    assert antwoord.status_code == 400
    fouten = [str(een) for een in antwoord.context["fouten"].fouten]
    assert any(fout in een for een in fouten)
    assert f"Er is niets ingelezen: {len(fouten)} fout" in antwoord.content.decode()
    assert not ExternCijfer.objects.exists()


@pytest.mark.parametrize("kolom", ["geregistreerd_op", "vervallen_op"])
def test_wat_bekend_is_is_bekend_vanaf_nu(browser: Client, kolom: str) -> None:
    antwoord = stuur(
        browser, "2.18,adviezen,,2015-Q2,1,definitief,VT,2015-07-01T00:00:00+02:00", kop=f"{KOP},{kolom}"
    )
    assert antwoord.status_code == 400
    assert f"{kolom}: deze kolom kent het bestand niet" in antwoord.content.decode()


def test_een_leeg_bestand_en_geen_bestand(browser: Client) -> None:
    leeg = browser.post(ADRES, {"bestand": SimpleUploadedFile("leeg.csv", b"")})
    assert leeg.status_code == 400
    assert "deze kolom ontbreekt en is verplicht" in leeg.content.decode()
    geen = browser.post(ADRES)
    assert (geen.status_code, "Kies een bestand." in geen.content.decode()) == (400, True)


def test_een_bestand_dat_te_groot_is_of_geen_tekst(browser: Client) -> None:
    groot = browser.post(ADRES, {"bestand": SimpleUploadedFile("groot.csv", b"x" * 2_000_001)})
    assert "groter dan 2 MB" in groot.content.decode()
    beeld = browser.post(ADRES, {"bestand": SimpleUploadedFile("x.csv", b"\x89PNG\xff\xfe\x00")})
    assert "geen CSV in UTF-8" in beeld.content.decode()


def test_een_aanhalingsteken_in_de_bron_is_gewoon_een_teken(browser: Client) -> None:
    stuur(browser, "2.18,adviezen,,2015-Q2,1,definitief,VT's levering")
    assert ExternCijfer.objects.get().bron == "VT's levering"


@pytest.mark.parametrize("jaar", ["1899", "1900", "2015", "2016", "2100", "2199", "2200", "0000"])
def test_een_bestand_kent_dezelfde_perioden_als_de_monitor(jaar: str) -> None:
    dagen = [f"{jaar}-{maand:02}-{dag:02}" for maand in range(14) for dag in (0, 1, 28, 29, 30, 31, 32)]
    teksten = [
        jaar,
        *(f"{jaar}-Q{kwartaal}" for kwartaal in range(6)),
        *(f"{jaar}-{maand:02}" for maand in range(14)),
        *dagen,
        *(f"{een}..{ander}" for een in dagen[7:21] for ander in dagen[7:21]),
        f"{jaar}-Q1 ",
        f"{jaar}-q1",
        f"{jaar}\n",
        f"{jaar}-1",
        f"{jaar}-01..{jaar}-02",
        "",
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT NOT ({leesbaar('periode').fout}) FROM unnest(%s::text[]) AS s(periode)", [teksten]
        )
        in_het_bestand = [goed for (goed,) in cursor.fetchall()]
    assert dict(zip(teksten, in_het_bestand, strict=True)) == {tekst: _leest(tekst) for tekst in teksten}


def _leest(tekst: str) -> bool:
    try:
        return bool(lees_periode(tekst))
    except Invoerfout:
        return False
