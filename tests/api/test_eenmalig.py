"""The same call twice is done once, and a limit is a limit: also when sixty come at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from meldingen.models import Melding, Terugbelverzoek
from teams import tellen
from teams.models import Herhaling
from teams.periodic import ruim_herhalingen_op
from tests.api.conftest import Kcc, maak_kcc, maak_team, melding
from tests.conftest import EigenDatabase

TEGELIJK = 60
DRADEN = 20
"""The embedded server takes 60 connections; the calls come in three waves of as many threads."""


def _tegelijk(kcc: Kcc, doe: Any) -> list[Any]:
    start = Barrier(DRADEN)

    def werk(_: int) -> list[Any]:
        connection.ensure_connection()
        eigen = Kcc(kcc.afnemer, kcc.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer "))
        start.wait(60)
        try:
            return [doe(eigen) for _ in range(TEGELIJK // DRADEN)]
        finally:
            connection.close()

    with ThreadPoolExecutor(DRADEN) as pool:
        return [antwoord for deel in pool.map(werk, range(DRADEN)) for antwoord in deel]


@pytest.fixture
def echt(eigen_database: EigenDatabase, django_db_blocker: Any) -> Any:
    """A database of its own, in which commits are real."""
    with django_db_blocker.unblock():
        maak_team()
        yield


@pytest.mark.usefixtures("echt")
def test_zestig_keer_dezelfde_sleutel_is_een_melding_en_zestig_keer_hetzelfde_antwoord() -> None:
    kcc = maak_kcc(per_minuut=1000)

    antwoorden = _tegelijk(kcc, lambda k: k.stuur("meldingen", melding(), Idempotency_Key="k-1"))

    assert [a.status_code for a in antwoorden] == [201] * TEGELIJK
    assert len({(a.content, a["Location"]) for a in antwoorden}) == 1
    assert sum("Idempotent-Replayed" in a for a in antwoorden) == TEGELIJK - 1
    assert Melding.objects.count() == Terugbelverzoek.objects.count() == Herhaling.objects.count() == 1


@pytest.mark.usefixtures("echt")
def test_van_zestig_tegelijk_komen_er_precies_tien_door() -> None:
    kcc = maak_kcc(per_minuut=10)

    antwoorden = _tegelijk(kcc, lambda k: k.vraag("wijkteams"))

    statussen = [a.status_code for a in antwoorden]
    assert (statussen.count(200), statussen.count(429)) == (10, 50)
    for antwoord in antwoorden:
        if antwoord.status_code == 429:
            assert 1 <= int(antwoord["Retry-After"]) <= 60
            assert antwoord["Content-Type"] == "application/problem+json"


def test_een_ander_verzoek_met_dezelfde_sleutel_is_een_botsing(kcc: Kcc, ander: Kcc) -> None:
    eerste = kcc.stuur("meldingen", melding(), Idempotency_Key="k")
    anders = kcc.stuur("meldingen", melding(vraag="Iets anders"), Idempotency_Key="k")
    elders = kcc.stuur("klantcontacten", {"afhandeling": "direct"}, Idempotency_Key="k")
    van_ander = ander.stuur("klantcontacten", {"afhandeling": "direct"}, Idempotency_Key="k")

    assert [a.status_code for a in (eerste, anders, elders, van_ander)] == [201, 409, 409, 201]
    for sleutel in ("", "a" * 256, "é", "a\tb"):
        fout = kcc.stuur("klantcontacten", {"afhandeling": "direct"}, Idempotency_Key=sleutel)
        assert fout.status_code == 400
        assert fout.json()["invalidParams"][0]["name"] == "Idempotency-Key"


def test_wat_geweigerd_is_mag_verbeterd_met_dezelfde_sleutel_opnieuw(kcc: Kcc) -> None:
    assert kcc.stuur("meldingen", melding(vraag=""), Idempotency_Key="k").status_code == 400
    assert kcc.stuur("meldingen", melding(), Idempotency_Key="k").status_code == 201
    assert kcc.stuur("meldingen", melding(), Idempotency_Key="k")["Idempotent-Replayed"] == "true"


def test_een_sleutel_wordt_na_een_week_vergeten(kcc: Kcc) -> None:
    kcc.stuur("klantcontacten", {"afhandeling": "direct"}, Idempotency_Key="k")
    ruim_herhalingen_op.apply()
    assert Herhaling.objects.exists()
    Herhaling.objects.update(op=timezone.now() - timedelta(days=8))
    ruim_herhalingen_op.apply()
    assert not Herhaling.objects.exists()


def test_een_quotum_per_dag_en_een_eigen_grens_per_afnemer(kcc: Kcc) -> None:
    krap = maak_kcc("Krap", per_minuut=1000, per_dag=2)

    assert [krap.vraag("wijkteams").status_code for _ in range(3)] == [200, 200, 429]
    assert int(krap.vraag("wijkteams")["Retry-After"]) > 60 or timezone.localtime().hour == 23
    assert kcc.vraag("wijkteams").status_code == 200


def test_wat_de_minuut_weigert_telt_niet_voor_de_dag(db: None) -> None:
    nu = timezone.now()
    straks, morgen = nu + timedelta(minutes=1), nu + timedelta(days=1)
    uitkomsten = [tellen.tel_binnen(("a", 2, straks), ("b", 3, morgen)) for _ in range(5)]

    assert uitkomsten == [None, None, straks, straks, straks]
    assert tellen.tel("b", per=timedelta(days=1)) == 3
