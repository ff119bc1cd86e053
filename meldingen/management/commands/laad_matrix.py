"""`manage.py laad_matrix BESTAND --naam NAAM --geldig-van JJJJ-MM-DD`: a matrix to score by, from a CSV file."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldingen.matrixbestand import KOLOMMEN, MAX_BYTES, Matrixfouten, laad_matrix


class Command(BaseCommand):
    """Loads a file; exit status 1 and nothing written when anything in it is wrong."""

    help = (
        "Laadt een matrix om mee te scoren uit een CSV-bestand (UTF-8, kolommen gescheiden door ; of ,).\n"
        "Een latere matrix volgt een eerdere op. Let op de licentie van de teksten die u laadt.\n\n"
        + "\n".join(f"  {naam:<12} {uitleg}" for naam, uitleg in KOLOMMEN.items())
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.add_argument("--naam", required=True, help="hoe de matrix heet")
        parser.add_argument("--geldig-van", required=True, type=date.fromisoformat, metavar="JJJJ-MM-DD")
        parser.add_argument(
            "--geldig-tot",
            type=date.fromisoformat,
            metavar="JJJJ-MM-DD",
            help="de eerste dag waarop hij niet meer geldt",
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            with opties["bestand"].open("rb") as bestand:
                inhoud = bestand.read(MAX_BYTES + 1)
        except OSError:
            raise CommandError(f"{opties['bestand']}: dit bestand kan niet worden gelezen") from None
        try:
            nieuw = laad_matrix(
                inhoud,
                naam=opties["naam"],
                geldig_van=opties["geldig_van"],
                geldig_tot=opties["geldig_tot"],
            )
        except Matrixfouten as fouten:
            regels = [f"{opties['bestand'].name}: {fout}" for fout in fouten.fouten]
            raise CommandError("\n".join([*regels, "Er is niets geladen."]), returncode=1) from None
        self.stdout.write("De matrix is geladen." if nieuw else "Deze matrix stond er al.")
