"""One answer as a file, in any format that it has."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reporting import formaten
from reporting.bestanden import log_meegenomen
from reporting.forms import lees_vraag
from reporting.fouten import Invoerfout
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from reporting.views.tonen import adres_van
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek, vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def meenemen(request: Verzoek, sleutel: str, formaat: str) -> HttpResponse:
    """The answer to the question in the URL as a file; logged.

    A question that can't be read goes to the page of the table, which says what is wrong with it.
    """
    if sleutel not in TABELLEN or formaat not in formaten.FORMATEN:
        raise Http404
    tabel = TABELLEN[sleutel]
    vraag, _ = lees_vraag(tabel, request.GET.dict())
    pagina = f"{adres_van(tabel)}?{request.GET.urlencode()}"
    if vraag is None:
        return redirect(pagina)
    antwoord = antwoord_met_noten(vraag)
    try:
        inhoud = formaten.schrijf(antwoord, formaat)
    except Invoerfout as fout:
        messages.error(request, str(fout))
        return redirect(pagina)
    log_meegenomen(sleutel, vraag.parameters(), formaat, spoor=request.spoor)
    return als_bestand(inhoud, formaten.bestandsnaam(antwoord, formaat), formaten.FORMATEN[formaat].mime)


def als_bestand(inhoud: bytes, naam: str, mime: str) -> HttpResponse:
    """A download."""
    return HttpResponse(
        inhoud, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )
