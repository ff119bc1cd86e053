"""The aanvraag of a melding, and the page of a besluit: prepared, checked, taken, and the help that follows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen.forms.besluiten import HANDELINGEN, Besluithandeling
from meldingen.forms.velden import Handeling
from meldingen.views.besluitstappen import STAPPEN
from meldingen.views.handelen import handel
from meldingen.views.mensen import grond
from teams.access import Actie, mag, mag_ooit, zichtbaar
from teams.gronden import BESLUIT
from teams.lezen import lees, leg_vast
from teams.models import Grond
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from voorzieningen.kosten import geldend_aantal, kosten
from voorzieningen.models import Besluit, Besluitstatus, Toets
from voorzieningen.volledigheid import eisen


@vereist(Actie.LEZEN, BESLUIT)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """What is asked for, how far it is, and what can be done next."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Handeling[Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    besluit = lees(besluiten(), pk, spoor=request.spoor)
    werken = mag(request.spoor.wie, Actie.WERKEN, besluit)
    toetsen = mag_ooit(request.spoor.wie, Actie.BEOORDELEN, BESLUIT)
    soorten = [
        soort
        for soort in HANDELINGEN.values()
        if soort.kan(besluit) and (toetsen if soort.toetsend else werken)
    ]
    handelingen: list[Handeling[Any]] = [
        formulier if formulier and formulier.doel == soort.stap else soort(besluit, request.spoor)
        for soort in soorten
    ]
    dag = request.spoor.wie.dag
    persoon = besluit.persoon
    return render(
        request,
        "meldingen/besluit.html",
        {
            "besluit": besluit,
            # Who checks it needs to know what is asked and why, not who it is.
            "naam": persoon.gemaskeerd if grond(besluit) == Grond.TOETS else persoon.naam,
            "eisen": eisen(besluit, dag) if besluit.status == Besluitstatus.CONCEPT else [],
            "toetsen": besluit.toetsen.select_related("gevraagd_door", "toetser")
            .prefetch_related("vragen__gesteld_door", "vragen__beantwoord_door")
            .order_by("-pk"),
            "stappen": besluit.stappen.select_related("door").order_by("-pk"),
            "bijstellingen": besluit.bijstellingen.select_related("door").order_by("-pk"),
            "aantal_nu": geldend_aantal(besluit, dag),
            "kosten": kosten(besluit, dag.replace(month=1, day=1), dag.replace(month=12, day=31)),
            "jaar": dag.year,
            "werken": werken,
            "leest_melding": mag(request.spoor.wie, Actie.LEZEN, besluit.melding),
            "handelingen": handelingen,
            "formulier": formulier,
        },
        status=status,
    )


@vereist(Actie.WERKEN, BESLUIT)
@handeling("besluit")
def zet_stap(request: Verzoek, pk: int, stap: str) -> HttpResponse:
    """Do one thing with a besluit; `stap` names it."""
    return _zet(request, pk, stap, Actie.WERKEN, toetsend=False)


@vereist(Actie.BEOORDELEN, BESLUIT)
@handeling("besluit")
def toets(request: Verzoek, pk: int, stap: str) -> HttpResponse:
    """Do one thing with the toets of a besluit; `stap` names it."""
    return _zet(request, pk, stap, Actie.BEOORDELEN, toetsend=True)


def _zet(request: Verzoek, pk: int, stap: str, actie: Actie, *, toetsend: bool) -> HttpResponse:
    soort = HANDELINGEN.get(stap)
    if soort is None or soort.toetsend != toetsend:
        raise Http404

    def maak(besluit: Besluit) -> Besluithandeling:
        return soort(besluit, request.spoor, request.POST)

    def doe(besluit: Besluit, schoon: dict[str, Any]) -> str:
        return STAPPEN[stap](request, besluit, schoon)

    return handel(request, besluiten(), pk, maak, doe, toon=toon, pagina="besluit", actie=actie)


@vereist(Actie.BEOORDELEN, BESLUIT)
@require_safe
def toetsen(request: Verzoek) -> HttpResponse:
    """The queue of the toetser: what waits, longest first, and what one has in hand."""
    mogelijk = zichtbaar(besluiten(), request.spoor.wie, Actie.BEOORDELEN)
    open_ = Toets.objects.open().filter(besluit__in=mogelijk.values("pk"))
    rijen = {toets.besluit_id: toets for toets in open_.select_related("gevraagd_door", "toetser")}
    te_zien = list(mogelijk.filter(pk__in=rijen))
    leg_vast(te_zien, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    regels = sorted(
        ((rijen[besluit.pk], besluit) for besluit in te_zien), key=lambda regel: regel[0].uiterlijk_op
    )
    context = {"regels": regels, "vandaag": request.spoor.wie.dag}
    return render(request, "meldingen/toetsen.html", context)


def besluiten() -> QuerySet[Besluit]:
    """With everything at hand that a page shows."""
    return Besluit.objects.select_related(
        "aanvraag",
        "melding",
        "huishouden",
        "persoon",
        "voorziening__groep",
        "aanbieder",
        "beschikking",
        "levering",
    )
