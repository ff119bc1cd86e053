"""Whatever door somebody comes through, a small number and what gives it away are hidden."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pypdfium2 import PdfDocument

import reporting
from reporting.antwoord import beantwoord
from reporting.correcties import correcties
from reporting.formaten import FORMATEN
from reporting.register import TABELLEN
from reporting.vraag import Vraag, lees_moment
from tests.reporting.conftest import Registratie, moment, registratie

__all__ = ["registratie"]

GEHEIM = re.compile(r"(?<![\d.:-])(7|43)(?![\d.:-])")
"""The numbers of the two cells that nobody may see."""
VRAAG = {"periode": "2015-Q1"}
ALLEEN_TEKENINGEN = ("svg", "png")
"""Formats that 2.12 may not have."""


@pytest.fixture
def vijftig(registratie: Registratie) -> None:
    registratie.clienten(7, vorm="pgb")
    registratie.clienten(43, vorm="zin")


def assert_geheim(tekst: str) -> None:
    assert "< 10" in tekst.replace("&lt;", "<")
    assert "×" in tekst
    assert not GEHEIM.search(tekst), GEHEIM.search(tekst)


def te_lezen(inhoud: bytes) -> str:
    """What somebody reads who opens the file."""
    if inhoud.startswith(b"PK"):
        with ZipFile(io.BytesIO(inhoud)) as map:
            delen = [map.read(naam).decode() for naam in map.namelist() if naam.endswith(".xml")]
        inhoud = re.sub("<[^>]*>", " ", " ".join(delen)).encode()
    elif inhoud.startswith(b"%PDF"):
        inhoud = " ".join(blad.get_textpage().get_text_range() for blad in PdfDocument(inhoud)).encode()
    return inhoud.decode()


@pytest.mark.usefixtures("vijftig")
@pytest.mark.parametrize("vergelijk", [None, "2014-Q4", "2015-Q2", "2015"])
@pytest.mark.parametrize("formaat", FORMATEN)
def test_de_opdrachtregel_in_elk_formaat(formaat: str, vergelijk: str | None, tmp_path: Path) -> None:
    bestand = tmp_path / "bestand"
    vraag = {"periode": "2015-Q1", "vergelijk": vergelijk, "formaat": formaat, "uit": bestand}
    try:
        call_command("monitor", "2.12", **vraag)
    except CommandError:
        assert formaat in ALLEEN_TEKENINGEN
    else:
        assert_geheim(te_lezen(bestand.read_bytes()))


@pytest.mark.usefixtures("vijftig")
def test_elke_keer_hetzelfde_ook_met_een_andere_periode_ernaast() -> None:
    alleen = beantwoord(Vraag.van_invoer("2.12", **VRAAG))
    naast = beantwoord(Vraag.van_invoer("2.12", periode="2014-Q4", vergelijk="2015-Q1"))
    assert [rij.waarden for rij in alleen.rijen] == [rij.waarden[1:] for rij in naast.rijen]
    cache.clear()
    assert beantwoord(alleen.vraag) == alleen


@pytest.mark.usefixtures("vijftig")
@pytest.mark.parametrize("extra", [{}, {"ruw": "1"}, {"ruw": "true"}, {"vergelijk": "2015-Q2"}])
def test_de_pagina_en_de_api_ook_voor_wie_er_om_vraagt(lezer: Client, extra: dict[str, str]) -> None:
    pagina = lezer.get("/rapportage/tabel/2.12", VRAAG | extra)
    tabellen = re.findall("<tbody.*?</tbody>", pagina.content.decode(), re.DOTALL)
    if pagina.status_code == 200:
        assert_geheim(re.sub("<[^>]*>", " ", " ".join(tabellen)))
    else:
        assert (pagina.status_code, tabellen) == (400, [])
    antwoord = lezer.get("/api/v1/monitor/2.12", VRAAG | extra)
    if "ruw" in extra:
        assert antwoord.status_code == 400
    else:
        assert [rij["waarden"][0] for rij in antwoord.json()["rijen"]] == ["< 10", "×", 0, 50]
    overzicht = lezer.get("/rapportage", VRAAG | extra).content.decode()
    assert not re.search(r">\s*(7|43)\s*<", overzicht)


@pytest.mark.parametrize("sleutel", ["pgb", "zin"])
def test_wat_er_veranderde_noemt_geen_getal_van_een_cel_die_verborgen_is(
    registratie: Registratie, sleutel: str
) -> None:
    registratie.clienten(12, vorm="pgb", vervallen_op=moment("2015-05-01"))
    registratie.clienten(7, vorm="pgb", geregistreerd_op=moment("2015-05-01"))
    registratie.clienten(43, vorm="zin")
    vraag = Vraag.van_invoer("2.12", **VRAAG)
    verschillen = correcties(vraag, lees_moment("2015-04-01", "van"), lees_moment("2015-06-01", "tot"))
    per_cel = {verschil.cel.sleutel: verschil for verschil in verschillen.cellen}
    assert isinstance(per_cel[sleutel].van, int)
    assert per_cel[sleutel].tot == {"pgb": "< 10", "zin": "×"}[sleutel]
    assert per_cel[sleutel].verschil is None


def test_geen_tabel_over_personen_is_te_filteren() -> None:
    """Two filtered tables side by side would tell the difference of one that is shown and one that is hidden."""
    gefilterd = {sleutel for sleutel, tabel in TABELLEN.items() if tabel.over_personen and tabel.filters}
    assert gefilterd == set()


def test_er_is_een_weg_naar_buiten() -> None:
    """Only `beantwoord`, what hides, and the notes and the page of a team (which hide themselves) count.

    Only the command line asks for all figures, and logs that.
    """
    telt, vraagt_ruw = set(), set()
    for bestand in Path(reporting.__path__[0]).rglob("*.py"):
        for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.ImportFrom) and knoop.module == "reporting.telling":
                telt |= {bestand.stem for naam in knoop.names if naam.name in ("tel", "Groepen")}
            if (
                isinstance(knoop, ast.keyword)
                and knoop.arg == "ruw"
                and not isinstance(knoop.value, ast.Name)
            ):
                vraagt_ruw.add(bestand.stem)
    assert telt == {"antwoord", "verband", "maatstaf", "beeld", "noten"}
    assert vraagt_ruw == {"monitor"}
