"""The aanvraag of a melding, and writing what a besluit says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods

from households.models import Persoon
from meldingen import workflow
from meldingen.forms import besluiten as formulieren
from meldingen.forms.besluiten import Besluitformulier
from meldingen.forms.termijn import Verdaagformulier
from meldingen.models import Melding
from meldingen.views.besluiten import besluiten
from meldingen.views.mensen import mensen
from meldingen.views.stappen import met_melding
from teams.access import Actie
from teams.geweigerd import Geweigerd
from teams.gronden import BESLUIT, MELDING
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from voorzieningen import workflow as voorzieningen
from voorzieningen.models import Besluit

CONFLICT = 409


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def leg_aanvraag_vast(request: Verzoek, pk: int) -> HttpResponse:
    """The resident asks for a maatwerkvoorziening."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.dien_aanvraag_in(melding, door=request.user, **schoon)
        return "De aanvraag is vastgelegd; de termijn van het besluit loopt."

    return met_melding(request, pk, formulieren.Aanvraagformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def schort_op(request: Verzoek, pk: int) -> HttpResponse:
    """The term of the besluit stands still."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.schort_op(workflow.aanvraag_van(melding), door=request.user, **schoon)
        return "De termijn staat stil."

    return met_melding(request, pk, formulieren.Opschortformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def hef_opschorting_op(request: Verzoek, pk: int) -> HttpResponse:
    """The term of the besluit runs again."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.hef_opschorting_op(workflow.aanvraag_van(melding), door=request.user, **schoon)
        return "De termijn loopt weer."

    return met_melding(request, pk, formulieren.Ophefformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding")
def verdaag(request: Verzoek, pk: int) -> HttpResponse:
    """The besluit is put off in writing."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        rij = workflow.verdaag(workflow.aanvraag_van(melding), door=request.user, **schoon)
        return f"Het uitstel is vastgelegd: het besluit komt uiterlijk op {rij.tot:%d-%m-%Y}."

    return met_melding(request, pk, Verdaagformulier, doe)


@vereist(Actie.WERKEN, MELDING)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Verzoek, pk: int) -> HttpResponse:
    """Prepare a besluit on the aanvraag of a melding."""
    rijen = Melding.objects.select_related("persoon")
    melding = lees(rijen, pk, spoor=request.spoor, actie=Actie.WERKEN)
    formulier = Besluitformulier(_voor_wie(request, melding), request.POST or None)
    status = 200
    if request.method == "POST" and formulier.is_valid():
        try:
            with transaction.atomic():
                besluit = workflow.stel_besluit_op(melding, door=request.user, **formulier.cleaned_data)
                leg_vast([melding], spoor=request.spoor, handeling=Logregel.GEWIJZIGD)
        except Geweigerd as fout:
            formulier.add_error(None, str(fout))
            status = CONFLICT
        else:
            messages.success(
                request, "Het besluit is in voorbereiding. Hieronder staat wat er nog ontbreekt."
            )
            return HttpResponseRedirect(resolve_url("besluit", besluit.pk), status=303)
    context = {"melding": melding, "form": formulier, "beletsel": workflow.geen_besluit(melding)}
    return render(request, "meldingen/besluit_bewerken.html", context, status=status)


@vereist(Actie.WERKEN, BESLUIT)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: Verzoek, pk: int) -> HttpResponse:
    """Change a besluit that is in preparation."""
    besluit = lees(besluiten(), pk, spoor=request.spoor, actie=Actie.WERKEN)
    formulier = Besluitformulier([], request.POST or None, besluit=besluit)
    status = 200
    if request.method == "POST" and formulier.is_valid():
        schoon = dict(formulier.cleaned_data)
        try:
            with transaction.atomic():
                gezien = schoon.pop("versie") or 0
                voorzieningen.wijzig_besluit(besluit, gezien=gezien, door=request.user, **schoon)
                leg_vast([besluit], spoor=request.spoor, handeling=Logregel.GEWIJZIGD)
        except Geweigerd as fout:
            formulier.add_error(None, str(fout))
            formulier.data = {**request.POST.dict(), "versie": str(_versie(pk))}
            status = CONFLICT
        else:
            messages.success(request, "De wijziging is bewaard.")
            return HttpResponseRedirect(resolve_url("besluit", pk), status=303)
    context = {
        "besluit": besluit,
        "melding": besluit.melding,
        "form": formulier,
        "nu": besluiten().get(pk=pk) if status == CONFLICT else None,
    }
    return render(request, "meldingen/besluit_bewerken.html", context, status=status)


def _versie(pk: int) -> int:
    return Besluit.objects.values_list("versie", flat=True).get(pk=pk)


def _voor_wie(request: Verzoek, melding: Melding) -> list[Persoon]:
    """The person of the melding first, then who lives in the household, as far as the reader may know them."""
    personen = [melding.persoon] if melding.persoon else []
    if melding.huishouden_id:
        bewoners = mensen(melding.huishouden_id, request.spoor).bewoners
        personen += [rij.rij.persoon for rij in bewoners if rij.leesbaar]
    return list({persoon.pk: persoon for persoon in personen}.values())
