"""The whole state diagram, as one set."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meldingen.management.commands.toestandsdiagram import BEGIN, EINDE, mermaid, overgangen
from meldingen.models import STATUS_DOOR, Soort, Status

STAPPEN = {
    ("nieuw", "ontvang", "ontvangen"),
    ("ontvangen", "rond_af_in_voorveld", "voorveld"),
    ("ontvangen", "start_gesprek", "gesprek"),
    ("ontvangen", "trek_in", "ingetrokken"),
    ("ontvangen", "zet_door", "doorgezet"),
    ("gesprek", "rond_af_in_voorveld", "voorveld"),
    ("gesprek", "start_onderzoek", "onderzoek"),
    ("gesprek", "trek_in", "ingetrokken"),
    ("onderzoek", "rond_onderzoek_af", "onderzoek_afgerond"),
    ("onderzoek", "trek_in", "ingetrokken"),
    ("onderzoek_afgerond", "leg_akkoord_vast", "plan_akkoord"),
    ("onderzoek_afgerond", "wijs_af", "niet_toegekend"),
    ("plan_akkoord", "ken_toe", "toegekend"),
    ("plan_akkoord", "wijs_af", "niet_toegekend"),
}
MEEGETELD = {
    "ontvangen",
    "voorveld",
    "gesprek",
    "onderzoek",
    "onderzoek_afgerond",
    "plan_akkoord",
    "toegekend",
    "niet_toegekend",
    "ingetrokken",
    "doorgezet",
}
CORRECTIES = {(van, "herzie", naar) for van in MEEGETELD for naar in {*MEEGETELD, "vervallen"}}


def test_dit_is_het_hele_toestandsdiagram():
    gevonden = {
        (str(stap.source), stap.name, str(doel))
        for stap in overgangen()
        for doel in getattr(stap.target, "allowed_states", [stap.target])
    }

    assert gevonden == STAPPEN | CORRECTIES


ANDERE = {
    " besluit": {
        ("concept", "leg_voor", "ter_toets"),
        ("ter_toets", "keur_goed", "getoetst"),
        ("ter_toets", "geef_terug", "concept"),
        ("getoetst", "neem_terug", "concept"),
        ("getoetst", "ken_toe", "toegekend"),
        ("concept", "wijs_af", "afgewezen"),
        ("getoetst", "wijs_af", "afgewezen"),
        ("concept", "trek_in", "ingetrokken"),
        ("getoetst", "trek_in", "ingetrokken"),
    },
    " toets": {
        ("gevraagd", "pak_op", "in_behandeling"),
        ("in_behandeling", "stel_vraag", "vraag_open"),
        ("vraag_open", "beantwoord", "in_behandeling"),
        ("in_behandeling", "keur_goed", "goedgekeurd"),
        ("in_behandeling", "keur_af", "afgekeurd"),
        ("gevraagd", "trek_in", "ingetrokken"),
        ("in_behandeling", "trek_in", "ingetrokken"),
        ("vraag_open", "trek_in", "ingetrokken"),
    },
    " levering": {
        ("opgedragen", "start", "gestart"),
        ("gestart", "stop", "gestopt"),
        ("opgedragen", "verval", "vervallen"),
    },
    " opschaling": {
        ("gevraagd", "pak_op", "opgepakt"),
        ("gevraagd", "trek_in", "ingetrokken"),
        ("opgepakt", "leg_terug", "gevraagd"),
        ("opgepakt", "beantwoord", "beantwoord"),
        ("opgepakt", "trek_in", "ingetrokken"),
        ("beantwoord", "schaal_af", "afgeschaald"),
    },
}


@pytest.mark.parametrize("naam", ANDERE)
def test_dit_zijn_alle_stappen_van_de_andere(naam):
    assert {(str(stap.source), stap.name, str(stap.target)) for stap in overgangen(naam)} == ANDERE[naam]


def test_elke_soort_feit_geeft_een_eigen_status():
    assert set(STATUS_DOOR) == set(Soort)
    assert set(STATUS_DOOR.values()) == set(Status) - {Status.NIEUW, Status.VERVALLEN}


def test_het_diagram_tekent_elke_stap_een_keer():
    pijlen = [regel.strip() for regel in mermaid().splitlines() if "-->" in regel]

    assert sorted(pijlen) == sorted(
        f"{van.replace('nieuw', '[*]')} --> {naar}: {naam}" for van, naam, naar in STAPPEN
    )


def test_een_verouderd_diagram_wordt_gezien_en_bijgewerkt(tmp_path: Path):
    bestand = tmp_path / "ARCHITECTURE.md"
    bestand.write_text(f"voor\n{BEGIN.format('')}\nvan gisteren\n{EINDE.format('')}\nna\n", encoding="utf-8")

    with pytest.raises(CommandError, match="verouderd"):
        call_command("toestandsdiagram", controleer=bestand)
    call_command("toestandsdiagram", werk_bij=bestand)
    call_command("toestandsdiagram", controleer=bestand)

    tekst = bestand.read_text(encoding="utf-8")
    assert tekst.startswith(f"voor\n{BEGIN.format('')}\n")
    assert tekst.endswith(f"{EINDE.format('')}\nna\n")
    assert f"```mermaid\n{mermaid()}\n```" in tekst
    assert "van gisteren" not in tekst


def test_een_bestand_zonder_plaats_voor_het_diagram_wordt_geweigerd(tmp_path: Path):
    bestand = tmp_path / "README.md"
    bestand.write_text("geen diagram hier\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"hoort .* te staan"):
        call_command("toestandsdiagram", controleer=bestand)


def test_zonder_bestand_staat_het_diagram_op_het_scherm():
    scherm = StringIO()

    call_command("toestandsdiagram", stdout=scherm)

    assert scherm.getvalue() == "\n\n".join(map(mermaid, ["", *ANDERE])) + "\n"
