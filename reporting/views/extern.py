"""The page on which figures of others are filled in: a grid of cells, and who changed what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reporting.aanlevering import Raster, raster
from reporting.cijferform import Cijferkeuze, Rasterform, in_woorden
from reporting.models import ExternCijfer
from reporting.workflow import leg_cijfers_vast
from teams.access import Actie
from teams.geweigerd import Geweigerd
from teams.gronden import EXTERN_CIJFER
from teams.toegang import Verzoek, vereist

LAATSTE = 50
"""So many changes are shown."""


@vereist(Actie.WERKEN, EXTERN_CIJFER)
@require_http_methods(["GET", "HEAD", "POST"])
def cijfers(request: Verzoek) -> HttpResponse:
    """Choose a table and a period; then the cells of it, by POST with what was filled in."""
    keuze = Cijferkeuze(request.GET if request.GET else None)
    if not keuze.is_valid():
        status = 400 if keuze.is_bound else 200
        return render(request, "reporting/extern.html", {"keuze": keuze, "form": keuze}, status=status)
    vakken = raster(keuze.cleaned_data["tabel"], keuze.cleaned_data["periode"])
    if request.method != "POST":
        return _toon(request, keuze, Rasterform(vakken))
    form = Rasterform(vakken, request.POST)
    if not form.is_valid():
        return _toon(request, keuze, form)
    gewijzigd = form.gewijzigd()
    try:
        leg_cijfers_vast(gewijzigd, reden=form.cleaned_data["reden"], door=request.user)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon(request, keuze, form, 409)
    aantal = len(gewijzigd)
    if aantal:
        messages.success(request, f"{aantal} {'cijfer is' if aantal == 1 else 'cijfers zijn'} vastgelegd.")
    else:
        messages.info(request, "Er was niets gewijzigd.")
    return HttpResponseRedirect(_adres(vakken), status=303)


def _adres(vakken: Raster) -> str:
    keuze = {"tabel": vakken.tabel.sleutel, "periode": vakken.periode}
    return f"{reverse('externe-cijfers')}?{urlencode(keuze)}"


def _toon(request: HttpRequest, keuze: Cijferkeuze, form: Rasterform, status: int = 200) -> HttpResponse:
    vakken = form.raster
    gegevens: dict[str, Any] = {
        "keuze": keuze,
        "form": form,
        "raster": vakken,
        "adres": _adres(vakken),
        "historie": _historie(vakken),
    }
    return render(request, "reporting/extern.html", gegevens, status=status)


def _historie(vakken: Raster) -> list[dict[str, Any]]:
    """Every figure of these cells, the last first, with who delivered it and who changed it why."""
    perioden = {(vak.adres.kolom, vak.adres.periode) for rij in vakken.rijen for vak in rij.vakken}
    van_hier = Q(pk__in=[])
    for kolom, periode in perioden:
        van_hier |= Q(kolom=kolom, periode=periode)
    rijen = ExternCijfer.objects.filter(van_hier, tabel=vakken.tabel.sleutel).select_related(
        "door", "vervallen_door"
    )
    rijnamen = {vak.adres.rij: rij.label for rij in vakken.rijen for vak in rij.vakken}
    return [
        {
            "cijfer": rij,
            "waarde": in_woorden(rij.waarde),
            "wat": f"{rijnamen.get(rij.rij, rij.rij)}, {rij.kolom or rij.periode}",
        }
        for rij in rijen.order_by("-geregistreerd_op", "-pk")[:LAATSTE]
    ]
