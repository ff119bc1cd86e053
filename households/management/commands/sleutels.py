"""`manage.py sleutels`: which keys there are and what is under each; makes a new one, or takes an old one away."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from households.sleutels import tel, tel_stil, zonder_sleutel
from teams.kluis import (
    SOORTEN,
    KluisFout,
    kluis,
    nieuwe_sleutel,
    nummer,
    schrijf_sleutels,
    sleutelbestand,
    wijzig_sleutels,
)


class Command(BaseCommand):
    """Exit status 1 when a value is under a key that is not in the file."""

    help = "Toon per sleutel hoeveel waarden eronder staan, maak een nieuwe (--nieuw) of haal een oude weg."

    def add_arguments(self, parser: CommandParser) -> None:
        keuze = parser.add_mutually_exclusive_group()
        keuze.add_argument(
            "--nieuw",
            nargs="?",
            const="bestand",
            choices=[*SOORTEN, "bestand"],
            help="maak een sleutel die meteen in gebruik is; zonder soort: een bestand waar er nog geen is",
        )
        keuze.add_argument(
            "--verwijder", metavar="NUMMER", help="haal een sleutel weg waar niets meer onder staat"
        )

    def handle(self, *args: Any, nieuw: str | None, verwijder: str | None, **opties: Any) -> None:
        try:
            if nieuw == "bestand":
                self._maak_bestand()
            elif nieuw:
                self._voeg_toe(nieuw)
            elif verwijder:
                self._verwijder(verwijder)
            self._toon()
        except KluisFout as fout:
            raise CommandError(str(fout)) from None
        except OSError as fout:
            raise CommandError(
                f"Het sleutelbestand {sleutelbestand()} kan niet worden geschreven: {fout.strerror}."
            ) from None

    def _maak_bestand(self) -> None:
        if sleutelbestand().exists():
            raise CommandError(
                f"{sleutelbestand()} is er al. Noem wat de nieuwe sleutel doet: {' of '.join(SOORTEN)}."
            )
        schrijf_sleutels({soort: [nieuwe_sleutel()] for soort in SOORTEN}, nieuw=True)

    def _voeg_toe(self, soort: str) -> None:
        with wijzig_sleutels() as sleutels:
            sleutels[soort].insert(0, nieuwe_sleutel())

    def _verwijder(self, gevraagd: str) -> None:
        with wijzig_sleutels() as sleutels:
            for soort, lijst in sleutels.items():
                nummers = [nummer(sleutel) for sleutel in lijst]
                plaats = next((plek for plek, naam in enumerate(nummers) if naam.hex() == gevraagd), None)
                if plaats is None:
                    continue
                if plaats == 0:
                    raise CommandError(f"Sleutel {gevraagd} is in gebruik en blijft.")
                if aantal := tel_stil()[soort].get(nummers[plaats], 0):
                    raise CommandError(
                        f"Onder sleutel {gevraagd} staan nog {aantal} waarden. Draai eerst:"
                        " manage.py vernieuw_sleutels"
                    )
                del lijst[plaats]
                return
        raise CommandError(f"Er is geen sleutel {gevraagd} in {sleutelbestand()}.")

    def _toon(self) -> None:
        nummers, geteld = kluis().nummers, tel()
        self.stdout.write(f"{'soort':<14}{'sleutel':<10}{'waarden':>8}  stand")
        for soort in SOORTEN:
            bekend = nummers[soort]
            for sleutel in [*bekend, *(geteld[soort].keys() - bekend)]:
                aantal = geteld[soort].get(sleutel, 0)
                stand = "in gebruik" if sleutel == bekend[0] else "wordt nog gelezen"
                if sleutel not in bekend:
                    stand = "ONTBREEKT in het sleutelbestand"
                self.stdout.write(f"{soort:<14}{sleutel.hex():<10}{aantal:>8}  {stand}")
        if onbekend := zonder_sleutel(geteld):
            raise CommandError(
                f"Van {onbekend} waarden ontbreekt de sleutel. Zet hem terug uit uw reservekopie."
            )
