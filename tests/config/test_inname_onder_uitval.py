"""A KCC hands over meldingen while processes are killed under it: what was acknowledged is there, once, and told.

And sixty of the same call at one moment, which a real server takes as they come.

The small number kills the web server, with a database of its own on the shared server; `make test-full` kills web,
worker, relay, broker and database (an immediate shutdown) in turn, on a server of its own.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from ipaddress import ip_network
from itertools import cycle, islice
from pathlib import Path
from socket import socket
from threading import Barrier
from typing import TYPE_CHECKING

import psycopg
import pytest
import requests
from django.db import connection
from django.utils import timezone

from config.achtergrond import WORKER
from config.broker.server import Server as Broker
from config.embedded.server import Server
from tests.conftest import EigenDatabase
from tests.ontvanger import Ontvanger, ontvanger
from tests.wachten import wacht_tot

if TYPE_CHECKING:
    from teams.models import Afnemer

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "token-onder-uitval"
NUMMERS = "SELECT 'M' || to_char(id, 'FM000000') FROM meldingen_melding"
VERTELD = "SELECT gegevens->>'nummer' FROM teams_bericht WHERE soort = 'webhook'"
WACHT = "SELECT id FROM teams_bericht WHERE verzonden_op IS NULL AND mislukt_op IS NULL"
LEEG_BINNEN = 60
"""Seconds after the last intake in which everything is told."""
TEGELIJK = 4
STORMLOOP = 60
THUIS = "127.0.0.0/8"
WEB = ("-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--port")
RELAY = """
import time
import django; django.setup()
from django.db import DatabaseError, InterfaceError, connection
from teams.berichten import Baan, bezorg
while True:
    for baan in Baan:
        try:
            bezorg(baan)
        except (DatabaseError, InterfaceError):
            connection.close()
    time.sleep(0.05)
