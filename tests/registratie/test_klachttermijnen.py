"""By when a klacht or bezwaar has to be answered; the days were counted by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from teams.models import Instelling
from voorzieningen.klachttermijnen import lengtes, termijn_van
from voorzieningen.models import Klacht, Klachtsoort

pytestmark = pytest.mark.django_db


def uiterlijk(**velden: object) -> date | None:
    termijn = termijn_van(Klacht(**velden), lengtes())
    assert termijn
    return termijn.uiterlijk


@pytest.mark.parametrize(
    ("datum", "erbij", "verwacht"),
    [
        # Thursday 2 April 2015 and six weeks is Thursday 14 May, Hemelvaartsdag: the law runs on to Friday
        (date(2015, 4, 2), {}, date(2015, 5, 15)),
        (date(2015, 6, 1), {}, date(2015, 7, 13)),
        (date(2015, 6, 1), {"commissie": True}, date(2015, 8, 10)),
        (date(2015, 6, 1), {"verdaagd_op": date(2015, 7, 1)}, date(2015, 8, 10)),
        (date(2015, 6, 1), {"commissie": True, "verdaagd_op": date(2015, 7, 1)}, date(2015, 9, 7)),
        # Saturday 24 October 2015 and six weeks is Saturday 5 December: Monday
        (date(2015, 10, 24), {}, date(2015, 12, 7)),
    ],
)
def test_een_klacht_zes_of_tien_weken_na_ontvangst(
    datum: date, erbij: dict[str, object], verwacht: date
) -> None:
    assert uiterlijk(soort=Klachtsoort.KLACHT, datum=datum, **erbij) == verwacht


@pytest.mark.parametrize(
    ("erbij", "verwacht"),
    [
        # made known Monday 1 June 2015: filing until Monday 13 July; six weeks on is Monday 24 August
        ({}, date(2015, 8, 24)),
        ({"commissie": True}, date(2015, 10, 5)),
        ({"verdaagd_op": date(2015, 8, 1)}, date(2015, 10, 5)),
        ({"commissie": True, "verdaagd_op": date(2015, 8, 1)}, date(2015, 11, 16)),
    ],
)
@pytest.mark.parametrize("datum", [date(2015, 6, 2), date(2015, 7, 10)])
def test_een_bezwaar_na_het_einde_van_de_bezwaartermijn_en_niet_na_ontvangst(
    datum: date, erbij: dict[str, object], verwacht: date
) -> None:
    bezwaar = {"soort": Klachtsoort.BEZWAAR, "bekendgemaakt_op": date(2015, 6, 1)}
    assert uiterlijk(**bezwaar, datum=datum, **erbij) == verwacht


def test_een_bezwaartermijn_die_op_een_zaterdag_zou_eindigen_loopt_door_tot_maandag() -> None:
    klacht = Klacht(soort=Klachtsoort.BEZWAAR, datum=date(2015, 6, 10), bekendgemaakt_op=date(2015, 6, 6))
    termijn = termijn_van(klacht, lengtes())
    assert termijn
    assert (termijn.ingediend_uiterlijk, termijn.uiterlijk) == (date(2015, 7, 20), date(2015, 8, 31))


def test_zonder_dag_van_bekendmaking_is_er_geen_dag_en_zegt_de_termijn_wat_ontbreekt() -> None:
    termijn = termijn_van(Klacht(soort=Klachtsoort.BEZWAAR, datum=date(2015, 6, 2)), lengtes())
    assert termijn
    assert termijn.uiterlijk is None
    assert "wanneer het besluit is bekendgemaakt" in termijn.waarom
    assert not termijn.te_laat_op(date(2030, 1, 1))


@pytest.mark.parametrize(
    "soort", [soort for soort in Klachtsoort if soort not in (Klachtsoort.KLACHT, Klachtsoort.BEZWAAR)]
)
def test_waar_een_ander_op_antwoordt_is_geen_termijn(soort: Klachtsoort) -> None:
    assert termijn_van(Klacht(soort=soort, datum=date(2015, 6, 2)), lengtes()) is None


def test_een_andere_termijn_geldt_vanaf_haar_dag() -> None:
    Instelling.objects.create(sleutel="klacht_dagen", geldig_van=date(2015, 6, 1), waarde=14)
    assert uiterlijk(soort=Klachtsoort.KLACHT, datum=date(2015, 6, 1)) == date(2015, 6, 15)
    assert uiterlijk(soort=Klachtsoort.KLACHT, datum=date(2015, 5, 29)) == date(2015, 7, 10)
