"""Counting attempts exactly, however many come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from teams.tellen import tel
from tests.conftest import EigenDatabase

UUR = timedelta(hours=1)


def test_zestig_tegelijk_tellen_precies_tot_zestig(eigen_database: EigenDatabase) -> None:
    sleutel = str(uuid4())

    def een(_: int) -> int:
        try:
            return tel(sleutel, per=UUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as draden:
        assert sorted(draden.map(een, range(60))) == list(range(1, 61))


@pytest.mark.django_db
def test_elke_sleutel_telt_voor_zich_en_na_de_tijd_begint_het_opnieuw() -> None:
    assert [tel("a", per=UUR) for _ in range(3)] == [1, 2, 3]
    assert tel("b", per=UUR) == 1
    assert [tel("c", per=timedelta(0)) for _ in range(3)] == [1, 1, 1]


@pytest.mark.django_db
def test_wat_wordt_teruggedraaid_telt_niet() -> None:
    with transaction.atomic():
        tel("a", per=UUR)
        transaction.set_rollback(True)
    assert tel("a", per=UUR) == 1
