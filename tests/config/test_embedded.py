"""The embedded PostgreSQL: real servers in folders of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from pwd import getpwnam
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import OperationalError
from pytest_django import DjangoDbBlocker

from config.embedded.__main__ import stop
from config.embedded.account import IN_NAMESPACE, Account, EmbeddedError
from config.embedded.base import DatabaseWrapper
from config.embedded.server import Server, binary
from config.ingebouwd import LONGEST_SOCKET_PATH

PROJECT = Path(__file__).resolve().parents[2]
START = """
import pathlib, sys
from config.embedded.server import Server
Server(pathlib.Path(sys.argv[1])).start()
"""
EIGENSCHAPPEN = """
SELECT current_database(), current_user, datlocprovider, datlocale, current_setting('data_checksums'),
       current_setting('fsync'), current_setting('listen_addresses'), current_setting('server_encoding')
FROM pg_database WHERE datname = current_database()
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="gaat over wat er gebeurt als root start")


@pytest.fixture(scope="module")
def leeg_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped cluster to copy, as making one takes a second or more."""
    server = Server(tmp_path_factory.mktemp("sjabloon"))
    server.start()
    server.stop()
    return server.cluster


@pytest.fixture
def in_map(leeg_cluster: Path) -> Iterator[Callable[..., Server]]:
    """Makes the server of a folder, with a cluster in it unless ``nieuw``; stops them all afterwards."""
    servers: list[Server] = []

    def maak(folder: Path, *, nieuw: bool = False) -> Server:
        server = Server(folder)
        servers.append(server)
        if not nieuw:
            shutil.copytree(leeg_cluster, server.cluster)
        return server

    yield maak
    for server in servers:
        server.stop()
        if server.socket.parent != server.data:
            shutil.rmtree(server.socket, ignore_errors=True)


@pytest.fixture
def verbinding(django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[Server], DatabaseWrapper]]:
    """Makes Django connections to a server, and closes them afterwards."""
    wrappers: list[DatabaseWrapper] = []

    def maak(server: Server) -> DatabaseWrapper:
        wrapper = DatabaseWrapper(
            {
                "ENGINE": "config.embedded",
                "NAME": "eenplan",
                "USER": "eenplan",
                "PASSWORD": "",
                "DATA": server.data,
                "OPTIONS": {},
                "TIME_ZONE": None,
                "AUTOCOMMIT": True,
                "ATOMIC_REQUESTS": False,
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": True,
            }
        )
        wrapper.inc_thread_sharing()
        wrappers.append(wrapper)
        return wrapper

    with django_db_blocker.unblock():
        yield maak
        for wrapper in wrappers:
            wrapper.close()


def vraag(wrapper: DatabaseWrapper, statement: str) -> list[tuple[object, ...]]:
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def start_in_ander_proces(server: Server) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", START, str(server.data)], cwd=PROJECT)


def beheer(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``python -m config.embedded`` on the folder ``data``."""
    environment = {**os.environ, "EENPLAN_DATA": str(data), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "config.embedded", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def kill_9(server: Server) -> None:
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_de_eerste_verbinding_maakt_en_start_de_database(tmp_path, in_map, verbinding):
    server = in_map(tmp_path / "met spaties en é" / "data", nieuw=True)

    assert vraag(verbinding(server), EIGENSCHAPPEN) == [
        ("eenplan", "eenplan", "b", "C.UTF-8", "on", "on", "", "UTF8")
    ]
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_een_tweede_proces_gebruikt_dezelfde_server(tmp_path, in_map):
    server = in_map(tmp_path)
    server.start()
    pid = server.pid()

    assert start_in_ander_proces(server).wait() == 0
    assert server.pid() == pid


def test_de_server_draait_door_als_het_proces_dat_hem_startte_is_gestopt(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)

    assert start_in_ander_proces(server).wait() == 0

    assert vraag(verbinding(server), "SELECT 1") == [(1,)]


def test_na_kill_9_werkt_de_volgende_verbinding_en_staat_alles_er_nog(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)
    oude = verbinding(server)
    vraag(oude, "CREATE TABLE proef AS SELECT generate_series(1, 1000) AS nummer")

    for _ in range(3):
        kill_9(server)
        assert vraag(verbinding(server), "SELECT count(*) FROM proef") == [(1000,)]

    oude.close_if_unusable_or_obsolete()
    assert vraag(oude, "SELECT count(*) FROM proef") == [(1000,)]


def test_een_afgebroken_eerste_start_laat_een_startbare_map_achter(tmp_path, in_map, verbinding):
    server = in_map(tmp_path, nieuw=True)
    eerste = start_in_ander_proces(server)
    half_af = server.data / "postgres.nieuw" / "PG_VERSION"
    while eerste.poll() is None and not half_af.exists():
        time.sleep(0.005)

    eerste.kill()
    eerste.wait()

    assert not server.cluster.exists()
    assert vraag(verbinding(server), "SELECT 1") == [(1,)]
    assert not half_af.parent.exists()


@pytest.mark.parametrize("naam", ["twee  spaties", "a'b$HOME `c` \\d", 'komma, "aanhaling"'])
def test_de_map_mag_heten_zoals_zij_wil(tmp_path, in_map, verbinding, naam):
    server = in_map(tmp_path / naam)

    assert vraag(verbinding(server), "SELECT 1") == [(1,)]
    assert server.stop()


def test_een_pad_dat_te_lang_is_voor_een_socket_werkt_ook(tmp_path, in_map, verbinding):
    server = in_map(tmp_path / ("diep" * 12) / ("map" * 20))
    assert len(str(server.data)) > LONGEST_SOCKET_PATH

    assert vraag(verbinding(server), "SELECT 1") == [(1,)]
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_een_socketmap_die_voor_anderen_openstaat_wordt_geweigerd(tmp_path, in_map, verbinding):
    server = in_map(tmp_path / ("diep" * 12) / ("map" * 20))
    server.socket.mkdir()
    server.socket.chmod(0o777)

    with pytest.raises(EmbeddedError, match="niet van u alleen"):
        server.start()


def test_twee_mappen_naast_elkaar_zijn_twee_databases(tmp_path, in_map, verbinding):
    een, twee = verbinding(in_map(tmp_path / "een")), verbinding(in_map(tmp_path / "twee"))
    vraag(een, "CREATE TABLE alleen_hier ()")

    assert vraag(een, "SELECT to_regclass('alleen_hier')::text") == [("alleen_hier",)]
    assert vraag(twee, "SELECT to_regclass('alleen_hier')::text") == [(None,)]


def test_vier_processen_tegelijk_starten_een_server(tmp_path, in_map):
    server = in_map(tmp_path, nieuw=True)

    processen = [start_in_ander_proces(server) for _ in range(4)]

    assert [proces.wait() for proces in processen] == [0, 0, 0, 0]
    assert server.log.read_text().count("starting PostgreSQL") == 1


def test_gegevens_van_een_andere_versie_geven_een_duidelijke_melding(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)
    (server.cluster / "PG_VERSION").write_text("15\n")

    with pytest.raises(
        OperationalError, match=r"zijn van PostgreSQL 15, en dit is PostgreSQL \d+\. .*pg_dump"
    ):
        verbinding(server).ensure_connection()


def test_wie_niet_kan_starten_laat_zien_wat_postgresql_ervan_zegt(tmp_path, in_map):
    server = in_map(tmp_path)
    with (server.cluster / "postgresql.conf").open("a") as config:
        config.write("bestaat_niet = 3\n")

    with pytest.raises(EmbeddedError, match=r'kan niet starten:\n(.*\n)*.*"bestaat_niet"'):
        server.start()


def test_het_procesnummer_van_een_gestorven_server_mag_nu_van_een_ander_zijn(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)
    pid_file = server.cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.cluster}\n")

    assert server.pid() is None
    assert server.stop() is False
    assert vraag(verbinding(server), "SELECT 1") == [(1,)]


