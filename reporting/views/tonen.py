"""How every page of the monitor shows a question: the choices above, the answer under them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from reporting.formaten import mogelijk
from reporting.forms import Keuzes
from reporting.register import Tabel
from reporting.stroomschema import STROOMSCHEMA
from reporting.vraag import Vraag
from teams.access import Actie, mag_ooit
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek


def toon(request: Verzoek, sjabloon: str, keuzes: Keuzes, **gegevens: Any) -> HttpResponse:
    """Render `sjabloon` with the choices and `gegevens`; status 400 with messages when they are no question."""
    vraag = keuzes.vraag
    gegevens |= {"keuzes": keuzes, "tabel": keuzes.tabel}
    if vraag and keuzes.tabel:
        gevraagd = urlencode(parameters(vraag, keuzes))
        gegevens["als_json"] = f"{reverse('api-monitor', args=[vraag.tabel])}?{gevraagd}"
        gegevens |= _verder(request, vraag)
        if antwoord := gegevens.get("antwoord"):
            gegevens["meenemen"] = [
                (formaat, f"{reverse('meenemen', args=[vraag.tabel, formaat.naam])}?{gevraagd}")
                for formaat in mogelijk(antwoord)
            ]
    return render(request, sjabloon, gegevens, status=200 if vraag else 400)


def _verder(request: Verzoek, vraag: Vraag) -> dict[str, str]:
    """Where to go on from a table: what changed in it, and for who may, to keep it."""
    zelfde = urlencode({"tabel": vraag.tabel, "periode": vraag.periode.sleutel, **vraag.filters})
    mag = mag_ooit(request.spoor.wie, Actie.VASTSTELLEN, RAPPORTAGE)
    return {
        "correcties": f"{reverse('correcties')}?{zelfde}",
        "vaststellen": f"{reverse('editie-vaststellen')}?{zelfde}" if mag else "",
    }


def parameters(vraag: Vraag, keuzes: Keuzes) -> dict[str, str]:
    """The question as the parameters of a URL, those of the API; the cut-off as it was typed."""
    return vraag.parameters() | ({"bekendOp": keuzes.data["bekendOp"]} if vraag.bekend_op else {})


def adres_van(tabel: Tabel) -> str:
    """Where the page of a table is; the stroomschema has one of its own."""
    return (
        reverse("stroomschema") if tabel.sleutel == STROOMSCHEMA else reverse("tabel", args=[tabel.sleutel])
    )
