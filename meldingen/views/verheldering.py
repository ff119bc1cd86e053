"""The brede vraagverheldering of a melding: written, printed, and scored where a matrix is loaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from households.models import Persoon
from meldingen import workflow
from meldingen.dossierlijn import weet_van
from meldingen.forms.gesprek import leden_van
from meldingen.forms.velden import Handeling
from meldingen.forms.verheldering import Scoreformulier, Verhelderingformulier
from meldingen.models import Matrix, Melding, Verheldering
from meldingen.verloop import termijnen_van
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
    """What came up per levensgebied, to write in for who works with the melding; sent back, it is saved."""
    if request.method != "POST":
        return _toon(request, pk)
    melding = lees(Melding.objects.all(), pk, spoor=request.spoor, actie=Actie.WERKEN)
    formulier = Verhelderingformulier(melding, request.spoor, request.POST)
    if not formulier.is_valid():
        return _toon(request, pk, formulier)
    try:
        with transaction.atomic():
            workflow.schrijf_verheldering(melding, door=request.user, **formulier.schoon())
            leg_vast([melding], spoor=request.spoor, handeling=Logregel.GEWIJZIGD)
    except Geweigerd as fout:
        formulier.add_error(None, str(fout))
        botst = fout.nu if isinstance(fout, workflow.VerhelderingGewijzigd) else {}
        formulier.data = request.POST.copy()
        for gebied, rij in botst.items():
            formulier.data[f"{gebied}-gezien"] = str(rij.pk)
        return _toon(request, pk, formulier, CONFLICT, botst=list(botst))
    workflow.gooi_concept_weg(_concept(pk), door=request.user)
    messages.success(request, "De vraagverheldering is bewaard.")
    return HttpResponseRedirect(resolve_url("melding-verheldering", pk), status=303)


@vereist(Actie.WERKEN, MELDING)
@handeling("melding-verheldering")
def scores(request: Verzoek, pk: int, persoon: int) -> HttpResponse:
    """How one member is doing."""

    def doe(melding: Melding, schoon: dict[str, Any]) -> str:
        gedaan = workflow.leg_scores_vast(melding, door=request.user, **schoon)
        return f"{len(gedaan)} score{'' if len(gedaan) == 1 else 's'} vastgelegd."

    return handel(
        request,
        Melding.objects.all(),
        pk,
        lambda melding: Scoreformulier(melding, request.spoor, request.POST, doel=persoon),
        doe,
        toon=_toon,
        pagina="melding-verheldering",
    )


def _toon(
    request: Verzoek,
    pk: int,
    ingevuld: Handeling[Melding] | None = None,
    status: int = 200,
    *,
    botst: list[int] | None = None,
) -> HttpResponse:
    afdruk = "afdruk" in request.GET
    melding = lees(
        Melding.objects.select_related("persoon"),
        pk,
        spoor=request.spoor,
        handeling=Logregel.AFGEDRUKT if afdruk else Logregel.GEOPEND,
    )
    leden = list(leden_van(melding.huishouden_id, request.spoor.wie))
    leg_vast(
        [lid for lid in leden if lid.pk != melding.persoon_id],
        spoor=request.spoor,
        handeling=Logregel.IN_LIJST,
    )
    werkt = not afdruk and mag(request.spoor.wie, Actie.WERKEN, melding)
    formulier = ingevuld if isinstance(ingevuld, Verhelderingformulier) else None
    if werkt and formulier is None:
        formulier = _leeg(request, melding)
    matrix = Matrix.objects.geldig_op(timezone.localdate()) if werkt else None
    lid = _lid(request, leden) if afdruk else None
    return render(
        request,
        "meldingen/verheldering.html",
        {
            "melding": melding,
            "leden": leden,
            "lid": lid,
            "form": formulier if werkt else None,
            "verhelderingen": _te_lezen(request, melding, leden, lid),
            "botst": botst or [],
            "concept": _concept(pk),
            "matrix": matrix,
            "scoreformulieren": _scoreformulieren(request, melding, leden, ingevuld) if matrix else [],
            "verslag": workflow.verslag_van(melding),
            "persoonlijk_plan": next(iter(termijnen_van(melding)), None),
            "formulier": ingevuld,
            "afdruk": afdruk,
        },
        status=status,
    )


def _te_lezen(
    request: Verzoek, melding: Melding, leden: list[Persoon], lid: Persoon | None
) -> list[tuple[Verheldering, list[str]]]:
    """What was written, each with for whom as far as the reader knows them; for one member without others' own."""
    namen = {rij.pk: rij.naam for rij in leden}
    weet = weet_van(lid, request.spoor.wie.dag) if lid else None
    rijen = []
    for rij in workflow.verhelderingen_van(melding).values():
        personen = {persoon.pk for persoon in rij.personen.all()}
        if (rij.tekst or rij.huishouden or personen) and (weet is None or rij.over() <= weet):
            wie = ["het hele huishouden"] if rij.huishouden else []
            rijen.append((rij, [*wie, *(namen[pk] for pk in sorted(personen) if pk in namen)]))
    return rijen


def _lid(request: Verzoek, leden: list[Persoon]) -> Persoon | None:
    """For whom alone it is printed, which the log says of that person; Http404 for who doesn't live here."""
    gevraagd = request.GET.get("lid", "")
    if not gevraagd:
        return None
    lid = next((rij for rij in leden if str(rij.pk) == gevraagd), None)
    if lid is None:
        raise Http404
    return lees(Persoon, lid.pk, spoor=request.spoor, handeling=Logregel.AFGEDRUKT)


def _leeg(request: Verzoek, melding: Melding) -> Verhelderingformulier:
    """With what stands there, or what one was typing."""
    formulier = Verhelderingformulier(melding, request.spoor)
    if concept := request.user.concepten.filter(formulier=_concept(melding.pk)).first():
        formulier.neem_concept(concept.inhoud)
    return formulier


def _scoreformulieren(
    request: Verzoek, melding: Melding, leden: list[Persoon], ingevuld: Handeling[Melding] | None
) -> list[Handeling[Melding]]:
    """One per member; the one that was filled in wrong takes the place of the empty one."""
    personen = leden or ([melding.persoon] if melding.persoon else [])
    leeg = [Scoreformulier(melding, request.spoor, doel=persoon.pk) for persoon in personen]
    return [ingevuld if ingevuld and ingevuld.sleutel == rij.sleutel else rij for rij in leeg]


def _concept(pk: int) -> str:
    return f"verheldering-{pk}"
