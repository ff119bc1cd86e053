"""`manage.py nachtwerk [--op JJJJ-MM-DD]`: the jobs of the night by hand, once, for a date."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meldingen.periodic import doe_nachtwerk


class Command(BaseCommand):
    """Prints a line per job; exit status 1 for a date that there isn't, or when a job failed."""

    help = "Doe het werk van de nacht een keer, voor een dag (standaard vandaag). Het mag vaker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option."""
        parser.add_argument("--op", metavar="JJJJ-MM-DD", help="de dag waarvoor het werk gedaan wordt")

    def handle(self, *args: Any, op: str | None, **options: Any) -> None:
        """Do all of it; CommandError afterwards, with what failed."""
        dag = timezone.localdate() if op is None else _dag(op)
        mislukt = []
        for taak, aantal in doe_nachtwerk(dag):
            if aantal is None:
                mislukt.append(taak.naam)
            else:
                self.stdout.write(taak.regel(aantal))
        if mislukt:
            raise CommandError(
                f"Niet gelukt: {', '.join(mislukt)}. Het mag opnieuw; zie het log voor waarom."
            )


def _dag(tekst: str) -> date:
    """Only as the option says: `date.fromisoformat` reads weeks and dates without dashes, too."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
            return date.fromisoformat(tekst)
    except ValueError:
        pass
    raise CommandError(f"‘{tekst}’ is geen dag; typ jaar, maand en dag, zoals 2026-03-02.") from None
