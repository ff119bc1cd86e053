"""The embedded database is killed under work: it comes back by itself, with all that was acknowledged.

For `make test-full`: each takes a server of its own. `test_embedded` kills one that is at rest every time.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from psycopg.pq import Ping

from config.achtergrond import WORKER
from config.broker.server import Server as Broker
from config.embedded.server import Server
from tests.bench.map_maken import schrijf_map
from tests.config.post import geadresseerden
from tests.wachten import wacht_tot

pytestmark = pytest.mark.vol
PROJECT = Path(__file__).resolve().parents[2]
AANTAL = "SELECT count(*) FROM meldingen_gebeurtenis WHERE versie = 1"
SCHRIJVER = """
import itertools, sys, time
from pathlib import Path
from django.db import DatabaseError, InterfaceError, connection, transaction
from households.models import Huishouden
from teams.berichten import kondig_aan
from tests.config import proefeffecten
map = Path(sys.argv[1])
def stap(nummer, ref):
    Huishouden.objects.get_or_create(ref=ref)
    kondig_aan("proefmail", aan=f"{ref}@example.nl", gegevens={}, sleutel=f"proef:mail:{ref}")
    kondig_aan(proefeffecten.SOORT, aan="", gegevens={"nummer": nummer}, sleutel=f"proef:rij:{ref}")
def tot_het_lukt(verb):
    while True:
        try:
            with transaction.atomic():
                return verb()
        except (DatabaseError, InterfaceError):
            connection.close()
def toch_niet(nummer):
    stap(-1, f"niet{nummer}")
    transaction.set_rollback(True)
for nummer in itertools.count():
    if (map / "stop").exists():
        break
    tot_het_lukt(lambda: stap(nummer, f"zaak{nummer}"))
    with (map / "bevestigd").open("a") as bestand:
        bestand.write(f"{nummer}\\n")
    tot_het_lukt(lambda: toch_niet(nummer))
    time.sleep(0.02)
"""
RELAY = """
import sys, time
from pathlib import Path
from django.db import DatabaseError, InterfaceError, connection
from teams.berichten import bezorg
from tests.config import proefeffecten
while not Path(sys.argv[1], "klaar").exists():
    try:
        bezorg()
    except (DatabaseError, InterfaceError):
        connection.close()
    time.sleep(0.05)
"""
TEL = "SELECT count(*) FROM"
WACHT = "verzonden_op IS NULL AND mislukt_op IS NULL"
IN_DJANGO = "import django; django.setup()\n"


@pytest.fixture(scope="module")
def eigen_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A migrated server to kill; after each test it works again."""
    server = Server(tmp_path_factory.mktemp("uitval") / "data")
    gelukt(manage(server, "migrate", "-v", "0"))
    yield server
    server.stop()


