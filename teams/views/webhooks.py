"""The pages on which beheer says where software is told of what changed, and what never arrived there."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from teams.aanvoer import aanvoer
from teams.access import Actie
from teams.forms.afnemers import Abonnementform, Geheimform
from teams.geweigerd import Geweigerd
from teams.gronden import AFNEMER
from teams.models import Abonnement, Afnemer, Bericht, Voorval
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from teams.webhooks import SOORT
from teams.workflow import abonnementen

HOOGSTENS = 200
"""So many of what didn't arrive are shown, the newest; all of them can be sent again."""


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("geheim")
def lijst(request: Verzoek, pk: int) -> HttpResponse:
    """Where an afnemer is told, and one more place; the answer to that holds its secret."""
    afnemer = get_object_or_404(Afnemer, pk=pk)
    form = Abonnementform(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rij, geheim = abonnementen.maak_abonnement(afnemer, **form.cleaned_data, door=request.user)
        except Geweigerd as fout:
            form.add_error("adres", str(fout))
        else:
            return _toon(request, rij, geheim=geheim)
    gegevens = {
        "afnemer": afnemer,
        "form": form,
        "abonnementen": [(rij, _voorvallen(rij)) for rij in afnemer.abonnementen.all()],
    }
    return render(request, "teams/webhooks.html", gegevens, status=422 if form.errors else 200)


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD", "POST"])
def abonnement(request: Verzoek, pk: int) -> HttpResponse:
    """One of them; by POST with another address or other voorvallen."""
    rij = _een(pk)
    if request.method != "POST":
        return _toon(request, rij)
    form = Abonnementform(request.POST)
    if form.is_valid():
        try:
            abonnementen.wijzig_abonnement(rij, **form.cleaned_data, door=request.user)
        except Geweigerd as fout:
            form.add_error("adres", str(fout))
        else:
            return redirect("webhook", pk)
    return _toon(request, rij, form=form)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("webhook")
@sensitive_variables("nieuw")
def geheim(request: Verzoek, pk: int) -> HttpResponse:
    """Another secret, on the answer."""
    rij = _een(pk)
    form = Geheimform(request.POST)
    form.is_valid()
    try:
        nieuw = abonnementen.vernieuw_abonnementgeheim(
            rij, direct=form.cleaned_data["direct"], door=request.user
        )
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return _toon(request, rij, geheim=nieuw)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("webhook")
def uit(request: Verzoek, pk: int) -> HttpResponse:
    """Nothing is told there any more."""
    rij = _een(pk)
    try:
        abonnementen.zet_abonnement_uit(rij, door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return redirect("webhook", pk)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("webhook")
def aan(request: Verzoek, pk: int) -> HttpResponse:
    """It is told again."""
    rij = _een(pk)
    try:
        abonnementen.zet_abonnement_aan(rij, door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return redirect("webhook", pk)


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD"])
def niet_bezorgd(request: Verzoek) -> HttpResponse:
    """What was given up, per afnemer, and how it is with what we fetch."""
    return _toon_niet_bezorgd(request)


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD", "POST"])
def opnieuw(request: Verzoek, pk: int) -> HttpResponse:
    """One of what was given up is tried again."""
    if request.method != "POST":
        return redirect("webhooks-niet-bezorgd")
    bericht = get_object_or_404(Bericht, pk=pk, soort=SOORT)
    try:
        abonnementen.stuur_opnieuw(bericht)
    except Geweigerd as fout:
        return _toon_niet_bezorgd(request, weigering=str(fout))
    return redirect("webhooks-niet-bezorgd")


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("afnemer-webhooks")
def alles_opnieuw(request: Verzoek, pk: int) -> HttpResponse:
    """All of an afnemer that was given up is tried again."""
    afnemer = get_object_or_404(Afnemer, pk=pk)
    try:
        abonnementen.stuur_alles_opnieuw(afnemer)
    except Geweigerd as fout:
        return _toon_niet_bezorgd(request, weigering=str(fout))
    return redirect("webhooks-niet-bezorgd")


def _een(pk: int) -> Abonnement:
    return get_object_or_404(Abonnement.objects.select_related("afnemer"), pk=pk)


def _voorvallen(rij: Abonnement) -> list[str]:
    return [Voorval(voorval).label for voorval in rij.voorvallen]


@sensitive_variables("geheim")
def _toon(
    request: Verzoek,
    rij: Abonnement,
    *,
    form: Abonnementform | None = None,
    geheim: str = "",
    weigering: str = "",
) -> HttpResponse:
    gegevens = {
        "abonnement": rij,
        "afnemer": rij.afnemer,
        "form": form or Abonnementform(initial={"adres": rij.adres, "voorvallen": rij.voorvallen}),
        "geheimform": Geheimform(),
        "geheim": geheim,
        "weigering": weigering,
        "geheimen": list(rij.geheimen.geldig_op(timezone.now())),
    }
    status = 409 if weigering else 422 if form and form.errors else 200
    return render(request, "teams/webhook.html", gegevens, status=status)


def _toon_niet_bezorgd(request: Verzoek, *, weigering: str = "") -> HttpResponse:
    """Three statements, however many there are."""
    mislukt = Bericht.objects.mislukt().filter(soort=SOORT)
    aantallen = {
        rij["aan"]: rij["aantal"] for rij in mislukt.values("aan").annotate(aantal=Count("pk")).order_by()
    }
    adressen = {
        rij.doel: rij
        for rij in Abonnement.objects.select_related("afnemer").order_by("afnemer__name", "pk")
        if rij.doel in aantallen
    }
    per_afnemer: dict[Afnemer, list[tuple[Bericht, Abonnement, str]]] = {
        rij.afnemer: [] for rij in adressen.values()
    }
    for bericht in mislukt.filter(aan__in=adressen).order_by("-pk")[:HOOGSTENS]:
        rij = adressen[bericht.aan]
        per_afnemer[rij.afnemer].append((bericht, rij, Voorval(bericht.gegevens["voorval"]).label))
    groepen = [
        (afnemer, rijen, sum(aantallen[doel] for doel, rij in adressen.items() if rij.afnemer == afnemer))
        for afnemer, rijen in per_afnemer.items()
    ]
    gegevens = {
        "groepen": groepen,
        "aanvoer": aanvoer(),
        "weigering": weigering,
        "hoogstens": HOOGSTENS,
    }
    return render(request, "teams/niet_bezorgd.html", gegevens, status=409 if weigering else 200)
