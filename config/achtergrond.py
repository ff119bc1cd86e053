"""A worker and beat beside the web server of the demo, as processes that end with it."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event, Thread
from types import TracebackType

from config.celery import OUDER

OPDRACHTEN = (
    ("worker", "--pool=threads", "--concurrency=2", "--without-gossip", "--without-mingle"),
    ("beat",),
)
GEDULD = 15.0
TUSSENPOOS = 2.0


class Achtergrond:
    """Context in which a worker and beat run; one that falls over is started again.

    They get no Ctrl-C of their own, but are stopped at the end of the context, or end by themselves when
    this process is killed.
    """

    def __init__(self) -> None:
        self._klaar = Event()
        self._wachters = [Thread(target=self._houd_draaiend, args=[woorden]) for woorden in OPDRACHTEN]

    def __enter__(self) -> Achtergrond:
        for wachter in self._wachters:
            wachter.start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._klaar.set()
        for wachter in self._wachters:
            wachter.join()

    def _houd_draaiend(self, woorden: tuple[str, ...]) -> None:
        while not self._klaar.is_set():
            proces = _start(woorden)
            while proces.poll() is None and not self._klaar.wait(0.2):
                pass
            _stop(proces)
            self._klaar.wait(TUSSENPOOS)


def _start(woorden: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", *woorden],
        env={**os.environ, OUDER: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _stop(proces: subprocess.Popen[bytes]) -> None:
    proces.terminate()
    try:
        proces.wait(GEDULD)
    except subprocess.TimeoutExpired:
        proces.kill()
        proces.wait()
