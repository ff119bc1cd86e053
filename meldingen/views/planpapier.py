"""A plan as it was set down: versions side by side, on paper, and as a PDF for the resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from households.models import Antwoord, Betrokkenheid, Betrokkenheidsoort, Huishouden, Plan, Planversie
from households.planbeeld import voor_papier
from meldingen.pdf import maak_pdf
from meldingen.planblad import Blad, Mens, maak_blad, personen_in
from meldingen.verschil import vergelijk
from meldingen.views.planzicht import Gezicht, bekijk, noem
from teams.access import Actie
from teams.gronden import HUISHOUDEN
from teams.lezen import lees
from teams.models import Handeling
from teams.perioden import lopend
from teams.toegang import Verzoek, vereist

NU = "nu"
STIJL = "eenplan/planpapier.css"


@dataclass(frozen=True)
class Papier:
    """The plan on paper: version `nummer`, or with None as it is now; `voor` is whose own goals are on it, too."""

    gezicht: Gezicht
    nummer: int | None
    op: datetime
    blad: Blad
    voor: Mens | None
    contactpersoon: Betrokkenheid | None
    akkoorden: list[tuple[Any, str]]

    @property
    def open_doelen(self) -> list[Any]:
        """What is still to be reached."""
        return [doel for doel in self.blad.doelen if doel.open]

    @property
    def klaar(self) -> list[Any]:
        """What was reached, or let go."""
        return [doel for doel in self.blad.doelen if not doel.open]


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def versies(request: Verzoek, pk: int) -> HttpResponse:
    """Two versions beside each other (`oud` and `nieuw`, numbers or `nu`), with what changed; `plan` names another."""
    huishouden = lees(Huishouden, pk, spoor=request.spoor)
    gezicht = bekijk(huishouden, request.spoor, plan=_gevraagd_plan(request, huishouden))
    if gezicht.plan is None:
        raise Http404
    rijen = list(gezicht.plan.versies.select_related("door").order_by("-nummer"))
    inhoud = {str(rij.nummer): rij.inhoud for rij in rijen}
    if gezicht.gewijzigd or not rijen:
        inhoud = {NU: gezicht.nu} | inhoud
    volgorde = list(inhoud)
    nieuw = _keuze(request, "nieuw", volgorde, volgorde[0])
    oud = _keuze(request, "oud", volgorde, volgorde[min(volgorde.index(nieuw) + 1, len(volgorde) - 1)])
    namen = noem(personen_in(inhoud[oud], inhoud[nieuw]), request.spoor).alle
    vakken = vergelijk(maak_blad(inhoud[oud], namen), maak_blad(inhoud[nieuw], namen))
    return render(
        request,
        "meldingen/plan_versies.html",
        {
            "huishouden": huishouden,
            "gezicht": gezicht,
            "versies": rijen,
            "keuzes": [(waarde, _noem(waarde)) for waarde in volgorde],
            "oud": oud,
            "nieuw": nieuw,
            "kop_oud": _noem(oud),
            "kop_nieuw": _noem(nieuw),
            "anders": [vak for vak in vakken if not vak.gelijk],
            "gelijk": [vak for vak in vakken if vak.gelijk],
        },
    )


def _gevraagd_plan(request: Verzoek, huishouden: Huishouden) -> Plan | None:
    """Another plan of the household than the latest, where the address names one; Http404 for a key of none."""
    if "plan" not in request.GET:
        return None
    sleutel = request.GET["plan"]
    plan = None
    if sleutel.isascii() and sleutel.isdigit() and len(sleutel) < 19:
        plan = Plan.objects.filter(huishouden=huishouden, pk=int(sleutel)).first()
    if plan is None:
        raise Http404
    return plan


def _keuze(request: Verzoek, naam: str, keuzes: list[str], anders: str) -> str:
    waarde = request.GET.get(naam, "")
    return waarde if waarde in keuzes else anders


def _noem(versie: str) -> str:
    return "Zoals het nu is" if versie == NU else f"Versie {versie}"


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def afdruk(request: Verzoek, pk: int) -> HttpResponse:
    """The plan as it goes on paper; the log says that it was printed."""
    return _afdruk(request, _papier(request, pk))


def _afdruk(request: Verzoek, papier: Papier, *, geen_pdf: bool = False) -> HttpResponse:
    plan = papier.gezicht.plan
    assert plan, "_papier geeft er altijd een"
    return render(
        request,
        "meldingen/plan_afdruk.html",
        {
            "huishouden": papier.gezicht.huishouden,
            "papier": papier,
            "versies": plan.versies.order_by("-nummer"),
            "bewoners": [mens for mens in papier.gezicht.blad.mensen if mens.persoon],
            "geen_pdf": geen_pdf,
        },
    )


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def pdf(request: Verzoek, pk: int) -> HttpResponse:
    """The same as an accessible PDF, whose name says nothing of anybody; where none can be made, the page to print."""
    papier = _papier(request, pk)
    gemaakt = maak_pdf(render_to_string("meldingen/plan_papier.html", {"papier": papier}), STIJL)
    if gemaakt is None:
        return _afdruk(request, papier, geen_pdf=True)
    naam = f"plan-versie-{papier.nummer}.pdf" if papier.nummer else "plan-concept.pdf"
    return HttpResponse(
        gemaakt,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{naam}"'},
    )


def _papier(request: Verzoek, pk: int) -> Papier:
    """What is asked for: `versie` (a number or `nu`; the latest) and `voor`, the key of a deelnemer."""
    huishouden = lees(Huishouden, pk, spoor=request.spoor, handeling=Handeling.AFGEDRUKT)
    gezicht = bekijk(huishouden, request.spoor)
    if gezicht.plan is None:
        raise Http404
    versie = _versie(request, gezicht)
    inhoud = versie.inhoud if versie else gezicht.nu
    namen = noem(personen_in(inhoud), request.spoor).alle
    voor = next(
        (
            mens
            for mens in maak_blad(inhoud, namen).mensen
            if mens.persoon and str(mens.sleutel) == request.GET.get("voor")
        ),
        None,
    )
    return Papier(
        gezicht=gezicht,
        nummer=versie.nummer if versie else None,
        op=versie.op if versie else request.spoor.wie.moment,
        blad=maak_blad(voor_papier(inhoud, voor.persoon if voor else None), namen),
        voor=voor,
        contactpersoon=Betrokkenheid.objects.filter(
            lopend(), huishouden=huishouden, soort=Betrokkenheidsoort.CONTACTPERSOON
        )
        .select_related("medewerker")
        .first(),
        akkoorden=_akkoorden(versie, gezicht, voor),
    )


def _versie(request: Verzoek, gezicht: Gezicht) -> Planversie | None:
    """The version that is asked for; None for the plan as it is now. Http404 for one that there isn't."""
    gevraagd = request.GET.get("versie", "")
    if not gevraagd or gezicht.plan is None:
        return gezicht.versie
    if gevraagd == NU:
        return None
    nummer = int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 5 else 0
    versie = gezicht.plan.versies.filter(nummer=nummer).first()
    if versie is None:
        raise Http404
    return versie


def _akkoorden(versie: Planversie | None, gezicht: Gezicht, voor: Mens | None) -> list[tuple[Any, str]]:
    """Who agreed with it when; what somebody else thinks or remarks is theirs."""
    if versie is None:
        return []
    laatste = {rij.deelnemer_id: rij for rij in versie.akkoorden.order_by("pk")}
    return [
        (rij, gezicht.blad.naam(rij.deelnemer_id))
        for rij in laatste.values()
        if rij.antwoord != Antwoord.NEE or (voor and rij.deelnemer_id == voor.sleutel)
    ]
