"""Answers that are kept: found again while nothing changed, and never a moment longer."""

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

from reporting import bewaard, onderdrukking
from reporting.antwoord import Antwoord, beantwoord
from reporting.argus import GeenArgus
from reporting.bewaard import BEWAARD, bewaard_antwoord
from reporting.edities import controleer, stel_vast
from reporting.etag import telwijze
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from teams.models import Instelling, Team
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
            patch.object(bewaard, "beantwoord", wraps=beantwoord) as tellen,
        ):
            antwoord = bewaard_antwoord(Vraag.van_invoer(tabel, periode="2015-Q2", **meer))
        return antwoord, tellen.called

    return een


def nieuwe_client(registratie: Registratie) -> None:
    persoon = PersoonFactory()
    registratie.verblijf(persoon, "W2", "2015-01-01")
    registratie.beschikking(persoon, "begeleiding", "2015-04-01")


@pytest.fixture
def clienten(registratie: Registratie) -> Registratie:
    for _ in range(12):
        nieuwe_client(registratie)
    return registratie


@pytest.mark.parametrize("tabel", TABELLEN)
def test_wie_weer_vraagt_krijgt_hetzelfde_in_twee_opdrachten(
    clienten: Registratie, vraagt: Vraagt, tabel: str
) -> None:
    clienten.melding("2015-04-01", stappen=["voorveld"])
    eerst, geteld = vraagt(tabel)
    with CaptureQueriesContext(connection) as opdrachten:
        weer, weer_geteld = vraagt(tabel)
    assert (geteld, weer_geteld) == (True, False)
    assert weer == eerst
    assert len(opdrachten) == 2


def test_een_stroomschema_naast_een_ander_komt_heel_terug(registratie: Registratie, vraagt: Vraagt) -> None:
    registratie.melding("2015-04-01", stappen=["voorveld"])
    eerst, _ = vraagt("2.6", vergelijk="2015-Q1")
    assert vraagt("2.6", vergelijk="2015-Q1") == (eerst, False)


def test_een_andere_vraag_wordt_geteld(clienten: Registratie, vraagt: Vraagt) -> None:
    vraagt("2.5")
    assert vraagt("2.5", bekend_op="2015-05-01")[1]
    assert vraagt("2.5", filters={"kanaal": "email"})[1]
    assert vraagt("2.4")[1]


def test_een_andere_telwijze_telt_opnieuw(
    clienten: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch
) -> None:
    vraagt("2.9")
    monkeypatch.setattr(bewaard, "telwijze", lambda: f"{telwijze()} en een uitgave later")
    assert vraagt("2.9")[1]


def test_na_een_registratie_telt_de_volgende_vraag_opnieuw(clienten: Registratie, vraagt: Vraagt) -> None:
    assert cellen(vraagt("2.9")[0])["clienten"] == 12
    nieuwe_client(clienten)
    antwoord, geteld = vraagt("2.9")
    assert geteld
    assert cellen(antwoord)["clienten"] == 13


@pytest.mark.parametrize(
    "verander",
    [
        lambda r: Team.objects.filter(code="W2").update(naam="Een andere naam"),
        lambda r: Instelling.objects.create(
            sleutel=Instelling.KLEINE_AANTALLEN, geldig_van="2015-04-01", waarde=50
        ),
        lambda r: r.verblijf(PersoonFactory(), "W2", "2015-04-01"),
        lambda r: r.extern("2.10", "W2", "2015-Q2", "12"),
    ],
    ids=["een naam", "een drempel", "een verblijf", "een cijfer van een ander"],
)
def test_alles_waar_een_tabel_op_rust_telt_mee(
    clienten: Registratie, vraagt: Vraagt, verander: Callable[[Registratie], Any]
) -> None:
    vraagt("2.10")
    verander(clienten)
    antwoord, geteld = vraagt("2.10")
    assert geteld
    assert antwoord == beantwoord(antwoord.vraag)


def test_wat_een_tabel_niet_leest_laat_haar_antwoord_staan(clienten: Registratie, vraagt: Vraagt) -> None:
    vraagt("2.10")
    clienten.klacht("2015-04-01", "klacht")
    clienten.contact("2015-04-01", "telefoon")
    assert not vraagt("2.10")[1]


