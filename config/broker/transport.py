"""How Celery reaches the embedded broker: kombu's transport for Redis, over the socket of the data folder."""

from __future__ import annotations

from pathlib import Path
from socket import socket
from typing import Any

from kombu.transport import redis as base
from redis import UnixDomainSocketConnection

from config.broker.server import Server


class Verbinding(UnixDomainSocketConnection):
    """A connection to the embedded broker.

    A worker and beat start the broker where it isn't running (`starts`), also after it was killed. A web
    process doesn't: its request need not wait for that, as nothing is lost without.
    """

    starts = False

    def __init__(self, *, server: Server, **parameters: Any) -> None:
        self.server = server
        super().__init__(path=str(server.socket), **parameters)

    def _connect(self) -> socket:
        verbonden: socket
        try:
            verbonden = super()._connect()
        except OSError:
            if not Verbinding.starts:
                raise
            self.server.start()
            verbonden = super()._connect()
        return verbonden


class Channel(base.Channel):
    """A channel whose connections know the data folder, which `transport_options` give as ``data``."""

    connection_class = Verbinding

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        """What a connection is made with; of a socket, not of a host."""
        parameters: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[misc]
        for tcp_only in ("host", "port", "socket_keepalive", "socket_keepalive_options"):
            parameters.pop(tcp_only, None)
        client = self.connection.client
        options = (client.transport_options if client else None) or {}
        return {**parameters, "server": Server(Path(options["data"]))}


class Transport(base.Transport):
    """The transport behind ``ingebouwd://``."""

    Channel = Channel
