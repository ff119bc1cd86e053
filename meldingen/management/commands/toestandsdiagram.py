"""The state diagram of the melding, drawn from the code that guards it."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_fsm import RETURN_VALUE, FSMField, Transition

from meldingen.models import Melding, Status

BEGIN, EINDE = "<!-- toestandsdiagram: begin -->", "<!-- toestandsdiagram: einde -->"
TUSSEN = re.compile(f"(?<={BEGIN}\n).*?(?={EINDE})", re.DOTALL)


class Command(BaseCommand):
    """`manage.py toestandsdiagram [--controleer BESTAND | --werk-bij BESTAND]`."""

    help = f"Toon het toestandsdiagram van de melding (Mermaid), in een bestand tussen {BEGIN} en {EINDE}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Compare a file with the diagram, or write the diagram into it."""
        keuze = parser.add_mutually_exclusive_group()
        keuze.add_argument(
            "--controleer", type=Path, metavar="BESTAND", help="eindigt met 1 als het verouderd is"
        )
        keuze.add_argument("--werk-bij", type=Path, metavar="BESTAND", help="zet het diagram van nu erin")

    def handle(self, *args: Any, controleer: Path | None, werk_bij: Path | None, **options: Any) -> None:
        """Print, compare or write; CommandError (exit 1) on a stale diagram, or a file without its place."""
        bestand = controleer or werk_bij
        if bestand is None:
            self.stdout.write(mermaid())
            return
        oud = bestand.read_text(encoding="utf-8")
        nieuw, plaatsen = TUSSEN.subn(lambda _: f"\n```mermaid\n{mermaid()}\n```\n\n", oud)
        if plaatsen != 1:
            raise CommandError(f"In {bestand} hoort één keer {BEGIN} te staan, met daarna {EINDE}.")
        if werk_bij:
            bestand.write_text(nieuw, encoding="utf-8")
        elif oud != nieuw:
            raise CommandError(
                f"Het toestandsdiagram in {bestand} is verouderd. "
                f"Typ manage.py toestandsdiagram --werk-bij {bestand}."
            )


def mermaid() -> str:
    """The states and the verbs between them; what goes back to any state is a note, not a hundred arrows."""
    volgorde = list(Status)
    stappen = sorted(overgangen(), key=lambda stap: volgorde.index(Status(str(stap.source))))
    vast = [stap for stap in stappen if not isinstance(stap.target, RETURN_VALUE)]
    terug = {stap.name: stap.custom["zolang"] for stap in stappen if stap not in vast}
    regels = [
        "stateDiagram-v2",
        *(f'state "{status.label}" as {status.value}' for status in volgorde if status is not Status.NIEUW),
        *(f"{_knoop(stap.source)} --> {_knoop(stap.target)}: {stap.name}" for stap in vast),
        *(
            f"note right of {Status.VERVALLEN.value}: {naam} kan zolang {zolang}, en volgt de feiten"
            for naam, zolang in terug.items()
        ),
    ]
    return "\n    ".join(regels)


def overgangen() -> list[Transition]:
    """Every transition of the melding, one per source."""
    veld = Melding._meta.get_field("status")
    assert isinstance(veld, FSMField)
    return list(veld.get_all_transitions(Melding))


def _knoop(status: object) -> str:
    return "[*]" if status == Status.NIEUW else str(status)
