"""A new melding: one screen, that shows who is known before anything is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from households.models import Persoon
from meldingen import workflow
from meldingen.forms.aannemen import MAX_NAAM, MAX_VRAAG, NIEUW, AannameForm, Vervolg
from meldingen.herkennen import Bekende, herken, stel_categorie_voor
from meldingen.models import Concept, Kanaal, Melding, Poststuk
from meldingen.workflow import DubbeleMelding, NieuwePersoon
from teams.access import Actie, mag, mag_ooit, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING
from teams.lezen import lees
from teams.models import Handeling, Team
from teams.toegang import Verzoek, vereist
from teams.web import is_fragment

CONCEPT = "melding-nieuw"
CONCEPT_TEKENS = 20_000
"""Of one field: more than may be saved, so that what is too long isn't lost either."""


@vereist(Actie.AANNEMEN, MELDING)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Verzoek) -> HttpResponseBase:
    """The empty form, or what one was typing; POST saves it, or shows what is still to be chosen."""
    if request.method != "POST":
        return _begin(request)
    if "leeg" in request.POST:
        workflow.gooi_concept_weg(CONCEPT, door=request.user)
        return redirect("melding-nieuw")
    form = _formulier(request, request.POST)
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    if "herken" in request.POST:
        _bewaar_concept(request, form)
        return _toon(request, form, bekenden, nog_bezig=True)
    if form.is_valid() and "toevoegen" in request.POST:
        return _voeg_toe(request, form, bekenden)
    if "toevoegen" in request.POST or not (_is_gekozen(form, bekenden) and form.is_valid()):
        _bewaar_concept(request, form)
        return _toon(request, form, bekenden, status=422)
    try:
        melding = _neem_aan(request, form)
    except DubbeleMelding as dubbel:
        form.add_error(None, str(dubbel))
        return _toon(request, form, bekenden, status=409, dubbel=dubbel.melding)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon(request, form, bekenden, status=409)
    return _klaar(request, melding, "is vastgelegd", form.cleaned_data["vervolg"])


@vereist(Actie.AANNEMEN, MELDING)
@require_POST
def herken_fragment(request: Verzoek) -> HttpResponse:
    """While typing: who may be meant, the team, a categorie that fits. Keeps what is typed as a concept.

    Nothing (204) when what is on the screen still holds, so that nobody is read, logged or announced twice.
    """
    form = _formulier(request, request.POST)
    _bewaar_concept(request, form)
    if request.POST.get("kenmerk") == form.kenmerk:
        return HttpResponse(status=204)
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    return render(request, "meldingen/_bekenden.html", _rechts(form, bekenden))


def _begin(request: Verzoek) -> HttpResponse:
    if "poststuk" in request.GET:
        return _uit_mail(request, _lees_poststuk(request, _sleutel(request.GET["poststuk"])))
    concept = Concept.objects.filter(medewerker=request.user, formulier=CONCEPT).first()
    if not concept or _is_al_bewaard(concept):
        return _toon(request, _formulier(request, MultiValueDict()), [], nog_bezig=True)
    form = _formulier(request, MultiValueDict(concept.inhoud))
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    return _toon(request, form, bekenden, nog_bezig=True, concept=concept)


def _uit_mail(request: Verzoek, poststuk: Poststuk) -> HttpResponse:
    """The form with what the mail says; who it is about is still to be chosen."""
    form = _formulier(
        request,
        MultiValueDict(
            {
                "melder_naam": [poststuk.afzender[:MAX_NAAM]],
                "bereikbaar": [poststuk.afzender_adres],
                "vraag": [workflow.tekst_van(poststuk, MAX_VRAAG)],
                "kanaal": [str(Kanaal.EMAIL.value)],
                "poststuk": [str(poststuk.pk)],
            }
        ),
    )
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=request.spoor)
    return _toon(request, form, bekenden, nog_bezig=True)


def _lees_poststuk(request: Verzoek, pk: int, handeling: Handeling = Handeling.GEOPEND) -> Poststuk:
    return lees(Poststuk, pk, spoor=request.spoor, actie=Actie.VERDELEN, handeling=handeling)


def _uit_poststuk(request: Verzoek, form: AannameForm) -> Poststuk | None:
    """The mail of which this melding is made; not asked for again when the form comes a second time."""
    pk = form.cleaned_data["poststuk"]
    if not pk or (form.uuid and workflow.is_aangenomen(form.uuid)):
        return None
    return _lees_poststuk(request, pk, Handeling.GEWIJZIGD)


