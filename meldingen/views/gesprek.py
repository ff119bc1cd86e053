"""A gesprek: planned at the melding; on a page of its own moved, held, cancelled, and put in one's calendar."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.http import require_safe

from meldingen import workflow
from meldingen.agenda import maak_ics
from meldingen.forms import gesprek as formulieren
from meldingen.forms.velden import Handeling
from meldingen.models import Gesprek, Melding
from meldingen.views.stappen import met_melding
from teams.access import Actie, mag
from teams.gronden import MELDING
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling

FORMULIEREN = (formulieren.Houdformulier, formulieren.Verplaatsformulier, formulieren.Afzegformulier)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def plan(request: Verzoek, pk: int) -> HttpResponse:
    """Agree on when and where the gesprek is, and who is expected."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.plan_gesprek(melding, door=request.user, **schoon)
        return "Het gesprek is gepland."

    return met_melding(request, pk, formulieren.Gesprekformulier, doe)


@vereist(Actie.LEZEN, MELDING)
@require_safe
def pagina(request: Verzoek, pk: int, gesprek: int) -> HttpResponse:
    """When and where it is, who comes or came, what it was before, and what can be done about it."""
    return _toon(request, pk, gesprek=gesprek)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def zeg_af(request: Verzoek, pk: int, gesprek: int) -> HttpResponse:
    """The gesprek will not be held then."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.zeg_gesprek_af(door=request.user, **schoon)
        return "Het gesprek is afgezegd. Haal het ook uit uw agenda."

    return met_melding(request, pk, formulieren.Afzegformulier, doe, doel=gesprek)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def verplaats(request: Verzoek, pk: int, gesprek: int) -> HttpResponse:
    """It will be held at another moment, or elsewhere."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.verplaats_gesprek(door=request.user, **schoon)
        return "Het gesprek is verplaatst."

    toon = partial(_toon, gesprek=gesprek)
    return met_melding(request, pk, formulieren.Verplaatsformulier, doe, doel=gesprek, toon=toon)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def houd(request: Verzoek, pk: int, gesprek: int) -> HttpResponse:
    """It was held, with these people."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.houd_gesprek(door=request.user, **schoon)
        return "Vastgelegd dat het gesprek is gehouden."

    toon = partial(_toon, gesprek=gesprek)
    return met_melding(request, pk, formulieren.Houdformulier, doe, doel=gesprek, toon=toon)


@vereist(Actie.LEZEN, MELDING)
@require_safe
def ics(request: Verzoek, pk: int, gesprek: int) -> HttpResponse:
    """The gesprek for a calendar, without a word about anybody; the log says who took it along."""
    melding = lees(Melding.objects.all(), pk, spoor=request.spoor, handeling=Logregel.GEEXPORTEERD)
    rij = _gesprek(melding, gesprek)
    adres = request.build_absolute_uri(resolve_url("melding", pk))
    return HttpResponse(
        maak_ics(rij, adres, request.spoor.wie.moment),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="gesprek-{melding.nummer}.ics"'},
    )


def _gesprek(melding: Melding, sleutel: int) -> Gesprek:
    """Of this melding; Http404 when it has no such."""
    rijen = melding.gesprekken.select_related("melding", "door", "gehouden_door", "afgezegd_door")
    gesprek: Gesprek = get_object_or_404(rijen, pk=sleutel)
    return gesprek


def _toon(
    request: Verzoek, pk: int, ingevuld: Handeling[Any] | None = None, status: int = 200, *, gesprek: int
) -> HttpResponse:
    melding = lees(Melding.objects.select_related("persoon"), pk, spoor=request.spoor)
    gezien = workflow.versie(melding)
    rij = _gesprek(melding, gesprek)
    werkt = rij.is_open and not melding.is_klaar and mag(request.spoor.wie, Actie.WERKEN, melding)
    soorten = FORMULIEREN if werkt else ()
    handelingen = [
        ingevuld if isinstance(ingevuld, soort) else soort(melding, request.spoor, doel=gesprek)
        for soort in soorten
    ]
    zonder_plaats = ingevuld if ingevuld and ingevuld not in handelingen else None
    genoten = list(rij.genoten.select_related("persoon").order_by("pk"))
    namen, genoemd = formulieren.noem(genoten, request.spoor.wie)
    leg_vast(genoemd, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    return render(
        request,
        "meldingen/gesprek.html",
        {
            "melding": melding,
            "gesprek": rij,
            "deelnemers": rij.deelnemers.order_by("pk"),
            "aanwezigen": rij.aanwezigen.order_by("pk"),
            "genoten": [(genoot, namen[genoot.pk]) for genoot in genoten],
            "verplaatsingen": rij.verplaatsingen.select_related("door").order_by("-pk"),
            "handelingen": handelingen,
            "zonder_plaats": zonder_plaats,
            "formulier": ingevuld,
            "versie": gezien,
        },
        status=status,
    )
