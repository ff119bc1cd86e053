"""The pages of the open hours of teams: who keeps them, sees what holds, held and will."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from teams.access import Actie, zichtbaar
from teams.forms.spreekuren import Eindeform, NieuwSpreekuur, Spreekuurwijziging
from teams.geweigerd import Geweigerd
from teams.gronden import SPREEKUUR
from teams.models import Rol, Spreekuur, Team, Teamsoort
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from teams.workflow import spreekuren


def _teams(request: Verzoek) -> QuerySet[Team]:
    """Of which one keeps the open hours: beheer of every wijkteam, a coördinator of the own teams."""
    teams = Team.objects.filter(soort=Teamsoort.WIJKTEAM).order_by("naam")
    wie = request.spoor.wie
    return teams if Rol.BEHEER in wie.rollen else teams.filter(pk__in=wie.verdeelt)


def _rijen(request: Verzoek) -> QuerySet[Spreekuur]:
    return zichtbaar(Spreekuur.objects.select_related("team"), request.spoor.wie, Actie.BEHEREN)


@vereist(Actie.BEHEREN, SPREEKUUR)
@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request: Verzoek) -> HttpResponse:
    """What holds today or will, by team and day; under it what is over; and one more."""
    form = NieuwSpreekuur(request.POST if request.method == "POST" else None, teams=_teams(request))
    status = 200
    if form.is_valid():
        geldig = {veld: form.cleaned_data[veld] for veld in ("geldig_van", "geldig_tot")}
        try:
            spreekuren.plan_spreekuur(**form.velden(), **geldig)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, "Het spreekuur staat op het rooster.")
            return HttpResponseRedirect(resolve_url("spreekuren"), status=303)
    vandaag = timezone.localdate()
    rijen = list(_rijen(request).order_by("team__naam", "dag", "van", F("geldig_van").asc(nulls_first=True)))
    voorbij = [rij for rij in rijen if rij.geldig_tot and rij.geldig_tot <= vandaag]
    gegevens = {
        "form": form,
        "lopend": [rij for rij in rijen if rij not in voorbij],
        "voorbij": voorbij,
        "vandaag": vandaag,
    }
    return render(request, "teams/spreekuren.html", gegevens, status=status)


@vereist(Actie.BEHEREN, SPREEKUUR)
@require_http_methods(["GET", "HEAD", "POST"])
def spreekuur(request: Verzoek, pk: int) -> HttpResponse:
    """One of them, to change from a day on."""
    rij = get_object_or_404(_rijen(request), pk=pk)
    form = Spreekuurwijziging(request.POST if request.method == "POST" else None, spreekuur=rij)
    status = 200
    if form.is_valid():
        try:
            spreekuren.wijzig_spreekuur(rij, per=form.cleaned_data["per"], **form.velden())
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, "Het rooster is gewijzigd.")
            return HttpResponseRedirect(resolve_url("spreekuren"), status=303)
    return _toon(request, rij, form, Eindeform(), status)


@vereist(Actie.BEHEREN, SPREEKUUR)
@handeling("spreekuur")
def einde(request: Verzoek, pk: int) -> HttpResponse:
    """From a day on there is none any more."""
    rij = get_object_or_404(_rijen(request), pk=pk)
    form = Eindeform(request.POST)
    status = 200
    if form.is_valid():
        try:
            spreekuren.beeindig_spreekuur(rij, per=form.cleaned_data["per"])
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, "Het spreekuur is beëindigd.")
            return HttpResponseRedirect(resolve_url("spreekuren"), status=303)
    return _toon(request, rij, Spreekuurwijziging(spreekuur=rij), form, status)


def _toon(
    request: Verzoek, rij: Spreekuur, form: Spreekuurwijziging, eindeform: Eindeform, status: int
) -> HttpResponse:
    fout: forms.Form = eindeform if eindeform.errors else form
    gegevens = {"spreekuur": rij, "wijzigform": form, "eindeform": eindeform, "form": fout}
    return render(request, "teams/spreekuur.html", gegevens, status=status)
