"""Terms of the law, against a clock that walks day by day and knows nothing of arithmetic with intervals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldingen.wettermijnen import Stilstand, Verloop, aanvraag_kan_op, einde, wettermijnen
from teams.kalender import feestdagen, is_werkdag

DAG = timedelta(days=1)
LENGTES = {
    "persoonlijk_plan_dagen": 7,
    "wmo_onderzoek_dagen": 42,
    "wmo_besluit_dagen": 14,
    "jeugd_besluit_dagen": 56,
}


def lengte(sleutel: str, op: date) -> int:
    return LENGTES[sleutel]


def pasen(jaar: int) -> date:
    """Easter by Gauss as Lichtenberg wrote it, so that the holidays have a second witness."""
    k = jaar // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    s = 2 - (3 * k + 3) // 4
    a = jaar % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (jaar + jaar // 4 + s) % 7
    oe = 7 - (og - sz) % 7
    return date(jaar, 3, 1) + timedelta(days=og + oe - 1)


def vrije_dagen(jaar: int) -> set[date]:
    """Art. 3 of the Algemene termijnenwet, and Goede Vrijdag."""
    zondag = pasen(jaar)
    koning = date(jaar, 4, 27) - (DAG if date(jaar, 4, 27).weekday() == 6 else 0 * DAG)
    bij_pasen = {zondag + timedelta(days=na) for na in (-2, 1, 39, 50)}
    return bij_pasen | {koning, date(jaar, 1, 1), date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26)}


def dag_voor_dag(begin: date, dagen: int, stil: list[Stilstand]) -> date | None:
    """Walks the calendar: a day on which the term stands still doesn't count, and can't be its last."""
    vrij = {dag for jaar in range(2014, 2042) for dag in vrije_dagen(jaar)}
    dag, geteld = begin, 0
    while True:
        dag += DAG
        if stilte := [s for s in stil if s.van < dag and (s.tot is None or dag <= s.tot)]:
            if any(s.tot is None for s in stilte):
                return None
            continue
        geteld += 1
        if geteld >= dagen and dag.weekday() < 5 and dag not in vrij:
            return dag


def uitgesteld_dag_voor_dag(laatste: date, brieven: list[date], stil: list[Stilstand]) -> date | None:
    """Walks on from the last day to that of each letter: a day on which the term stands still isn't one of them."""
    dag = laatste
    for tot in sorted(brieven):
        over = max((tot - dag).days, 0)
        while over:
            dag += DAG
            stilte = [s for s in stil if s.van < dag and (s.tot is None or dag <= s.tot)]
            if any(s.tot is None for s in stilte):
                return None
            over -= not stilte
    return dag


@pytest.mark.parametrize("jaar", range(2015, 2036))
def test_de_feestdagen_zijn_die_van_de_algemene_termijnenwet(jaar: int) -> None:
    zondagen = {dag for dag in feestdagen(jaar) if dag.weekday() == 6}
    assert feestdagen(jaar) - zondagen == {dag for dag in vrije_dagen(jaar) if dag.weekday() != 6}


def test_zes_weken_na_een_melding_is_dezelfde_dag_van_de_week() -> None:
    onderzoek = wettermijnen(Verloop(jeugd=False, gemeld_op=date(2015, 3, 4)), lengte)[1]
    assert onderzoek.uiterlijk == date(2015, 4, 15)
    assert onderzoek.dagen_over(date(2015, 4, 10)) == 5
    assert onderzoek.te_laat_op(date(2015, 4, 16))
    assert not onderzoek.te_laat_op(date(2015, 4, 15))


def test_een_termijn_eindigt_niet_in_een_weekend_of_op_een_feestdag() -> None:
    # 25 april 2015 is een zaterdag; de maandag erna is het Koningsdag.
    assert einde(date(2015, 4, 11), 14, (), ()) == date(2015, 4, 28)
    assert einde(date(2015, 4, 11), 14, (), {date(2015, 4, 28)}) == date(2015, 4, 29)


