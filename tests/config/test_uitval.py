"""The embedded database is killed: it comes back by itself, with all that was acknowledged."""

from __future__ import annotations

import os
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

from config.embedded.server import Server
from tests.bench.map_maken import schrijf_map

PROJECT = Path(__file__).resolve().parents[2]
AANTAL = "SELECT count(*) FROM meldingen_gebeurtenis WHERE versie = 1"


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
    server.start()
    with psycopg.connect(server.conninfo()) as verbinding:
        rij = verbinding.execute(AANTAL).fetchone()
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
    adres = f"http://127.0.0.1:{poort}/rapportage"
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
        wacht_op_server(eigen_server)
    finally:
        demo.terminate()
        demo.wait(timeout=30)


def wacht_op_server(server: Server) -> None:
    """Until it runs again; a page that asks nothing of it may answer before that."""
    einde = time.monotonic() + 30
    while server.pid() is None:
        assert time.monotonic() < einde, "de database is niet terug"
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
