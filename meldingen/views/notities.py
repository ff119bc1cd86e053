"""Notes about a household: writing one, its history, and correcting one while a colleague does, too."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from households import workflow as huishoudens
from households.leden import versies_van
from households.models import Huishouden, Huishoudnotitie
from meldingen import workflow
from meldingen.forms import notities as formulieren
from meldingen.forms.velden import Handeling
from meldingen.views.handelen import handel
from meldingen.views.huishouden import toon as toon_dossier
from teams.access import Actie, mag, zichtbaar
from teams.gronden import HUISHOUDEN
from teams.lezen import lees, leg_vast
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def noteer(request: Verzoek, pk: int) -> HttpResponse:
    """Write something down about the household, some of its members, or for one of them alone."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.noteer(huishouden, **schoon, door=request.user)
        slug = formulieren.Huishoudnotitieformulier(huishouden, request.spoor).formulier
        workflow.gooi_concept_weg(slug, door=request.user)
        return "De notitie is bewaard."

    return handel(
        request,
        Huishouden.objects.all(),
        pk,
        lambda huishouden: formulieren.Huishoudnotitieformulier(huishouden, request.spoor, request.POST),
        doe,
        toon=toon_dossier,
        pagina="huishouden",
    )


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_http_methods(["GET", "HEAD", "POST"])
def pagina(request: Verzoek, pk: int, notitie: int) -> HttpResponse:
    """A note with everything that ever stood there; sent back, it is corrected."""
    if request.method != "POST":
        return _toon(request, pk, notitie)

    def maak(huishouden: Huishouden) -> Handeling[Huishouden]:
        return formulieren.Verbeterformulier(
            huishouden, request.spoor, request.POST, doel=notitie, huidig=_huidig(huishouden, notitie)
        )

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        reeks = _huidig(huishouden, notitie).reeks
        keuze = schoon.get("keuze")
        waar = {"gezien": schoon["gezien"], "door": request.user}
        if keuze == formulieren.HUN:
            huishoudens.bewaar_ernaast(huishouden, reeks, tekst=schoon["tekst"], **waar)
            bericht = "De tekst van uw collega blijft staan. Die van u staat in de geschiedenis."
        else:
            tekst = schoon["samen"] if keuze == formulieren.SAMEN else schoon["tekst"]
            huishoudens.verbeter_notitie(huishouden, reeks, tekst=tekst, tegelijk=bool(keuze), **waar)
            bericht = "De notitie is verbeterd. Wat er stond, staat in de geschiedenis."
        formulier = formulieren.Verbeterformulier(
            huishouden, request.spoor, doel=notitie, huidig=_huidig(huishouden, notitie)
        )
        workflow.gooi_concept_weg(formulier.formulier, door=request.user)
        return bericht

    return handel(
        request,
        Huishouden.objects.all(),
        pk,
        maak,
        doe,
        toon=lambda request, pk, formulier, status: _toon(request, pk, notitie, formulier, status),
        pagina="huishouden",
    )


def _toon(
    request: Verzoek,
    pk: int,
    notitie: int,
    formulier: Handeling[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    huishouden = lees(Huishouden, pk, spoor=request.spoor)
    huidig = _huidig(huishouden, notitie)
    tegelijk = None
    if isinstance(formulier, formulieren.Verbeterformulier) and _is_tegelijk(formulier, huidig):
        tegelijk, fouten = str(formulier.data.get("tekst", "")), formulier.non_field_errors()
        formulier = formulieren.Verbeterformulier(
            huishouden, request.spoor, doel=notitie, huidig=huidig, tegelijk=tegelijk
        )
    else:
        fouten = None
    if formulier is None and mag(request.spoor.wie, Actie.WERKEN, huishouden):
        formulier = formulieren.Verbeterformulier(huishouden, request.spoor, doel=notitie, huidig=huidig)
    bekend = list(zichtbaar(huidig.personen.all(), request.spoor.wie, Actie.ZIEN))
    leg_vast(bekend, spoor=request.spoor, handeling=Logregel.IN_LIJST)
    return render(
        request,
        "meldingen/huishoudnotitie.html",
        {
            "huishouden": huishouden,
            "huidig": huidig,
            "over": ", ".join(sorted(persoon.naam for persoon in bekend)),
            "eigen_van": next((rij for rij in bekend if rij.pk == huidig.eigen_van_id), None),
            "versies": versies_van(huishouden, notitie),
            "formulier": formulier,
            "tegelijk": tegelijk,
            "fouten": fouten,
        },
        status=status,
    )


def _is_tegelijk(formulier: formulieren.Verbeterformulier, huidig: Huishoudnotitie) -> bool:
    """Whether a colleague was first: the form is right, but of another version than holds now."""
    return str(formulier.data.get("gezien", "")) != str(huidig.versie) and "tekst" not in formulier.errors


def _huidig(huishouden: Huishouden, notitie: int) -> Huishoudnotitie:
    """The version in force of the note of which this is one; Http404 when it isn't one of this household."""
    huidig = versies_van(huishouden, notitie).filter(vervallen_op__isnull=True).first()
    if huidig is None:
        raise Http404
    return huidig
