"""The pages of the sociale kaart: find, read, and for beheer change and import."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from teams.access import Actie, mag_ooit
from teams.gronden import SOCIALE_KAART
from teams.toegang import Verzoek, vereist
from voorzieningen.forms.kaart import Importform, Kaartform, Zoekvraag
from voorzieningen.models import AlgemeneVoorziening
from voorzieningen.socialekaart import KOLOMMEN, Kaartfouten, importeer_kaart
from voorzieningen.workflow import IntussenGewijzigd, bewaar_op_kaart

PER_PAGINA = 25
INTUSSEN = (
    "Iemand anders heeft deze regel intussen gewijzigd. Open de pagina opnieuw en vul uw wijziging weer in."
)


def _beheert(request: Verzoek) -> bool:
    return mag_ooit(request.spoor.wie, Actie.BEHEREN, SOCIALE_KAART)


@vereist(Actie.LEZEN, SOCIALE_KAART)
@require_safe
def kaart(request: Verzoek) -> HttpResponse:
    """What is on offer for a question; with htmx only the results."""
    beheer = _beheert(request)
    vraag = Zoekvraag(request.GET, beheer=beheer)
    gegevens: dict[str, object] = {"vraag": vraag, "mag_beheren": beheer}
    geldig = vraag.is_valid()
    if geldig:
        gegevens |= _gevonden(vraag, request.GET.get("pagina", ""))
    fragment = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    sjabloon = "voorzieningen/resultaten.html" if fragment else "voorzieningen/sociale_kaart.html"
    antwoord = render(request, sjabloon, gegevens, status=200 if geldig or fragment else 400)
    patch_vary_headers(antwoord, ["HX-Request"])
    return antwoord


def _gevonden(vraag: Zoekvraag, pagina: str) -> dict[str, object]:
    """One page of rows; those that look like it when no row has the words."""
    woorden = vraag.cleaned_data["q"]
    rijen = vraag.rijen(timezone.localdate())
    paginering = Paginator(rijen.zoek(woorden), PER_PAGINA)
    ongeveer = bool(woorden) and not paginering.count
    if ongeveer:
        paginering = Paginator(rijen.lijkt_op(woorden), PER_PAGINA)
    leeg = not paginering.count and not AlgemeneVoorziening.objects.exists()
    return {"bladzijde": paginering.get_page(pagina), "ongeveer": ongeveer, "kaart_is_leeg": leeg}


@vereist(Actie.LEZEN, SOCIALE_KAART)
@require_safe
def voorziening(request: Verzoek, pk: int) -> HttpResponse:
    """One row, with how it came to be for who manages it."""
    rij = get_object_or_404(AlgemeneVoorziening.objects.met_koppelingen(), pk=pk)
    beheer, vandaag = _beheert(request), timezone.localdate()
    gegevens = {
        "rij": rij,
        "geldt": rij.geldt_op(vandaag),
        "voorbij": bool(rij.geldig_tot and rij.geldig_tot <= vandaag),
        "mag_beheren": beheer,
        "verwijzingen": rij.aantal_verwijzingen() if beheer else None,
        "wijzigingen": rij.wijzigingen.select_related("door") if beheer else [],
    }
    return render(request, "voorzieningen/voorziening.html", gegevens)


@vereist(Actie.BEHEREN, SOCIALE_KAART)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Verzoek) -> HttpResponse:
    """Add a row."""
    return _bewerk(request, None)


@vereist(Actie.BEHEREN, SOCIALE_KAART)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: Verzoek, pk: int) -> HttpResponse:
    """Change a row."""
    return _bewerk(request, get_object_or_404(AlgemeneVoorziening.objects.met_koppelingen(), pk=pk))


def _bewerk(request: Verzoek, rij: AlgemeneVoorziening | None) -> HttpResponse:
    naam = str(rij) if rij else ""
    form = Kaartform(
        request.POST if request.method == "POST" else None, instance=rij, vandaag=timezone.localdate()
    )
    if form.is_valid():
        try:
            bewaar_op_kaart([form.rij()], door=request.user)
            return redirect("sociale-kaart-voorziening", pk=form.instance.pk)
        except IntussenGewijzigd:
            form.add_error(None, INTUSSEN)
    gegevens = {"form": form, "pk": rij.pk if rij else None, "naam": naam}
    return render(request, "voorzieningen/bewerken.html", gegevens, status=400 if form.errors else 200)


@vereist(Actie.BEHEREN, SOCIALE_KAART)
@require_http_methods(["GET", "HEAD", "POST"])
def importeren(request: Verzoek) -> HttpResponse:
    """Read a file in, or say what is wrong with it."""
    form = Importform(request.POST, request.FILES) if request.method == "POST" else Importform()
    gegevens: dict[str, object] = {"form": form, "kolommen": KOLOMMEN}
    if form.is_valid():
        einde = timezone.localdate() if form.cleaned_data["beeindig"] else None
        try:
            gegevens["resultaat"] = importeer_kaart(
                form.inhoud(), door=request.user, beeindig_ontbrekende_op=einde
            )
        except Kaartfouten as fouten:
            gegevens["fouten"] = fouten
    mis = form.errors or "fouten" in gegevens
    return render(request, "voorzieningen/importeren.html", gegevens, status=400 if mis else 200)