def test_wat_klaar_is_loopt_niet_meer() -> None:
    verloop = Verloop(jeugd=False, gemeld_op=date(2015, 3, 4), onderzocht_op=date(2015, 4, 20))
    onderzoek = wettermijnen(verloop, lengte)[1]
    assert onderzoek.dagen_over(date(2016, 1, 1)) is None
    assert onderzoek.te_laat_op(date(2016, 1, 1))


def test_alleen_het_besluit_kan_stilstaan() -> None:
    stil = (Stilstand(date(2015, 3, 10), date(2015, 3, 17)),)
    verloop = Verloop(
        jeugd=False, gemeld_op=date(2015, 3, 2), aangevraagd_op=date(2015, 3, 9), stilstanden=stil
    )
    zonder = Verloop(jeugd=False, gemeld_op=date(2015, 3, 2), aangevraagd_op=date(2015, 3, 9))
    met, kaal = wettermijnen(verloop, lengte), wettermijnen(zonder, lengte)
    assert met[1].uiterlijk == kaal[1].uiterlijk == date(2015, 4, 13)
    assert (kaal[2].uiterlijk, met[2].uiterlijk) == (date(2015, 3, 23), date(2015, 3, 30))


def test_zolang_de_termijn_stilstaat_is_er_geen_laatste_dag() -> None:
    verloop = Verloop(
        jeugd=True, gemeld_op=date(2015, 3, 2), stilstanden=(Stilstand(date(2015, 3, 9), None),)
    )
    besluit = wettermijnen(verloop, lengte)[0]
    assert besluit.uiterlijk is None
    assert besluit.dagen_over(date(2015, 6, 1)) is None
    assert not besluit.te_laat_op(date(2015, 12, 31))


def test_wie_na_de_termijn_om_aanvulling_vraagt_wint_niets() -> None:
    te_laat = [Stilstand(date(2015, 4, 1), date(2015, 5, 1))]
    assert einde(date(2015, 3, 9), 14, te_laat, ()) == date(2015, 3, 23)


def test_uitstel_bij_brief_geldt_als_het_later_is() -> None:
    verloop = Verloop(
        jeugd=True, gemeld_op=date(2015, 3, 2), verdaagd_tot=(date(2015, 4, 1), date(2015, 6, 1))
    )
    besluit = wettermijnen(verloop, lengte)[0]
    assert besluit.uiterlijk == date(2015, 6, 1)
    assert "4:14" in besluit.waarom


@pytest.mark.parametrize(
    ("van", "tot", "uiterlijk"),
    [
        (date(2026, 2, 20), date(2026, 3, 13), date(2026, 4, 6)),
        (date(2026, 2, 20), None, None),
        (date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 16)),
        # nog in de gewone termijn, die er later door eindigt, maar niet later dan de brief zegt
        (date(2026, 2, 9), date(2026, 2, 16), date(2026, 3, 16)),
    ],
)
def test_stilstand_na_de_gewone_termijn_komt_bij_het_uitstel(
    van: date, tot: date | None, uiterlijk: date | None
) -> None:
    verloop = Verloop(
        jeugd=False,
        gemeld_op=date(2026, 1, 5),
        onderzocht_op=date(2026, 2, 1),
        aangevraagd_op=date(2026, 2, 2),
        verdaagd_tot=(date(2026, 3, 16),),
        stilstanden=(Stilstand(van, tot),),
    )
    besluit = wettermijnen(verloop, lengte)[-1]
    assert besluit.uiterlijk == uiterlijk
    assert "4:14" in besluit.waarom


def test_stilstand_voor_een_tweede_brief_telt_daar_niet_nog_eens_bij() -> None:
    verloop = Verloop(
        jeugd=True,
        gemeld_op=date(2015, 3, 2),
        verdaagd_tot=(date(2015, 5, 29), date(2015, 6, 30)),
        stilstanden=(Stilstand(date(2015, 5, 4), date(2015, 5, 11)),),
    )
    assert wettermijnen(verloop, lengte)[0].uiterlijk == date(2015, 6, 30)


