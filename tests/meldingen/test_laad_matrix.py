"""`laad_matrix`: every mistake by its line, nothing half written, and twice is once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meldingen.matrixbestand import Matrixfouten, laad_matrix, lees_matrix
from meldingen.models import Leefgebied, Matrix, Score, Scoresoort
from tests.factories import MedewerkerFactory, MeldingFactory

pytestmark = pytest.mark.django_db

GOED = "leefgebied;niveau;naam;tekst\nWonen;2;matig;\nWonen;1;slecht;het regent binnen\nGeld;1;schulden;\n"
VANAF = date(2026, 1, 1)


def laad(tekst: str = GOED, vanaf: date = VANAF, **opties: object) -> bool:
    return laad_matrix(tekst.encode(), naam="Onze matrix", geldig_van=vanaf, **opties)  # type: ignore[arg-type]


def test_een_matrix_komt_er_heel_in_en_twee_keer_is_een_keer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = tmp_path / "matrix.csv"
    bestand.write_bytes(GOED.encode("utf-8-sig"))
    for zin in ("De matrix is geladen.", "Deze matrix stond er al."):
        call_command("laad_matrix", str(bestand), "--naam", "Onze matrix", "--geldig-van", "2026-01-01")
        assert capsys.readouterr().out.strip() == zin
    assert [(g.naam, [str(s) for s in g.scoresoorten.all()]) for g in Leefgebied.objects.all()] == [
        ("Wonen", ["1 slecht", "2 matig"]),
        ("Geld", ["1 schulden"]),
    ]
    assert Matrix.objects.count() == 1


def test_de_laatste_die_begon_geldt_tenzij_hij_ophield() -> None:
    laad()
    laad(vanaf=date(2026, 6, 1), geldig_tot=date(2026, 7, 1))
    geldig = {
        dag: Matrix.objects.geldig_op(dag)
        for dag in (VANAF - timedelta(days=1), VANAF, date(2026, 6, 30), date(2026, 7, 1))
    }
    assert [rij and rij.geldig_van for rij in geldig.values()] == [None, VANAF, date(2026, 6, 1), None]


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("", "regel 1: de kolom leefgebied ontbreekt"),
        ("leefgebied;naam\n", "regel 1: de kolom niveau ontbreekt"),
        ("leefgebied;niveau;naam;kleur\n", "regel 1: de kolom ‘kleur’ ken ik niet; verwacht: leefgebied"),
        ("leefgebied;niveau;naam;naam\n", "regel 1: een kolom staat er dubbel in"),
        ("leefgebied;niveau;naam\n", "regel 2: er staat geen enkel niveau in"),
        ("leefgebied;niveau;naam\nWonen;6;x\n", "regel 2: niveau: verwacht heel getal van 1 tot en met 5"),
        ("leefgebied;niveau;naam\nWonen;1,5;x\n", "gevonden ‘1,5’"),
        ("leefgebied;niveau;naam\n;1;x\n", "regel 2: leefgebied: is leeg"),
        ("leefgebied;niveau;naam\nWonen;1;\n", "regel 2: naam: is leeg"),
        ("leefgebied;niveau;naam\nWonen;1\n", "regel 2: 3 kolommen verwacht, 2 gevonden"),
        (
            "leefgebied;niveau;naam\nWonen;1;x\n\nWonen;1;y\n",
            "regel 4: niveau 1 van Wonen staat ook op regel 2",
        ),
        (f"leefgebied;niveau;naam\n{'x' * 201};1;x\n", "regel 2: leefgebied: is langer dan 200 tekens"),
        ('leefgebied;niveau;naam\nWonen;1;"x\n', "geen geldige CSV"),
        ("leefgebied;niveau;naam\nWonen;1;\0\n", "tekens die niet in tekst horen"),
    ],
)
def test_elke_fout_staat_er_met_haar_regel(tekst: str, fout: str) -> None:
    with pytest.raises(Matrixfouten) as fouten:
        laad(tekst)
    assert fout in " ".join(fouten.value.fouten)
    assert not Matrix.objects.exists()


def test_alle_fouten_tegelijk_en_geen_halve_matrix(tmp_path: Path) -> None:
    bestand = tmp_path / "fout.csv"
    bestand.write_text("leefgebied;niveau;naam\nWonen;1;goed\nGeld;9;x\n;2;y\n", encoding="utf-8")
    with pytest.raises(CommandError) as fout:
        call_command("laad_matrix", str(bestand), "--naam", "x", "--geldig-van", "2026-01-01")
    assert "fout.csv: regel 3: niveau" in str(fout.value)
    assert "fout.csv: regel 4: leefgebied" in str(fout.value)
    assert "Er is niets geladen." in str(fout.value)
    assert not Leefgebied.objects.exists()


def test_geen_utf_8_of_een_einde_voor_het_begin_wordt_geweigerd() -> None:
    with pytest.raises(Matrixfouten, match="1 fouten"):
        lees_matrix("leefgebied;niveau;naam\nWoné;1;x".encode("cp1252"))
    with pytest.raises(Matrixfouten):
        laad(geldig_tot=VANAF)


def test_een_regel_met_een_regeleinde_in_de_tekst_telt_de_regels_goed() -> None:
    with pytest.raises(Matrixfouten) as fouten:
        lees_matrix(b'leefgebied;niveau;naam;tekst\nWonen;1;x;"een\ntwee"\nWonen;7;y;\n')
    assert fouten.value.fouten[0].startswith("regel 4: niveau")


def test_waarmee_is_gescoord_wordt_niet_vervangen_maar_opgevolgd() -> None:
    laad()
    laad(GOED.replace("matig", "redelijk"))
    assert Scoresoort.objects.filter(naam="redelijk").exists()
    soort, melding = Scoresoort.objects.first(), MeldingFactory()
    assert soort
    Score.objects.create(
        melding=melding,
        persoon=melding.persoon,
        leefgebied=soort.leefgebied,
        scoresoort=soort,
        datum=VANAF,
        door=MedewerkerFactory(),
    )
    with pytest.raises(Matrixfouten) as fouten:
        laad()
    assert "laad deze met een latere ingangsdatum" in fouten.value.fouten[0]
    assert laad(GOED.replace("matig", "redelijk"), geldig_tot=date(2026, 12, 31))
    assert laad(vanaf=date(2026, 2, 1))