def _is_al_bewaard(concept: Concept) -> bool:
    """A last word that came in after saving makes no concept of it."""
    try:
        return workflow.is_aangenomen(UUID(concept.inhoud["sleutel"][0]))
    except (KeyError, IndexError, ValueError):
        return False


def _formulier(
    request: Verzoek, data: MultiValueDict[str, Any] | None, begin: dict[str, Any] | None = None
) -> AannameForm:
    return AannameForm(data, initial=begin, neemt_op=mag_ooit(request.spoor.wie, Actie.WERKEN, MELDING))


def _wie(form: AannameForm, bekenden: list[Bekende]) -> str:
    """The choice, as long as it holds: somebody who is still likely, or nobody of those who were shown."""
    wie, gezien = str(form.data.get("wie", "")), set(str(form.data.get("gezien", "")).split())
    gevonden = {str(bekende.persoon.pk) for bekende in bekenden}
    return wie if wie in gevonden or (wie == NIEUW and gevonden <= gezien) else ""


def _is_gekozen(form: AannameForm, bekenden: list[Bekende]) -> bool:
    """Whether somebody chose between known and new, seeing everybody who is known; says so in the form if not.

    A form that comes twice was chosen in before, and would now find whom it made.
    """
    if _wie(form, bekenden) or (form.is_valid() and form.uuid and workflow.is_aangenomen(form.uuid)):
        return True
    wie = form.data.get("wie")
    if not wie:
        form.add_error("wie", "Kies of het om een bekende inwoner gaat of om iemand anders.")
    elif wie == NIEUW:
        form.add_error("wie", "Er zijn inwoners die hierop lijken. Kies wie het is, of ‘Iemand anders’.")
    else:
        form.add_error("wie", "De gekozen inwoner past niet meer bij wat u invulde. Kies opnieuw wie het is.")
    return False


def _neem_aan(request: Verzoek, form: AannameForm) -> Melding:
    data = form.cleaned_data
    with transaction.atomic():
        voor: Persoon | NieuwePersoon = form.nieuwe_persoon()
        if data["wie"] != NIEUW:
            vindbaar = zichtbaar(Persoon, request.spoor.wie, Actie.ZIEN)
            voor = lees(
                vindbaar,
                _sleutel(data["wie"]),
                spoor=request.spoor,
                actie=Actie.ZIEN,
                handeling=Handeling.GEWIJZIGD,
            )
        poststuk = _uit_poststuk(request, form)
        melding = _leg_vast(request, form, voor, toch_apart=data["toch_apart"])
        if poststuk:
            workflow.maak_melding_van(poststuk, melding, door=request.user)
        if not melding.is_klaar:
            melding = _vervolg(request, melding, data)
        workflow.gooi_concept_weg(CONCEPT, door=request.user)
    return melding


def _leg_vast(
    request: Verzoek, form: AannameForm, voor: Persoon | NieuwePersoon, *, toch_apart: bool
) -> Melding:
    """DubbeleMelding only for one that the reader may know of."""
    data = form.cleaned_data
    try:
        return workflow.neem_aan(
            voor=voor,
            melder=form.melder(),
            vraag=data["vraag"],
            op=timezone.localdate(),
            door=request.user,
            sleutel=form.uuid,
            toch_apart=toch_apart,
            toestemming=data["toestemming"],
            spoed=data["spoed"],
            levensgebieden=data["levensgebieden"],
            team=data["team"] or Team.objects.voor_postcode(data["postcode"]).first(),
            categorie=data["categorie"],
            kanaal=data["kanaal"],
            aanleiding=data["aanleiding"],
        )
    except DubbeleMelding as dubbel:
        if mag(request.spoor.wie, Actie.ZIEN, dubbel.melding):
            raise
        return _leg_vast(request, form, voor, toch_apart=True)


def _vervolg(request: Verzoek, melding: Melding, data: dict[str, Any]) -> Melding:
    """What happens right away; Geweigerd where the melding isn't for who registers it to work on."""
    vandaag, reden = timezone.localdate(), data["toelichting"]
    if data["vervolg"] == Vervolg.TRIAGE:
        return melding
    if not mag(request.spoor.wie, Actie.WERKEN, melding):
        raise Geweigerd(f"Deze melding is voor {melding.team}; u kunt haar alleen naar de triage sturen.")
    if data["vervolg"] == Vervolg.OPPAKKEN and not melding.behandelaar_id:
        return workflow.pak_op(melding, door=request.user)
    if data["vervolg"] == Vervolg.ADVIES:
        return workflow.rond_af_in_voorveld(melding, op=vandaag, reden=reden, door=request.user)
    if data["vervolg"] == Vervolg.DOORZETTEN:
        return workflow.zet_door(melding, op=vandaag, reden=reden, door=request.user)
    return melding


