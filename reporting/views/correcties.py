"""What changed in a table between two moments, as a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.correctieform import Correctiekeuzes
from reporting.correcties import correcties as vind_correcties
from reporting.inzicht import inzicht
from reporting.views.tonen import adres_van
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek, vereist

HOOGSTENS = 5_000
"""More than so many things that moved are for the command line, where nobody waits."""


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def correcties(request: Verzoek) -> HttpResponse:
    """The cells that differ, for everybody who reads figures; and the registrations behind it, by right and logged."""
    keuzes = Correctiekeuzes(request.GET)
    vraag = keuzes.vraag
    gegevens: dict[str, Any] = {"keuzes": keuzes, "tabel": keuzes.tabel}
    if vraag is not None:
        verschillen = vind_correcties(vraag, keuzes.van, keuzes.tot, hoogstens=HOOGSTENS)
        gegevens |= {
            "verschillen": verschillen,
            "cellen": [(verschillen.labels[c.cel.sleutel], c.cel.kolom, c) for c in verschillen.cellen],
            "inzicht": inzicht(verschillen, request.spoor),
            "hoogstens": HOOGSTENS,
            "terug": f"{adres_van(keuzes.tabel)}?{urlencode(vraag.parameters())}",
        }
    return render(request, "reporting/correcties.html", gegevens, status=200 if vraag else 400)
