"""The pages of what the disciplines do: register it quickly, and one more; see what one's team did; correct it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from teams.access import Actie, zichtbaar
from teams.forms.activiteiten import (
    Activiteitcorrectie,
    Consultcorrectie,
    Consultform,
    Intrekform,
    NieuweActiviteit,
    Teamwerkform,
)
from teams.geweigerd import Geweigerd
from teams.gronden import ACTIVITEIT, CONSULT
from teams.models import Aanstelling, Activiteit, Consult, Team
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from teams.workflow import activiteiten

PER_PAGINA = 25


@dataclass(frozen=True)
class Soort:
    """An activity or a consult: its model, its words and its forms."""

    model: type[Activiteit] | type[Consult]
    naam: str
    nieuw: type[Teamwerkform]
    correctie: type[Teamwerkform]
    registreer: Callable[..., Any]


ACTIVITEITEN = Soort(
    Activiteit, "activiteit", NieuweActiviteit, Activiteitcorrectie, activiteiten.registreer_activiteit
)
CONSULTEN = Soort(Consult, "consult", Consultform, Consultcorrectie, activiteiten.registreer_consult)


def _teams(request: Verzoek) -> QuerySet[Team]:
    return Team.objects.filter(pk__in=request.spoor.wie.teams).order_by("naam")


@vereist(Actie.AANNEMEN, ACTIVITEIT)
@require_safe
def lijst(request: Verzoek) -> HttpResponse:
    """What one's teams did, the last first: activities, and consulten beside them."""
    gegevens = {
        "activiteiten": _bladzijde(request, ACTIVITEITEN),
        "consulten": _bladzijde(request, CONSULTEN),
    }
    return render(request, "teams/activiteiten.html", gegevens)


def _bladzijde(request: Verzoek, soort: Soort) -> Page[Any]:
    """The rows of one's teams that are in force."""
    rijen: QuerySet[Any] = soort.model._default_manager.filter(vervallen_op__isnull=True)
    gezien = zichtbaar(rijen.select_related("team", "door"), request.spoor.wie, Actie.LEZEN)
    gekozen = request.GET.get(f"pagina_{soort.naam}", "")
    return Paginator(gezien.order_by("-datum", "-pk"), PER_PAGINA).get_page(gekozen)


@vereist(Actie.AANNEMEN, ACTIVITEIT)
@require_http_methods(["GET", "HEAD", "POST"])
def activiteit_nieuw(request: Verzoek) -> HttpResponse:
    """Register an activity."""
    return _nieuw(request, ACTIVITEITEN)


@vereist(Actie.AANNEMEN, CONSULT)
@require_http_methods(["GET", "HEAD", "POST"])
def consult_nieuw(request: Verzoek) -> HttpResponse:
    """Register a consult."""
    return _nieuw(request, CONSULTEN)


@vereist(Actie.WERKEN, ACTIVITEIT)
@require_http_methods(["GET", "HEAD", "POST"])
def activiteit(request: Verzoek, pk: int) -> HttpResponse:
    """Correct an activity."""
    return _corrigeer(request, ACTIVITEITEN, pk)


@vereist(Actie.WERKEN, CONSULT)
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: Verzoek, pk: int) -> HttpResponse:
    """Correct a consult."""
    return _corrigeer(request, CONSULTEN, pk)


@vereist(Actie.WERKEN, ACTIVITEIT)
@handeling("activiteit")
def activiteit_intrekken(request: Verzoek, pk: int) -> HttpResponse:
    """An activity that doesn't count."""
    return _trek_in(request, ACTIVITEITEN, pk)


@vereist(Actie.WERKEN, CONSULT)
@handeling("consult")
def consult_intrekken(request: Verzoek, pk: int) -> HttpResponse:
    """A consult that doesn't count."""
    return _trek_in(request, CONSULTEN, pk)


