"""The tables of the oracle against tiny folders, counted by hand."""

import pytest

from .buurt import GELEVERD
from .catalogus import JEUGDWET, WMO
from .handwerk import TEAMS, kolom, rijen, tel
from .stroom import blad
from .telling import TABELLEN

CONTACTEN = rijen(
    "datum kanaal thema wet afhandeling",
    "2014-12-31 telefoon - - -",
    "2015-01-01 telefoon zorg_en_ondersteuning wmo direct",
    "2015-01-31 telefoon - - direct",
    "2015-01-31 telefoon werk_en_uitkering - doorgezet_wijkteam",
    "2015-03-31 telefoon jeugd_en_opvoeding - -",
    "2015-03-31 email - wmo -",
    "2015-03-31 webformulier - - direct",
    "2015-03-31 balie - wmo -",
    "2015-04-01 email - jeugdwet -",
)
MELDINGEN = rijen(
    "melding_ref datum team_code categorie kanaal aanleiding",
    "a 2015-01-01 w2 volwassenen telefoon nieuwe_vraag",
    "b 2015-03-31 w10 volwassenen email herindicatie",
    "c 2015-02-01 x1 volwassenen telefoon -",
    "d 2015-02-01 w2 jeugd telefoon nieuwe_vraag",
    "e 2015-02-01 w2 - - -",
    "f 2015-04-01 w2 volwassenen telefoon nieuwe_vraag",
)
STAPPEN = rijen(
    "melding_ref soort datum",
    "a voorveld 2016-01-01",
    "b gesprek_gestart 2015-01-01",
    "b voorveld 2015-01-01",
    "c onderzoek_gestart 2015-05-01",
    "d voorveld 2015-02-02",
    "f toegekend 2015-04-01",
    "wees toegekend 2015-02-01",
)
STROOM = {
    "teams": TEAMS,
    "gebeurtenissen": STAPPEN + [rij | {"soort": "ontvangen"} for rij in MELDINGEN],
}
BESCHIKKINGEN = rijen(
    "persoon_ref wet voorzieningengroep voorziening financieringsvorm ingangsdatum einddatum",
    "p1 wmo begeleiding - zin 2014-01-01 2015-01-01",
    "p1 wmo dagbesteding - pgb 2015-03-31 -",
    "p2 wmo begeleiding - - 2015-02-01 2015-02-28",
    "p2 wmo begeleiding - pgb 2015-02-01 2015-02-10",
    "p3 wmo opvang - zin 2015-01-01 -",
    "p4 wmo rolstoelen - zin 2014-01-01 2014-12-31",
    "p5 wmo rolstoelen - zin 2015-04-01 -",
    "p6 wmo rolstoelen - - 2015-01-05 -",
    "k1 jeugdwet pleegzorg crisispleegzorg zin 2015-03-31 2015-03-31",
    "k1 jeugdwet pleegzorg crisispleegzorg zin 2015-03-01 -",
    "k1 jeugdwet jeugdbescherming voogdij zin 2015-03-01 -",
    "k2 jeugdwet dyslexiezorg - zin 2015-01-01 2015-03-30",
    "k3 jeugdwet jeugdreclassering toezicht~en~begeleiding~vrijwillig - 2015-01-01 -",
    "k4 jeugdwet Veilig~Thuis advies~en~meldpunt zin 2015-03-31 -",
    "k5 jeugdwet jeugdbescherming voogdij zin 2015-04-01 -",
)


def test_1_1_telt_telefoon_en_mail_met_formulier_tot_en_met_de_laatste_dag():
    assert kolom({"contacten": CONTACTEN}, "1.1", "2015-Q1") == {"telefoon": 4, "email_webformulier": 2}


def test_2_1_telt_per_maand_en_rondt_het_directe_deel_af():
    geteld = tel({"contacten": CONTACTEN}, "2.1", "2015-Q1")
    assert geteld["kolommen"] == ["2015-01", "2015-02", "2015-03"]
    assert geteld["rijen"] == {
        "werk_en_uitkering": [1, 0, 0],
        "zorg_en_ondersteuning": [1, 0, 0],
        "jeugd_en_opvoeding": [0, 0, 1],
        "totaal": [3, 0, 1],
        "direct_afgehandeld_pct": [67, 0, 0],
    }


def test_2_1_van_een_eigen_reeks_telt_alleen_de_dagen_van_de_reeks():
    geteld = tel({"contacten": CONTACTEN}, "2.1", "2014-12-31..2015-01-30")
    assert geteld["kolommen"] == ["2014-12", "2015-01"]
    assert geteld["rijen"]["totaal"] == [1, 1]


