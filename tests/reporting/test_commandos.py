"""The commands `monitor` and `correcties`: what they print, write, log and refuse."""

import csv
import io
import json
import logging
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reporting.register import TABELLEN

from .conftest import Registratie, moment

BOOM = """\
                                           2015-Q2     %
Meldingen                                        4
├─ Voorveld                                      1   25%
├─ Nog geen vervolg of overig                    0
└─ Gesprek gestart                               3   75%
   ├─ Geen onderzoek nodig                       0
   ├─ Nog geen onderzoek of overig               1
   └─ Onderzoek gestart                          2   67%
      ├─ Loopt nog of overig                     0
      └─ Onderzoek afgerond                      2  100%
         ├─ Niet toegekend                       0
         ├─ Nog geen besluit                     1
         └─ Maatwerkvoorziening toegekend        1   50%
"""


@pytest.fixture
def vier_meldingen(registratie: Registratie) -> None:
    for stap in ("voorveld", "gesprek_gestart", "onderzoek_afgerond", "toegekend"):
        registratie.melding("2015-04-01", stappen=[stap])


def draai(*args: str) -> str:
    uit = io.StringIO()
    call_command(*args, stdout=uit)
    return uit.getvalue()


@pytest.mark.usefixtures("vier_meldingen")
def test_het_stroomschema_is_op_de_terminal_een_boom():
    tekst = draai("monitor", "2.6", "--periode", "2015-Q2")
    assert BOOM in tekst
    assert "Categorie:  volwassenen" in tekst
    assert max(map(len, tekst.splitlines())) <= 80


@pytest.mark.usefixtures("vier_meldingen")
def test_het_stroomschema_zet_een_andere_periode_ernaast():
    tekst = draai("monitor", "2.6", "--periode", "2015-Q2", "--vergelijk", "2015-Q1")
    assert "Periode:    2015-Q1 en 2015-Q2" in tekst
    regel = next(regel for regel in tekst.splitlines() if "Voorveld" in regel)
    assert regel.split()[2:] == ["0", "0%", "1", "25%"]
    assert max(map(len, tekst.splitlines())) <= 80


@pytest.mark.usefixtures("vier_meldingen")
def test_het_stroomschema_zet_een_team_naast_de_hele_stad(registratie: Registratie):
    registratie.melding("2015-04-02", team="W10")
    vraag = ("monitor", "2.6", "--periode", "2015-Q2", "--team", "W10", "--vergelijk", "stad")

    tekst = draai(*vraag)
    assert "Ernaast:    de hele stad" in tekst
    assert "Periode:    2015-Q2\n" in tekst
    regel = next(regel for regel in tekst.splitlines() if "Voorveld" in regel)
    assert regel.split()[2:] == ["0", "0%", "1", "20%"]
    regels = draai(*vraag, "--formaat", "csv").splitlines()
    assert regels[:2] == ["sleutel,label,team:W10 2015-Q2,stad 2015-Q2", "meldingen,Meldingen,1,5"]
    schema = json.loads(draai(*vraag, "--formaat", "json"))
    assert schema["knopen"]["meldingen"] == 1
    assert schema["vergelijking"]["filters"] == {"categorie": "volwassenen"}
    assert schema["vergelijking"]["knopen"]["meldingen"] == 5
    tabel = draai("monitor", "2.4", *vraag[2:])
    assert "Wijkteam W10 2015-Q2  de hele stad 2015-Q2" in tabel


@pytest.mark.usefixtures("vier_meldingen")
def test_een_tabel_is_op_de_terminal_uitgelijnd_met_wat_er_gevraagd_is():
    filters = ("--team", "W2", "--kanaal", "telefoon")
    tekst = draai("monitor", "2.4", "--periode", "2015-Q2", "--bekend-op", "2015-06-30", *filters)
    assert "Bekend op:  30-06-2015 23:59:59" in tekst
    assert "Team:       W2" in tekst
    assert "Totaal                                       4" in tekst
    assert "Volwassenen, afgerond in het voorveld      25%" in tekst


