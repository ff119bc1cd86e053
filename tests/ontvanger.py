"""Software elsewhere that is told things: a real HTTP server on this machine, that answers as it is asked to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Ontvanger:
    """What came in (`gekregen`: path, headers, body), and how to answer: a status, or `None` to say nothing."""

    def __init__(self) -> None:
        self.gekregen: list[tuple[str, dict[str, str], bytes]] = []
        self.antwoord: int | None = 204
        self.koppen: dict[str, str] = {}
        self.klaar = Event()
        self.adres = ""

    def __len__(self) -> int:
        return len(self.gekregen)


@contextmanager
def ontvanger() -> Iterator[Ontvanger]:
    """One that listens as long as this context."""
    hier = Ontvanger()

    class Balie(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            hier.gekregen.append((self.path, dict(self.headers.items()), inhoud))
            if hier.antwoord is None:
                # drips, so that no single read takes long
                while not hier.klaar.wait(0.1):
                    try:
                        self.wfile.write(b"H")
                        self.wfile.flush()
                    except OSError:
                        return
                return
            self.send_response(hier.antwoord)
            for naam, waarde in hier.koppen.items():
                self.send_header(naam, waarde)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            """Not in the output of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Balie)
    hier.adres = f"http://127.0.0.1:{server.server_port}/eenplan?kcc=1"
    draad = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    draad.start()
    try:
        yield hier
    finally:
        hier.klaar.set()
        server.shutdown()
        draad.join()
        server.server_close()