def test_een_aanvraag_kan_pas_na_het_onderzoek_of_als_de_zes_weken_om_zijn() -> None:
    verloop = Verloop(jeugd=False, gemeld_op=date(2015, 3, 4))
    assert not aanvraag_kan_op(verloop, date(2015, 4, 15), lengte)
    assert aanvraag_kan_op(verloop, date(2015, 4, 16), lengte)
    onderzocht = Verloop(jeugd=False, gemeld_op=date(2015, 3, 4), onderzocht_op=date(2015, 3, 20))
    assert aanvraag_kan_op(onderzocht, date(2015, 3, 20), lengte)
    assert not aanvraag_kan_op(onderzocht, date(2015, 3, 19), lengte)
    assert aanvraag_kan_op(Verloop(jeugd=True, gemeld_op=date(2015, 3, 4)), date(2015, 3, 4), lengte)


dagen = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@st.composite
def gevallen(draw: st.DrawFn) -> tuple[date, int, list[Stilstand]]:
    begin = draw(dagen)
    stil = []
    for _ in range(draw(st.integers(0, 4))):
        van = begin + timedelta(days=draw(st.integers(-5, 70)))
        tot = draw(st.one_of(st.none(), st.integers(0, 30).map(lambda na, van=van: van + timedelta(days=na))))
        stil.append(Stilstand(van, tot))
    return begin, draw(st.sampled_from([7, 14, 42, 56])), stil


def _als_dag_voor_dag(geval: tuple[date, int, list[Stilstand]]) -> None:
    begin, aantal, stil = geval
    assert einde(begin, aantal, stil, ()) == dag_voor_dag(begin, aantal, stil)


@given(gevallen())
@settings(max_examples=500, deadline=None)
def test_elke_termijn_is_die_van_de_klok_die_dag_voor_dag_loopt(
    geval: tuple[date, int, list[Stilstand]],
) -> None:
    _als_dag_voor_dag(geval)


@pytest.mark.vol
@given(gevallen())
@settings(max_examples=10_000, deadline=None)
def test_tienduizend_termijnen_zijn_die_van_de_klok_die_dag_voor_dag_loopt(
    geval: tuple[date, int, list[Stilstand]],
) -> None:
    _als_dag_voor_dag(geval)


def _uitgesteld_als_dag_voor_dag(geval: tuple[date, int, list[Stilstand]], verder: list[int]) -> None:
    begin, _, stil = geval
    brieven = [begin + timedelta(days=dagen) for dagen in verder]
    verloop = Verloop(jeugd=True, gemeld_op=begin, stilstanden=stil, verdaagd_tot=brieven)
    laatste = dag_voor_dag(begin, LENGTES["jeugd_besluit_dagen"], stil)
    verwacht = uitgesteld_dag_voor_dag(laatste, brieven, stil) if laatste else None
    assert wettermijnen(verloop, lengte)[0].uiterlijk == verwacht


brieven = st.lists(st.integers(30, 160), max_size=3)


@given(gevallen(), brieven)
@settings(max_examples=300, deadline=None)
def test_elk_uitstel_is_dat_van_de_klok_die_dag_voor_dag_loopt(
    geval: tuple[date, int, list[Stilstand]], verder: list[int]
) -> None:
    _uitgesteld_als_dag_voor_dag(geval, verder)


@pytest.mark.vol
@given(gevallen(), brieven)
@settings(max_examples=10_000, deadline=None)
def test_tienduizend_keer_uitstel_is_dat_van_de_klok_die_dag_voor_dag_loopt(
    geval: tuple[date, int, list[Stilstand]], verder: list[int]
) -> None:
    _uitgesteld_als_dag_voor_dag(geval, verder)


def test_een_werkdag_is_geen_weekend_en_geen_feestdag() -> None:
    assert is_werkdag(date(2015, 3, 4))
    assert not is_werkdag(date(2015, 3, 7))
    assert not is_werkdag(date(2015, 4, 3))
    assert not is_werkdag(date(2015, 3, 4), {date(2015, 3, 4)})
