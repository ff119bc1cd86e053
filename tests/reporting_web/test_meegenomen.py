"""Who took which figures along: the FG sees it of everybody, anybody else of oneself."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reporting.models import Meegenomen
from teams.models import Medewerker, Rol
from teams.models.inzage import Weg
from tests.factories import MedewerkerFactory, stel_aan

PAGINA = "/rapportage/meegenomen"


def neem_mee(medewerker: Medewerker, wat: str, op: str = "2015-06-01T12:00+02:00") -> None:
    Meegenomen.objects.create(
        medewerker=medewerker,
        wat=wat,
        vraag={"periode": "2015-Q2", "team": "noord"},
        formaat="xlsx",
        weg=Weg.WEB,
        verzoek=uuid4(),
        op=op,
    )


@pytest.fixture
def jansen(db: None) -> Medewerker:
    return MedewerkerFactory(username="jansen", first_name="Joke", last_name="Jansen")


@pytest.fixture
def fg(db: None, client: Client) -> Client:
    client.force_login(stel_aan(MedewerkerFactory(username="fg"), Rol.FG))
    return client


def test_wie_een_tabel_ophaalt_ziet_daarna_dat_het_is_bewaard(lezer: Client) -> None:
    assert "Hier is niets meegenomen." in lezer.get(PAGINA).content.decode()
    assert lezer.get("/rapportage/meenemen/2.4/csv?periode=2015-Q2").status_code == 200
    pagina = lezer.get(PAGINA).content.decode()
    assert "<td>2.4</td>" in pagina
    assert "periode 2015-Q2" in pagina
    assert PAGINA in lezer.get("/rapportage/bestanden").content.decode()


def test_een_lezer_ziet_alleen_het_eigen(lezer: Client, wijkwerker: Medewerker, jansen: Medewerker) -> None:
    neem_mee(jansen, "2.9")
    neem_mee(wijkwerker, "2.10")
    pagina = lezer.get(PAGINA).content.decode()
    assert "<td>2.10</td>" in pagina
    assert "<td>2.9</td>" not in pagina
    assert "Gebruikersnaam" not in pagina
    assert "<td>2.9</td>" not in lezer.get(f"{PAGINA}?medewerker=jansen").content.decode()


def test_de_fg_ziet_het_van_iedereen_en_kiest_een_medewerker_en_een_periode(
    fg: Client, wijkwerker: Medewerker, jansen: Medewerker
) -> None:
    neem_mee(jansen, "2.9", "2015-06-01T00:00+02:00")
    neem_mee(jansen, "2.10", "2015-06-30T23:59+02:00")
    neem_mee(wijkwerker, "2.11", "2015-06-15T12:00+02:00")
    alles = fg.get(PAGINA).content.decode()
    assert [alles.index(f"<td>{wat}</td>") for wat in ("2.10", "2.11", "2.9")] == sorted(
        alles.index(f"<td>{wat}</td>") for wat in ("2.10", "2.11", "2.9")
    )
    assert "Joke Jansen" in alles
    gekozen = fg.get(f"{PAGINA}?medewerker=jansen&vanaf=02-06-2015&tot_en_met=30-06-2015").content.decode()
    assert [f"<td>{wat}</td>" in gekozen for wat in ("2.9", "2.10", "2.11")] == [False, True, False]
    assert PAGINA in fg.get("/logboek").content.decode()


@pytest.mark.parametrize(
    ("keuze", "zin"),
    [
        ("medewerker=niemand", "Niemand heeft deze gebruikersnaam."),
        ("vanaf=30-02-2015", "Vanaf"),
        ("vanaf=02-06-2015&tot_en_met=01-06-2015", "Deze dag ligt voor de eerste dag."),
    ],
)
def test_een_keuze_die_niet_kan_zegt_wat_er_mis_is(fg: Client, keuze: str, zin: str) -> None:
    antwoord = fg.get(f"{PAGINA}?{keuze}")
    assert antwoord.status_code == 400
    assert "Deze keuze kan niet" in antwoord.content.decode()
    assert zin in antwoord.content.decode()


def test_bladeren_houdt_de_keuze_vast_en_kost_niet_meer_vragen(
    fg: Client, jansen: Medewerker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for nummer in range(51):
        neem_mee(jansen, f"2.{nummer}", f"2015-06-01T12:{nummer:02}+02:00")
    eerste = fg.get(f"{PAGINA}?medewerker=jansen").content.decode()
    assert "<td>2.50</td>" in eerste
    assert "<td>2.0</td>" not in eerste
    assert "?medewerker=jansen&amp;pagina=2" in eerste
    with django_assert_max_num_queries(12):
        tweede = fg.get(f"{PAGINA}?medewerker=jansen&pagina=2").content.decode()
    assert "<td>2.0</td>" in tweede
    assert "<td>2.50</td>" not in tweede


def test_wie_geen_cijfers_leest_komt_er_niet(db: None, client: Client) -> None:
    client.force_login(stel_aan(MedewerkerFactory(username="kcc"), Rol.KCC))
    assert client.get(PAGINA).status_code == 403
