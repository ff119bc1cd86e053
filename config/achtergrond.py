"""``python -m config.achtergrond``: a worker and beat, kept running, for where one machine does everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

OUDER = "EENPLAN_OUDER"
"""Environment variable: number of the process with which the background work ends, also when that is killed."""

WORKER = ("worker", "--pool=threads", "--concurrency=2", "--without-gossip", "--without-mingle")
BEAT = ("beat",)
CELERY = ("-W", "ignore::UserWarning:celery.platforms", "-m", "celery", "-A", "config")
HARTSLAG = 0.5
TUSSENPOOS = 3.0
GEDULD = 15.0


@contextmanager
def achtergrond() -> Iterator[None]:
    """The background work runs as long as this context, and no longer than this process.

    In a process of its own, since a web server that forks doesn't go with threads.
    """
    proces = _start("-m", "config.achtergrond")
    try:
        yield
    finally:
        _stop([proces])


def houd_draaiend(ouder: int | None) -> None:
    """Run a worker and beat, and again when one falls over, until `ouder` is not our parent any more."""
    begonnen: dict[tuple[str, ...], float] = {}
    processen: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}
    try:
        while ouder is None or os.getppid() == ouder:
            for woorden in (WORKER, BEAT):
                weg = woorden not in processen or processen[woorden].poll() is not None
                if weg and time.monotonic() - begonnen.get(woorden, -TUSSENPOOS) >= TUSSENPOOS:
                    processen[woorden] = _start(*CELERY, *woorden)
                    begonnen[woorden] = time.monotonic()
            time.sleep(HARTSLAG)
    finally:
        _stop(list(processen.values()))


def _start(*woorden: str) -> subprocess.Popen[bytes]:
    """Start Python in a session of its own, so that a Ctrl-C reaches us alone and we stop it in order."""
    return subprocess.Popen(
        [sys.executable, *woorden],
        env={**os.environ, OUDER: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _stop(processen: list[subprocess.Popen[bytes]]) -> None:
    for proces in processen:
        proces.terminate()
    einde = time.monotonic() + GEDULD
    for proces in processen:
        try:
            proces.wait(max(0.0, einde - time.monotonic()))
        except subprocess.TimeoutExpired:
            proces.kill()
            proces.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        houd_draaiend(int(os.environ[OUDER]) if OUDER in os.environ else None)
    except KeyboardInterrupt:
        sys.exit(0)