def test_fouten_in_een_opdracht_komen_niet_in_het_logboek(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)
    wrapper = verbinding(server)
    vraag(wrapper, "CREATE TABLE proef (naam text UNIQUE)")
    vraag(wrapper, "INSERT INTO proef VALUES ('Jansen')")

    with pytest.raises(Exception, match="Jansen"):
        vraag(wrapper, "INSERT INTO proef VALUES ('Jansen')")
    with pytest.raises(Exception, match="Jansen"):
        vraag(wrapper, "SELECT 'Jansen'::int")

    assert "Jansen" not in server.log.read_text()


def test_testdatabases_komen_op_dezelfde_server(tmp_path, in_map, verbinding):
    wrapper = verbinding(in_map(tmp_path))

    with wrapper._nodb_cursor() as cursor:
        cursor.execute("CREATE DATABASE test_eenplan")

    wrapper.settings_dict["NAME"] = "test_eenplan"
    assert vraag(wrapper, "SELECT current_database()") == [("test_eenplan",)]


def test_een_fout_in_de_databasenaam_blijft_een_gewone_fout(tmp_path, in_map, verbinding):
    wrapper = verbinding(in_map(tmp_path))
    wrapper.settings_dict["NAME"] = "bestaat_niet"

    with pytest.raises(OperationalError, match='database "bestaat_niet" does not exist'):
        wrapper.ensure_connection()


