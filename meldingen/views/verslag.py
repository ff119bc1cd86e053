"""The verslag of gesprek and onderzoek: written, read, sent, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from meldingen import workflow
from meldingen.forms.besluiten import Aanvraagformulier
from meldingen.forms.melding import Stapformulier
from meldingen.forms.velden import Handeling
from meldingen.forms.verslag import Verslagformulier, Verstuurformulier
from meldingen.models import ONDERWERPEN, Melding, Verslag
from meldingen.pdf import maak_pdf
from meldingen.views.handelen import handel
from teams.access import Actie, mag
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from voorzieningen.models import Aanvraag

CONFLICT = 409
STIJL = "eenplan/planpapier.css"
UITKOMSTEN = ("rond_af_in_voorveld", "rond_onderzoek_af", "wijs_af")
"""Steps by which an onderzoek comes out, beside the aanvraag."""


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


@vereist(Actie.LEZEN, MELDING)
@require_safe
def pdf(request: Verzoek, pk: int) -> HttpResponse:
    """The verslag as an accessible PDF, named after nobody; where none can be made, the page to print."""
    rijen = Melding.objects.select_related("persoon")
    melding = lees(rijen, pk, spoor=request.spoor, handeling=Logregel.AFGEDRUKT)
    verslag = workflow.verslag_van(melding)
    if verslag is None:
        raise Http404
    inhoud = {"melding": melding, "verslag": verslag, "onderwerpen": _onderwerpen(verslag)}
    gemaakt = maak_pdf(render_to_string("meldingen/verslag_papier.html", inhoud), STIJL)
    if gemaakt is None:
        return _toon(request, pk, geen_pdf=True)
    return HttpResponse(
        gemaakt,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="verslag-{melding.nummer}.pdf"'},
    )


def _toon(
    request: Verzoek,
    pk: int,
    ingevuld: Handeling[Melding] | None = None,
    status: int = 200,
    *,
    geen_pdf: bool = False,
) -> HttpResponse:
    afdruk = geen_pdf or "afdruk" in request.GET
    melding = lees(
        Melding.objects.select_related("persoon"),
        pk,
        spoor=request.spoor,
        handeling=Logregel.AFGEDRUKT if afdruk else Logregel.GEOPEND,
    )
    gezien = workflow.versie(melding)
    verslag = workflow.verslag_van(melding)
    werkt = not afdruk and mag(request.spoor.wie, Actie.WERKEN, melding)
    schrijft = werkt and (verslag is None or verslag.verstuurd_op is None)
    formulier = ingevuld if isinstance(ingevuld, Verslagformulier) else None
    if schrijft and formulier is None:
        formulier = _leeg_formulier(request, melding)
    if formulier and status == CONFLICT and verslag:
        formulier.data = {**request.POST.dict(), "gezien": str(verslag.pk)}
    versturen = (
        ingevuld if isinstance(ingevuld, Verstuurformulier) else Verstuurformulier(melding, request.spoor)
    )
    versturen.fields["gezien"].initial = verslag.pk if verslag else None
    if versturen.is_bound and status == CONFLICT and verslag:
        versturen.data = {**request.POST.dict(), "gezien": str(verslag.pk)}
    return render(
        request,
        "meldingen/verslag.html",
        {
            "melding": melding,
            "verslag": verslag,
            "onderwerpen": _onderwerpen(verslag) if verslag else [],
            "form": formulier if schrijft else None,
            "versturen": versturen if schrijft and verslag else None,
            "ontbreekt": workflow.ontbreekt_in(verslag) if verslag else [],
            "ter_sprake": [rij for rij in workflow.verhelderingen_van(melding).values() if rij.tekst]
            if schrijft
            else [],
            "uitkomst": _uitkomst(request, melding) if werkt else [],
            "versie": gezien,
            "botst": status == CONFLICT,
            "concept": _concept(pk),
            "afdruk": afdruk,
            "geen_pdf": geen_pdf,
        },
        status=status,
    )


def _onderwerpen(verslag: Verslag) -> list[tuple[str, str]]:
    """Each subject with what was written about it; what others in the house need only where somebody wrote it."""
    rijen = [(naam, getattr(verslag, veld)) for veld, naam in ONDERWERPEN.items()]
    if verslag.huisgenoten:
        rijen.append(("Wat anderen in huis nodig hebben", verslag.huisgenoten))
    return rijen


def _uitkomst(request: Verzoek, melding: Melding) -> list[Handeling[Melding]]:
    """What can come of the onderzoek: the voorveld, another solution, or an aanvraag; each says why it can't yet."""
    stappen = [Stapformulier(melding, request.spoor, doel=verb) for verb in UITKOMSTEN]
    al = Aanvraag.objects.filter(melding=melding).exists()
    return [*stappen, *([] if al else [Aanvraagformulier(melding, request.spoor)])]


def _leeg_formulier(request: Verzoek, melding: Melding) -> Verslagformulier:
    """With what stands there, or what one was typing."""
    verslag = workflow.verslag_van(melding)
    formulier = Verslagformulier(melding, request.spoor)
    if verslag:
        formulier.vul(verslag)
    concept = request.user.concepten.filter(formulier=_concept(melding.pk)).first()
    if concept and concept.inhoud.keys() - {"gezien"}:
        formulier.initial |= concept.inhoud
    return formulier


def _concept(pk: int) -> str:
    return f"verslag-{pk}"