@pytest.mark.usefixtures("vier_meldingen")
def test_json_is_het_object_van_de_overdracht():
    schema = json.loads(draai("monitor", "2.6", "--periode", "2015-Q2", "--formaat", "json"))
    assert (schema["knopen"]["meldingen"], schema["percentages"]["voorveld"], schema["noten"]) == (4, 25, [])
    tabel = json.loads(
        draai("monitor", "2.4", "--periode", "2015-Q2", "--vergelijk", "2015-Q1", "--formaat", "json")
    )
    assert tabel == {
        "tabel": "2.4",
        "bekend_op": None,
        "filters": {},
        "kolommen": ["2015-Q1", "2015-Q2"],
        "rijen": [
            {"sleutel": "volwassenen", "label": "Volwassenen", "waarden": [0, 4]},
            {"sleutel": "jeugd", "label": "Jeugd", "waarden": [0, 0]},
            {"sleutel": "totaal", "label": "Totaal", "waarden": [0, 4]},
            {
                "sleutel": "voorveld_volwassenen_pct",
                "label": "Volwassenen, afgerond in het voorveld",
                "waarden": [0, 25],
            },
        ],
        "noten": [],
    }


@pytest.mark.usefixtures("vier_meldingen")
def test_csv_heeft_sleutel_label_en_de_kolommen():
    regels = draai("monitor", "2.4", "--periode", "2015-Q2", "--formaat", "csv").splitlines()
    assert regels[0] == "sleutel,label,2015-Q2"
    assert regels[3] == "totaal,Totaal,4"
    assert regels[4] == 'voorveld_volwassenen_pct,"Volwassenen, afgerond in het voorveld",25'
    schema = draai(
        "monitor", "2.6", "--periode", "2015-Q2", "--vergelijk", "2015-Q1", "--formaat", "csv"
    ).splitlines()
    assert schema[:2] == ["sleutel,label,2015-Q1,2015-Q2", "meldingen,Meldingen,0,4"]


@pytest.mark.django_db
def test_de_lijst_noemt_elke_tabel_met_haar_definitie_op_een_regel():
    regels = draai("monitor", "--lijst").splitlines()
    assert [regel.split()[0] for regel in regels] == list(TABELLEN)
    assert all(tabel.definitie in regel for tabel, regel in zip(TABELLEN.values(), regels, strict=True))


@pytest.mark.usefixtures("vier_meldingen")
def test_uit_schrijft_hetzelfde_naar_een_bestand(tmp_path: Path):
    bestand = tmp_path / "q2.csv"
    vraag = ("monitor", "2.4", "--periode", "2015-Q2", "--formaat", "csv")
    assert draai(*vraag, "--uit", str(bestand)) == ""
    assert bestand.read_text(encoding="utf-8") == draai(*vraag)
    with pytest.raises(CommandError, match="is niet gelukt"):
        draai(*vraag, "--uit", str(tmp_path / "geen map" / "q2.csv"))


def test_ruw_toont_kleine_aantallen_en_wordt_gelogd(
    registratie: Registratie, caplog: pytest.LogCaptureFixture
):
    registratie.clienten(3)
    vraag = ("monitor", "2.9", "--periode", "2015-Q1", "--formaat", "csv")
    with caplog.at_level(logging.INFO, "eenplan.ruw"):
        assert "clienten,Cliënten,< 10" in draai(*vraag)
        assert caplog.messages == []
        assert "clienten,Cliënten,3" in draai(*vraag, "--ruw")
    (regel,) = caplog.messages
    assert "2.9" in regel
    assert "2015-Q1" in regel


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "woorden"),
    [
        (["9.9", "--periode", "2015-Q1"], "Tabel '9.9' bestaat niet. Kies uit: 1.1,"),
        (["2.4", "--periode", "2015-Q7"], "De periode '2015-Q7' is niet te lezen."),
        (["2.4"], "Noem een periode"),
        ([], "Noem een tabel, of --lijst."),
        (["2.4", "--periode", "2015", "--team", "ZZ"], "Team 'ZZ' is niet bekend."),
        (["2.9", "--periode", "2015", "--team", "ZZ"], "Tabel 2.9 kent het filter team niet"),
        (["2.4", "--periode", "2015", "--bekend-op", "toen"], "Het moment 'toen' is niet te lezen."),
    ],
)
def test_een_vraag_die_niet_te_lezen_is_eindigt_met_status_1_en_de_reden(args: list[str], woorden: str):
    with pytest.raises(CommandError) as fout:
        draai("monitor", *args)
    assert woorden in str(fout.value)
    assert fout.value.returncode == 1


