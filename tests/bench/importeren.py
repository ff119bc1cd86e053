"""`python -m tests.bench.importeren [--feiten N]`: the import against COPY of the same rows into bare tables."""

from __future__ import annotations

import argparse
import csv
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.database import bench_map, connection, eigen_database  # isort: skip

from django.db import transaction

from config.overdracht.bestanden import alle_bestanden
from config.overdracht.importeren import importeer

RONDEN = 3
GRENS = 6
FEITEN_PER_MELDING = 3.353
DAGEN = 3650
BLOK = 1_000_000


def maak_kale_tabellen(map: Path) -> None:
    """A table per file with the plain type of each column, and nothing else: no key, index or constraint."""
    with connection.cursor() as cursor:
        for bestand in alle_bestanden():
            pad = map / f"{bestand.naam}.csv"
            if pad.exists():
                typen = {kolom.naam: kolom.type for kolom in bestand.kolommen}
                with pad.open(encoding="utf-8", newline="") as stroom:
                    kop = next(csv.reader(stroom))
                cursor.execute(
                    f"CREATE TABLE kaal_{bestand.naam} ({', '.join(f'{naam} {typen[naam]}' for naam in kop)})"
                )


def kopieer(map: Path) -> float:
    """Seconds that COPY of all files into the bare tables takes, in one transaction."""
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for pad in sorted(map.glob("*.csv")):
            opdracht = f"COPY kaal_{pad.stem} FROM STDIN (FORMAT csv, HEADER)"
            with pad.open("rb") as stroom, cursor.copy(opdracht) as kopie:
                while blok := stroom.read(BLOK):
                    kopie.write(blok)
    return time.perf_counter() - begin


def importeer_apart(folder: Path, database: str) -> tuple[float, float]:
    """Imports in a process of its own; gives its seconds, start not counted, and its peak memory in MB."""
    opdracht = [sys.executable, "-m", "tests.bench.importeren", "--kind", str(folder), database]
    uitvoer = subprocess.run(opdracht, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconden, mb = map(float, uitvoer.split())
    return seconden, mb


def kind(map: Path, database: str) -> None:
    """What `importeer_apart` runs: prints the seconds that the import took, and its peak memory in MB."""
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    begin = time.perf_counter()
    importeer(map)
    print(time.perf_counter() - begin, piek())


def piek() -> float:
    """The most memory that this process had, in MB; not what its parent had, as Linux says of a process that ended."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def meet(feiten: int, ronden: int) -> tuple[float, float, float]:
    """Seconds of COPY and of the import (medians of turns), and the import's peak memory in MB."""
    map = bench_map(round(feiten / FEITEN_PER_MELDING), DAGEN)
    kopieen, imports, geheugen = [], [], []
    for _ in range(ronden):
        with eigen_database("importeren") as database:
            maak_kale_tabellen(map)
            kopieen.append(kopieer(map))
            seconden, mb = importeer_apart(map, database)
            imports.append(seconden)
            geheugen.append(mb)
        print(f"{feiten} feiten: COPY {kopieen[-1]:.2f} s, import {seconden:.2f} s, {mb:.0f} MB", flush=True)
    return statistics.median(kopieen), statistics.median(imports), max(geheugen)


def main() -> None:
    """Prints the ratio at N facts, and the memory at a tenth of it and at N."""
    ontleder = argparse.ArgumentParser(description=__doc__)
    ontleder.add_argument("--feiten", type=int, default=1_000_000)
    ontleder.add_argument("--kind", nargs=2, metavar=("MAP", "DATABASE"), help=argparse.SUPPRESS)
    keuze = ontleder.parse_args()
    if keuze.kind:
        kind(Path(keuze.kind[0]), keuze.kind[1])
        return
    _, _, klein = meet(keuze.feiten // 10, 1)
    kopie, duur, groot = meet(keuze.feiten, RONDEN)
    print(f"\nimport van {keuze.feiten} feiten / COPY (hoogstens {GRENS}){duur / kopie:>12.2f}x")
    print(f"geheugen bij {keuze.feiten // 10} en {keuze.feiten} feiten{klein:>20.0f} MB{groot:>8.0f} MB")


if __name__ == "__main__":
    main()