def test_2_2_telt_mail_en_formulier_per_wet_ook_zonder_wet():
    geteld = tel({"contacten": CONTACTEN}, "2.2", "2015-03-01..2015-04-30")
    assert geteld == {
        "kolommen": ["2015-03", "2015-04"],
        "rijen": {"wmo": [1, 0], "jeugdwet": [0, 1], "participatiewet": [0, 0], "totaal": [2, 1]},
    }


def test_2_4_telt_ook_meldingen_zonder_categorie_in_het_totaal():
    assert kolom(STROOM, "2.4", "2015-Q1") == {
        "volwassenen": 3,
        "jeugd": 1,
        "totaal": 5,
        "voorveld_volwassenen_pct": 33,
    }


def test_2_4_met_filters_telt_wat_aan_elk_filter_voldoet():
    geteld = kolom(STROOM, "2.4", "2015-Q1", team="w2", kanaal="telefoon", aanleiding="nieuwe_vraag")
    assert list(geteld.values()) == [1, 1, 2, 100]
    assert list(kolom(STROOM, "2.4", "2015-Q1", categorie="jeugd").values()) == [0, 1, 1, 0]


def test_2_5_ordent_op_code_en_telt_het_expertteam_alleen_in_het_totaal():
    geteld = kolom(STROOM, "2.5", "2015-Q1")
    assert list(geteld.items()) == [("w10", 1), ("w2", 1), ("totaal", 3)]
    assert kolom(STROOM, "2.5", "2015-Q1", team="x1") == {"w10": 0, "w2": 0, "totaal": 1}


def test_2_6_zet_elke_melding_van_volwassenen_in_een_blad():
    geteld = tel(STROOM, "2.6", "2015-Q1")
    assert geteld["knopen"] == {
        "meldingen": 3,
        "voorveld": 1,
        "overig_voor_gesprek": 0,
        "gesprek": 2,
        "geen_onderzoek_nodig": 1,
        "overig_na_gesprek": 0,
        "onderzoek": 1,
        "onderzoek_loopt": 1,
        "afgerond": 0,
        "niet_toegekend": 0,
        "nog_geen_besluit": 0,
        "toegekend": 0,
    }
    assert geteld["percentages"] == {
        "voorveld": 33,
        "gesprek": 67,
        "onderzoek": 50,
        "afgerond": 0,
        "toegekend": 0,
    }
    jeugd = tel(STROOM, "2.6", "2015-Q1", categorie="jeugd")["knopen"]
    assert (jeugd["meldingen"], jeugd["voorveld"]) == (1, 1)


@pytest.mark.parametrize(
    ("soorten", "verwacht"),
    [
        ("toegekend niet_toegekend", "toegekend"),
        ("niet_toegekend", "niet_toegekend"),
        ("onderzoek_afgerond voorveld", "nog_geen_besluit"),
        ("onderzoek_gestart ingetrokken", "onderzoek_loopt"),
        ("gesprek_gestart voorveld", "geen_onderzoek_nodig"),
        ("gesprek_gestart plan_akkoord", "overig_na_gesprek"),
        ("voorveld doorgezet", "voorveld"),
        ("ontvangen plan_akkoord", "overig_voor_gesprek"),
    ],
)
def test_de_eerste_voorwaarde_die_geldt_bepaalt_het_blad(soorten: str, verwacht: str):
    assert blad(set(soorten.split())) == verwacht


def test_2_9_telt_elke_client_een_keer_zonder_opvang():
    assert kolom({"beschikkingen": BESCHIKKINGEN}, "2.9", "2015-Q1") == {"clienten": 3}
    assert kolom({"beschikkingen": BESCHIKKINGEN}, "2.9", "2014") == {"clienten": 2}


def test_2_10_kiest_het_verblijf_op_de_laatste_dag_met_een_voorziening():
    verblijven = rijen(
        "ref persoon_ref vanaf tot team_code",
        "v1 p1 2014-01-01 2015-03-31 w2",
        "v2 p1 2015-03-31 - w10",
        "v9 p2 2015-02-01 - w10",
        "v10 p2 2015-02-01 - w2",
        "v1b p2 2014-02-01 - w10",
        "v3 p6 2014-01-01 2015-03-31 w2",
    )
    gemeente = {"teams": TEAMS, "beschikkingen": BESCHIKKINGEN, "verblijven": verblijven}
    geteld = kolom(gemeente, "2.10", "2015-Q1")
    assert list(geteld.items()) == [("w10", 1), ("w2", 1), ("onbekend", 1), ("totaal", 3)]


