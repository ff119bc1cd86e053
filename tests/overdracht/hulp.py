"""A folder in the making, what the import says of it, and the command in a process of its own."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection, transaction

from config.overdracht.fouten import Overdrachtfouten
from config.overdracht.importeren import importeer
from tests.overdracht.inhoud import aantallen, controleer_standen
from tests.overdracht.voorbeeld import Rij, Rijen

REGEL = re.compile(
    r"(?P<bestand>[^:]+\.csv)(:(?P<regel>\d+))?: ((?P<kolom>[a-z_]+(, [a-z_]+)*): )?(?P<tekst>.+)"
)


class Fout(NamedTuple):
    """One message, taken apart: `file:line: column: what is wrong and what was expected`."""

    bestand: str
    regel: int
    kolom: str
    tekst: str

    @property
    def plaats(self) -> str:
        """As in the message, without what is wrong."""
        return f"{self.bestand}:{self.regel}:{f' {self.kolom}' if self.kolom else ''}"


class Map:
    """An overdracht in the making; a fresh folder under a temporary one."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        pad.mkdir(parents=True, exist_ok=True)

    def bytes(self, bestand: str, inhoud: bytes) -> Map:
        """Put a file in, byte for byte."""
        (self.pad / f"{bestand}.csv").write_bytes(inhoud)
        return self

    def tekst(self, bestand: str, inhoud: str) -> Map:
        """Put a file in as it is written here."""
        return self.bytes(bestand, inhoud.encode())

    def rijen(self, bestand: str, *rijen: Rij) -> Map:
        """Put a file with these rows in; the columns are those of the first."""
        uit = io.StringIO()
        schrijver = csv.DictWriter(uit, list(rijen[0]), lineterminator="\n")
        schrijver.writeheader()
        schrijver.writerows(rijen)
        return self.tekst(bestand, uit.getvalue())

    def alle(self, bestanden: Rijen) -> Map:
        """Put several files in."""
        for bestand, rijen in bestanden.items():
            self.rijen(bestand, *rijen)
        return self


def lees_in(pad: Path) -> dict[str, tuple[int, int, int]]:
    """Import, and see that the projection agrees with the facts; new, changed and same rows per file."""
    resultaat = importeer(pad)
    controleer_standen()
    return {naam: (r.nieuw, r.gewijzigd, r.ongewijzigd) for naam, r in resultaat.items()}


@contextmanager
def op_proef() -> Iterator[None]:
    """Take everything back at the end, so that several imports find the same database and the same clock.

    That leaves constraints checked at once, where a transaction begins with checking them at its end.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def geweigerd(pad: Path, *, maximum: int = 1000) -> list[Fout]:
    """The mistakes for which the import refuses this folder; nothing was written."""
    ervoor = aantallen()
    with pytest.raises(Overdrachtfouten) as fouten:
        importeer(pad, maximum=maximum)
    assert aantallen() == ervoor
    assert len(fouten.value.fouten) == min(maximum, fouten.value.totaal)
    return [ontleed(str(fout)) for fout in fouten.value.fouten]


def plaatsen(pad: Path) -> list[str]:
    """Where the mistakes are, in the order in which they are told."""
    return [fout.plaats for fout in geweigerd(pad)]


def ontleed(melding: str) -> Fout:
    """Take a message apart; it has to be one line of the agreed form."""
    delen = REGEL.fullmatch(melding)
    assert delen, melding
    return Fout(delen["bestand"], int(delen["regel"] or 0), delen["kolom"] or "", delen["tekst"])


IN_BULK = """
import sys
import django
django.setup()
from django.core.management import execute_from_command_line
from config.overdracht import importeren
importeren.BULK_VANAF = 1
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


def proces(
    pad: Path, database: str, *opties: str, in_bulk: bool = False, fout: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """`manage.py importeer` in a process of its own, on another database; `in_bulk` also for few rows."""
    hoe = ("-c", IN_BULK) if in_bulk else ("manage.py",)
    return subprocess.Popen(
        [sys.executable, *hoe, "importeer", str(pad), *opties],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=fout,
        text=True,
    )
