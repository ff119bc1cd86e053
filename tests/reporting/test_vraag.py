"""Questions as text: what is read, and what is refused with which words."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.register import TABELLEN
from reporting.vraag import Invoerfout, Vraag, lees_moment
from teams.models import Team, Teamsoort

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def team() -> Team:
    return Team.objects.create(code="W2", naam="Wijkteam 2", soort=Teamsoort.WIJKTEAM, stadsdeel="Haven")


@pytest.mark.parametrize(
    ("tekst", "utc"),
    [
        ("2015-06-30", datetime(2015, 6, 30, 21, 59, 59, 999999, UTC)),
        ("2015-03-29", datetime(2015, 3, 29, 21, 59, 59, 999999, UTC)),
        ("2015-03-28", datetime(2015, 3, 28, 22, 59, 59, 999999, UTC)),
        ("2015-10-25", datetime(2015, 10, 25, 22, 59, 59, 999999, UTC)),
        ("2015-06-30T12:00", datetime(2015, 6, 30, 10, tzinfo=UTC)),
        ("2015-01-30 12:00:30", datetime(2015, 1, 30, 11, 0, 30, tzinfo=UTC)),
        ("2015-06-30T12:00:00+00:00", datetime(2015, 6, 30, 12, tzinfo=UTC)),
        ("2015-06-30T12:00:00Z", datetime(2015, 6, 30, 12, tzinfo=UTC)),
        ("2015-06-30T23:59:00+23:59", datetime(2015, 6, 30, 0, tzinfo=UTC)),
    ],
)
def test_een_dag_is_zijn_laatste_moment_en_zonder_zone_geldt_de_plaatselijke_tijd(tekst: str, utc: datetime):
    moment = lees_moment(tekst, "bekend_op")
    assert moment == utc
    assert moment.utcoffset() <= timedelta(hours=2), "PostgreSQL takes no offset of sixteen hours"


@pytest.mark.parametrize(
    "tekst", ["gisteren", "2015-02-30", "20150630", "2015-06", "2015-06-30T25:00", "30-06-2015", "9999-12-31"]
)
def test_een_moment_dat_er_geen_is_wordt_geweigerd(tekst: str):
    with pytest.raises(Invoerfout, match="Schrijf een dag") as fout:
        Vraag.van_invoer("2.4", periode="2015-Q1", bekend_op=tekst)
    assert fout.value.parameter == "bekend_op"


def test_wat_niet_gevraagd_is_blijft_leeg():
    vraag = Vraag.van_invoer(
        "2.4", periode="2015-Q1", bekend_op="", vergelijk="", filters={"team": "", "kanaal": None}
    )
    assert (vraag.bekend_op, vraag.vergelijk, vraag.filters) == (None, None, {})


def test_2_6_gaat_over_volwassenen_tenzij_anders_gevraagd():
    assert Vraag.van_invoer("2.6", periode="2015-Q1").filters == {"categorie": "volwassenen"}
    jeugd = Vraag.van_invoer("2.6", periode="2015-Q1", filters={"categorie": "jeugd", "team": "W2"})
    assert list(jeugd.filters.items()) == [("team", "W2"), ("categorie", "jeugd")]


@pytest.mark.parametrize(
    ("filters", "woorden"),
    [
        ({"team": "ZZ"}, "Team 'ZZ' is niet bekend. Kies uit: W2."),
        ({"stadsdeel": "W2"}, "Stadsdeel 'W2' is niet bekend. Kies uit: Haven."),
        ({"categorie": "senioren"}, "Kies uit: volwassenen, jeugd."),
        ({"categorie": "VOLWASSENEN"}, "Kies uit: volwassenen, jeugd."),
        ({"kanaal": "fax"}, "Kies uit: telefoon, email,"),
        ({"aanleiding": "zomaar"}, "Kies uit: nieuwe_vraag, herindicatie, melding_professional."),
    ],
)
def test_een_code_buiten_de_lijst_wordt_geweigerd_met_de_lijst(filters: dict[str, str], woorden: str):
    with pytest.raises(Invoerfout) as fout:
        Vraag.van_invoer("2.6", periode="2015-Q1", filters=filters)
    assert woorden in str(fout.value)
    assert [fout.value.parameter] == list(filters)


def test_een_onbekende_tabel_wordt_geweigerd_met_de_tabellen_die_er_zijn():
    with pytest.raises(Invoerfout, match=r"Tabel '9\.9' bestaat niet\. Kies uit: 1\.1, 2\.1,") as fout:
        Vraag.van_invoer("9.9", periode="2015-Q1")
    assert fout.value.parameter == "tabel"


def test_een_filter_dat_de_tabel_niet_kent_wordt_geweigerd_met_die_zij_wel_kent():
    with pytest.raises(
        Invoerfout, match="kent het filter categorie niet, wel: team, stadsdeel, kanaal, aanleiding"
    ):
        Vraag.van_invoer("2.5", periode="2015-Q1", filters={"categorie": "jeugd"})
    with pytest.raises(Invoerfout, match="wel: geen enkel filter"):
        Vraag.van_invoer("2.9", periode="2015-Q1", filters={"team": "W2"})


def test_alleen_tabellen_van_meldingen_kennen_filters():
    assert {sleutel for sleutel, tabel in TABELLEN.items() if tabel.filters} == {
        "2.4",
        "2.5",
        "2.6",
        "D.1",
        "D.2",
        "D.4",
    }


def test_een_verkeerde_vergelijking_noemt_het_veld_vergelijk():
    with pytest.raises(Invoerfout) as fout:
        Vraag.van_invoer("2.4", periode="2015-Q1", vergelijk="2015-Q9")
    assert fout.value.parameter == "vergelijk"


@pytest.mark.parametrize(
    ("tekst", "filters", "ernaast"),
    [
        ("stad", {"team": "W2", "kanaal": "balie"}, {"kanaal": "balie"}),
        ("stad", {"stadsdeel": "Haven"}, {}),
        ("team:W2", {}, {"team": "W2"}),
        ("team:W2", {"stadsdeel": "Haven"}, {"team": "W2"}),
        ("stadsdeel:Haven", {"team": "W2"}, {"stadsdeel": "Haven"}),
    ],
)
def test_naast_een_deel_van_de_stad_staat_dezelfde_vraag_over_een_ander(
    tekst: str, filters: dict[str, str], ernaast: dict[str, str]
):
    vraag = Vraag.van_invoer(
        "2.4", periode="2015-Q2", bekend_op="2015-07-01", vergelijk=tekst, filters=filters
    )

    assert vraag.ernaast == Vraag.van_invoer(
        "2.4", periode="2015-Q2", bekend_op="2015-07-01", filters=ernaast
    )
    assert vraag.per_deel() == [vraag.eigen, vraag.ernaast]
    assert vraag.parameters()["vergelijk"] == tekst


def test_perioden_naast_elkaar_staan_in_de_volgorde_van_de_tijd():
    vraag = Vraag.van_invoer("2.4", periode="2015-Q2", vergelijk="2015-Q1")

    assert [deel.periode.sleutel for deel in vraag.per_deel()] == ["2015-Q1", "2015-Q2"]
    assert Vraag.van_invoer("2.4", periode="2015-Q2", vergelijk="2015-Q2").per_deel() == [vraag.eigen]


@pytest.mark.parametrize(
    ("tabel", "tekst", "filters", "woorden"),
    [
        ("2.4", "wijk", {}, "Of een deel van de stad: stad, team:CODE of stadsdeel:NAAM."),
        ("2.4", "team:", {}, "Of een deel van de stad"),
        ("2.4", "team:ZZ", {}, "Team 'ZZ' is niet bekend. Kies uit: W2."),
        ("2.4", "stadsdeel:W2", {}, "Stadsdeel 'W2' is niet bekend. Kies uit: Haven."),
        ("2.4", "stad", {}, "De vraag gaat al over de hele stad."),
        ("2.4", "team:W2", {"team": "W2"}, "De vraag gaat al over Wijkteam 2."),
        ("2.9", "stad", {}, "Tabel 2.9 is niet per team te vragen"),
    ],
)
def test_wat_er_niet_naast_kan_wordt_geweigerd_met_waarom(
    tabel: str, tekst: str, filters: dict[str, str], woorden: str
):
    with pytest.raises(Invoerfout) as fout:
        Vraag.van_invoer(tabel, periode="2015-Q2", vergelijk=tekst, filters=filters)
    assert fout.value.parameter == "vergelijk"
    assert woorden in str(fout.value)
