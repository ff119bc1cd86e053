"""The embedded broker: real servers in folders of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis

from config.broker import server as broker
from config.broker.server import BrokerError, Server
from config.broker.transport import Verbinding
from config.ingebouwd import LONGEST_SOCKET_PATH

PROJECT = Path(__file__).resolve().parents[2]
START = """
import pathlib, sys
from config.broker.server import Server
Server(pathlib.Path(sys.argv[1])).start()
"""


@pytest.fixture
def in_map() -> Iterator[Callable[[Path], Server]]:
    """Makes the server of a folder; stops them all afterwards."""
    servers: list[Server] = []

    def maak(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield maak
    for server in servers:
        server.stop()
        if server.socket.parent != server.folder:
            shutil.rmtree(server.socket.parent, ignore_errors=True)


def klant(server: Server) -> Redis:
    return Redis(unix_socket_path=str(server.socket))


def celery_op(server: Server) -> Celery:
    """An app of its own on this broker."""
    app = Celery("proef", broker="ingebouwd://localhost", set_as_current=False)
    app.conf.update(broker_transport_options={"data": server.data, "max_retries": 0})
    return app


def kill_9(server: Server) -> None:
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def beheer(data: Path, verb: str, **meer: str) -> subprocess.CompletedProcess[str]:
    """``python -m config.broker`` on the folder ``data``."""
    omgeving = {**os.environ, "EENPLAN_DATA": str(data), "BROKER_URL": "", **meer}
    opdracht = [sys.executable, "-m", "config.broker", verb]
    return subprocess.run(opdracht, cwd=PROJECT, env=omgeving, capture_output=True, text=True, check=False)


def test_de_broker_luistert_alleen_op_een_socket_in_een_eigen_map(tmp_path, in_map):
    server = in_map(tmp_path / "met spaties en é" / "data")

    server.start()

    assert server.folder.stat().st_mode & 0o777 == 0o700
    assert server.socket.stat().st_mode & 0o777 == 0o700
    verwacht = {"port": "0", "appendonly": "yes", "appendfsync": "no"}
    assert klant(server).config_get(*verwacht) == verwacht


def test_na_kill_9_staat_de_rij_er_nog(tmp_path, in_map):
    server = in_map(tmp_path)
    server.start()
    aantal = 0
    for _ in range(3):
        for _ in range(200):
            aantal = klant(server).rpush("rij", "taak")
        kill_9(server)
        assert server.pid() is None

        server.start()

        assert klant(server).llen("rij") == aantal
    assert aantal == 600


def test_een_taak_die_celery_afgaf_overleeft_kill_9_van_de_broker(tmp_path, in_map):
    server = in_map(tmp_path)
    server.start()
    for nummer in range(20):
        celery_op(server).send_task("proef", [nummer], queue="proef")

    kill_9(server)
    server.start()

    assert klant(server).llen("proef") == 20


def test_wie_iets_afgeeft_start_de_broker_niet_en_een_worker_wel(tmp_path, in_map, monkeypatch):
    server = in_map(tmp_path)

    with pytest.raises(OperationalError):
        celery_op(server).send_task("proef", queue="proef")
    assert server.pid() is None

    monkeypatch.setattr(Verbinding, "starts", True)
    celery_op(server).send_task("proef", queue="proef")
    assert klant(server).llen("proef") == 1


def test_een_open_verbinding_vindt_de_broker_na_kill_9_terug(tmp_path, in_map, monkeypatch):
    monkeypatch.setattr(Verbinding, "starts", True)
    server = in_map(tmp_path)
    app = celery_op(server)
    app.send_task("proef", queue="proef")

    kill_9(server)
    app.send_task("proef", queue="proef", retry=True)

    assert klant(server).llen("proef") == 2


def test_vier_processen_tegelijk_starten_een_broker(tmp_path, in_map):
    server = in_map(tmp_path)

    processen = [
        subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], cwd=PROJECT) for _ in range(4)
    ]

    assert [proces.wait() for proces in processen] == [0, 0, 0, 0]
    pid = server.pid()
    server.start()
    assert server.pid() == pid
    assert server.clients() == 0


def test_een_pad_dat_te_lang_is_voor_een_socket_werkt_ook(tmp_path, in_map):
    server = in_map(tmp_path / ("diep" * 12) / ("map" * 20))
    assert len(str(server.data)) > LONGEST_SOCKET_PATH

    server.start()

    assert server.pid()
    assert server.socket.parent.stat().st_mode & 0o777 == 0o700


def test_een_socketmap_die_voor_anderen_openstaat_wordt_geweigerd(tmp_path, in_map):
    server = in_map(tmp_path / ("diep" * 12) / ("map" * 20))
    server.socket.parent.mkdir()
    server.socket.parent.chmod(0o777)

    with pytest.raises(BrokerError, match="niet van u alleen"):
        server.start()


def test_wie_niet_kan_starten_zegt_waar_het_staat(tmp_path, in_map):
    server = in_map(tmp_path)
    (server.folder / "appendonlydir").mkdir(parents=True)
    (server.folder / "appendonlydir" / "appendonly.aof.manifest").write_text("kapot\n")

    with pytest.raises(BrokerError, match=r"kan niet starten; zie .*broker\.log"):
        server.start()


def test_zonder_het_pakket_is_er_een_duidelijke_melding(tmp_path, in_map, monkeypatch):
    monkeypatch.setattr(broker, "find_spec", lambda naam: None)

    with pytest.raises(BrokerError, match="zet BROKER_URL"):
        in_map(tmp_path).start()


def test_met_de_hand_starten_en_stoppen(tmp_path):
    assert beheer(tmp_path, "status").returncode == 3
    assert "draait (proces" in beheer(tmp_path, "start").stdout
    assert beheer(tmp_path, "stop").stdout == "De broker is gestopt.\n"
    assert beheer(tmp_path, "stop").stdout == "De broker draaide niet.\n"

    elders = beheer(tmp_path, "start", BROKER_URL="redis://broker.example.nl")
    assert elders.returncode == 1
    assert "BROKER_URL wijst een eigen broker aan" in elders.stderr
