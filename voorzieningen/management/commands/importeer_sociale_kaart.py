"""`manage.py importeer_sociale_kaart BESTAND`: the sociale kaart from a CSV file."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from voorzieningen.socialekaart import KOLOMMEN, MAX_BYTES, Kaartfouten, importeer_kaart


class Command(BaseCommand):
    """Imports a file; exit status 1 and nothing written when anything in it is wrong."""

    help = "Leest de sociale kaart in uit een CSV-bestand (UTF-8, kolommen gescheiden door ; of ,).\n\n" + "\n".join(
        f"  {naam:<15} {uitleg}" for naam, uitleg in KOLOMMEN.items()
    )  # fmt: skip

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.add_argument(
            "--beeindig-ontbrekende",
            action="store_true",
            help="beëindig vandaag wat eerder is ingelezen en niet in dit bestand staat",
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            with opties["bestand"].open("rb") as bestand:
                inhoud = bestand.read(MAX_BYTES + 1)
        except OSError:
            raise CommandError(f"{opties['bestand']}: dit bestand kan niet worden gelezen") from None
        einde = timezone.localdate() if opties["beeindig_ontbrekende"] else None
        try:
            gedaan = importeer_kaart(inhoud, door=None, beeindig_ontbrekende_op=einde)
        except Kaartfouten as fouten:
            regels = [str(fout) for fout in fouten.fouten]
            if fouten.rest:
                regels.append(f"en nog {fouten.rest} andere fouten")
            raise CommandError("\n".join([*regels, "Er is niets ingelezen."]), returncode=1) from None
        self.stdout.write(
            f"{gedaan.nieuw} nieuw, {gedaan.gewijzigd} gewijzigd, {gedaan.ongewijzigd} ongewijzigd, "
            f"{gedaan.beeindigd} beëindigd"
        )
