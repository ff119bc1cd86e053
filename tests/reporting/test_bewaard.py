"""Counts that are kept: found again while nothing changed, and never a moment longer."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reporting import bewaard, telling
from reporting.antwoord import Antwoord, beantwoord
from reporting.bewaard import GETELD_BEWAARD
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from tests.factories import PersoonFactory

from .conftest import Registratie, cellen

Vastleggen = Callable[..., AbstractContextManager[list[Any]]]
Vraagt = Callable[..., tuple[Antwoord, bool]]


@pytest.fixture
def vraagt(django_capture_on_commit_callbacks: Vastleggen) -> Vraagt:
    """Ask a table in a request of its own: the answer, and whether it was counted for it."""

    def een(tabel: str, **meer: Any) -> tuple[Antwoord, bool]:
        with (
            django_capture_on_commit_callbacks(execute=True),
            CaptureQueriesContext(connection) as opdrachten,
        ):
            antwoord = beantwoord(Vraag.van_invoer(tabel, periode="2015-Q2", **meer))
        return antwoord, any("count(*)" in een["sql"] and "achter" in een["sql"] for een in opdrachten)

    return een


@pytest.fixture
def clienten(registratie: Registratie) -> Registratie:
    for _ in range(3):
        persoon = PersoonFactory()
        registratie.verblijf(persoon, "W2", "2015-01-01")
        registratie.beschikking(persoon, "begeleiding", "2015-04-01")
    return registratie


def test_wie_weer_vraagt_krijgt_hetzelfde_zonder_dat_er_geteld_wordt(
    clienten: Registratie, vraagt: Vraagt
) -> None:
    eerst, geteld = vraagt("2.10")
    weer, weer_geteld = vraagt("2.10")
    assert (geteld, weer_geteld) == (True, False)
    assert weer == eerst


def test_een_andere_vraag_wordt_geteld(clienten: Registratie, vraagt: Vraagt) -> None:
    vraagt("2.10")
    assert vraagt("2.10", bekend_op="2015-05-01")[1]
    assert vraagt("2.9")[1]


def test_na_een_registratie_telt_de_volgende_vraag_opnieuw(clienten: Registratie, vraagt: Vraagt) -> None:
    vraagt("2.13")
    clienten.beschikking(PersoonFactory(), "begeleiding", "2015-06-30")
    antwoord, geteld = vraagt("2.13")
    assert geteld
    assert cellen(antwoord)["begeleiding"] == "< 10"
    assert {rij.sleutel: rij for rij in beantwoord(antwoord.vraag, ruw=True).rijen}[
        "begeleiding"
    ].waarden == [4]


def test_wat_een_tabel_niet_leest_laat_haar_telling_staan(clienten: Registratie, vraagt: Vraagt) -> None:
    vraagt("2.10")
    clienten.klacht("2015-04-01", "klacht")
    clienten.contact("2015-04-01", "telefoon")
    assert not vraagt("2.10")[1]
    clienten.verblijf(PersoonFactory(), "W2", "2015-04-01")
    assert vraagt("2.10")[1]


def test_wat_tijdens_het_tellen_verandert_wordt_niet_bewaard(
    registratie: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch
) -> None:
    tel = bewaard.uitkomst

    def ondertussen(opdracht: Any) -> Any:
        rijen = tel(opdracht)
        registratie.contact("2015-04-01", "telefoon")
        return rijen

    with monkeypatch.context() as traag:
        traag.setattr(bewaard, "uitkomst", ondertussen)
        assert cellen(vraagt("1.1")[0])["telefoon"] == 0
    antwoord, geteld = vraagt("1.1")
    assert geteld
    assert cellen(antwoord)["telefoon"] == 1


def test_wat_wordt_teruggedraaid_wordt_niet_bewaard(clienten: Registratie, vraagt: Vraagt) -> None:
    with transaction.atomic():
        clienten.beschikking(PersoonFactory(), "begeleiding", "2015-04-01")
        assert vraagt_los("2.9").rijen[0].waarden == [4]
        transaction.set_rollback(True)
    antwoord, geteld = vraagt("2.9")
    assert geteld
    assert beantwoord(antwoord.vraag, ruw=True).rijen[0].waarden == [3]


def vraagt_los(tabel: str) -> Antwoord:
    return beantwoord(Vraag.van_invoer(tabel, periode="2015-Q2"), ruw=True)


def test_het_stroomschema_wordt_altijd_geteld(registratie: Registratie, vraagt: Vraagt) -> None:
    registratie.melding("2015-04-01")
    assert vraagt("2.6")[1]
    assert vraagt("2.6")[1]


def test_zonder_plek_om_te_bewaren_wordt_er_geteld(clienten: Registratie, vraagt: Vraagt) -> None:
    eerst, _ = vraagt("2.9")
    caches[GETELD_BEWAARD].clear()
    assert vraagt("2.9") == (eerst, True)


def test_bewaard_zijn_aantallen_per_plaats_en_niemand(clienten: Registratie, vraagt: Vraagt) -> None:
    with patch.object(type(caches[GETELD_BEWAARD]), "set") as zet:
        vraagt("2.10")
    bewaarde = [keer.args[1] for keer in zet.call_args_list]
    assert [(clienten.teams["W2"].pk, 3)] in bewaarde
    assert all(len(rijen) <= 2 for rijen in bewaarde)


@pytest.mark.parametrize("zaad", [1, pytest.param(range(2, 40), marks=pytest.mark.vol)])
def test_wat_er_ook_gebeurt_bewaard_is_wat_er_geteld_zou_zijn(
    registratie: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch, zaad: int | range
) -> None:
    """Random registrations, changes of reference data and questions: each answer is that of a count."""
    for nummer in [zaad] if isinstance(zaad, int) else zaad:
        _vraag_en_verander(random.Random(nummer), registratie, vraagt, monkeypatch)


def _vraag_en_verander(
    toeval: random.Random, registratie: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch
) -> None:
    personen = [PersoonFactory() for _ in range(3)]
    gebeurt: list[Callable[[], Any]] = [
        lambda: registratie.beschikking(toeval.choice(personen), "begeleiding", "2015-04-01"),
        lambda: registratie.verblijf(toeval.choice(personen), "W10", f"2015-04-{toeval.randint(1, 28):02}"),
        lambda: registratie.melding("2015-04-03", stappen=["voorveld"]),
        lambda: registratie.klacht("2015-05-01", "klacht", "wmo"),
        lambda: registratie.contact("2015-05-01", "telefoon", "werk_en_uitkering"),
        lambda: registratie.teams["W2"].save(),
    ]
    for _ in range(25):
        antwoord, _ = vraagt(toeval.choice(list(TABELLEN)))
        with monkeypatch.context() as zonder:
            zonder.setattr(telling, "bewaarde_uitkomst", bewaard.uitkomst)
            assert beantwoord(antwoord.vraag) == antwoord
        if toeval.random() < 0.5:
            toeval.choice(gebeurt)()
