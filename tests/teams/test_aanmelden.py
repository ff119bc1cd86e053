"""Signing in: guesses are counted, a second factor can be demanded, and a session ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.backends import ModelBackend
from django.db import connections
from django.test import Client
from pytest_django import Settings

from teams.models import Medewerker, Rol
from tests.conftest import EigenDatabase
from tests.factories import stel_aan

WACHTWOORD = "een-lang-wachtwoord"
FOUT = "niet juist"


@pytest.fixture
def wijkwerker(wijkwerker: Medewerker) -> Medewerker:
    wijkwerker.set_password(WACHTWOORD)
    wijkwerker.save()
    return stel_aan(wijkwerker, Rol.ANALIST)


def meld_aan(client: Client, wachtwoord: str = WACHTWOORD) -> Any:
    return client.post("/aanmelden", {"login": "wijkwerker", "password": wachtwoord})


def bevestig(client: Client) -> None:
    """What touches a second factor asks for the password once more."""
    assert client.post("/account/bevestigen", {"password": WACHTWOORD}).status_code == 302


def code(geheim: str, stap: int = 0) -> str:
    teller = next(iter(totp.yield_hotp_counters_from_time())) + stap
    return totp.format_hotp_value(totp.hotp_value(geheim, teller))


@pytest.mark.django_db
def test_na_tien_foute_wachtwoorden_telt_ook_het_goede_niet_meer(
    client: Client, wijkwerker: Medewerker
) -> None:
    for _ in range(10):
        assert FOUT in meld_aan(client, "mis").content.decode()
    antwoord = meld_aan(client)
    assert antwoord.status_code == 200
    assert "Te veel" in antwoord.content.decode()


def test_van_zestig_gelijktijdige_pogingen_worden_er_tien_geprobeerd(
    eigen_database: EigenDatabase, wijkwerker: Medewerker, monkeypatch: pytest.MonkeyPatch
) -> None:
    geprobeerd, slot = 0, Lock()
    controleer = ModelBackend.authenticate

    def tel(self: ModelBackend, *args: Any, **kwargs: Any) -> Any:
        nonlocal geprobeerd
        with slot:
            geprobeerd += 1
        return controleer(self, *args, **kwargs)

    monkeypatch.setattr(ModelBackend, "authenticate", tel)

    def raad(_: int) -> int:
        try:
            return int(meld_aan(Client(), "gok").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as draden:
        antwoorden = list(draden.map(raad, range(60)))
    assert set(antwoorden) == {200}
    assert geprobeerd == 10


@pytest.mark.django_db
def test_waar_een_tweede_factor_verplicht_is_kom_je_niet_verder_zonder(
    client: Client, wijkwerker: Medewerker, settings: Settings
) -> None:
    settings.TWEEDE_FACTOR_VERPLICHT = True
    meld_aan(client)
    assert client.get("/rapportage")["Location"] == "/account/tweede-factor/"
    bevestig(client)
    assert client.get("/account/tweede-factor/totp/activate/").status_code == 200
    geheim = client.session["mfa.totp.secret"]
    antwoord = client.post("/account/tweede-factor/totp/activate/", {"code": code(geheim)})
    assert antwoord.status_code == 302
    assert client.get("/rapportage").status_code == 200


@pytest.mark.django_db
def test_met_een_tweede_factor_is_het_wachtwoord_niet_genoeg(client: Client, wijkwerker: Medewerker) -> None:
    geheim = totp.generate_totp_secret()
    totp.TOTP.activate(wijkwerker, geheim)
    assert meld_aan(client)["Location"] == "/account/tweede-factor/authenticate/"
    assert client.get("/rapportage").status_code == 302
    fout = client.post("/account/tweede-factor/authenticate/", {"code": "000000"})
    assert fout.status_code == 200
    goed = client.post("/account/tweede-factor/authenticate/", {"code": code(geheim)})
    assert goed.status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_een_herstelcode_werkt_een_keer(client: Client, wijkwerker: Medewerker) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    totp.TOTP.activate(wijkwerker, totp.generate_totp_secret())
    herstel = RecoveryCodes.activate(wijkwerker).get_unused_codes()[0]
    for keer in (True, False):
        meld_aan(client)
        client.post("/account/tweede-factor/authenticate/", {"code": herstel})
        assert ("_auth_user_id" in client.session) is keer
        client.post("/afmelden")


@pytest.mark.django_db
def test_een_beveiligingssleutel_kan_worden_toegevoegd(client: Client, wijkwerker: Medewerker) -> None:
    meld_aan(client)
    bevestig(client)
    antwoord = client.get("/account/tweede-factor/webauthn/add/")
    assert antwoord.status_code == 200
    assert not Authenticator.objects.exists()
    assert "<script>" not in antwoord.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instelling", "waarde"), [("SESSIE_INACTIEF_MINUTEN", -1), ("SESSION_COOKIE_AGE", -1)]
)
def test_een_sessie_eindigt(
    client: Client, wijkwerker: Medewerker, settings: Settings, instelling: str, waarde: int
) -> None:
    meld_aan(client)
    assert client.get("/rapportage").status_code == 200
    setattr(settings, instelling, waarde)
    assert client.get("/rapportage").status_code == 302


@pytest.mark.django_db
def test_niemand_schrijft_zichzelf_in(client: Client) -> None:
    for adres in ("/account/signup/", "/signup/", "/account/password/reset/"):
        assert client.get(adres).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adres",
    [
        "/account/tweede-factor/",
        "/account/tweede-factor/totp/activate/",
        "/account/tweede-factor/webauthn/",
        "/account/wachtwoord",
    ],
)
def test_de_pagina_s_van_een_account_zijn_nederlands(
    client: Client, wijkwerker: Medewerker, adres: str
) -> None:
    meld_aan(client)
    bevestig(client)
    html = client.get(adres).content.decode()
    assert '<html lang="nl">' in html
    assert not any(woord in html for woord in ("Password", "Authenticator App", "Security Key", "Activate"))
