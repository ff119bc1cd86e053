"""A new melding: one screen, that shows who is known before anything is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from households.models import Persoon
from meldingen import workflow
from meldingen.forms.aannemen import NIEUW, AannameForm, Vervolg
from meldingen.herkennen import Bekende, herken, stel_categorie_voor
from meldingen.models import Concept, Melding
from meldingen.workflow import DubbeleMelding, NieuwePersoon
from teams.access import MELDING, Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.lezen import lees
from teams.models import Handeling, Team
from teams.toegang import Verzoek, vereist
from teams.web import is_fragment

CONCEPT = "melding-nieuw"
NIET_IN_CONCEPT = {"csrfmiddlewaretoken", "toevoegen", "opslaan", "herken"}


@vereist(Actie.AANNEMEN, MELDING)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Verzoek) -> HttpResponseBase:
    """The empty form, or what one was typing; POST saves it, or shows what is still to be chosen."""
    if request.method != "POST":
        concept = Concept.objects.filter(medewerker=request.user, formulier=CONCEPT).first()
        form = AannameForm()
        if concept:
            form.initial.update(
                {
                    naam: waarde if len(waarde) > 1 or naam == "levensgebieden" else waarde[0]
                    for naam, waarde in concept.inhoud.items()
                    if waarde
                }
            )
        return _toon(request, form, [], concept=concept)
    if "leeg" in request.POST:
        workflow.gooi_concept_weg(CONCEPT, door=request.user)
        return redirect("melding-nieuw")
    form = AannameForm(request.POST)
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    if "herken" in request.POST:
        return _toon(request, AannameForm(initial=_getypt(request)), bekenden)
    geldig = form.is_valid()
    if geldig and "toevoegen" in request.POST:
        return _voeg_toe(request, form)
    if not _gekozen(form, bekenden) or not geldig:
        return _toon(request, form, bekenden, status=422)
    try:
        melding = _neem_aan(request, form)
    except DubbeleMelding as dubbel:
        form.add_error(None, str(dubbel))
        return _toon(request, form, bekenden, dubbel=dubbel.melding, status=409)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon(request, form, bekenden, status=409)
    return _klaar(request, melding, form.cleaned_data["vervolg"])


@vereist(Actie.AANNEMEN, MELDING)
@require_POST
def herken_fragment(request: Verzoek) -> HttpResponse:
    """While typing: who may be meant, the team, a categorie that fits. Keeps what is typed as a concept."""
    form = AannameForm(request.POST)
    _bewaar_concept(request)
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    return render(request, "meldingen/_bekenden.html", _rechts(form, bekenden))


def _gekozen(form: AannameForm, bekenden: list[Bekende]) -> bool:
    """Whether somebody chose between known and new, seeing everybody who is known; says so in the form if not."""
    wie, gezien = form.data.get("wie", ""), set(form.data.get("gezien", "").split())
    if wie == NIEUW:
        ongezien = [bekende for bekende in bekenden if str(bekende.persoon.pk) not in gezien]
        if ongezien:
            form.add_error(None, "Er zijn inwoners die hierop lijken. Kies wie het is, of ‘iemand anders’.")
            return False
        return True
    if not wie:
        form.add_error(None, "Kies of het om een bekende inwoner gaat of om iemand anders.")
        return False
    return True


def _neem_aan(request: Verzoek, form: AannameForm) -> Melding:
    data = form.cleaned_data
    with transaction.atomic():
        voor: Persoon | NieuwePersoon = form.nieuwe_persoon()
        if data["wie"] != NIEUW:
            vindbaar = zichtbaar(Persoon, request.spoor.wie, Actie.ZIEN)
            gekozen = data["wie"] if data["wie"].isascii() and data["wie"].isdigit() else "0"
            voor = lees(
                vindbaar,
                int(gekozen[:18]),
                spoor=request.spoor,
                actie=Actie.ZIEN,
                handeling=Handeling.GEWIJZIGD,
            )
        melding = workflow.neem_aan(
            voor=voor,
            melder=form.melder(),
            vraag=data["vraag"],
            op=timezone.localdate(),
            door=request.user,
            sleutel=form.uuid,
            toch_apart=data["toch_apart"],
            toestemming=data["toestemming"],
            spoed=data["spoed"],
            levensgebieden=data["levensgebieden"],
            team=data["team"] or Team.objects.voor_postcode(data["postcode"]).first(),
            categorie=data["categorie"],
            kanaal=data["kanaal"],
            aanleiding=data["aanleiding"],
        )
        if not melding.is_klaar:
            melding = _vervolg(melding, data, request)
        workflow.gooi_concept_weg(CONCEPT, door=request.user)
    return melding


def _vervolg(melding: Melding, data: dict[str, Any], request: Verzoek) -> Melding:
    vandaag, reden = timezone.localdate(), data["toelichting"]
    if data["vervolg"] == Vervolg.OPPAKKEN and not melding.behandelaar_id:
        return workflow.pak_op(melding, door=request.user)
    if data["vervolg"] == Vervolg.ADVIES:
        return workflow.rond_af_in_voorveld(melding, op=vandaag, reden=reden, door=request.user)
    if data["vervolg"] == Vervolg.DOORZETTEN:
        return workflow.zet_door(melding, op=vandaag, reden=reden, door=request.user)
    return melding


def _voeg_toe(request: Verzoek, form: AannameForm) -> HttpResponseBase:
    """It belongs to a melding that runs: add it there, also where one may not read along."""
    sleutel = request.POST["toevoegen"]
    melding = lees(
        Melding,
        int(sleutel[:18]) if sleutel.isascii() and sleutel.isdigit() else 0,
        spoor=request.spoor,
        actie=Actie.ZIEN,
        handeling=Handeling.GEWIJZIGD,
    )
    try:
        workflow.voeg_toe(melding, vraag=form.cleaned_data["vraag"], melder=form.melder(), door=request.user)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
        return _toon(request, form, bekenden, status=409)
    workflow.gooi_concept_weg(CONCEPT, door=request.user)
    return _klaar(request, melding, Vervolg.TRIAGE, toegevoegd=True)


def _klaar(
    request: Verzoek, melding: Melding, vervolg: Vervolg, *, toegevoegd: bool = False
) -> HttpResponseBase:
    """What was done, in the same screen; without JavaScript on the page where one goes on."""
    if vervolg == Vervolg.VERWIJZEN and not toegevoegd:
        naar = reverse("verwijzen", args=[melding.pk])
    else:
        naar = reverse("melding-nieuw")
    wat = "is aangevuld" if toegevoegd else "is vastgelegd"
    if is_fragment(request):
        return render(
            request,
            "meldingen/_vastgelegd.html",
            {"melding": melding, "wat": wat, "verwijzen": vervolg == Vervolg.VERWIJZEN},
        )
    messages.success(request, f"Melding {melding.nummer} {wat}.")
    return redirect(naar)


def _bewaar_concept(request: Verzoek) -> None:
    inhoud = {naam: waarden for naam, waarden in request.POST.lists() if naam not in NIET_IN_CONCEPT}
    if any(request.POST.get(naam) for naam in ("melder_naam", "vraag", "bereikbaar", "voor_naam")):
        workflow.bewaar_concept(CONCEPT, inhoud, door=request.user)


def _getypt(request: Verzoek) -> dict[str, Any]:
    return {
        naam: waarden if naam == "levensgebieden" else waarden[-1]
        for naam, waarden in request.POST.lists()
        if naam not in NIET_IN_CONCEPT
    }


def _rechts(form: AannameForm, bekenden: list[Bekende], **meer: Any) -> dict[str, Any]:
    """The right side of the screen: the known ones, the team of the postcode, a categorie that fits."""
    waarden = form.data if form.is_bound else form.initial
    schoon = getattr(form, "cleaned_data", {})
    if form.is_bound and not schoon:
        form.is_valid()
        schoon = form.cleaned_data
    postcode = schoon.get("postcode", "")
    gebieden = {gebied.code for gebied in schoon.get("levensgebieden") or ()}
    wie = str(waarden.get("wie", ""))
    gevonden = {str(bekende.persoon.pk) for bekende in bekenden}
    return {
        "form": form,
        "bekenden": bekenden,
        "gezien": " ".join(sorted(gevonden)),
        "wie": wie if wie in gevonden or (wie == NIEUW and not bekenden) else "",
        "gezocht": bool(form.zoekvraag.naam if form.is_bound else waarden.get("melder_naam")),
        "wijkteam": Team.objects.voor_postcode(postcode).first() if postcode else None,
        "voorstel": stel_categorie_voor(schoon.get("geboortedatum"), gebieden, op=timezone.localdate()),
        **meer,
    }


def _toon(
    request: Verzoek, form: AannameForm, bekenden: list[Bekende], *, status: int = 200, **meer: Any
) -> HttpResponse:
    sjabloon = "meldingen/_aannemen.html" if is_fragment(request) else "meldingen/aannemen.html"
    # htmx swaps in nothing but a 2xx unless it is told to; the status is for who has no JavaScript
    return render(
        request, sjabloon, _rechts(form, bekenden, **meer), status=200 if is_fragment(request) else status
    )