def _nieuw(request: Verzoek, soort: Soort) -> HttpResponse:
    eigen = _eigen_discipline(request)
    begin = {"discipline": eigen} if eigen and soort is ACTIVITEITEN else {}
    form = soort.nieuw(
        request.POST if request.method == "POST" else None,
        teams=_teams(request),
        discipline=eigen,
        initial=begin,
    )
    status = 200
    if form.is_valid():
        toch = {"toch": form.cleaned_data["toch"]} if isinstance(form, NieuweActiviteit) else {}
        try:
            rij = soort.registreer(**form.velden(), **toch, door=request.user)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
            if isinstance(form, NieuweActiviteit):
                form.vraag_na()
        else:
            messages.success(request, f"{str(rij).capitalize()} is geregistreerd.")
            naar = f"{soort.naam}-nieuw" if "nog_een" in request.POST else "activiteiten"
            return HttpResponseRedirect(resolve_url(naar), status=303)
    return _toon(request, soort, form, status=status)


def _corrigeer(request: Verzoek, soort: Soort, pk: int) -> HttpResponse:
    rij = _lees(request, soort, pk)
    gegeven = request.POST if request.method == "POST" else None
    form = _correctieform(request, soort, rij, gegeven)
    status = 200
    if form.is_valid():
        try:
            activiteiten.corrigeer_activiteit(
                rij, reden=form.cleaned_data["reden"], door=request.user, **form.velden()
            )
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, "De correctie is vastgelegd.")
            return HttpResponseRedirect(resolve_url("activiteiten"), status=303)
    return _toon(request, soort, form, rij=rij, status=status)


def _trek_in(request: Verzoek, soort: Soort, pk: int) -> HttpResponse:
    rij = _lees(request, soort, pk)
    intrekform = Intrekform(request.POST)
    status = 200
    if intrekform.is_valid():
        try:
            activiteiten.trek_activiteit_in(rij, reden=intrekform.cleaned_data["reden"], door=request.user)
        except Geweigerd as fout:
            intrekform.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, "Dit telt niet meer mee.")
            return HttpResponseRedirect(resolve_url("activiteiten"), status=303)
    form = _correctieform(request, soort, rij, None)
    return _toon(request, soort, form, rij=rij, intrekform=intrekform, status=status)


def _lees(request: Verzoek, soort: Soort, pk: int) -> Any:
    rijen: QuerySet[Any] = soort.model._default_manager.select_related("team", "door")
    return get_object_or_404(zichtbaar(rijen, request.spoor.wie, Actie.WERKEN), pk=pk)


def _correctieform(request: Verzoek, soort: Soort, rij: Any, gegeven: Any) -> Teamwerkform:
    begin = {veld: getattr(rij, veld) for veld in soort.correctie.velden_van}
    return soort.correctie(gegeven, teams=_teams(request), discipline=rij.discipline, initial=begin)


def _eigen_discipline(request: Verzoek) -> str:
    """The discipline in which one works in one of one's teams."""
    rijen = Aanstelling.objects.op_dag(timezone.localdate()).filter(medewerker=request.user)
    gevonden = rijen.exclude(discipline="").order_by("pk").values_list("discipline", flat=True).first()
    return gevonden or ""


def _toon(
    request: Verzoek,
    soort: Soort,
    form: Teamwerkform,
    *,
    rij: Any = None,
    intrekform: Intrekform | None = None,
    status: int = 200,
) -> HttpResponse:
    gegevens = {
        "soort": soort.naam,
        "rij": rij,
        "invulform": form,
        "intrekform": intrekform or Intrekform(),
        "form": intrekform if intrekform and intrekform.errors else form,
        "adres": resolve_url(soort.naam, rij.pk) if rij else "",
        "intrek_adres": resolve_url(f"{soort.naam}-intrekken", rij.pk) if rij else "",
        "nieuw_adres": resolve_url(f"{soort.naam}-nieuw"),
    }
    return render(request, "teams/activiteit.html", gegevens, status=status)