def _voeg_toe(request: Verzoek, form: AannameForm, bekenden: list[Bekende]) -> HttpResponseBase:
    """It belongs to a melding that runs: add it there, also where one may not read along."""
    melding = lees(
        Melding,
        _sleutel(request.POST["toevoegen"]),
        spoor=request.spoor,
        actie=Actie.ZIEN,
        handeling=Handeling.GEWIJZIGD,
    )
    data = form.cleaned_data
    try:
        with transaction.atomic():
            poststuk = _uit_poststuk(request, form)
            workflow.voeg_toe(
                melding, vraag=data["vraag"], melder=form.melder(), spoed=data["spoed"], door=request.user
            )
            if poststuk:
                workflow.maak_melding_van(poststuk, melding, door=request.user)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon(request, form, bekenden, status=409)
    workflow.gooi_concept_weg(CONCEPT, door=request.user)
    return _klaar(request, melding, "is aangevuld")


def _sleutel(tekst: str) -> int:
    """The key that the page sent; 0, which no row has, for anything else."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else 0


def _klaar(
    request: Verzoek, melding: Melding, wat: str, vervolg: Vervolg = Vervolg.TRIAGE
) -> HttpResponseBase:
    """What was done, in the same screen; without JavaScript on the page where one goes on."""
    verwijzen = vervolg == Vervolg.VERWIJZEN
    if is_fragment(request):
        gegevens = {"melding": melding, "wat": wat, "verwijzen": verwijzen}
        return render(request, "meldingen/_vastgelegd.html", gegevens)
    messages.success(request, f"Melding {melding.nummer} {wat}.")
    naar = reverse("verwijzen", args=[melding.pk]) if verwijzen else reverse("melding-nieuw")
    return HttpResponseRedirect(naar, status=303)


def _bewaar_concept(request: Verzoek, form: AannameForm) -> None:
    """What was typed, with the choice that was made; nothing when it is nobody's call yet."""
    inhoud = {
        naam: [waarde.replace("\0", "") for waarde in waarden]
        for naam, waarden in request.POST.lists()
        if naam in form.fields
    }
    typte = any("".join(inhoud.get(naam, ())) for naam in ("melder_naam", "vraag", "bereikbaar", "voor_naam"))
    if typte and all(len(waarde) <= CONCEPT_TEKENS for waarden in inhoud.values() for waarde in waarden):
        workflow.bewaar_concept(CONCEPT, inhoud, door=request.user)


def _rechts(form: AannameForm, bekenden: list[Bekende]) -> dict[str, Any]:
    """The right side of the screen: the known ones, the team of the postcode, a categorie that fits."""
    form.is_valid()
    schoon = form.cleaned_data
    postcode = schoon.get("postcode", "")
    gebieden = {gebied.code for gebied in schoon.get("levensgebieden") or ()}
    wie = _wie(form, bekenden)
    voorstel = stel_categorie_voor(schoon.get("geboortedatum"), gebieden, op=timezone.localdate())
    return {
        "form": form,
        "bekenden": bekenden,
        "gezien": " ".join(sorted(str(bekende.persoon.pk) for bekende in bekenden)),
        "wie": wie,
        "uit_mail": schoon.get("poststuk"),
        "keuze_vervallen": bool(form.data.get("wie")) and not wie,
        "gezocht": form.zoekvraag.is_gevuld,
        "kenmerk": form.kenmerk,
        "wijkteam": Team.objects.voor_postcode(postcode).first() if postcode else None,
        "voorstel": None if form.data.get("categorie") else voorstel,
    }


def _toon(
    request: Verzoek,
    form: AannameForm,
    bekenden: list[Bekende],
    *,
    status: int = 200,
    nog_bezig: bool = False,
    **meer: Any,
) -> HttpResponse:
    """The whole screen; `nog_bezig` says nothing yet of what is wrong or missing."""
    gegevens = {**_rechts(form, bekenden), **meer}
    if nog_bezig:
        gegevens["form"] = _formulier(request, None, form.getypt)
    sjabloon = "meldingen/_aannemen.html" if is_fragment(request) else "meldingen/aannemen.html"
    # htmx swaps in nothing but a 2xx unless it is told to; the status is for who has no JavaScript
    return render(request, sjabloon, gegevens, status=200 if is_fragment(request) else status)
