"""Promises to call back: taken on, tried, kept (R9)."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldingen import workflow
from meldingen.forms.terugbellen import NieuwTerugbelverzoek
from meldingen.models import Terugbelverzoek, Uitkomst
from meldingen.views.lijst import SEE_OTHER, klaar, toon, weiger
from meldingen.voorraad import Lijst
from teams.access import Actie
from teams.geweigerd import Geweigerd
from teams.gronden import TERUGBELVERZOEK
from teams.lezen import lees
from teams.models import Handeling
from teams.toegang import Verzoek, vereist

GEDAAN = {
    Uitkomst.GESPROKEN: "Er is teruggebeld; de belofte is nagekomen.",
    Uitkomst.GEEN_GEHOOR: "Geen gehoor vastgelegd; het verzoek blijft open.",
}


@require_safe
@vereist(Actie.LEZEN, TERUGBELVERZOEK)
def terugbelverzoeken(request: Verzoek) -> HttpResponse:
    """The promises that are open, and those kept of late."""
    invoer = request.GET.copy()
    invoer["lijst"] = Lijst.TERUGBELLEN.value
    return toon(request, invoer)


@require_POST
@vereist(Actie.WERKEN, TERUGBELVERZOEK)
def poging(request: Verzoek, pk: int) -> HttpResponse:
    """Called, or no answer, with one click."""
    uitkomst = Uitkomst.codes().get(request.POST.get("uitkomst", ""))
    if not isinstance(uitkomst, Uitkomst):
        raise Http404
    try:
        with transaction.atomic():
            verzoek = lees(
                Terugbelverzoek, pk, spoor=request.spoor, actie=Actie.WERKEN, handeling=Handeling.GEWIJZIGD
            )
            workflow.leg_belpoging_vast(verzoek, uitkomst, door=request.user)
    except Geweigerd as fout:
        return weiger(request, fout)
    return klaar(request, GEDAAN[uitkomst])


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Actie.AANNEMEN, TERUGBELVERZOEK)
def nieuw(request: Verzoek) -> HttpResponse:
    """Promise that the team calls back."""
    formulier = NieuwTerugbelverzoek(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not formulier.is_valid():
        return render(request, "meldingen/terugbelverzoek.html", {"form": formulier})
    gegevens = formulier.cleaned_data
    velden = {naam: gegevens[naam] for naam in ("naam", "telefoon", "vraag", "team", "spoed")}
    verzoek = workflow.neem_terugbelverzoek_aan(**velden, door=request.user)
    wie_belt = verzoek.team.naam if verzoek.team else "Het eerste team dat kan"
    messages.success(request, f"{wie_belt} belt terug.")
    return HttpResponseRedirect(reverse("terugbelverzoeken"), status=SEE_OTHER)
