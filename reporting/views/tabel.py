"""One table of the monitor as a page."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reporting.charts.tabellen import grafiek
from reporting.forms import Keuzes
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from reporting.stroomschema import STROOMSCHEMA
from reporting.views.tonen import adres_van, toon
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek, vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def tabel(request: Verzoek, sleutel: str) -> HttpResponse:
    """One table of the monitor; the stroomschema has a page of its own."""
    if sleutel not in TABELLEN:
        raise Http404
    if sleutel == STROOMSCHEMA:
        return redirect(f"{adres_van(TABELLEN[sleutel])}?{request.GET.urlencode()}".removesuffix("?"))
    keuzes = Keuzes(TABELLEN[sleutel], request.GET)
    vraag = keuzes.vraag
    antwoord = antwoord_met_noten(vraag) if vraag else None
    return toon(
        request,
        "reporting/tabel.html",
        keuzes,
        antwoord=antwoord,
        grafiek=grafiek(antwoord) if antwoord else None,
        noten=antwoord.noten if antwoord else [],
    )
