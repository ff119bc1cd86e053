"""The meldingen behind a node of the stroomschema, as a page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from reporting.achter import Achter
from reporting.forms import GEEN, Keuzes
from reporting.register import TABELLEN
from reporting.stroomschema import KNOPEN, STROOMSCHEMA
from reporting.views.tonen import parameters, toon
from teams.access import Actie, mag_ooit
from teams.gronden import MELDING, RAPPORTAGE
from teams.toegang import Verzoek, vereist

PER_BLADZIJDE = 25


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def achter(request: Verzoek, knoop: str) -> HttpResponse:
    """How many stand in the node, and those that the reader may see; what stands beside the question is left out."""
    if knoop not in KNOPEN:
        raise Http404
    gevraagd = request.GET.copy()
    pagina = (gevraagd.pop("pagina", None) or ["1"])[-1]
    keuzes = Keuzes(TABELLEN[STROOMSCHEMA], gevraagd)
    if keuzes.vraag is None:
        return toon(request, "reporting/achter.html", keuzes, knoop=KNOPEN[knoop])
    gezien = Achter(keuzes.vraag.eigen, KNOPEN[knoop], request.spoor)
    bladzijde = Paginator(range(gezien.aantallen.zichtbaar), PER_BLADZIJDE).get_page(pagina)
    return toon(
        request,
        "reporting/achter.html",
        keuzes,
        knoop=KNOPEN[knoop],
        aantallen=gezien.aantallen,
        rijen=gezien.rijen(max(bladzijde.start_index() - 1, 0), bladzijde.end_index()),
        bladzijde=bladzijde,
        bladnummers=bladzijde.paginator.get_elided_page_range(bladzijde.number),
        adres=QueryDict(urlencode({"vergelijk": GEEN, **parameters(keuzes.vraag.eigen, keuzes)})),
        waarom=gezien.waarom(),
        telt_niet_meer=gezien.telt_niet_meer() if knoop == "overig_voor_gesprek" else 0,
        ziet_rijen=any(mag_ooit(request.spoor.wie, actie, MELDING) for actie in (Actie.LEZEN, Actie.VOLGEN)),
    )
