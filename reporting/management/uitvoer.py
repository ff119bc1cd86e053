"""Where a command writes what it made: to a file, or to where its output goes."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.formaten import FORMATEN, Toonbaar, schrijf
from reporting.fouten import Invoerfout


def neem_opties(parser: ArgumentParser) -> None:
    """`--formaat` and `--uit`."""
    parser.add_argument("--formaat", choices=FORMATEN, default="tekst")
    parser.add_argument("--uit", type=Path, metavar="BESTAND", help="schrijf naar een bestand")


def lever(opdracht: BaseCommand, uitkomst: Toonbaar, opties: dict[str, Any]) -> None:
    """Write `uitkomst` as was asked; CommandError with the reason where that can't be."""
    formaat = FORMATEN[opties["formaat"]]
    if not (formaat.leesbaar or opties["uit"] or _stroom_van_bytes(opdracht)):
        raise CommandError(
            f"Een {formaat.naam}-bestand is niet te lezen op een terminal. Noem een bestand met --uit, of leid"
            " de uitvoer door."
        )
    try:
        inhoud = schrijf(uitkomst, formaat.naam)
    except Invoerfout as fout:
        raise CommandError(str(fout)) from fout
    if opties["uit"] or formaat.leesbaar:
        schrijf_weg(opdracht, inhoud, opties["uit"])
    else:
        stroom = _stroom_van_bytes(opdracht)
        stroom.write(inhoud)
        stroom.flush()


def schrijf_weg(opdracht: BaseCommand, inhoud: bytes, bestand: Path | None) -> None:
    """Text to the output, or anything to a file; CommandError when that can't be written."""
    if bestand is None:
        opdracht.stdout.write(inhoud.decode(), ending="")
        return
    try:
        bestand.write_bytes(inhoud)
    except OSError as fout:
        raise CommandError(f"Schrijven naar {bestand} is niet gelukt: {fout.strerror}.") from fout


def _stroom_van_bytes(opdracht: BaseCommand) -> Any:
    """Where bytes can go; None on a terminal, and where only text can."""
    uit: Any = opdracht.stdout._out
    return None if uit.isatty() else getattr(uit, "buffer", None)
