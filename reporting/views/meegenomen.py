"""Who took which figures along: for the FG of everybody, for anybody else of oneself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.models import Meegenomen
from teams.access import OVERAL, Actie, gronden, zichtbaar
from teams.forms.logregels import LogregelsForm
from teams.gronden import MEEGENOMEN
from teams.toegang import Verzoek, vereist

PER_PAGINA = 50


@vereist(Actie.LEZEN, MEEGENOMEN)
@require_safe
def meegenomen(request: Verzoek) -> HttpResponse:
    """The lines, the newest first; they are about figures and not about residents, so looking leaves no line."""
    wie = request.spoor.wie
    van_anderen = bool(OVERAL & set(gronden(wie, Actie.LEZEN, MEEGENOMEN)))
    form = LogregelsForm(request.GET)
    if not van_anderen:
        del form.fields["medewerker"]
    context: dict[str, Any] = {"form": form, "van_anderen": van_anderen}
    if not form.is_valid():
        return render(request, "reporting/meegenomen.html", context, status=400)
    rijen = form.gekozen(zichtbaar(Meegenomen, wie, Actie.LEZEN)).select_related("medewerker")
    bladzijde = Paginator(rijen.order_by("-op", "-pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    keuzes = {naam: waarde for naam, waarde in request.GET.items() if naam in form.fields and waarde}
    context |= {"bladzijde": bladzijde, "keuzes": f"{urlencode(keuzes)}&" if keuzes else ""}
    return render(request, "reporting/meegenomen.html", context)
