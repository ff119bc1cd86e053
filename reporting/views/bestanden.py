"""Mijn bestanden: what somebody asked for, how far it is, and taking it along."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reporting.bestanden import (
    ALLES,
    BEWAARDAGEN,
    OPGEGEVEN,
    bestandsnaam,
    breek_af,
    instelling,
    log_meegenomen,
    vraag_aan,
)
from reporting.formaten import FORMATEN
from reporting.meeneemform import SAMEN, Meeneemform
from reporting.models import Bestand, BestandQuerySet, Bestandsstand
from reporting.views.meenemen import als_bestand
from teams.access import Actie, zichtbaar
from teams.gronden import BESTAND
from teams.toegang import Verzoek, vereist
from teams.web import is_fragment

ZIP = "application/zip"


@dataclass(frozen=True)
class Regel:
    """A file in the list: of what kind, how far, and why there is none."""

    bestand: Bestand
    soort: str
    stand: Bestandsstand
    waarom: str


@vereist(Actie.LEZEN, BESTAND)
@require_http_methods(["GET", "HEAD", "POST"])
def bestanden(request: Verzoek) -> HttpResponse:
    """One's own files; a POST asks for one with every table of a period."""
    if request.method != "POST":
        return _toon(request)
    formulier = Meeneemform(request.POST)
    if not formulier.is_valid():
        return _toon(request, formulier)
    assert formulier.vraag
    vraag_aan(
        formulier.vraag,
        formulier.cleaned_data["formaat"],
        door=request.user,
        sleutel=formulier.cleaned_data["sleutel"],
    )
    messages.success(request, "Uw bestand wordt gemaakt. U kunt intussen iets anders doen.")
    return HttpResponseRedirect(reverse("bestanden"), status=303)


@vereist(Actie.LEZEN, BESTAND)
@require_safe
def bestand(request: Verzoek, pk: int) -> HttpResponse:
    """One's own file; logged. 404 for what isn't there, isn't one's own, isn't ready or is over its days."""
    rij = get_object_or_404(_van(request).af_te_halen(), pk=pk)
    log_meegenomen(ALLES, rij.vraag, rij.formaat, spoor=request.spoor)
    formaat = FORMATEN[rij.formaat]
    return als_bestand(bytes(rij.inhoud or b""), bestandsnaam(rij), ZIP if formaat.van_alle else formaat.mime)


@vereist(Actie.LEZEN, BESTAND)
@require_http_methods(["GET", "HEAD", "POST"])
def afbreken(request: Verzoek, pk: int) -> HttpResponse:
    """Stop making a file; what is ready meanwhile stays. Who had to sign in again in the middle of it sees the list."""
    if request.method != "POST":
        return redirect("bestanden")
    rij = get_object_or_404(_van(request).zonder_inhoud(), pk=pk)
    if breek_af(_van(request).filter(pk=rij.pk)):
        messages.success(request, "Het maken van het bestand is afgebroken.")
    else:
        messages.info(request, "Er viel niets meer af te breken.")
    return HttpResponseRedirect(reverse("bestanden"), status=303)


def _van(request: Verzoek) -> BestandQuerySet:
    rijen = zichtbaar(Bestand, request.spoor.wie, Actie.LEZEN)
    assert isinstance(rijen, BestandQuerySet)
    return rijen


def _regels(bestanden: BestandQuerySet) -> list[Regel]:
    opgegeven = set(bestanden.opgegeven().values_list("pk", flat=True))
    return [
        Regel(rij, dict(SAMEN)[rij.formaat], Bestandsstand.MISLUKT, OPGEGEVEN)
        if rij.pk in opgegeven
        else Regel(rij, dict(SAMEN)[rij.formaat], rij.stand, rij.waarom)
        for rij in bestanden.zonder_inhoud()
    ]


def _toon(request: Verzoek, formulier: Meeneemform | None = None) -> HttpResponse:
    regels = _regels(_van(request))
    gegevens = {
        "formulier": formulier,
        "regels": regels,
        "bezig": any(regel.stand == Bestandsstand.BEZIG for regel in regels),
        "dagen": int(instelling(BEWAARDAGEN)),
    }
    sjabloon = "reporting/_bestanden.html" if is_fragment(request) else "reporting/bestanden.html"
    return render(request, sjabloon, gegevens, status=400 if formulier else 200)
