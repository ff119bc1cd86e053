"""Whether the installation works: a word for anybody, the details for whoever manages it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from config import gezondheid
from households.models import Persoon
from teams.models import Bericht


@pytest.fixture(autouse=True)
def vers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing remembered of another test, and a broker that answers."""
    monkeypatch.setattr(gezondheid._Migraties, "gedaan", False)
    monkeypatch.setattr(gezondheid, "_broker_antwoordt", lambda: True)


def staat(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """What the command prints; its exit status agrees with it."""
    status = 0
    try:
        call_command("gezondheid")
    except SystemExit as einde:
        status = int(einde.code or 0)
    gemeten: dict[str, object] = json.loads(capsys.readouterr().out)
    assert gemeten["ok"] is (status == 0)
    return gemeten


def test_zonder_aanmelden_staat_er_alleen_ok(db, client: Client):
    antwoord = client.get("/gezondheid")

    assert (antwoord.status_code, antwoord.content) == (200, b"ok")


def test_zonder_database_staat_er_alleen_nok(db, client: Client, monkeypatch):
    def weg() -> None:
        raise OperationalError("wachtwoord van eenplan klopt niet")

    with monkeypatch.context() as even:
        even.setattr(connection, "cursor", weg)
        antwoord = client.get("/gezondheid")

    assert (antwoord.status_code, antwoord.content) == (503, b"nok")


def test_met_migraties_te_doen_staat_er_nok(db, client: Client, monkeypatch):
    monkeypatch.setattr(gezondheid, "_migraties_te_doen", lambda: 1)

    assert client.get("/gezondheid").status_code == 503


def test_de_opdracht_toont_hoe_lang_de_oudste_wacht(db, capsys):
    gemaakt_op = timezone.now() - timedelta(minutes=10)
    Bericht.objects.create(soort="proefmail", aan="jan@example.nl", gemaakt_op=gemaakt_op)

    gemeten = staat(capsys)

    assert gemeten["ok"]
    assert gemeten["berichten"]["wachtend"] == 1
    assert 600 <= gemeten["berichten"]["oudste_seconden"] < 900


@pytest.mark.parametrize("fout", ["blijft_liggen", "mislukt", "broker", "sleutels", "geen_sleutels"])
def test_de_opdracht_zegt_wanneer_het_niet_goed_is(db, capsys, monkeypatch, settings, tmp_path, fout):
    nu = timezone.now()
    if fout == "blijft_liggen":
        Bericht.objects.create(soort="proefmail", aan="", niet_voor=nu - timedelta(hours=1))
    if fout == "mislukt":
        Bericht.objects.create(soort="proefmail", aan="", mislukt_op=nu)
    if fout == "broker":
        monkeypatch.setattr(gezondheid, "_broker_antwoordt", lambda: False)

    if fout in ("sleutels", "geen_sleutels"):
        Persoon.objects.create(bsn="999990019")
        settings.EENPLAN_SLEUTELS = tmp_path / "ander.json"
        settings.SLEUTELS_ZELF_MAKEN = fout == "sleutels"

    assert not staat(capsys)["ok"]