"""
KLAARZETTEN = """
import sys
import django; django.setup()
from tests.config.test_inname_onder_uitval import zet_klaar
zet_klaar(sys.argv[1])
"""


def zet_klaar(adres: str) -> None:
    """An afnemer with a token that lasts, that is told at `adres`."""
    from teams.models import Voorval
    from teams.workflow.abonnementen import maak_abonnement

    afnemer = laat_binnen("KISS", TOKEN, per_minuut=10**6)
    maak_abonnement(afnemer, adres=adres, voorvallen=[Voorval.MELDING_ONTVANGEN])


def laat_binnen(naam: str, tekst: str, *, per_minuut: int) -> Afnemer:
    """An afnemer with `tekst` as its token."""
    from oauth2_provider.models import AccessToken

    from teams.workflow.afnemers import maak_afnemer

    afnemer, _ = maak_afnemer(naam=naam, scopes=["meldingen"], per_minuut=per_minuut, per_dag=10**7)
    einde = timezone.now() + timedelta(hours=2)
    token = AccessToken(application=afnemer, scope="meldingen", expires=einde, token="")
    token._raw_token = tekst
    token.save()
    return afnemer


class Huis:
    """The processes, each in a group of its own that can be killed as one, and begun again."""

    def __init__(self, omgeving: Mapping[str, str], vraag: Callable[[str], list[str]]) -> None:
        with socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            self.poort = vrij.getsockname()[1]
        self.omgeving, self.vraag = omgeving, vraag
        self.opdrachten = {
            "web": (*WEB, str(self.poort), "config.wsgi:application"),
            "relay": ("-c", RELAY),
            "worker": ("-W", "ignore::UserWarning", "-m", "celery", "-A", "config", *WORKER),
        }
        self.processen: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, naam: str) -> None:
        self.processen[naam] = self.python(*self.opdrachten[naam])

    def python(self, *woorden: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *woorden],
            cwd=PROJECT,
            env=self.omgeving,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def dood(self, naam: str) -> None:
        proces = self.processen[naam]
        os.killpg(proces.pid, signal.SIGKILL)
        proces.wait(90)

    def herstart(self, naam: str) -> None:
        self.dood(naam)
        self.start(naam)

    def sluit(self) -> None:
        for naam in self.processen:
            self.dood(naam)


def doe_melding(huis: Huis, nummer: int, herhaald: Counter[str]) -> str:
    """What the software of a KCC does: the same call with the same key, until there is an answer. Gives the number."""
    koppen = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": f"zaak-{nummer}"}
    bericht = {
        "melder": {"soort": "inwoner", "naam": f"Zaak {nummer}", "telefoon": f"06{nummer:08d}"},
        "vraag": "Ik wil hulp.",
    }
    einde = time.monotonic() + 120
    while time.monotonic() < einde:
        adres = f"http://127.0.0.1:{huis.poort}/api/v1/meldingen"
        try:
            antwoord = requests.post(adres, json=bericht, headers=koppen, timeout=(2, 30))
        except requests.RequestException as fout:
            herhaald[type(fout).__name__] += 1
            time.sleep(0.1)
            continue
        if antwoord.status_code == 201:
            return str(antwoord.json()["nummer"])
        assert antwoord.status_code >= 500, antwoord.text
        herhaald[str(antwoord.status_code)] += 1
        time.sleep(0.1)
    raise AssertionError(f"zaak {nummer} is niet aangenomen")


def neem_in_onder_uitval(huis: Huis, balie: Ontvanger, doden: list[Callable[[], None]], aantal: int) -> None:
    """`aantal` intakes, and each of `doden` at a moment of its own meanwhile; then everything adds up."""
    herhaald: Counter[str] = Counter()
    with ThreadPoolExecutor(TEGELIJK) as kcc:
        bezig = [kcc.submit(doe_melding, huis, nummer, herhaald) for nummer in range(aantal)]
        for keer, dood in enumerate(doden):
            vanaf = aantal * (keer + random.random()) // (len(doden) + 1)
            wacht_tot(lambda vanaf=vanaf: sum(een.done() for een in bezig) > vanaf, seconden=180)
            dood()
        bevestigd = [een.result(300) for een in bezig]
    klaar = time.monotonic()
    wacht_tot(lambda: not huis.vraag(WACHT), seconden=LEEG_BINNEN)
    print(f"leeg na {time.monotonic() - klaar:.1f} s; herhaald: {dict(herhaald)}")

    assert len(set(bevestigd)) == aantal
    assert Counter(huis.vraag(NUMMERS)) == Counter(bevestigd)
    assert Counter(huis.vraag(VERTELD)) == Counter(bevestigd)
    assert not huis.vraag("SELECT id FROM teams_bericht WHERE mislukt_op IS NOT NULL")
    gehoord = {
        koppen["webhook-id"]: json.loads(tekst)["data"]["nummer"] for _, koppen, tekst in balie.gekregen
    }
    assert sorted(gehoord.values()) == sorted(bevestigd)


def _tegelijk(vraag: Callable[[], requests.Response]) -> list[requests.Response]:
    start = Barrier(STORMLOOP)

    def samen(_: int) -> requests.Response:
        start.wait(60)
        return vraag()

    with ThreadPoolExecutor(STORMLOOP) as kcc:
        return list(kcc.map(samen, range(STORMLOOP)))


def bestorm(huis: Huis) -> None:
    """Sixty the same at once are one melding with sixty equal answers; of sixty at a limit of ten, ten pass."""
    adres = f"http://127.0.0.1:{huis.poort}/api/v1/meldingen"
    bericht = {
        "melder": {"soort": "inwoner", "naam": "Ans", "telefoon": "0687654321"},
        "vraag": "Ik wil hulp.",
    }
    koppen = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "zestig"}
    eerder = len(huis.vraag(NUMMERS))
    gedaan = _tegelijk(lambda: requests.post(adres, json=bericht, headers=koppen, timeout=60))
    assert Counter(antwoord.status_code for antwoord in gedaan) == {201: STORMLOOP}
    assert len({(antwoord.content, antwoord.headers["Location"]) for antwoord in gedaan}) == 1
    assert sum("Idempotent-Replayed" in antwoord.headers for antwoord in gedaan) == STORMLOOP - 1
    assert len(huis.vraag(NUMMERS)) == eerder + 1

    laat_binnen("Krap", "krap", per_minuut=10)
    krap = {"Authorization": "Bearer krap"}
    gevraagd = _tegelijk(lambda: requests.get(adres, headers=krap, timeout=60))
    assert Counter(antwoord.status_code for antwoord in gevraagd) == {200: 10, 429: STORMLOOP - 10}
    teveel = [antwoord for antwoord in gevraagd if antwoord.status_code == 429]
    assert all(1 <= int(antwoord.headers["Retry-After"]) <= 60 for antwoord in teveel)
    assert {antwoord.headers["Content-Type"] for antwoord in teveel} == {"application/problem+json"}


@pytest.fixture
def balie() -> Iterator[Ontvanger]:
    """Where the KCC is told."""
    with ontvanger() as hier:
        yield hier


def _omgeving(**anders: str) -> dict[str, str]:
    weg = ("DATABASE_URL", "BROKER_URL", "EMAIL_URL")
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam not in weg}
    netten = {"WEBHOOK_NETTEN": THUIS, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return {**omgeving, **netten, **anders}


def _vraag(conninfo: str, vraag: str) -> list[str]:
    with psycopg.connect(conninfo) as verbinding:
        return [str(rij[0]) for rij in verbinding.execute(vraag)]


def test_wat_een_kcc_doorgeeft_is_er_eenmaal_ook_als_het_web_wordt_gedood_of_bestormd(
    eigen_database: EigenDatabase, balie: Ontvanger, tmp_path: Path, settings
) -> None:
    with connection.cursor() as cursor:

        def vraag(tekst: str) -> list[str]:
            cursor.execute(tekst)
            return [str(rij[0]) for rij in cursor.fetchall()]

        settings.WEBHOOK_NETTEN = [ip_network(THUIS)]
        zet_klaar(balie.adres)
        huis = Huis(_omgeving(DATABASE_URL=eigen_database.url, EENPLAN_DATA=str(tmp_path)), vraag)
        try:
            for naam in ("web", "relay"):
                huis.start(naam)
            neem_in_onder_uitval(huis, balie, [partial(huis.herstart, "web")], 30)
            bestorm(huis)
        finally:
            huis.sluit()


@pytest.mark.vol
@pytest.mark.parametrize("keren", [5, 20])
def test_wat_een_kcc_doorgeeft_is_er_eenmaal_wat_er_ook_wordt_gedood(
    balie: Ontvanger, tmp_path: Path, keren: int
) -> None:
    server, broker = Server(tmp_path / "data"), Broker(tmp_path / "data")
    omgeving = _omgeving(EENPLAN_DATA=str(server.data))

    def vraag(tekst: str) -> list[str]:
        server.start()
        return _vraag(server.conninfo(), tekst)

    def dood_broker() -> None:
        oude = broker.pid()
        assert oude
        os.kill(oude, signal.SIGKILL)
        wacht_tot(lambda: broker.pid() not in (None, oude))

    def dood_database() -> None:
        oude = server.pid()
        assert oude
        os.kill(oude, signal.SIGQUIT)
        wacht_tot(lambda: server.pid() not in (None, oude))

    huis = Huis(omgeving, vraag)
    try:
        assert huis.python("manage.py", "migrate", "-v", "0").wait(300) == 0
        assert huis.python("-c", KLAARZETTEN, balie.adres).wait(90) == 0
        for naam in huis.opdrachten:
            huis.start(naam)
        wacht_tot(broker.pid)
        rij = [*(partial(huis.herstart, naam) for naam in huis.opdrachten), dood_broker, dood_database]
        neem_in_onder_uitval(huis, balie, list(islice(cycle(rij), keren)), keren * 50)
    finally:
        huis.sluit()
        broker.stop()
        server.stop()