def manage(server: Server, *woorden: str, **meer: str) -> subprocess.Popen[str]:
    """Starts manage.py on the embedded database of this folder."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "manage.py", *woorden],
        cwd=PROJECT,
        env={**omgeving, "EENPLAN_DATA": str(server.data), **meer},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def gelukt(proces: subprocess.Popen[str]) -> str:
    uitvoer, _ = proces.communicate(timeout=300)
    assert proces.returncode == 0, uitvoer
    return uitvoer


def feiten(server: Server) -> int:
    """How many facts are stored, corrections of one counted once."""
    return aantal_in(server, AANTAL)


def aantal_in(server: Server, vraag: str) -> int:
    """The one number that a statement gives."""
    server.start()
    with psycopg.connect(server.conninfo()) as verbinding:
        rij = verbinding.execute(vraag).fetchone()
    assert rij
    return int(rij[0])


def schiet_neer(server: Server) -> None:
    pid = server.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)


def wacht_op_import(server: Server, proces: subprocess.Popen[str], seconden: float) -> None:
    """Until the import has been at work for so long in the database, which it starts itself."""
    while server.ping() is not Ping.OK or not server.clients():
        assert proces.poll() is None
        time.sleep(0.05)
    time.sleep(seconden)


def test_een_database_die_wegvalt_tijdens_de_import_komt_terug_zonder_halve_import(
    eigen_server: Server, tmp_path: Path
) -> None:
    aantal = schrijf_map(tmp_path / "eerst", meldingen=200, dagen=90)["gebeurtenissen"]
    gelukt(manage(eigen_server, "importeer", str(tmp_path / "eerst")))
    meer = schrijf_map(tmp_path / "meer", meldingen=10_000, dagen=365)["gebeurtenissen"]

    for seconden in (0.2, 0.9):
        wacht_tot(lambda: eigen_server.ping() is not Ping.OK or not eigen_server.clients())
        proces = manage(eigen_server, "importeer", str(tmp_path / "meer"))
        wacht_op_import(eigen_server, proces, seconden)
        schiet_neer(eigen_server)
        uitvoer, _ = proces.communicate(timeout=60)
        assert proces.returncode == 1
        assert "De database viel weg" in uitvoer

    assert feiten(eigen_server) == aantal
    gelukt(manage(eigen_server, "importeer", str(tmp_path / "meer")))
    assert feiten(eigen_server) == meer


def test_de_site_antwoordt_weer_nadat_de_database_is_weggevallen(eigen_server: Server) -> None:
    with socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    adres = f"http://127.0.0.1:{poort}/gezondheid"
    demo = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(poort),
            "config.wsgi:application",
        ],
        cwd=PROJECT,
        env={**os.environ, "EENPLAN_DATA": str(eigen_server.data), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wacht_op_antwoord(adres) == 200
        schiet_neer(eigen_server)
        assert wacht_op_antwoord(adres) == 200
        wacht_op_server(eigen_server, adres)
    finally:
        demo.terminate()
        demo.wait(timeout=30)


@pytest.mark.parametrize("keren", [20])
def test_een_database_die_onder_last_wegvalt_verliest_en_verdubbelt_geen_effect(
    eigen_server: Server, tmp_path: Path, keren: int
) -> None:
    """An immediate shutdown, time and again, while somebody announces and a worker and a relay deliver.

    The writer, who can't know whether a commit that broke off came through, repeats it with the same `sleutel`: one
    bericht of each kind and one row of the domain per step, exactly. An effect inside the database shares the
    transaction of its vinkje: exactly once. A mail leaves before its vinkje is set: at least once, and at most
    once more for each that was under way when the database went, of which the worker has two and the relay one.
    """
    broker = Broker(eigen_server.data)
    bevestigd = tmp_path / "bevestigd"
    schrijver = start(eigen_server, "-c", IN_DJANGO + SCHRIJVER, str(tmp_path))
    anderen = [
        start(eigen_server, "-c", IN_DJANGO + RELAY, str(tmp_path)),
        start(eigen_server, "-m", "celery", "-A", "config", *WORKER, "-I", "tests.config.proefeffecten"),
    ]

    def aantal(vraag: str) -> int:
        return aantal_in(eigen_server, vraag)

    try:
        wacht_tot(lambda: geadresseerden(eigen_server.data) and broker.pid())
        for _ in range(keren):
            doel = geadresseerden(eigen_server.data).total() + random.randint(5, 30)
            wacht_tot(lambda doel=doel: geadresseerden(eigen_server.data).total() >= doel)
            pid = eigen_server.pid()
            assert pid
            os.kill(pid, signal.SIGQUIT)
            stond = bevestigd.stat().st_size
            wacht_tot(lambda stond=stond: bevestigd.stat().st_size > stond)
        (tmp_path / "stop").touch()
        assert schrijver.wait(90) == 0
        aantal(f"WITH nu AS (UPDATE teams_bericht SET niet_voor = now() WHERE {WACHT} RETURNING id) {TEL} nu")
        wacht_tot(lambda: aantal(f"{TEL} teams_bericht WHERE {WACHT}") == 0)
    finally:
        for bestand in ("stop", "klaar"):
            (tmp_path / bestand).touch()
        for proces in (schrijver, *anderen):
            proces.terminate()
            proces.wait(90)
        broker.stop()

    stappen = [int(regel) for regel in bevestigd.read_text().split()]
    assert stappen == list(range(len(stappen)))
    assert len(stappen) > 5 * keren
    assert aantal(f"{TEL} households_huishouden WHERE ref LIKE 'zaak%'") == len(stappen)
    assert aantal(f"{TEL} households_huishouden WHERE ref LIKE 'niet%'") == 0
    for soort in ("proefmail", "proefrij"):
        assert aantal(f"{TEL} teams_bericht WHERE soort = '{soort}' AND mislukt_op IS NULL") == len(stappen)
    effecten = f"{TEL} households_persoon WHERE achternaam LIKE 'Effect %'"
    assert aantal(effecten) == len(stappen)
    assert aantal(effecten.replace("count(*)", "count(DISTINCT achternaam)")) == len(stappen)
    mails = geadresseerden(eigen_server.data)
    assert set(mails) == {f"zaak{nummer}@example.nl" for nummer in stappen}
    assert mails.total() <= len(stappen) + 3 * keren


def start(server: Server, *woorden: str) -> subprocess.Popen[bytes]:
    """Starts Python on the embedded database and broker of this folder."""
    weg = ("DATABASE_URL", "BROKER_URL", "EMAIL_URL")
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam not in weg}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore::UserWarning", *woorden],
        cwd=PROJECT,
        env={**omgeving, "EENPLAN_DATA": str(server.data), "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.DEVNULL,
    )


def wacht_op_server(server: Server, adres: str) -> None:
    """Until a page that needs it has brought it back; a process of the old one may serve some more before that."""
    einde = time.monotonic() + 60
    while server.pid() is None:
        assert time.monotonic() < einde, "de database is niet terug"
        assert wacht_op_antwoord(adres) == 200
        time.sleep(0.2)


def wacht_op_antwoord(adres: str) -> int:
    """The status of the page, once the server answers; pages lead to the sign-in page."""
    einde = time.monotonic() + 30
    while True:
        try:
            with urlopen(adres, timeout=10) as antwoord:
                return int(antwoord.status)
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > einde:
                raise
            time.sleep(0.2)
