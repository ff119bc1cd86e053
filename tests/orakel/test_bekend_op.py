"""Moments, periods and refusals of the oracle, by hand."""

from datetime import UTC, date, datetime

import pytest

from .handwerk import TEAMS, kolom, rijen, tel
from .lezen import einde_van_dag
from .perioden import lees_periode
from .stroom import procent

VERPLAATST = rijen(
    "melding_ref soort datum team_code categorie geregistreerd_op vervallen_op",
    "a ontvangen 2015-03-31 w2 volwassenen 2015-03-31T10:00:00+02:00 2015-10-25T02:30:00+01:00",
    "a ontvangen 2015-04-01 w10 volwassenen 2015-10-25T02:30:00+01:00 -",
    "a toegekend 2015-03-31 - - 2015-06-01T00:00:00+02:00 2015-07-01T00:00:00+02:00",
)


@pytest.mark.parametrize(
    ("bekend_op", "kwartaal_een", "kwartaal_twee"),
    [
        ("2015-03-31T09:59:59.999999+02:00", 0, 0),
        ("2015-03-31T08:00:00+00:00", 1, 0),
        ("2015-10-25T02:30:00+02:00", 1, 0),
        ("2015-10-25T01:29:59.999999+00:00", 1, 0),
        ("2015-10-25T02:30:00+01:00", 0, 1),
        ("", 0, 1),
    ],
)
def test_een_correctie_geldt_vanaf_haar_moment_ook_in_het_dubbele_uur(
    bekend_op: str, kwartaal_een: int, kwartaal_twee: int
):
    gemeente = {"teams": TEAMS, "gebeurtenissen": VERPLAATST}
    assert tel(gemeente, "2.6", "2015-Q1", bekend_op)["knopen"]["meldingen"] == kwartaal_een
    assert kolom(gemeente, "2.5", "2015-Q2", bekend_op) == {
        "w10": kwartaal_twee,
        "w2": 0,
        "totaal": kwartaal_twee,
    }


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        (date(2015, 5, 31), "overig_voor_gesprek"),
        (date(2015, 6, 1), "toegekend"),
        (date(2015, 6, 30), "toegekend"),
        (date(2015, 7, 1), "overig_voor_gesprek"),
    ],
)
def test_een_ingetrokken_stap_telt_tot_het_einde_van_de_dag_ervoor(dag: date, verwacht: str):
    geteld = tel({"gebeurtenissen": VERPLAATST}, "2.6", "2015-Q1", einde_van_dag(dag).isoformat())
    assert geteld["knopen"][verwacht] == 1


def test_het_einde_van_een_dag_kent_de_zomertijd():
    assert einde_van_dag(date(2015, 3, 28)) == datetime(2015, 3, 28, 22, 59, 59, 999999, tzinfo=UTC)
    assert einde_van_dag(date(2015, 3, 29)) == datetime(2015, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)
    assert einde_van_dag(date(2015, 10, 25)) == datetime(2015, 10, 25, 22, 59, 59, 999999, tzinfo=UTC)


def test_zonder_registratiemoment_is_een_rij_bekend_vanaf_de_import():
    gemeente = {"contacten": rijen("datum kanaal", "2015-03-31 telefoon")}
    assert kolom(gemeente, "1.1", "2015-Q1", "2020-01-01T11:59:59.999999+00:00")["telefoon"] == 0
    assert kolom(gemeente, "1.1", "2015-Q1", "2020-01-01T12:00:00+00:00")["telefoon"] == 1


def test_teams_hebben_geen_klok_en_houden_altijd_hun_rij():
    assert kolom({"teams": TEAMS}, "2.5", "2015-Q1", "2019-01-01T00:00:00+00:00") == {
        "w10": 0,
        "w2": 0,
        "totaal": 0,
    }


@pytest.mark.parametrize(
    ("sleutel", "eerste", "laatste"),
    [
        ("2015-Q1", date(2015, 1, 1), date(2015, 3, 31)),
        ("2014-Q4", date(2014, 10, 1), date(2014, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-12", date(2015, 12, 1), date(2015, 12, 31)),
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-03-29..2015-03-29", date(2015, 3, 29), date(2015, 3, 29)),
    ],
)
def test_een_periode_loopt_van_de_eerste_tot_en_met_de_laatste_dag(sleutel: str, eerste: date, laatste: date):
    assert lees_periode(sleutel)[1:] == (eerste, laatste)


@pytest.mark.parametrize(
    "sleutel", ["2015-Q5", "2015-13", "15", "2015-02-30..2015-03-01", "2015-02-02..2015-02-01"]
)
def test_een_onmogelijke_periode_wordt_geweigerd(sleutel: str):
    with pytest.raises(ValueError, match=r"period|day is out of range"):
        lees_periode(sleutel)


@pytest.mark.parametrize(
    ("deel", "geheel", "verwacht"), [(1, 8, 13), (1, 3, 33), (1, 200, 1), (199, 200, 100), (0, 0, 0)]
)
def test_een_half_procent_gaat_naar_boven(deel: int, geheel: int, verwacht: int):
    assert procent(deel, geheel) == verwacht


def test_een_filter_dat_de_tabel_niet_kent_wordt_geweigerd():
    with pytest.raises(ValueError, match="takes no filter categorie"):
        tel({}, "2.5", "2015-Q1", categorie="jeugd")


def test_twee_ontvangsten_tegelijk_zijn_een_fout_in_de_map():
    dubbel = VERPLAATST[1:2] * 2
    with pytest.raises(ValueError, match="two ontvangen"):
        tel({"gebeurtenissen": dubbel}, "2.6", "2015-Q2")


def test_twee_cijfers_voor_een_cel_tegelijk_zijn_een_fout_in_de_map():
    cijfers = rijen("tabel rij periode waarde", "2.13 opvang 2015 3", "2.13 opvang 2015 4")
    with pytest.raises(ValueError, match="two external figures"):
        tel({"externe_cijfers": cijfers}, "2.13", "2015")