def test_dbshell_is_de_psql_uit_het_pakket(tmp_path, in_map, verbinding):
    server = in_map(tmp_path)
    args, _ = verbinding(server).client.settings_to_cmd_args_env(
        verbinding(server).settings_dict, ["--no-psqlrc", "-Atc", "SELECT current_database()"]
    )
    server.start()

    assert args[0] == str(binary("psql"))
    assert subprocess.run(args, capture_output=True, text=True, check=True).stdout == "eenplan\n"


def test_op_de_opdrachtregel_starten_vragen_en_stoppen(tmp_path, in_map):
    server = in_map(tmp_path)

    assert beheer(tmp_path, "status").returncode == 3
    assert "PostgreSQL draait (proces" in beheer(tmp_path, "start").stdout
    assert beheer(tmp_path, "psql", "--no-psqlrc", "-Atc", "SELECT 40 + 2").stdout == "42\n"
    assert beheer(tmp_path, "stop").stdout == "PostgreSQL is gestopt.\n"
    assert server.pid() is None


def test_stop_als_ongebruikt_wacht_op_de_laatste_verbinding(tmp_path, in_map, capsys):
    server = in_map(tmp_path)
    server.start()

    with psycopg.connect(server.conninfo()):
        stop(server, only_unused=True)
        assert capsys.readouterr().out == "PostgreSQL blijft draaien: nog 1 in gebruik.\n"
        assert server.pid() is not None
    stop(server, only_unused=True)
    assert capsys.readouterr().out == "PostgreSQL is gestopt.\n"


def test_een_map_die_geen_map_kan_zijn_noemt_de_uitwegen(tmp_path):
    (tmp_path / "bestand").write_text("")

    with pytest.raises(EmbeddedError, match=r"EENPLAN_DATA.*DATABASE_URL"):
        Server(tmp_path / "bestand" / "data").start()


@pytest.fixture
def geen_user_namespaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ``unshare`` that refuses, as on machines where user namespaces are switched off."""
    weigert = tmp_path / "bin" / "unshare"
    weigert.parent.mkdir()
    weigert.write_text("#!/bin/sh\nexit 1\n")
    weigert.chmod(0o755)
    monkeypatch.setenv("PATH", f"{weigert.parent}:{os.environ['PATH']}")


@as_root
@pytest.mark.usefixtures("geen_user_namespaces")
def test_zonder_user_namespaces_krijgt_nobody_de_map(in_map, verbinding):
    with TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        server = in_map(Path(folder) / "data")
        nobody = Account(uid=65534, gid=65534)
        if nobody.version(binary("postgres"), Path(folder)) is None:
            pytest.skip("nobody kan niet bij de programma's van dit project")

        assert vraag(verbinding(server), "SELECT 1") == [(1,)]
        assert {server.data.stat().st_uid, (server.cluster / "base").stat().st_uid} == {65534}
        kill_9(server)
        assert vraag(verbinding(server), "SELECT 1") == [(1,)]
        assert server.stop()


@as_root
@pytest.mark.usefixtures("geen_user_namespaces")
def test_root_laat_een_nieuwe_map_aan_de_eigenaar_van_de_map_erboven(in_map, verbinding):
    with TemporaryDirectory(dir="/var/tmp") as folder:
        daemon = getpwnam("daemon")
        os.chown(folder, daemon.pw_uid, daemon.pw_gid)
        server = in_map(Path(folder) / "data", nieuw=True)
        if Account(uid=daemon.pw_uid, gid=daemon.pw_gid).version(binary("postgres"), Path(folder)) is None:
            pytest.skip("een gewone gebruiker kan niet bij de programma's van dit project")

        assert vraag(verbinding(server), "SELECT 1") == [(1,)]
        assert {server.data.stat().st_uid, (server.cluster / "base").stat().st_uid} == {daemon.pw_uid}
        assert server.stop()


@as_root
def test_een_gebruiker_zonder_naam_kan_hem_draaien(in_map, verbinding):
    with TemporaryDirectory(dir="/var/tmp") as folder:
        os.chown(folder, 54321, 54321)
        server = in_map(Path(folder), nieuw=True)
        if Account(IN_NAMESPACE, 54321, 54321).version(binary("postgres"), Path(folder)) is None:
            pytest.skip("dit kan niet op deze machine, of niet vanaf deze plek")

        assert vraag(verbinding(server), "SELECT 1") == [(1,)]
        assert server.stop()


@as_root
@pytest.mark.usefixtures("geen_user_namespaces")
def test_een_map_waar_nobody_niet_bij_kan_noemt_de_uitwegen(tmp_path, in_map):
    tmp_path.chmod(0o700)

    with pytest.raises(EmbeddedError, match=r"EENPLAN_DATA.*DATABASE_URL"):
        in_map(tmp_path / "data").start()
