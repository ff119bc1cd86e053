"""The werkvoorraad: what needs me, what needs my team, what nobody has yet."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from meldingen import workflow
from meldingen.forms.keuzelijsten import Keuzelijsten
from meldingen.forms.werkvoorraad import FilterBewaren, Keuzes
from meldingen.models import BewaardFilter, Melding
from meldingen.views.lijst import klaar, terug_naar, toon, weiger
from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import BEWAARD_FILTER, MELDING
from teams.lezen import lees, leg_vast
from teams.models import Handeling
from teams.toegang import Verzoek, vereist


@require_safe
@vereist(Actie.LEZEN, MELDING)
def werkvoorraad(request: Verzoek) -> HttpResponse:
    """One of the lists, filtered and sorted as the URL says."""
    return toon(request, request.GET)


@require_POST
@vereist(Actie.WERKEN, MELDING)
def oppakken(request: Verzoek, pk: int) -> HttpResponse:
    """Take a melding from the list; who comes second hears who was first."""
    melding = lees(Melding, pk, spoor=request.spoor, actie=Actie.WERKEN)
    try:
        with transaction.atomic():
            leg_vast([melding], spoor=request.spoor, handeling=Handeling.GEWIJZIGD)
            workflow.pak_op(melding, door=request.user)
    except Geweigerd as fout:
        return weiger(request, fout)
    return klaar(request, f"Melding {melding.nummer} staat nu op uw naam.")


@require_POST
@vereist(Actie.WERKEN, BEWAARD_FILTER)
def filter_bewaren(request: Verzoek) -> HttpResponse:
    """Keep the list one looks at under a name."""
    wie = request.spoor.wie
    lijsten = Keuzelijsten.voor(wie)
    formulier = FilterBewaren(wie, lijsten, request.POST)
    keuzes = Keuzes(terug_naar(request), wie, lijsten)
    if not formulier.is_valid():
        return toon(request, keuzes.adres, bewaren=formulier)
    naam = formulier.cleaned_data["naam"]
    try:
        workflow.bewaar_filter(naam, keuzes.adres.urlencode(), team=formulier.team, door=request.user)
    except Geweigerd as fout:
        return weiger(request, fout, bewaren=formulier)
    return klaar(request, f"Het filter ‘{naam}’ is bewaard.")


@require_POST
@vereist(Actie.WERKEN, BEWAARD_FILTER)
def filter_verwijderen(request: Verzoek, pk: int) -> HttpResponse:
    """Throw one's own filter away."""
    filter_ = get_object_or_404(zichtbaar(BewaardFilter, request.spoor.wie, Actie.WERKEN), pk=pk)
    workflow.gooi_filter_weg(filter_)
    return klaar(request, f"Het filter ‘{filter_.naam}’ is weg.")
