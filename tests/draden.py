"""Threads with a connection of their own each, to do things at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import TracebackType

from django.db import connection

from teams.geweigerd import Geweigerd

GEDULD = 120.0


class Draden:
    """So many of them, that stay with their connections until the end: the next round costs no new ones.

    The embedded server takes 60 connections, of which the test itself needs some.
    """

    def __init__(self, aantal: int) -> None:
        self._aantal = aantal
        self._pool = ThreadPoolExecutor(aantal)

    def __enter__(self) -> Draden:
        return self

    def __exit__(self, soort: type | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        try:
            self._ieder([_sluit] * self._aantal)
        finally:
            self._pool.shutdown()

    def doe(self, *opdrachten: Callable[[], object]) -> list[str]:
        """One for each thread, at the same moment; the refusal of each, or ''. Another error comes out here."""
        return self._ieder([lambda opdracht=opdracht: _uitkomst(opdracht) for opdracht in opdrachten])

    def _ieder(self, opdrachten: list[Callable[[], str]]) -> list[str]:
        """The barrier sees to it that no thread gets two."""
        start = Barrier(self._aantal)

        def werk(opdracht: Callable[[], str]) -> str:
            start.wait(GEDULD)
            return opdracht()

        bezig = [self._pool.submit(werk, opdracht) for opdracht in opdrachten]
        return [een.result(GEDULD) for een in bezig]


def _uitkomst(opdracht: Callable[[], object]) -> str:
    connection.ensure_connection()
    try:
        opdracht()
    except Geweigerd as nee:
        return str(nee)
    return ""


def _sluit() -> str:
    connection.close()
    return ""
