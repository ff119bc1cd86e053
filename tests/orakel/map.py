"""Writes a municipality as the folder of CSV files that `importeer` takes."""

import csv
import io
import zlib
from pathlib import Path
from random import Random
from typing import Literal

from .lezen import Gemeente, Rij, veld


def schrijf(gemeente: Gemeente, map: Path, *, zaad: int | None = None) -> None:
    """Write one CSV file per file with rows (overdracht, general: UTF-8, comma, RFC 4180).

    Everything that the format leaves free varies with `zaad` (left out: the content): a BOM, the order of
    columns and rows, whether empty columns are left out, quoting and line ends. The folder is made when new.
    """
    map.mkdir(parents=True, exist_ok=True)
    r = Random(zlib.crc32(repr(gemeente).encode()) if zaad is None else zaad)
    for bestand, rijen in gemeente.items():
        if rijen:
            (map / f"{bestand}.csv").write_bytes(_csv(r, rijen))


def _csv(r: Random, rijen: list[Rij]) -> bytes:
    kolommen = list(dict.fromkeys(kolom for rij in rijen for kolom in rij))
    if r.random() < 0.7:
        kolommen = [kolom for kolom in kolommen if any(veld(rij, kolom) for rij in rijen)]
    r.shuffle(kolommen)
    volgorde = r.sample(rijen, len(rijen)) if r.random() < 0.5 else rijen
    uit = io.StringIO()
    aanhaling: Literal[0, 1] = r.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    schrijver = csv.DictWriter(
        uit,
        kolommen,
        restval="",
        extrasaction="ignore",
        quoting=aanhaling,
        lineterminator=r.choice(("\r\n", "\n")),
    )
    schrijver.writeheader()
    schrijver.writerows(volgorde)
    return uit.getvalue().encode("utf-8-sig" if r.random() < 0.2 else "utf-8")
