"""Steps, corrections, notes and who has it: everything that one does with a melding itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse

from meldingen import workflow
from meldingen.forms import melding as formulieren
from meldingen.forms.velden import Handeling
from meldingen.models import Melding
from meldingen.views.handelen import Toon, handel
from meldingen.views.melding import toon
from teams.access import Actie
from teams.gronden import MELDING
from teams.toegang import Verzoek, vereist
from teams.web import handeling

Doe = Callable[[Melding, dict[str, Any]], str]


def met_melding(
    request: Verzoek,
    pk: int,
    soort: type[Handeling[Melding]],
    doe: Doe,
    *,
    doel: Any = None,
    altijd: bool = False,
    toon: Toon = toon,
) -> HttpResponse:
    """Do with the melding what a form of `soort` says; `toon` shows the page again when that can't be done.

    Unless `altijd`, only when the melding is as it was on the page that the form came from.
    """

    def doe_het(melding: Melding, schoon: dict[str, Any]) -> str:
        if altijd:
            return doe(melding, schoon)
        with workflow.ongewijzigd(melding, request.POST.get("versie", ""), door=request.user) as melding:
            return doe(melding, schoon)

    return handel(
        request,
        Melding.objects.all(),
        pk,
        lambda melding: soort(melding, request.spoor, request.POST, doel=doel),
        doe_het,
        toon=toon,
        pagina="melding",
    )


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def zet_stap(request: Verzoek, pk: int, stap: str) -> HttpResponse:
    """Take a step of the process; `stap` is the name of its verb."""
    if stap not in workflow.STAPPEN:
        raise Http404
    keuze = workflow.STAPPEN[stap]

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        keuze.zet(melding, op=schoon["op"], reden=schoon.get("reden", ""), door=request.user)
        return f"Vastgelegd: {keuze.naam}."

    return met_melding(request, pk, formulieren.Stapformulier, doe, doel=stap)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def pak_op(request: Verzoek, pk: int) -> HttpResponse:
    """Take it oneself; the workflow says when somebody was first."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.pak_op(melding, door=request.user)
        return "U heeft deze melding opgepakt."

    return met_melding(request, pk, formulieren.Oppakformulier, doe, altijd=True)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def wijs_toe(request: Verzoek, pk: int) -> HttpResponse:
    """Give it to a colleague in the team."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.wijs_toe(melding, door=request.user, **schoon)
        return f"Toegewezen aan {schoon['medewerker'].naam if schoon['medewerker'] else 'nog niemand'}."

    return met_melding(request, pk, formulieren.Toewijsformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def noteer(request: Verzoek, pk: int) -> HttpResponse:
    """Keep a notitie; the draft of it goes."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.noteer(melding, tekst=schoon["tekst"], door=request.user)
        workflow.gooi_concept_weg(formulieren.Notitieformulier.concept_van(melding), door=request.user)
        return "De notitie is bewaard."

    return met_melding(request, pk, formulieren.Notitieformulier, doe, altijd=True)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def corrigeer(request: Verzoek, pk: int, feit: int) -> HttpResponse:
    """Put right what was registered, with a reason."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.corrigeer(door=request.user, **schoon)
        return "De correctie is vastgelegd."

    return met_melding(request, pk, formulieren.Correctieformulier, doe, doel=feit)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def draai_terug(request: Verzoek, pk: int) -> HttpResponse:
    """Undo the last step."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.draai_terug(melding, door=request.user, **schoon)
        return "De laatste stap is teruggedraaid."

    return met_melding(request, pk, formulieren.Terugdraaiformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def registreer_als_vergissing(request: Verzoek, pk: int) -> HttpResponse:
    """It should not have been registered."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.registreer_als_vergissing(melding, door=request.user, **schoon)
        return "Deze melding telt niet meer mee."

    return met_melding(request, pk, formulieren.Vergissingformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def wijzig_kenmerken(request: Verzoek, pk: int) -> HttpResponse:
    """Change the question, spoed or levensgebieden; the old ones stay readable in a notitie."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.wijzig(melding, door=request.user, **schoon)
        return "De wijziging is bewaard."

    return met_melding(request, pk, formulieren.Kenmerkenformulier, doe)
