"""`manage.py verstuur_berichten`: one round of delivering by hand, or from cron where no worker runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from teams.berichten import Baan, bezorg, kondig_aan, probeer_mislukte_opnieuw


class Command(BaseCommand):
    """Delivers what is due, and says what became of it."""

    help = "Verstuurt de berichten die aan de beurt zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--opnieuw", action="store_true", help="probeer ook wat is opgegeven opnieuw")
        parser.add_argument("--proef", metavar="ADRES", help="verstuur ook een proefmail naar dit adres")

    def handle(self, *args: Any, **opties: Any) -> None:
        if opties["opnieuw"]:
            self.stdout.write(f"{probeer_mislukte_opnieuw()} opgegeven berichten gaan opnieuw mee.")
        if opties["proef"]:
            kondig_aan("proefmail", aan=opties["proef"], gegevens={})
        rondes = [bezorg(baan) for baan in Baan]
        gelukt, mislukt = (sum(aantallen) for aantallen in zip(*rondes, strict=True))
        self.stdout.write(f"{gelukt} berichten verstuurd, {mislukt} pogingen mislukt.")