def test_2_10_zet_een_expertteam_en_een_leeg_team_bij_onbekend():
    verblijven = rijen("persoon_ref vanaf team_code", "p2 2015-01-01 x1", "p6 2015-01-01 -")
    gemeente = {"teams": TEAMS, "beschikkingen": BESCHIKKINGEN, "verblijven": verblijven}
    assert list(kolom(gemeente, "2.10", "2015-02").values()) == [0, 0, 2, 2]


def test_2_12_telt_een_onbekende_vorm_alleen_in_het_totaal():
    geteld = kolom({"beschikkingen": BESCHIKKINGEN}, "2.12", "2015-Q1")
    assert list(geteld.items()) == [("pgb", 1), ("zin", 0), ("beide", 1), ("totaal", 3)]


def test_2_13_telt_elke_groep_tenzij_een_bron_de_cel_levert():
    cijfers = rijen(
        "tabel rij periode waarde status",
        "2.13 beschermd~wonen 2015-Q1 361 definitief",
        "2.13 spoedopvang 2015-Q1 - nnb",
        "2.13 opvang 2015-Q2 12 definitief",
        "2.28 opvang 2015-Q1 13 definitief",
    )
    geteld = kolom({"beschikkingen": BESCHIKKINGEN, "externe_cijfers": cijfers}, "2.13", "2015-Q1")
    assert list(geteld) == list(WMO)
    assert {groep: waarde for groep, waarde in geteld.items() if waarde != 0} == {
        "begeleiding": 2,
        "dagbesteding": 1,
        "rolstoelen": 1,
        "opvang": 1,
        "beschermd wonen": 361,
        "spoedopvang": "n.n.b.",
    }


def test_2_14_telt_jeugdigen_een_keer_per_cel():
    geteld = kolom({"beschikkingen": BESCHIKKINGEN}, "2.14", "2015-Q1")
    assert geteld == {"jeugdhulp": 3, "jeugdbescherming": 1, "jeugdreclassering": 1, "totaal": 4}


def test_2_16_telt_trajecten_op_de_laatste_dag_van_de_periode():
    geteld = tel({"beschikkingen": BESCHIKKINGEN}, "2.16", "2015-Q1")
    assert geteld["kolommen"] == ["2015-03-31"]
    assert {rij: waarden[0] for rij, waarden in geteld["rijen"].items() if waarden != [0]} == {
        "jeugdhulp": 3,
        "jeugdhulp_zonder_verblijf": 1,
        "jeugdhulp_met_verblijf": 2,
        "jeugdbescherming": 1,
        "voogdij": 1,
        "jeugdreclassering": 1,
        "toezicht en begeleiding vrijwillig": 1,
        "totaal": 5,
    }
    assert list(geteld["rijen"])[3:-1] == [
        "jeugdbescherming",
        *JEUGDWET["jeugdbescherming"],
        "jeugdreclassering",
        *JEUGDWET["jeugdreclassering"],
    ]


def test_2_27_telt_alleen_wmo_en_jeugdwet_en_niet_de_ombudsman():
    klachten = rijen(
        "datum wet soort",
        "2015-01-01 wmo klacht",
        "2015-03-31 jeugdwet klacht",
        "2015-03-31 wmo bezwaar",
        "2015-03-31 participatiewet beroep",
        "2015-03-31 wmo ombudsman",
        "2015-03-31 - hoger_beroep",
        "2015-04-01 wmo voorlopige_voorziening",
    )
    geteld = kolom({"klachten": klachten}, "2.27", "2015-Q1")
    assert list(geteld.items()) == [
        ("klacht", 2),
        ("bezwaar", 1),
        ("beroep", 0),
        ("hoger_beroep", 0),
        ("voorlopige_voorziening", 0),
    ]


@pytest.mark.parametrize("sleutel", TABELLEN)
def test_een_lege_map_geeft_overal_nul_of_nog_niet_bekend(sleutel: str):
    if sleutel == "2.6":
        assert set(tel({}, sleutel, "2015-Q1")["knopen"].values()) == {0}
    else:
        gegeven = {waarde for rij in tel({}, sleutel, "2015-Q1")["rijen"].values() for waarde in rij}
        assert gegeven <= {0, "n.n.b."}
        assert gegeven == {"n.n.b."} or sleutel not in GELEVERD
