"""Contacts that the software of a KCC told halfway: given to a team, or put away with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from meldingen import workflow
from meldingen.forms.kcccontacten import AanTeam, Afdoen
from meldingen.klantinteracties.onvolledig import Lijst, contacten, wat_ontbreekt
from meldingen.models import Klantinteractie
from meldingen.views.post import tabs
from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import KLANTINTERACTIE
from teams.lezen import lees, leg_vast
from teams.models import Handeling, Team
from teams.toegang import Verzoek, vereist

PER_BLADZIJDE = 25
PAGINA = "kcc-contacten"
HAKEN = ("betrokkenen__adressen", "internetaken__toewijzingen__actor")


@require_safe
@vereist(Actie.VERDELEN, KLANTINTERACTIE)
def lijst(request: Verzoek) -> HttpResponse:
    """What arrived, what is missing, and what one can do."""
    return _toon(request)


@require_POST
@vereist(Actie.VERDELEN, KLANTINTERACTIE)
def aan_team(request: Verzoek, pk: int) -> HttpResponse:
    """A team gets in touch."""

    def doe(contact: Klantinteractie, schoon: dict[str, Any]) -> str:
        workflow.geef_aan_team(contact, team=schoon["team"], door=request.user)
        return f"Contact {contact.nummer} staat bij {schoon['team'].naam}."

    return _doe(request, pk, AanTeam(Team.objects.all(), request.POST, prefix=str(pk)), doe)


@require_POST
@vereist(Actie.VERDELEN, KLANTINTERACTIE)
def afgedaan(request: Verzoek, pk: int) -> HttpResponse:
    """Nothing has to be done."""

    def doe(contact: Klantinteractie, schoon: dict[str, Any]) -> str:
        workflow.doe_af(contact, reden=schoon["reden"], door=request.user)
        return f"Contact {contact.nummer} is afgehandeld."

    return _doe(request, pk, Afdoen(request.POST, prefix=str(pk)), doe)


def _doe(request: Verzoek, pk: int, formulier: forms.Form, doe: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            contact = lees(
                Klantinteractie, pk, spoor=request.spoor, actie=Actie.VERDELEN, handeling=Handeling.GEWIJZIGD
            )
            if not formulier.is_valid():
                return _toon(request, formulier, status=422)
            bericht = doe(contact, formulier.cleaned_data)
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return _toon(request, status=409)
    messages.success(request, bericht)
    return HttpResponseRedirect(reverse(PAGINA), status=303)


def _toon(request: Verzoek, ingevuld: forms.Form | None = None, *, status: int = 200) -> HttpResponse:
    """The page, with `ingevuld` as it was where something was wrong with it."""
    wie = request.spoor.wie
    gekozen = next((deze for deze in Lijst if deze == request.GET.get("lijst")), Lijst.ONVOLLEDIG)
    hier = zichtbaar(contacten(gekozen, wie.moment), wie, Actie.VERDELEN).prefetch_related(*HAKEN)
    bladzijde = Paginator(hier, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    rijen, teams = list(bladzijde.object_list), list(Team.objects.all())
    leg_vast(rijen, spoor=request.spoor, handeling=Handeling.IN_LIJST)
    inhoud = {
        "lijst": gekozen,
        "tabs": tabs(wie),
        "regels": [
            (rij, wat_ontbreekt(rij), *(_formulier(leeg, ingevuld) for leeg in _formulieren(rij, teams)))
            for rij in rijen
        ],
        "fout": ingevuld,
        "adres": request.GET,
        "bladzijde": bladzijde,
        "bladnummers": bladzijde.paginator.get_elided_page_range(bladzijde.number),
    }
    return render(request, "meldingen/kcccontacten.html", inhoud, status=status)


def _formulieren(rij: Klantinteractie, teams: list[Team]) -> tuple[forms.Form, forms.Form]:
    return AanTeam(teams, prefix=str(rij.pk)), Afdoen(prefix=str(rij.pk))


def _formulier(leeg: forms.Form, ingevuld: forms.Form | None) -> forms.Form:
    zelfde = ingevuld is not None and (type(ingevuld), ingevuld.prefix) == (type(leeg), leeg.prefix)
    return ingevuld if ingevuld and zelfde else leeg
