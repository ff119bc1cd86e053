"""The mark of the data: another one after every registration that could change an answer, whoever commits first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from reporting import etag as module
from reporting.dataversie import GETELD, dataversie, merk_wijziging, merken, vat_samen
from reporting.etag import etag_van, telwijze
from reporting.noten import antwoord_met_noten
from reporting.periodic import vat_wijzigingen_samen
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from teams.models import Instelling, Inwonertal, Team
from tests.conftest import EigenDatabase
from tests.factories import TeamFactory

from .conftest import Registratie, moment


def _vraag(tabel: str = "2.4", **meer: str) -> Vraag:
    return Vraag.van_invoer(tabel, periode="2015-Q2", **meer)


ALLEEN_DE_SLEUTEL = "households_persoon"
"""Stands between a beschikking and the verblijven of the same person; what it says of that person is not read."""


@pytest.mark.parametrize("bekend_op", [None, "2015-06-30"])
def test_elke_tabel_die_een_antwoord_leest_merkt_wijzigingen(
    registratie: Registratie, bekend_op: str | None
) -> None:
    registratie.melding("2015-04-01", stappen=["toegekend"])
    registratie.clienten(3)
    namen = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    gelezen: set[str] = set()
    for tabel in TABELLEN:
        with CaptureQueriesContext(connection) as vragen:
            antwoord_met_noten(_vraag(tabel, bekend_op=bekend_op))
        gelezen |= {
            woord for een in vragen.captured_queries for woord in re.findall(r"\w+", een["sql"])
        } & namen
    assert gelezen - {ALLEEN_DE_SLEUTEL} <= set(GETELD), (
        "zet in een migratie de trigger merk_wijziging op deze tabel, en haar in GETELD"
    )


def test_elke_getelde_tabel_heeft_de_trigger(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'merk_wijziging'")
        assert {naam for (naam,) in cursor.fetchall()} == set(GETELD)


def test_elke_registratie_geeft_een_andere_versie_en_lezen_niet(registratie: Registratie) -> None:
    gezien = [dataversie()]

    def anders() -> None:
        gezien.append(dataversie())
        assert len(set(gezien)) == len(gezien)

    melding = registratie.melding("2015-04-01")
    anders()
    registratie.stap(melding, "voorveld", "2015-04-02")
    anders()
    registratie.ontvangen(
        registratie.melding("2015-04-01", vervallen_op=moment("2015-05-01T12:00")), "2015-04-02"
    )
    anders()
    Team.objects.filter(code="W2").update(naam="Een andere naam")
    anders()
    Inwonertal.objects.create(
        team=Team.objects.get(code="W2"), peildatum="2015-01-01", inwoners=1, jeugdigen=1
    )
    anders()
    Inwonertal.objects.all().delete()
    anders()
    Instelling.objects.create(sleutel=Instelling.KLEINE_AANTALLEN, geldig_van="2015-04-01", waarde=5)
    anders()
    registratie.extern("2.17", "meldingen", "2015-Q2", "12")
    anders()
    antwoord_met_noten(_vraag())
    assert dataversie() == gezien[-1]


def test_wat_wordt_teruggedraaid_laat_de_versie_zoals_zij_was(registratie: Registratie) -> None:
    voor = dataversie()
    with transaction.atomic():
        registratie.melding("2015-04-01")
        assert dataversie() != voor
        transaction.set_rollback(True)
    assert dataversie() == voor


def test_samenvatten_laat_de_versie_gelijk_en_een_regel_per_tabel_over(registratie: Registratie) -> None:
    registratie.melding("2015-04-01")
    registratie.melding("2015-04-02")
    voor = dataversie()
    per_tabel = merken()
    vat_wijzigingen_samen()
    assert dataversie() == voor
    assert merken() == per_tabel
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT tabel) FROM reporting_wijziging")
        regels, tabellen = cursor.fetchone() or (0, 0)
        assert regels == tabellen > 1
        cursor.execute("DELETE FROM reporting_wijziging")
    vat_samen()
    assert dataversie() == 0
    merk_wijziging()
    assert set(merken()) == set(GETELD)


def test_de_versie_is_een_opdracht(db: None, django_assert_num_queries: object) -> None:
    with CaptureQueriesContext(connection) as vragen:
        dataversie()
    assert len(vragen) == 1


def test_een_andere_vraag_vorm_of_telwijze_heeft_een_ander_merk(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    merken = [
        etag_van(_vraag(), "csv"),
        etag_van(_vraag(), "json"),
        etag_van(_vraag("2.9"), "csv"),
        etag_van(_vraag(bekend_op="2015-06-30"), "csv"),
        etag_van(_vraag(filters={"categorie": "jeugd"}), "csv"),
    ]
    assert etag_van(_vraag(), "csv") == merken[0]
    monkeypatch.setattr(module, "telwijze", lambda: "een volgende uitgave")
    merken.append(etag_van(_vraag(), "csv"))
    assert len(set(merken)) == len(merken)
    assert all(re.fullmatch(r'W/"[0-9a-f]{32}"', merk) for merk in merken)


def test_zonder_tau_argus_heeft_hetzelfde_antwoord_een_ander_merk(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = telwijze()
    telwijze.cache_clear()
    monkeypatch.setattr(module, "uitgave", lambda: "")
    zonder = telwijze()
    telwijze.cache_clear()
    assert zonder != met


@pytest.fixture
def twee(eigen_database: EigenDatabase) -> Iterator[tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]]:
    """Two connections beside that of the test, each with a transaction of its own."""
    paar = connection.copy(), connection.copy()
    for een in paar:
        een.set_autocommit(False)
    yield paar
    for een in paar:
        een.close()


def _hernoem(verbinding: BaseDatabaseWrapper, code: str) -> None:
    with verbinding.cursor() as cursor:
        cursor.execute("UPDATE teams_team SET naam = naam || '!' WHERE code = %s", [code])


def test_twee_die_in_een_andere_volgorde_vastleggen_geven_elk_een_andere_versie(
    twee: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    eerste, tweede = twee
    TeamFactory(code="A"), TeamFactory(code="B")
    begin = dataversie()
    _hernoem(eerste, "A")
    _hernoem(tweede, "B")
    assert dataversie() == begin, "wat niet is vastgelegd, staat ook niet in een antwoord"
    tweede.commit()
    na_tweede = dataversie()
    eerste.commit()
    na_eerste = dataversie()
    assert len({begin, na_tweede, na_eerste}) == 3


def test_samenvatten_verliest_niet_wat_een_ander_dan_nog_niet_heeft_vastgelegd(
    twee: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    eerste, tweede = twee
    TeamFactory(code="A")
    _hernoem(eerste, "A")
    voor = dataversie()
    with tweede.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'read committed'")
    vat_samen()
    assert dataversie() == voor
    eerste.commit()
    assert dataversie() != voor
