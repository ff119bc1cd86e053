"""The pages on which beheer lets software in, and out. A secret is on the answer that made it, and nowhere else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from teams.access import Actie
from teams.forms.afnemers import Afnemerform, Geheimform, NieuweAfnemer, Tekenform
from teams.geweigerd import Geweigerd
from teams.gronden import AFNEMER
from teams.models import Afnemer, Scope
from teams.perioden import begin_van
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from teams.workflow import afnemers


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("geheim")
def lijst(request: Verzoek) -> HttpResponse:
    """Who there are, and one more; the answer to that holds its secret."""
    form = NieuweAfnemer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            afnemer, geheim = afnemers.maak_afnemer(**form.cleaned_data, door=request.user)
        except Geweigerd as fout:
            form.add_error("naam", str(fout))
        else:
            return _toon(request, afnemer, geheim=geheim)
    gegevens = {"form": form, "afnemers": Afnemer.objects.order_by("-beeindigd_op", "name")}
    return render(request, "teams/afnemers.html", gegevens, status=422 if form.errors else 200)


@vereist(Actie.BEHEREN, AFNEMER)
@require_http_methods(["GET", "HEAD", "POST"])
def afnemer(request: Verzoek, pk: int) -> HttpResponse:
    """One of them; by POST with other scopes or limits."""
    rij = get_object_or_404(Afnemer, pk=pk)
    if request.method != "POST":
        return _toon(request, rij)
    form = Afnemerform(request.POST)
    if form.is_valid():
        try:
            afnemers.wijzig_afnemer(rij, **form.cleaned_data, door=request.user)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("afnemer", pk)
    return _toon(request, rij, form=form)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("afnemer")
@sensitive_variables("geheim")
def geheim(request: Verzoek, pk: int) -> HttpResponse:
    """Another secret, on the answer."""
    rij = get_object_or_404(Afnemer, pk=pk)
    form = Geheimform(request.POST)
    form.is_valid()
    try:
        nieuw = afnemers.vernieuw_geheim(rij, direct=form.cleaned_data["direct"], door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    rij.refresh_from_db()
    return _toon(request, rij, geheim=nieuw)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("afnemer")
@sensitive_variables("tekst")
def teken(request: Verzoek, pk: int) -> HttpResponse:
    """One more teken, on the answer."""
    rij = get_object_or_404(Afnemer, pk=pk)
    form = Tekenform(request.POST)
    if not form.is_valid():
        return _toon(request, rij, tekenform=form)
    dag = form.cleaned_data["tot"]
    try:
        _, tekst = afnemers.geef_teken(rij, eindigt_op=begin_van(dag) if dag else None, door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return _toon(request, rij, tekst=tekst)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("afnemer")
def teken_einde(request: Verzoek, pk: int, teken: int) -> HttpResponse:
    """A teken opens no door any more."""
    rij = get_object_or_404(Afnemer, pk=pk)
    gekozen = get_object_or_404(rij.tekens.all(), pk=teken)
    try:
        afnemers.beeindig_teken(gekozen, door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return redirect("afnemer", pk)


@vereist(Actie.BEHEREN, AFNEMER)
@handeling("afnemer")
def einde(request: Verzoek, pk: int) -> HttpResponse:
    """It gets no answer any more."""
    rij = get_object_or_404(Afnemer, pk=pk)
    try:
        afnemers.beeindig_afnemer(rij, door=request.user)
    except Geweigerd as fout:
        return _toon(request, rij, weigering=str(fout))
    return redirect("afnemer", pk)


@sensitive_variables("geheim", "tekst")
def _toon(
    request: Verzoek,
    rij: Afnemer,
    *,
    form: Afnemerform | None = None,
    tekenform: Tekenform | None = None,
    geheim: str = "",
    tekst: str = "",
    weigering: str = "",
) -> HttpResponse:
    nu = timezone.now()
    begin = {veld: getattr(rij, veld) for veld in ("scopes", "per_minuut", "per_dag", "postbus")}
    gegevens = {
        "afnemer": rij,
        "form": form or Afnemerform(initial=begin),
        "geheimform": Geheimform(),
        "tekenform": tekenform or Tekenform(),
        "geheim": geheim,
        "tekst": tekst,
        "weigering": weigering,
        "tekens": [(teken, teken.eindigt_op is None or teken.eindigt_op > nu) for teken in rij.tekens.all()],
        "wijzigingen": rij.wijzigingen.select_related("door"),
        "krijgt_tekens": Scope.KLANTINTERACTIES in rij.scopes,
        "vorig_geldt": rij.vorig_geheim_tot is not None and rij.vorig_geheim_tot > nu,
    }
    mis = (form and form.errors) or (tekenform and tekenform.errors)
    return render(request, "teams/afnemer.html", gegevens, status=409 if weigering else 422 if mis else 200)
