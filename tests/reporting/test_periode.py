"""Periods: reading, cutting into months, and the one before."""

from datetime import date

import pytest

from reporting.periode import Periode
from reporting.vraag import Invoerfout


@pytest.mark.parametrize(
    ("tekst", "begin", "einde"),
    [
        ("2015-Q1", date(2015, 1, 1), date(2015, 4, 1)),
        ("2015-Q4", date(2015, 10, 1), date(2016, 1, 1)),
        ("2016-02", date(2016, 2, 1), date(2016, 3, 1)),
        ("2015-12", date(2015, 12, 1), date(2016, 1, 1)),
        ("2015", date(2015, 1, 1), date(2016, 1, 1)),
        ("2015-04-01..2015-06-30", date(2015, 4, 1), date(2015, 7, 1)),
        ("2016-02-29..2016-02-29", date(2016, 2, 29), date(2016, 3, 1)),
    ],
)
def test_een_periode_loopt_tot_de_dag_na_de_laatste(tekst: str, begin: date, einde: date):
    assert Periode.van_tekst(tekst) == Periode(tekst, begin, einde)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "15",
        "2015-Q5",
        "2015-Q0",
        "2015-q1",
        "2015-13",
        "2015-00",
        "2015-1",
        " 2015",
        "2015\n",
        "٢٠١٥",
        "2015-02-30..2015-03-01",
        "2015-04-02..2015-04-01",
        "2015-04-01..",
        "2015-04-01",
        "0000",
        "0000-Q1",
        "1899",
        "9999-Q4",
        "2015-01-01..9999-12-31",
    ],
)
def test_een_periode_die_er_geen_is_wordt_met_uitleg_geweigerd(tekst: str):
    with pytest.raises(Invoerfout, match="periode") as fout:
        Periode.van_tekst(tekst)
    assert fout.value.parameter == "periode"


def test_een_reeks_wordt_per_maand_geknipt():
    maanden = Periode.van_tekst("2015-11-15..2016-01-02").maanden()
    assert maanden == [
        Periode("2015-11", date(2015, 11, 15), date(2015, 12, 1)),
        Periode("2015-12", date(2015, 12, 1), date(2016, 1, 1)),
        Periode("2016-01", date(2016, 1, 1), date(2016, 1, 3)),
    ]


def test_een_kwartaal_heeft_drie_maanden_en_een_maand_zichzelf():
    assert [maand.sleutel for maand in Periode.van_tekst("2015-Q2").maanden()] == [
        "2015-04",
        "2015-05",
        "2015-06",
    ]
    maand = Periode.van_tekst("2015-02")
    assert maand.maanden() == [maand]


def test_de_peildatum_is_de_laatste_dag():
    assert Periode.van_tekst("2016-02").peildatum == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("tekst", "vorige"),
    [
        ("2015-Q1", "2014-Q4"),
        ("2015-Q3", "2015-Q2"),
        ("2015-01", "2014-12"),
        ("2015-12", "2015-11"),
        ("2015", "2014"),
        ("2015-03-01..2015-03-10", "2015-02-19..2015-02-28"),
        ("2015-01-01..2015-01-01", "2014-12-31..2014-12-31"),
    ],
)
def test_de_vorige_periode_is_van_dezelfde_soort(tekst: str, vorige: str):
    assert Periode.van_tekst(tekst).vorige() == Periode.van_tekst(vorige)
