"""Nobody computes a hidden count from those that are shown: an independent look, by linear programming.

Shares nothing with the product but the answers: what adds up to what is written down here once more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from scipy.optimize import linprog

from households.models import Persoon
from reporting import argus, onderdrukking
from reporting.antwoord import Antwoord
from reporting.onderdrukking import Bescherming, bescherm
from reporting.register import TABELLEN
from reporting.samenhang import Samenhang
from teams.models import Instelling

from .conftest import Registratie, cellen

Vragen = Callable[..., Antwoord]
Som = tuple[str, tuple[str, ...]]
DREMPEL = 10
SPELING = 4
"""So much further apart than one value the bounds of a small count have to be, for whoever knows the rest."""
VEEL = 1000 if os.environ.get("EENPLAN_VOL") else 25


def grenzen(
    getoond: Mapping[str, object], sommen: Sequence[Som], hoogstens: bool = False
) -> dict[str, tuple[float, float]]:
    """By linear programming: between which values each hidden count lies, by all that is shown."""
    namen = list(getoond)
    ruimte = [
        (1, DREMPEL - 1) if waarde == f"< {DREMPEL}" else (1, None) if waarde == "×" else (waarde, waarde)
        for waarde in getoond.values()
    ]
    rijen = [[(naam == totaal) - (naam in delen) for naam in namen] for totaal, delen in sommen]
    nul = [0] * len(rijen)
    stelsel = {"A_ub": rijen, "b_ub": nul} if hoogstens else {"A_eq": rijen, "b_eq": nul}
    gevonden = {}
    for plaats, naam in enumerate(namen):
        if isinstance(getoond[naam], str):
            doel = [int(nummer == plaats) for nummer in range(len(namen))]
            onder = linprog(doel, bounds=ruimte, **stelsel)
            boven = linprog([-d for d in doel], bounds=ruimte, **stelsel)
            assert onder.status == 0, naam
            gevonden[naam] = (onder.fun, -boven.fun if boven.status == 0 else float("inf"))
    return gevonden


def toon(aantallen: Mapping[str, int], bescherming: Bescherming) -> dict[str, object]:
    return {
        naam: "×" if naam in bescherming.weg else f"< {DREMPEL}" if 0 < aantal < DREMPEL else aantal
        for naam, aantal in aantallen.items()
    }


def niets_uit_te_rekenen(
    getoond: Mapping[str, object], sommen: Sequence[Som], *, hoogstens: bool = False
) -> None:
    for naam, (onder, boven) in grenzen(getoond, sommen, hoogstens).items():
        assert boven - onder >= SPELING - 1e-6, (naam, onder, boven, getoond)


AANTAL = st.one_of(st.integers(0, 14), st.integers(0, 400))


@settings(max_examples=VEEL, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(delen=st.lists(AANTAL, min_size=2, max_size=17))
def test_van_een_som_is_geen_klein_aantal_uit_te_rekenen(delen: list[int], zonder_cache: None):
    namen = tuple(f"deel {nummer}" for nummer in range(len(delen)))
    aantallen = dict(zip(namen, delen, strict=True)) | {"totaal": sum(delen)}
    bescherming = bescherm([Samenhang("totaal", namen)], aantallen, DREMPEL)
    niets_uit_te_rekenen(toon(aantallen, bescherming), [("totaal", namen)])
    assert bescherming == bescherm([Samenhang("totaal", namen)], aantallen, DREMPEL)


@settings(max_examples=VEEL, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a=st.lists(AANTAL, min_size=2, max_size=4), b=st.lists(AANTAL, min_size=2, max_size=4), c=AANTAL)
def test_van_een_som_van_sommen_ook_niet(a: list[int], b: list[int], c: int, zonder_cache: None):
    aantallen = {f"a{nummer}": aantal for nummer, aantal in enumerate(a)}
    aantallen |= {f"b{nummer}": aantal for nummer, aantal in enumerate(b)}
    aantallen |= {"a": sum(a), "b": sum(b), "c": c, "totaal": sum(a) + sum(b) + c}
    sommen = [
        ("totaal", ("a", "b", "c")),
        ("a", tuple(naam for naam in aantallen if naam[:1] == "a" and naam[1:])),
        ("b", tuple(naam for naam in aantallen if naam[:1] == "b" and naam[1:])),
    ]
    bescherming = bescherm([Samenhang(*som) for som in sommen], aantallen, DREMPEL)
    niets_uit_te_rekenen(toon(aantallen, bescherming), sommen)


@settings(max_examples=VEEL, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(delen=st.lists(AANTAL, min_size=3, max_size=3), dubbel=st.integers(0, 30))
def test_van_unieke_clienten_ook_niet(delen: list[int], dubbel: int, zonder_cache: None):
    namen = ("jeugdhulp", "jeugdbescherming", "jeugdreclassering")
    totaal = max(*delen, sum(delen) - dubbel)
    aantallen = dict(zip(namen, delen, strict=True)) | {"totaal": totaal}
    bescherming = bescherm([Samenhang("totaal", namen, hoogstens=True)], aantallen, DREMPEL)
    niets_uit_te_rekenen(toon(aantallen, bescherming), [("totaal", namen)], hoogstens=True)


@pytest.fixture
def zonder_cache(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onderdrukking, "cache", GeenCache())


class GeenCache:
    """Remembers nothing."""

    def get(self, sleutel: str) -> None:
        return None

    def set(self, *bewaard: object) -> None:
        return None


def test_een_tweede_cel_gaat_dicht_en_elke_tabel_van_die_clienten_is_er_even_stil_over(
    registratie: Registratie, vraag_antwoord: Vragen
):
    registratie.clienten(3, vorm="pgb")
    registratie.clienten(30, vorm="zin")
    antwoord = vraag_antwoord("2.12", "2015-Q1", ruw=False)
    assert cellen(antwoord) == {"pgb": "< 10", "zin": "×", "beide": 0, "totaal": 33}
    assert any("×" in noot for noot in antwoord.noten)
    assert cellen(vraag_antwoord("2.9", "2015-Q1", ruw=False)) == {"clienten": 33}
    assert cellen(vraag_antwoord("2.12", "2015-Q1", ruw=True))["zin"] == 30


def test_een_groep_waarin_iedereen_zit_verraadt_niet_hoeveel_het_er_zijn(
    registratie: Registratie, vraag_antwoord: Vragen
):
    """One of each financing, so their number gives those away; a group of three says that there are at least three."""
    Instelling.objects.create(sleutel="kleine_aantallen", geldig_van=date(2014, 1, 1), waarde=3)
    for vorm in ("pgb", "zin", ""):
        registratie.clienten(1, vorm=vorm)
    assert cellen(vraag_antwoord("2.9", "2015-Q1", ruw=False)) == {"clienten": "×"}
    groepen = cellen(vraag_antwoord("2.13", "2015-Q1", ruw=False))
    assert {naam: aantal for naam, aantal in groepen.items() if aantal != 0} == {"begeleiding": "×"}


def test_een_aandeel_verraadt_niet_wat_een_aantal_verbergt(registratie: Registratie, vraag_antwoord: Vragen):
    for aantal, team in ((4, "W10"), (60, "W2")):
        for _ in range(aantal):
            persoon = Persoon.objects.create()
            registratie.beschikking(persoon, "begeleiding", "2015-01-01")
            registratie.verblijf(persoon, team, "2014-01-01")
    aantallen = cellen(vraag_antwoord("2.10", "2015-Q1", ruw=False))
    for team in registratie.teams.values():
        team.inwonertallen.create(peildatum=date(2015, 1, 1), inwoners=5000, jeugdigen=900)
    aandelen = cellen(vraag_antwoord("2.11", "2015-Q1", ruw=False))
    assert (aantallen["W10"], aantallen["W2"], aantallen["totaal"]) == ("< 10", "×", 64)
    assert (aandelen["W10"], aandelen["W2"]) == ("×", "×")


def test_zonder_tau_argus_worden_de_aantallen_afgerond_en_staat_dat_erbij(
    registratie: Registratie,
    vraag_antwoord: Vragen,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    monkeypatch.setattr(argus.sys, "executable", "/bestaat/niet")
    registratie.clienten(3, vorm="pgb")
    registratie.clienten(33, vorm="zin")
    antwoord = vraag_antwoord("2.12", "2015-Q1", ruw=False)
    assert cellen(antwoord) == {"pgb": "< 10", "zin": "×", "beide": 0, "totaal": 35}
    assert any("vijftallen" in noot for noot in antwoord.noten)
    (regel,) = caplog.records
    assert not any(cijfer in regel.getMessage() for cijfer in "36")


def test_zonder_klein_aantal_begint_er_geen_tweede_proces(
    registratie: Registratie, vraag_antwoord: Vragen, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(onderdrukking, "bijverborgen", lambda *vraag: pytest.fail("niet nodig"))
    registratie.clienten(30, vorm="zin")
    assert cellen(vraag_antwoord("2.12", "2015-Q1", ruw=False))["zin"] == 30


@pytest.mark.parametrize("tabel", [sleutel for sleutel, tabel in TABELLEN.items() if tabel.over_personen])
def test_weinig_clienten_kosten_nog_een_handvol_queries_hoeveel_het_er_ook_zijn(
    registratie: Registratie,
    vraag_antwoord: Vragen,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    tabel: str,
):
    for aantal in (3, 11, 40):
        registratie.clienten(aantal)
        registratie.clienten(3, "pleegzorg")
        with django_assert_max_num_queries(45):
            vraag_antwoord(tabel, "2015-Q2", ruw=False)
