"""The state diagrams of melding, besluit, toets, levering and opschaling, drawn from the code that guards them."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, TextChoices
from django_fsm import RETURN_VALUE, FSMField, Transition

from meldingen.models import Melding, Opschaling, Opschalingstatus, Status
from voorzieningen.models import (
    Besluit,
    Besluitstatus,
    Levering,
    Leveringstatus,
    Toets,
    Toetsstatus,
)

BEGIN, EINDE = "<!-- toestandsdiagram{}: begin -->", "<!-- toestandsdiagram{}: einde -->"
MACHINES: dict[str, tuple[type[Model], type[TextChoices]]] = {
    "": (Melding, Status),
    " besluit": (Besluit, Besluitstatus),
    " toets": (Toets, Toetsstatus),
    " levering": (Levering, Leveringstatus),
    " opschaling": (Opschaling, Opschalingstatus),
}
"""By what stands after `toestandsdiagram` in the place for it; the melding has nothing there."""


class Command(BaseCommand):
    """`manage.py toestandsdiagram [--controleer BESTAND | --werk-bij BESTAND]`."""

    help = (
        "Toon de toestandsdiagrammen van melding, besluit, toets, levering en opschaling (Mermaid), in een bestand "
        f"tussen {BEGIN.format('')} en {EINDE.format('')}, of met de naam erbij."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Compare a file with the diagrams, or write the diagrams into it."""
        keuze = parser.add_mutually_exclusive_group()
        keuze.add_argument(
            "--controleer", type=Path, metavar="BESTAND", help="eindigt met 1 als het verouderd is"
        )
        keuze.add_argument("--werk-bij", type=Path, metavar="BESTAND", help="zet de diagrammen van nu erin")

    def handle(self, *args: Any, controleer: Path | None, werk_bij: Path | None, **options: Any) -> None:
        """Print, compare or write; CommandError (exit 1) on a stale diagram, or a file without a place for one."""
        bestand = controleer or werk_bij
        if bestand is None:
            self.stdout.write("\n\n".join(mermaid(naam) for naam in MACHINES))
            return
        oud = bestand.read_text(encoding="utf-8")
        nieuw, plaatsen = oud, 0
        for naam in MACHINES:
            nieuw, hier = _plaats(naam).subn(f"\n```mermaid\n{mermaid(naam)}\n```\n\n", nieuw)
            plaatsen += hier
        if not plaatsen:
            raise CommandError(
                f"In {bestand} hoort {BEGIN.format('')} te staan, met daarna {EINDE.format('')}."
            )
        if werk_bij:
            bestand.write_text(nieuw, encoding="utf-8")
        elif oud != nieuw:
            raise CommandError(
                f"Een toestandsdiagram in {bestand} is verouderd. "
                f"Typ manage.py toestandsdiagram --werk-bij {bestand}."
            )


def mermaid(naam: str = "") -> str:
    """The states and the verbs between them; what goes back to any state is a note, not a hundred arrows."""
    _, statussen = MACHINES[naam]
    volgorde = list(statussen)
    stappen = sorted(overgangen(naam), key=lambda stap: volgorde.index(statussen(str(stap.source))))
    vast = [stap for stap in stappen if not isinstance(stap.target, RETURN_VALUE)]
    terug = {stap.name: stap.custom["zolang"] for stap in stappen if stap not in vast}
    begin = Status.NIEUW if statussen is Status else None
    eerste = [] if begin else [f"[*] --> {volgorde[0].value}"]
    regels = [
        "stateDiagram-v2",
        *(f'state "{status.label}" as {status.value}' for status in volgorde if status is not begin),
        *eerste,
        *(f"{_knoop(stap.source)} --> {_knoop(stap.target)}: {stap.name}" for stap in vast),
        *(
            f"note right of {Status.VERVALLEN.value}: {verb} kan zolang {zolang}, en volgt de feiten"
            for verb, zolang in terug.items()
        ),
    ]
    return "\n    ".join(regels)


def overgangen(naam: str = "") -> list[Transition]:
    """Every transition of a machine, one per source."""
    model, _ = MACHINES[naam]
    veld = model._meta.get_field("status")
    assert isinstance(veld, FSMField)
    return list(veld.get_all_transitions(model))


def _plaats(naam: str) -> re.Pattern[str]:
    return re.compile(
        f"(?<={re.escape(BEGIN.format(naam))}\n).*?(?={re.escape(EINDE.format(naam))})", re.DOTALL
    )


def _knoop(status: object) -> str:
    return "[*]" if status == Status.NIEUW else str(status)