@pytest.mark.usefixtures("vier_meldingen")
@pytest.mark.parametrize("opdracht", ["monitor", "correcties"])
def test_een_bestand_dat_geen_tekst_is_komt_in_een_bestand(tmp_path: Path, opdracht: str):
    bestand = tmp_path / "q2.xlsx"
    momenten = ("--van", "2015-05-01", "--tot", "2015-06-30") if opdracht == "correcties" else ()
    vraag = (opdracht, "2.4", "--periode", "2015-Q2", *momenten, "--formaat", "xlsx")
    with pytest.raises(CommandError, match=r"niet te lezen op een terminal\. Noem een bestand met --uit"):
        draai(*vraag)
    assert draai(*vraag, "--uit", str(bestand)) == ""
    assert bestand.read_bytes()[:2] == b"PK"
    with pytest.raises(CommandError, match="is niet gelukt"):
        draai(*vraag, "--uit", str(tmp_path / "geen map" / "q2.xlsx"))


@pytest.mark.usefixtures("vier_meldingen")
def test_een_bestand_dat_geen_tekst_is_kan_ook_door_een_pijp(monkeypatch: pytest.MonkeyPatch):
    pijp = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(pijp))
    call_command("monitor", "2.4", "--periode", "2015-Q2", "--formaat", "ods")
    assert pijp.getvalue()[:2] == b"PK"


@pytest.mark.usefixtures("vier_meldingen")
def test_een_tabel_zonder_tekening_zegt_dat_op_de_opdrachtregel():
    with pytest.raises(CommandError, match=r"Van tabel D\.6 is er geen tekening"):
        draai("monitor", "D.6", "--periode", "2015", "--formaat", "svg")
    assert draai("monitor", "2.6", "--periode", "2015", "--formaat", "svg").startswith("<?xml")


CORRECTIES = ("correcties", "2.4", "--periode", "2015-Q1", "--van", "2015-05-01", "--tot", "2015-06-30")


@pytest.fixture
def verplaatst(registratie: Registratie) -> None:
    klok = moment("2015-06-15T12:00")
    melding = registratie.melding("2015-03-31", ref="f1", vervallen_op=klok, vervallen_reden="dag verkeerd")
    registratie.ontvangen(melding, "2015-04-01", ref="f2", geregistreerd_op=klok)


@pytest.mark.usefixtures("verplaatst")
def test_correcties_noemt_cellen_en_registraties():
    tekst = draai(*CORRECTIES)
    assert "2015-Q1 totaal         1    0        -1" in tekst
    assert "gebeurtenis ontvangen f1 vervallen door overdracht (dag\n  verkeerd):" in tekst
    assert "2015-Q1 volwassenen, 2015-Q1 totaal → niets" in " ".join(tekst.split())


@pytest.mark.usefixtures("verplaatst")
def test_correcties_als_json_en_csv():
    uitkomst = json.loads(draai(*CORRECTIES, "--formaat", "json"))
    assert uitkomst["cellen"][1] == {
        "sleutel": "totaal",
        "kolom": "2015-Q1",
        "van": 1,
        "tot": 0,
        "verschil": -1,
    }
    assert uitkomst["registraties"][1] == {
        "soort": "gebeurtenis ontvangen",
        "nummer": "f1",
        "gebeurd": "vervallen",
        "moment": "2015-06-15T12:00:00+02:00",
        "door": "overdracht",
        "reden": "dag verkeerd",
        "uit": [
            {"sleutel": "volwassenen", "kolom": "2015-Q1"},
            {"sleutel": "totaal", "kolom": "2015-Q1"},
        ],
        "naar": [],
    }
    regels = list(csv.DictReader(io.StringIO(draai(*CORRECTIES, "--formaat", "csv"))))
    assert [regel["wat"] for regel in regels] == ["cel", "cel", "registratie", "registratie"]
    assert (regels[1]["cel"], regels[1]["verschil"]) == ("2015-Q1 totaal", "-1")
    assert (regels[3]["nummer"], regels[3]["reden"]) == ("f1", "dag verkeerd")


@pytest.mark.usefixtures("verplaatst")
def test_correcties_zegt_het_als_er_niets_veranderde():
    assert "Er is niets veranderd." in draai(*CORRECTIES[:-1], "2015-05-02")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("van", "tot", "woorden"),
    [
        ("toen", "2015-06-30", "Het moment 'toen' is niet te lezen."),
        ("2015-06-30", "2015-06-01", "Het tweede moment ligt niet na het eerste."),
    ],
)
def test_correcties_weigert_momenten_die_niet_kunnen(van: str, tot: str, woorden: str):
    with pytest.raises(CommandError, match=woorden):
        draai("correcties", "2.4", "--periode", "2015-Q1", "--van", van, "--tot", tot)
