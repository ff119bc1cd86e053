"""Compare the projection `Stand` with the facts, and make it anew."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from meldingen.models import Stand

PORTIE = 10_000
IDS = "ARRAY(SELECT id FROM meldingen_melding WHERE id BETWEEN %(van)s AND %(tot)s)"
VERGELIJK = f"""
    SELECT count(*) FROM (
        SELECT {Stand.kolommen()} FROM meldingen_stand WHERE melding_id BETWEEN %(van)s AND %(tot)s
    ) staat FULL JOIN standen_uit_feiten({IDS}) hoort USING (melding_id, van)
    WHERE staat IS DISTINCT FROM hoort
"""
VERGELIJK_STATUS = """
    SELECT count(*) FROM meldingen_status_volgens_feiten
    WHERE melding_id BETWEEN %(van)s AND %(tot)s AND status <> volgens_feiten
"""
WEG = "DELETE FROM meldingen_stand WHERE melding_id BETWEEN %(van)s AND %(tot)s"
OPNIEUW = f"SELECT werk_standen_bij({IDS})"
# Writers of facts wait, readers don't.
GRENDEL = "LOCK TABLE meldingen_gebeurtenis IN SHARE ROW EXCLUSIVE MODE"
LAATSTE = (
    "SELECT max(id), count(*) FROM (SELECT id FROM meldingen_melding WHERE id >= %s ORDER BY id LIMIT %s) m"
)


class Command(BaseCommand):
    """`manage.py herbouw_stand [--controleer]`; memory doesn't grow with the number of meldingen."""

    help = "Vergelijk de projectie Stand met de feiten, en maak haar opnieuw."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one option."""
        parser.add_argument(
            "--controleer",
            action="store_true",
            help="alleen vergelijken; eindigt met 1 als er verschillen zijn",
        )

    def handle(self, *args: Any, controleer: bool, **options: Any) -> None:
        """Print the number of rows and statuses that differ; CommandError (exit 1) when only checking."""
        with transaction.atomic(), connection.cursor() as cursor:
            if not controleer:
                cursor.execute(GRENDEL)
            verschillen = 0
            for portie in porties():
                for vraag in (VERGELIJK, VERGELIJK_STATUS):
                    cursor.execute(vraag, portie)
                    verschillen += cursor.fetchone()[0]
                if not controleer:
                    cursor.execute(WEG, portie)
                    cursor.execute(OPNIEUW, portie)
        self.stdout.write(f"{verschillen} verschillen tussen de projectie en de feiten.")
        if controleer and verschillen:
            raise CommandError("De projectie klopt niet; maak haar opnieuw met manage.py herbouw_stand.")
        if not controleer:
            self.stdout.write("De projectie is opnieuw gemaakt.")


def porties() -> Iterator[dict[str, int]]:
    """Ranges of keys that cover everything; the last has no end, so rows without a melding are seen too."""
    van, hoogste = 0, 2**63 - 1
    while van < hoogste:
        with connection.cursor() as cursor:
            cursor.execute(LAATSTE, [van, PORTIE])
            laatste, aantal = cursor.fetchone()
        tot = laatste if aantal == PORTIE else hoogste
        yield {"van": van, "tot": tot}
        van = tot + 1
