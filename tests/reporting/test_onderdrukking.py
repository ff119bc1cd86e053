"""Small numbers, figures of others, and the sentences under a table."""

from collections.abc import Callable
from datetime import date

import pytest

from reporting.antwoord import Antwoord
from reporting.register import TABELLEN
from teams.models import Instelling

from .conftest import Registratie, cellen, gevuld, moment

Vragen = Callable[..., Antwoord]


@pytest.mark.parametrize(("aantal", "getoond"), [(0, 0), (1, "< 10"), (9, "< 10"), (10, 10), (11, 11)])
def test_een_aantal_clienten_van_een_tot_en_met_negen_wordt_niet_getoond(
    registratie: Registratie, vraag_antwoord: Vragen, aantal: int, getoond: int | str
):
    registratie.clienten(aantal)
    antwoord = vraag_antwoord("2.9", "2015-Q1", ruw=False)
    assert cellen(antwoord) == {"clienten": getoond}
    verborgen = ["Aantallen van 1 tot en met 9 zijn niet getoond: daar staat < 10."]
    assert antwoord.noten == (verborgen if isinstance(getoond, str) else [])


def test_de_drempel_is_die_van_de_eerste_dag_van_de_periode(registratie: Registratie, vraag_antwoord: Vragen):
    Instelling.objects.create(sleutel="kleine_aantallen", geldig_van=date(2015, 4, 1), waarde=5)
    registratie.clienten(4, vanaf="2015-01-01")
    registratie.clienten(2, "pleegzorg")
    antwoord = vraag_antwoord("2.9", "2015-Q2", vergelijk="2015-Q1", ruw=False)
    assert cellen(antwoord) == {"clienten": ["< 10", "< 5"]}
    assert len(antwoord.noten) == 2


def test_ruw_toont_het_aantal_zelf(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.clienten(3)
    antwoord = vraag_antwoord("2.9", "2015-Q1", ruw=True)
    assert (cellen(antwoord), antwoord.noten) == ({"clienten": 3}, [])


def test_trajecten_zeggen_iets_over_personen_en_meldingen_contacten_en_klachten_niet(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.clienten(2, "pleegzorg")
    registratie.melding("2015-01-01")
    registratie.klacht("2015-01-01", "klacht", "wmo")
    registratie.contact("2015-01-01", "telefoon")
    waarden = {
        tabel: next(iter(gevuld(vraag_antwoord(tabel, "2015-Q1", ruw=False)).values()))
        for tabel in ("1.1", "2.4", "2.5", "2.6", "2.16", "2.27")
    }
    assert waarden == {"1.1": 1, "2.4": 1, "2.5": 1, "2.6": 1, "2.16": "< 10", "2.27": 1}
    over_personen = {sleutel for sleutel, tabel in TABELLEN.items() if tabel.over_personen}
    assert over_personen == {"2.9", "2.10", "2.11", "2.12", "2.13", "2.14", "2.15", "2.16", "D.3", "D.5"}


def test_een_noot_verraadt_geen_klein_aantal(registratie: Registratie, vraag_antwoord: Vragen):
    registratie.clienten(3, vorm="")
    assert "Zonder bekende financiering, alleen in het totaal: < 10 (2015-Q1)." in (
        vraag_antwoord("2.12", "2015-Q1", ruw=False).noten
    )


def test_een_geleverd_cijfer_komt_in_plaats_van_de_telling_met_zijn_bron(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.clienten(12, "beschermd wonen")
    registratie.extern("2.13", "beschermd wonen", "2015-Q1", "7")
    registratie.extern("2.13", "opvang", "2015-Q1", None)
    registratie.extern("2.13", "begeleiding", "2015-Q1", "2.5", bron="CBS")
    registratie.extern("2.13", "rolstoelen", "2015-Q2", "99")
    registratie.extern("2.12", "spoedopvang", "2015-Q1", "99")
    antwoord = vraag_antwoord("2.13", "2015-Q1", ruw=False)
    assert gevuld(antwoord) == {"beschermd wonen": 7, "opvang": "n.n.b.", "begeleiding": 2.5}
    assert antwoord.noten[1:] == [
        "Uit een andere bron (CAK): Beschermd wonen 2015-Q1, Opvang 2015-Q1 (nog niet bekend).",
        "Uit een andere bron (CBS): Begeleiding 2015-Q1.",
    ]
    twee = vraag_antwoord("2.13", "2015-Q1", vergelijk="2015-Q2")
    assert cellen(twee)["rolstoelen"] == [0, 99]
    assert "Opvang 2015-Q1 (nog niet bekend), Rolstoelen 2015-Q2." in twee.noten[1]


def test_een_geleverd_cijfer_geldt_zolang_het_van_kracht_was(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.extern(
        "2.13",
        "opvang",
        "2015-Q1",
        None,
        geregistreerd_op=moment("2015-05-01T00:00"),
        vervallen_op=moment("2015-09-01T00:00"),
    )
    registratie.extern("2.13", "opvang", "2015-Q1", "40", geregistreerd_op=moment("2015-09-01T00:00"))
    gegeven = [
        cellen(vraag_antwoord("2.13", "2015-Q1", bekend_op=dag))["opvang"]
        for dag in ("2015-04-30", "2015-05-01", "2015-08-31", "2015-09-01", None)
    ]
    assert gegeven == [0, "n.n.b.", "n.n.b.", 40, 40]


def test_een_geleverd_cijfer_gaat_over_het_geheel_en_dus_niet_over_een_gefilterde_tabel(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.extern("2.4", "jeugd", "2015-Q1", "250")
    assert cellen(vraag_antwoord("2.4", "2015-Q1"))["jeugd"] == 250
    assert cellen(vraag_antwoord("2.4", "2015-Q1", team="W2"))["jeugd"] == 0
