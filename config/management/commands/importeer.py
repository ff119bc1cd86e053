"""`manage.py importeer PAD`: the door by which bulk data comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from psycopg import errors

from config.overdracht.bron import Bronfout
from config.overdracht.fouten import Overdrachtfouten
from config.overdracht.importeren import ImportBezig, importeer
from config.voortgang import Voortgang
from teams.kluis import KluisFout

VERBINDING_WEG = (OperationalError, InterfaceError, errors.OperationalError, errors.InterfaceError)


class Command(BaseCommand):
    """Imports an overdracht; exit status 1 and nothing written when anything in it is wrong."""

    help = "Leest een overdracht in: een map met CSV-bestanden, of een zip daarvan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pad", type=Path, metavar="PAD")
        parser.add_argument("--maximaal-fouten", type=_positief, default=100, metavar="N")

    def handle(self, *args: Any, **opties: Any) -> None:
        voortgang = Voortgang()
        try:
            resultaat = importeer(opties["pad"], maximum=opties["maximaal_fouten"], voortgang=voortgang)
        except Overdrachtfouten as fouten:
            voortgang.klaar()
            raise CommandError("\n".join(_fouten(fouten)), returncode=1) from None
        except (Bronfout, ImportBezig, KluisFout) as fout:
            voortgang.klaar()
            raise CommandError(str(fout), returncode=1) from None
        except VERBINDING_WEG:
            voortgang.klaar()
            raise CommandError(
                "De database viel weg. Start de import opnieuw: hij gaat helemaal of helemaal niet door.",
                returncode=1,
            ) from None
        voortgang.klaar()
        self.stdout.write(f"{'bestand':<18}{'nieuw':>10}{'gewijzigd':>12}{'ongewijzigd':>14}")
        for naam, gedaan in resultaat.items():
            self.stdout.write(f"{naam:<18}{gedaan.nieuw:>10}{gedaan.gewijzigd:>12}{gedaan.ongewijzigd:>14}")


def _positief(tekst: str) -> int:
    waarde = int(tekst)
    if waarde < 1:
        raise ValueError
    return waarde


def _fouten(fouten: Overdrachtfouten) -> list[str]:
    regels = [str(fout) for fout in fouten.fouten]
    rest = fouten.totaal - len(regels)
    if rest > 0:
        regels.append(f"en nog {rest} andere fouten")
    return [*regels, "Er is niets ingelezen."]
