"""Which steps there are to choose from: read off the state machine and its verbs, never listed a second time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from inspect import signature

from meldingen.models import Melding
from meldingen.workflow import stappen
from meldingen.workflow.stappen import beletsel
from teams.models import Medewerker


@dataclass(frozen=True)
class Stap:
    """A step that a melding takes on a day; `naam` is what it is called on the screen."""

    werkwoord: str
    naam: str
    vraagt_reden: bool
    verb: Callable[..., Melding]

    def beletsel(self, melding: Melding) -> str | None:
        """Why it can't be taken now, in the user's words; None when it can."""
        return beletsel(melding, self.werkwoord)

    def zet(self, melding: Melding, *, op: date, reden: str, door: Medewerker) -> Melding:
        """Take it; StapGeweigerd when it can't be."""
        waarom = {"reden": reden} if self.vraagt_reden else {}
        return self.verb(melding, op=op, door=door, **waarom)


def _stappen() -> dict[str, Stap]:
    """Every transition, in the order of the process, whose verb takes a melding and the day."""
    gevonden = {}
    for naam, overgang in vars(Melding).items():
        verb = getattr(stappen, naam, None)
        if (
            hasattr(overgang, "_django_fsm")
            and verb
            and {"melding", "op"} <= signature(verb).parameters.keys()
        ):
            eerste = next(iter(overgang._django_fsm.transitions.values()))
            gevonden[naam] = Stap(naam, eerste.custom["naam"], "reden" in signature(verb).parameters, verb)
    return gevonden


STAPPEN = _stappen()
