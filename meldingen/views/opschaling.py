"""The page of an opschaling, what one does there, and what is asked of one's own team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen import workflow
from meldingen.forms.opschaling import HANDELINGEN
from meldingen.forms.rondetafel import Afspraakformulier, Evaluatieformulier, Rondetafelformulier
from meldingen.forms.velden import Handeling
from meldingen.models import ONBEANTWOORD, Opschaling, Opschalingstatus
from meldingen.views.handelen import handel
from meldingen.views.mensen import grond
from meldingen.views.opschalingzicht import opschalingen, paginazicht, rijen_voor
from teams.access import Actie, zichtbaar
from teams.gronden import OPSCHALING
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling

PER_BLADZIJDE = 25
LIJSTEN = {
    "open": ("Te beantwoorden", ONBEANTWOORD),
    "beantwoord": ("Beantwoord, nog niet afgeschaald", (Opschalingstatus.BEANTWOORD,)),
}
Doe = Callable[..., Any]
STAPPEN: dict[str, tuple[Doe, str]] = {
    "gelezen": (workflow.lees_antwoord, "Vastgelegd dat u het antwoord gelezen heeft."),
    "vraag-antwoord": (workflow.beantwoord_opschalingsvraag, "Uw antwoord is bij het andere team."),
    "intrekken": (workflow.trek_opschaling_in, "De vraag is ingetrokken."),
    "afschalen": (workflow.schaal_af, "Er is afgeschaald; het wijkteam gaat verder."),
    "oppakken": (workflow.pak_opschaling_op, "Deze opschaling staat nu op uw naam."),
    "antwoord": (workflow.beantwoord_opschaling, "Uw antwoord is bij wie het vroeg."),
    "vraag": (workflow.vraag_wijkteam, "Uw vraag is bij het wijkteam."),
    "terugleggen": (workflow.leg_opschaling_terug, "Een collega kan dit nu oppakken."),
}
"""What each step does, and what is told afterwards."""


@vereist(Actie.LEZEN, OPSCHALING)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """What is asked of whom, by when, the word back, and what can be done next."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Handeling[Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    opschaling = lees(opschalingen(), pk, spoor=request.spoor)
    zicht = paginazicht(opschaling, request.spoor, formulier)
    context = {**zicht, "opschaling": opschaling, "grond": grond(opschaling), "formulier": formulier}
    return render(request, "meldingen/opschaling.html", context, status=status)


@vereist(Actie.WERKEN, OPSCHALING)
@handeling("opschaling")
def zet_stap(request: Verzoek, pk: int, stap: str) -> HttpResponse:
    """Do one thing with an opschaling for the wijkteam, or scale down; `stap` names it."""
    return _zet(request, pk, "opschaling-stap", stap, Actie.WERKEN)


@vereist(Actie.BEOORDELEN, OPSCHALING)
@handeling("opschaling")
def antwoord(request: Verzoek, pk: int, stap: str) -> HttpResponse:
    """Do one thing with what was asked of one's own team; `stap` names it."""
    return _zet(request, pk, "opschaling-antwoord", stap, Actie.BEOORDELEN)


def _zet(request: Verzoek, pk: int, route: str, stap: str, actie: Actie) -> HttpResponse:
    soort = HANDELINGEN.get((route, stap))
    if soort is None:
        raise Http404
    werkwoord, bericht = STAPPEN[stap]

    def doe(opschaling: Opschaling, schoon: dict[str, Any]) -> str:
        werkwoord(opschaling, door=request.user, **schoon)
        return bericht

    return _handel(request, pk, lambda rij: soort(rij, request.spoor, request.POST), doe, actie)


@vereist(Actie.WERKEN, OPSCHALING)
@handeling("opschaling")
def rondetafel(request: Verzoek, pk: int) -> HttpResponse:
    """Who sat together, where and when."""

    def doe(opschaling: Opschaling, schoon: dict[str, Any]) -> str:
        tafel = workflow.leg_rondetafel_vast(opschaling, door=request.user, **schoon)
        dagen = " en ".join(f"{rij.gepland_op:%d-%m-%Y}" for rij in tafel.evaluaties.order_by("gepland_op"))
        return f"De rondetafel is vastgelegd; de evaluaties zijn op {dagen}."

    return _handel(request, pk, lambda rij: Rondetafelformulier(rij, request.spoor, request.POST), doe)


@vereist(Actie.WERKEN, OPSCHALING)
@handeling("opschaling")
def afspraak(request: Verzoek, pk: int, rondetafel: int) -> HttpResponse:
    """Who does what by when."""

    def doe(opschaling: Opschaling, schoon: dict[str, Any]) -> str:
        workflow.maak_tafelafspraak(door=request.user, **schoon)
        return "De afspraak is vastgelegd."

    return _handel(
        request, pk, lambda rij: Afspraakformulier(rij, request.spoor, request.POST, doel=rondetafel), doe
    )


@vereist(Actie.WERKEN, OPSCHALING)
@handeling("opschaling")
def evaluatie(request: Verzoek, pk: int, tafelevaluatie: int) -> HttpResponse:
    """What came of what was agreed."""

    def doe(opschaling: Opschaling, schoon: dict[str, Any]) -> str:
        workflow.houd_tafelevaluatie(door=request.user, **schoon)
        return "De evaluatie is vastgelegd."

    return _handel(
        request,
        pk,
        lambda rij: Evaluatieformulier(rij, request.spoor, request.POST, doel=tafelevaluatie),
        doe,
    )


def _handel(
    request: Verzoek,
    pk: int,
    maak: Callable[[Opschaling], Handeling[Opschaling]],
    doe: Callable[[Opschaling, dict[str, Any]], str],
    actie: Actie = Actie.WERKEN,
) -> HttpResponse:
    return handel(request, opschalingen(), pk, maak, doe, toon=toon, pagina="opschaling", actie=actie)


@vereist(Actie.BEOORDELEN, OPSCHALING)
@require_safe
def lijst(request: Verzoek) -> HttpResponse:
    """What is asked of one's own team, by the day on which an answer is due; a page at a time."""
    wie = request.spoor.wie
    mijn = zichtbaar(Opschaling.objects.filter(team__in=wie.expertteams), wie, Actie.BEOORDELEN)
    gekozen = request.GET.get("lijst", "")
    gekozen = gekozen if gekozen in LIJSTEN else "open"
    tellingen = {naam: mijn.filter(status__in=statussen).count() for naam, (_, statussen) in LIJSTEN.items()}
    rijen = mijn.filter(status__in=LIJSTEN[gekozen][1]).order_by("uiterlijk_op", "pk")
    paginator = Paginator(
        rijen.select_related("team", "van_team", "gevraagd_door", "medewerker").prefetch_related("vragen"),
        PER_BLADZIJDE,
    )
    bladzijde = paginator.get_page(request.GET.get("pagina"))
    op_bladzijde = list(bladzijde.object_list)
    leg_vast(op_bladzijde, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    context = {
        "tabs": [(naam, titel, tellingen[naam]) for naam, (titel, _) in LIJSTEN.items()],
        "lijst": gekozen,
        "titel": LIJSTEN[gekozen][0],
        "rijen": rijen_voor(op_bladzijde, request.spoor),
        "adres": request.GET,
        "bladzijde": bladzijde,
        "bladnummers": paginator.get_elided_page_range(bladzijde.number),
    }
    return render(request, "meldingen/opschalingen.html", context)
