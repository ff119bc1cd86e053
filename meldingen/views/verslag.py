"""The verslag of gesprek and onderzoek: written, read, sent, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods

from meldingen import workflow
from meldingen.forms.velden import Handeling
from meldingen.forms.verslag import Verslagformulier, Verstuurformulier
from meldingen.models import ONDERWERPEN, Melding
from meldingen.views.handelen import handel
from teams.access import Actie, mag
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling

CONFLICT = 409


@vereist(Actie.LEZEN, MELDING)
@require_http_methods(["GET", "HEAD", "POST"])
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """The verslag as it stands, to write in for who works with the melding; sent back, it is saved."""
    if request.method != "POST":
        return _toon(request, pk)
    melding = lees(Melding.objects.all(), pk, spoor=request.spoor, actie=Actie.WERKEN)
    formulier = Verslagformulier(melding, request.spoor, request.POST)
    if not formulier.is_valid():
        return _toon(request, pk, formulier)
    try:
        with transaction.atomic():
            workflow.schrijf_verslag(melding, door=request.user, **formulier.schoon())
            leg_vast([melding], spoor=request.spoor, handeling=Logregel.GEWIJZIGD)
    except Geweigerd as fout:
        formulier.add_error(None, str(fout))
        return _toon(request, pk, formulier, CONFLICT)
    workflow.gooi_concept_weg(_concept(pk), door=request.user)
    messages.success(request, "Het verslag is bewaard.")
    return HttpResponseRedirect(resolve_url("melding-verslag", pk), status=303)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding-verslag")
def verstuurd(request: Verzoek, pk: int) -> HttpResponse:
    """It went to the resident."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        workflow.verstuur_verslag(melding, door=request.user, **schoon)
        return "Vastgelegd dat het verslag is verstuurd."

    return handel(
        request,
        Melding.objects.all(),
        pk,
        lambda melding: Verstuurformulier(melding, request.spoor, request.POST),
        doe,
        toon=_toon,
        pagina="melding-verslag",
    )


def _toon(
    request: Verzoek, pk: int, ingevuld: Handeling[Melding] | None = None, status: int = 200
) -> HttpResponse:
    afdruk = "afdruk" in request.GET
    melding = lees(
        Melding.objects.select_related("persoon"),
        pk,
        spoor=request.spoor,
        handeling=Logregel.AFGEDRUKT if afdruk else Logregel.GEOPEND,
    )
    verslag = workflow.verslag_van(melding)
    schrijft = (
        not afdruk
        and (verslag is None or verslag.verstuurd_op is None)
        and mag(request.spoor.wie, Actie.WERKEN, melding)
    )
    formulier = ingevuld if isinstance(ingevuld, Verslagformulier) else None
    if schrijft and formulier is None:
        formulier = _leeg_formulier(request, melding)
    if formulier and status == CONFLICT and verslag:
        formulier.data = {**request.POST.dict(), "gezien": str(verslag.pk)}
    versturen = (
        ingevuld if isinstance(ingevuld, Verstuurformulier) else Verstuurformulier(melding, request.spoor)
    )
    return render(
        request,
        "meldingen/verslag.html",
        {
            "melding": melding,
            "verslag": verslag,
            "onderwerpen": [(naam, getattr(verslag, veld)) for veld, naam in ONDERWERPEN.items()]
            if verslag
            else [],
            "form": formulier if schrijft else None,
            "versturen": versturen if schrijft and verslag else None,
            "ontbreekt": workflow.ontbreekt_in(verslag) if verslag else [],
            "botst": status == CONFLICT,
            "concept": _concept(pk),
            "afdruk": afdruk,
        },
        status=status,
    )


def _leeg_formulier(request: Verzoek, melding: Melding) -> Verslagformulier:
    """With what stands there, or what one was typing."""
    verslag = workflow.verslag_van(melding)
    formulier = Verslagformulier(melding, request.spoor)
    if verslag:
        formulier.initial = {naam: getattr(verslag, naam, "") for naam in formulier.fields} | {
            "gezien": verslag.pk
        }
    concept = request.user.concepten.filter(formulier=_concept(melding.pk)).first()
    if concept and concept.inhoud.keys() - {"gezien"}:
        formulier.initial |= concept.inhoud
    return formulier


def _concept(pk: int) -> str:
    return f"verslag-{pk}"
