"""``python -m config.embedded start|stop|status|psql``: the embedded server by hand."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from psycopg import OperationalError

from config.embedded.server import NAME, PORT, Server, binary

NOT_RUNNING = 3


def the_server() -> Server:
    """The server that the settings name; ends the program where they name another database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] != "config.embedded":
        sys.exit("DATABASE_URL wijst een eigen PostgreSQL aan; de ingebouwde doet niet mee.")
    return Server(Path(database["DATA"]))


def start(server: Server) -> int:
    """Start the server, or find it running."""
    server.start()
    return status(server)


def status(server: Server) -> int:
    """Say whether the server runs; exit code 3 where it doesn't."""
    pid = server.pid()
    print(f"PostgreSQL draait {f'(proces {pid})' if pid else 'niet'} in {server.data}.")
    return 0 if pid else NOT_RUNNING


def stop(server: Server, *, only_unused: bool) -> int:
    """Stop the server; with ``only_unused`` leave it be while somebody is connected."""
    if only_unused and server.pid() and (clients := server.clients()):
        print(f"PostgreSQL blijft draaien: nog {clients} in gebruik.")
    elif server.stop():
        print("PostgreSQL is gestopt.")
    else:
        print("PostgreSQL draaide niet.")
    return 0


def psql(server: Server, arguments: list[str]) -> int:
    """Become psql on the project's database."""
    server.start()
    program = str(binary("psql"))
    os.execv(program, [program, "-h", str(server.socket), "-p", PORT, "-U", NAME, "-d", NAME, *arguments])


def main() -> int:
    """Read the command line, and do the one verb; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description="Ingebouwde PostgreSQL")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="start|stop|status|psql")
    verbs.add_parser("start", help="start de database en wacht tot zij antwoordt")
    stopping = verbs.add_parser("stop", help="stop de database")
    stopping.add_argument("--als-ongebruikt", action="store_true", help="alleen als niemand verbonden is")
    verbs.add_parser("status", help="zeg of de database draait")
    verbs.add_parser("psql", help="open psql; wat u erachter zet gaat naar psql")
    options, rest = parser.parse_known_args()
    if rest and options.verb != "psql":
        parser.error(f"onbekend: {' '.join(rest)}")
    try:
        server = the_server()
        if options.verb == "start":
            return start(server)
        if options.verb == "stop":
            return stop(server, only_unused=options.als_ongebruikt)
        return psql(server, rest) if options.verb == "psql" else status(server)
    except OperationalError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
