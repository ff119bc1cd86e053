"""`manage.py afnemer NAAM --scope meldingen`: let software in, and print its secret once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teams.geweigerd import Geweigerd
from teams.models import Scope
from teams.workflow.afnemers import maak_afnemer


class Command(BaseCommand):
    """For who has no browser at hand; everything else about an afnemer is on its page."""

    help = "Maak een afnemer met deze scopes, en toon een keer het geheim."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("naam", help="naam van de software")
        parser.add_argument(
            "--scope", action="append", required=True, choices=Scope.values, help="wat die mag"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            afnemer, geheim = maak_afnemer(naam=opties["naam"], scopes=opties["scope"])
        except Geweigerd as fout:
            raise CommandError(str(fout)) from None
        self.stdout.write(f"client_id: {afnemer.client_id}\nclient_secret: {geheim}")
