"""The open hours of teams: kept by who may, from a day on, and at once in table 2.3 and for the KCC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from reporting.antwoord import beantwoord
from reporting.vraag import Vraag
from teams.geweigerd import Geweigerd
from teams.models import Frequentie, Medewerker, Rol, Spreekuur, Team, Weekdag
from teams.workflow.spreekuren import beeindig_spreekuur, plan_spreekuur, wijzig_spreekuur
from tests.conftest import EigenDatabase
from tests.draden import Draden
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan

BEGIN = date(2015, 4, 1)
VELDEN = {"dag": "1", "van": "18:30", "tot": "20:00", "frequentie": "1", "geldig_van": "01-04-2015"}


@pytest.fixture
def browser(haven: Team, browser_van: Callable[[Medewerker], Client]) -> Client:
    return browser_van(stel_aan(MedewerkerFactory(username="coordinator"), Rol.COORDINATOR, haven))


def plan(team: Team, **velden: Any) -> Spreekuur:
    vast = {
        "locatie": "De Brug",
        "dag": Weekdag.MA,
        "van": time(9),
        "tot": time(11),
        "frequentie": Frequentie.WEKELIJKS,
        "geldig_van": BEGIN,
    }
    return plan_spreekuur(team=team, **(vast | velden))


def rooster(team: Team, periode: str) -> list[Any]:
    """Times a week, places, hours a week, evenings."""
    antwoord = beantwoord(Vraag.van_invoer("2.3", periode=periode))
    return next(rij.waarden for rij in antwoord.rijen if rij.sleutel == team.code)


def test_een_nieuw_spreekuur_staat_meteen_in_2_3(browser: Client, haven: Team) -> None:
    assert browser.post("/spreekuren", VELDEN | {"team": haven.pk, "locatie": "De Brug"}).status_code == 303
    assert rooster(haven, "2015-Q2") == [1, 1, 1.5, 1]
    assert rooster(haven, "2015-Q1") == [0, 0, 0, 0]
    assert "Maandag 18:30–20:00" in browser.get("/spreekuren").content.decode()


def test_wat_anders_wordt_laat_staan_wat_was(browser: Client, haven: Team) -> None:
    rij = plan(haven)
    anders = VELDEN | {"van": "09:00", "tot": "12:00", "locatie": "De Haven", "per": "01-07-2015"}
    assert browser.post(f"/spreekuren/{rij.pk}", anders).status_code == 303
    assert rooster(haven, "2015-Q2") == [1, 1, 2, 0]
    assert rooster(haven, "2015-Q3") == [1, 1, 3, 0]
    oud, nieuw = Spreekuur.objects.order_by("pk")
    assert (oud.geldig_tot, nieuw.geldig_van, nieuw.team) == (date(2015, 7, 1), date(2015, 7, 1), haven)


def test_wat_altijd_al_anders_was_wordt_verbeterd(haven: Team) -> None:
    rij = wijzig_spreekuur(plan(haven), per=BEGIN, tot=time(12))
    assert Spreekuur.objects.get() == rij
    assert rooster(haven, "2015-Q2") == [1, 1, 3, 0]


def test_beeindigen_per_een_dag(browser: Client, haven: Team) -> None:
    rij = plan(haven)
    assert browser.post(f"/spreekuren/{rij.pk}/einde", {"einde-per": "01-07-2015"}).status_code == 303
    assert rooster(haven, "2015-Q2") == [1, 1, 2, 0]
    assert rooster(haven, "2015-Q3") == [0, 0, 0, 0]
    assert "Voorbij" in browser.get("/spreekuren").content.decode()
    nog_eens = browser.post(f"/spreekuren/{rij.pk}/einde", {"einde-per": "01-08-2015"})
    assert nog_eens.status_code == 409
    assert "al geëindigd op 01-07-2015" in nog_eens.content.decode()


def test_wat_op_zijn_eerste_dag_eindigt_is_er_nooit_geweest_en_kan_opnieuw(haven: Team) -> None:
    beeindig_spreekuur(plan(haven), per=BEGIN)
    assert not Spreekuur.objects.exists()
    plan(haven)
    assert Spreekuur.objects.count() == 1


def test_een_spreekuur_eindigt_niet_voor_zijn_begin(haven: Team) -> None:
    with pytest.raises(Geweigerd, match="begint op 01-04-2015"):
        beeindig_spreekuur(plan(haven), per=date(2015, 3, 31))


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"geldig_van": date(2016, 1, 1)},
        {"geldig_van": date(2014, 1, 1)},
        {"geldig_van": None},
        {"geldig_van": date(2014, 1, 1), "geldig_tot": date(2015, 4, 2)},
    ],
)
def test_een_team_heeft_op_een_plek_dag_en_tijd_een_spreekuur(haven: Team, velden: dict[str, Any]) -> None:
    plan(haven)
    with pytest.raises(Geweigerd, match="al een spreekuur"):
        plan(haven, **velden)


@pytest.mark.parametrize(
    "velden",
    [
        {"locatie": "De Haven"},
        {"dag": Weekdag.DI},
        {"van": time(10)},
        {"geldig_van": date(2014, 1, 1), "geldig_tot": BEGIN},
    ],
)
def test_elders_of_op_een_ander_moment_kan_wel(haven: Team, velden: dict[str, Any]) -> None:
    plan(haven)
    assert plan(haven, **velden).pk


def test_van_twee_die_tegelijk_hetzelfde_plannen_wint_er_een(eigen_database: EigenDatabase) -> None:
    team = TeamFactory()
    with Draden(2) as draden:
        antwoorden = draden.doe(*[lambda: plan(team)] * 2)
    assert sorted(bool(antwoord) for antwoord in antwoorden) == [False, True]


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"van": "25:00"}, "Dit is geen tijd."),
        ({"tot": ""}, "Vul een tijd in."),
        ({"tot": "18:30"}, "Dit is niet later dan het begin."),
        ({"geldig_van": "31-04-2015"}, "Deze dag bestaat niet."),
        ({"geldig_tot": "01-04-2015"}, "Dit is niet later dan de eerste dag."),
        ({"locatie": "x" * 10_000}, "200"),
        ({"dag": "8"}, "8"),
        ({"frequentie": "dagelijks"}, "dagelijks"),
    ],
)
def test_wat_niet_kan_zegt_wat_er_mis_is_en_bewaart_niets(
    browser: Client, haven: Team, velden: dict[str, str], fout: str
) -> None:
    antwoord = browser.post("/spreekuren", VELDEN | {"team": haven.pk} | velden)
    assert antwoord.status_code == 200
    assert fout in antwoord.content.decode()
    assert not Spreekuur.objects.exists()


def test_een_coordinator_houdt_het_eigen_rooster_bij_en_beheer_elk(
    browser: Client, haven: Team, stad: Team, browser_van: Callable[[Medewerker], Client]
) -> None:
    elders = plan(stad, locatie="Stadhuis")
    assert "Stadhuis" not in browser.get("/spreekuren").content.decode()
    assert browser.get(f"/spreekuren/{elders.pk}").status_code == 404
    assert browser.post("/spreekuren", VELDEN | {"team": stad.pk}).status_code == 200
    beheer = browser_van(stel_aan(MedewerkerFactory(username="beheer"), Rol.BEHEER))
    assert "Stadhuis" in beheer.get("/spreekuren").content.decode()
    assert beheer.post("/spreekuren", VELDEN | {"team": stad.pk}).status_code == 303
    assert Spreekuur.objects.filter(team=stad).count() == 2
