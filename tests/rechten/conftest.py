"""One world for all tests of rights, in a transaction that is undone."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.rechten.wereld import Wereld, maak_wereld


@pytest.fixture(scope="package")
def wereld(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Wereld]:
    """Everything that there is to see; tests leave it as it was (see `proef`)."""
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield maak_wereld()
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def stil() -> Iterator[None]:
    """Nothing is logged: of thousands of refusals, writing each down costs as much as asking."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
