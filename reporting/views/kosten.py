"""What help costs, as a page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.kosten import kostenregels
from reporting.onderdrukking import drempel_op, tekst
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.toegang import vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def kosten(request: HttpRequest) -> HttpResponse:
    """What the teams grant and what that costs, against their budgets (R11)."""
    dit_jaar = timezone.localdate().year
    gevraagd = request.GET.get("jaar", "")
    jaren = range(dit_jaar + 1, dit_jaar - 5, -1)
    jaar = int(gevraagd) if gevraagd.isdecimal() and int(gevraagd) in jaren else dit_jaar
    context = {
        "jaar": jaar,
        "jaren": jaren,
        "regels": kostenregels(jaar),
        "verborgen": tekst(drempel_op(date(jaar, 1, 1))),
    }
    return render(request, "reporting/kosten.html", context)