def test_wat_tijdens_het_tellen_verandert_wordt_niet_bewaard(
    registratie: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ondertussen(vraag: Vraag) -> Antwoord:
        antwoord = beantwoord(vraag)
        registratie.contact("2015-04-01", "telefoon")
        return antwoord

    monkeypatch.setattr(bewaard, "beantwoord", ondertussen)
    assert cellen(bewaard_antwoord(Vraag.van_invoer("1.1", periode="2015-Q2")))["telefoon"] == 0
    monkeypatch.undo()
    antwoord, geteld = vraagt("1.1")
    assert geteld
    assert cellen(antwoord)["telefoon"] == 1


def test_wat_wordt_teruggedraaid_wordt_niet_bewaard(
    clienten: Registratie, vraagt: Vraagt, django_capture_on_commit_callbacks: Vastleggen
) -> None:
    vraag = Vraag.van_invoer("2.9", periode="2015-Q2")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        nieuwe_client(clienten)
        assert cellen(bewaard_antwoord(vraag))["clienten"] == 13
        transaction.set_rollback(True)
    antwoord, geteld = vraagt("2.9")
    assert geteld
    assert cellen(antwoord)["clienten"] == 12


@pytest.mark.parametrize("tabel", ["2.12", "2.9"], ids=["deze tabel", "een tabel met hetzelfde totaal"])
def test_waar_tau_argus_zweeg_wordt_niet_bewaard(
    registratie: Registratie, vraagt: Vraagt, monkeypatch: pytest.MonkeyPatch, tabel: str
) -> None:
    def zwijgt(*vraag: object) -> None:
        raise GeenArgus("geen antwoord")

    monkeypatch.setattr(onderdrukking, "bijverborgen", zwijgt)
    registratie.clienten(3, vorm="pgb")
    registratie.clienten(30, vorm="zin")
    assert vraagt(tabel)[1]
    assert vraagt(tabel)[1]


def test_zonder_wat_er_bewaard_was_wordt_er_geteld(clienten: Registratie, vraagt: Vraagt) -> None:
    eerst, _ = vraagt("2.9")
    caches[BEWAARD].clear()
    assert vraagt("2.9") == (eerst, True)


def test_een_editie_rust_op_haar_eigen_stamgegevens_en_niet_op_wat_bewaard_is(
    clienten: Registratie, vraagt: Vraagt
) -> None:
    editie = stel_vast(["2.10"], periode=Periode.van_tekst("2015-Q2"), titel="Kwartaal")
    Team.objects.filter(code="W2").update(naam="Een andere naam")
    vraagt("2.10", bekend_op=editie.bekend_op.isoformat())
    assert controleer(editie).gelijk


def test_bewaard_is_wat_te_zien_was_met_kleine_aantallen_verborgen(
    registratie: Registratie, vraagt: Vraagt
) -> None:
    registratie.beschikking(PersoonFactory(), "begeleiding", "2015-04-01")
    with patch.object(type(caches[BEWAARD]), "set") as zet:
        vraagt("2.9")
    (antwoord,) = [keer.args[-1][1] for keer in zet.call_args_list if isinstance(keer.args[-1], tuple)]
    assert cellen(antwoord) == {"clienten": "< 10"}


@pytest.mark.parametrize("zaad", [1, pytest.param(range(2, 40), marks=pytest.mark.vol)])
def test_wat_er_ook_gebeurt_een_bewaard_antwoord_is_wat_er_geteld_zou_zijn(
    registratie: Registratie, vraagt: Vraagt, zaad: int | range
) -> None:
    for nummer in [zaad] if isinstance(zaad, int) else zaad:
        _vraag_en_verander(random.Random(nummer), registratie, vraagt)


def _vraag_en_verander(toeval: random.Random, registratie: Registratie, vraagt: Vraagt) -> None:
    personen = [PersoonFactory() for _ in range(12)]
    gebeurt: list[Callable[[], Any]] = [
        lambda: registratie.beschikking(toeval.choice(personen), "begeleiding", "2015-04-01"),
        lambda: registratie.verblijf(toeval.choice(personen), "W10", f"2015-04-{toeval.randint(1, 28):02}"),
        lambda: registratie.melding("2015-04-03", stappen=["voorveld"]),
        lambda: registratie.klacht("2015-05-01", "klacht", "wmo"),
        lambda: registratie.contact("2015-05-01", "telefoon", "werk_en_uitkering"),
        lambda: registratie.teams["W2"].save(),
    ]
    for _ in range(40):
        antwoord, _ = vraagt(toeval.choice(list(TABELLEN)))
        assert antwoord == beantwoord(antwoord.vraag)
        if toeval.random() < 0.3:
            toeval.choice(gebeurt)()
