"""The accounts of the demo: a password for all, whoever comes second."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from config.demo import accounts
from config.demo.accounts import ACCOUNTS, maak_accounts
from teams.models import Medewerker, Teamsoort
from tests.factories import TeamFactory


@pytest.fixture(autouse=True)
def teams(db: None) -> None:
    """What the accounts work in."""
    TeamFactory.create_batch(2)
    TeamFactory(soort=Teamsoort.EXPERTTEAM)


def _kunnen_aanmelden(wachtwoord: str) -> set[str]:
    return {wie.username for wie in Medewerker.objects.all() if wie.check_password(wachtwoord)}


def test_ieder_meldt_zich_aan_met_het_wachtwoord_van_de_laatste_keer():
    maak_accounts("eenplan-demo")
    assert _kunnen_aanmelden("eenplan-demo") == {account.naam for account in ACCOUNTS}

    fg = Medewerker.objects.get(username="fg")
    fg.set_password("iets-eigens")
    fg.save()
    maak_accounts("eenplan-demo")
    assert _kunnen_aanmelden("eenplan-demo") == {account.naam for account in ACCOUNTS}

    maak_accounts("een-ander")
    assert _kunnen_aanmelden("een-ander") == {account.naam for account in ACCOUNTS}
    assert _kunnen_aanmelden("eenplan-demo") == set()


def test_een_wachtwoord_wordt_een_keer_gehasht():
    with patch.object(accounts, "make_password", wraps=accounts.make_password) as hash_:
        maak_accounts("eenplan-demo")
        maak_accounts("eenplan-demo")

    assert hash_.call_count == 1
