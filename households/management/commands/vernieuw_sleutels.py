"""`manage.py vernieuw_sleutels`: everything encrypted under the keys in use, after which an older key may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from households.sleutels import tel_stil, vernieuw
from teams.kluis import KluisFout, kluis


class Command(BaseCommand):
    """Exit status 1 as long as anything is under another key than those in use."""

    help = "Versleutel alles opnieuw met de sleutels in gebruik. Het mag vaker, en terwijl iedereen werkt."

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            uitkomst = vernieuw()
            self.stdout.write(f"{uitkomst.aantal} waarden vernieuwd.")
            geteld, sleutels = tel_stil(), kluis()
        except KluisFout as fout:
            raise CommandError(str(fout)) from None
        for regel in list(uitkomst.mislukt.values())[:10]:
            self.stderr.write(regel)
        over = sum(
            aantal
            for soort, per_sleutel in geteld.items()
            for nummer, aantal in per_sleutel.items()
            if nummer != sleutels.nummers[soort][0]
        )
        if over:
            raise CommandError(
                f"Niet klaar: {over} keer staat er nog een andere sleutel, waarvan {len(uitkomst.mislukt)}"
                " onleesbare waarden. Draai dit opnieuw; zie `manage.py sleutels` voor welke sleutel het is."
            )
        self.stdout.write("Klaar: alles staat onder de sleutels in gebruik.")
