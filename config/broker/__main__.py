"""``python -m config.broker start|stop|status``: the embedded broker by hand."""

from __future__ import annotations

import argparse
import os
import sys

from redis import RedisError

from config.broker.server import BrokerError, Server

NOT_RUNNING = 3


def the_server() -> Server:
    """The server that the settings name; ends the program where they name another broker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    if settings.BROKER_URL:
        sys.exit("BROKER_URL wijst een eigen broker aan; de ingebouwde doet niet mee.")
    return Server(settings.EENPLAN_DATA)


def start(server: Server) -> int:
    """Start the broker, or find it running."""
    server.start()
    return status(server)


def status(server: Server) -> int:
    """Say whether the broker runs; exit code 3 where it doesn't."""
    pid = server.pid()
    print(f"De broker draait {f'(proces {pid})' if pid else 'niet'} in {server.folder}.")
    return 0 if pid else NOT_RUNNING


def stop(server: Server) -> int:
    """Stop the broker; what was still in its queue is there again at the next start."""
    print("De broker is gestopt." if server.stop() else "De broker draaide niet.")
    return 0


def main() -> int:
    """Read the command line, and do the one verb; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.broker", description="Ingebouwde broker")
    verbs = {"start": start, "stop": stop, "status": status}
    parser.add_argument("verb", choices=verbs)
    options = parser.parse_args()
    try:
        return verbs[options.verb](the_server())
    except (BrokerError, RedisError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
