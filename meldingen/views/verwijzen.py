"""Referring from a melding to the sociale kaart, by one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meldingen import workflow
from meldingen.forms.verwijzen import HOOGSTENS, VerwijsForm, gevonden
from meldingen.models import Melding
from teams.access import Actie
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING
from teams.lezen import lees
from teams.models import Handeling
from teams.toegang import Verzoek, vereist
from teams.web import is_fragment
from voorzieningen.models import AlgemeneVoorziening

NAAR = "voorziening"


@vereist(Actie.WERKEN, MELDING)
@require_http_methods(["GET", "HEAD", "POST"])
def verwijzen(request: Verzoek, pk: int) -> HttpResponseBase:
    """Look (also by POST: what somebody needs belongs in no address), and refer."""
    handeling = Handeling.GEWIJZIGD if NAAR in request.POST else Handeling.GEOPEND
    melding = lees(Melding, pk, spoor=request.spoor, actie=Actie.WERKEN, handeling=handeling)
    form = VerwijsForm(request.POST) if request.method == "POST" else VerwijsForm.bij(melding)
    if NAAR in request.POST and form.is_valid():
        sleutel = request.POST[NAAR]
        voorziening = AlgemeneVoorziening.objects.filter(
            pk=int(sleutel) if sleutel.isascii() and sleutel.isdigit() and len(sleutel) < 19 else 0
        ).first()
        try:
            if voorziening is None:
                raise Geweigerd("Deze voorziening staat niet meer op de sociale kaart; kies iets anders.")
            workflow.verwijs(
                melding,
                voorziening,
                op=timezone.localdate(),
                toelichting=form.cleaned_data["toelichting"],
                rond_af=form.cleaned_data["rond_af"],
                door=request.user,
            )
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            return _toon(request, melding, form, status=409)
        messages.success(request, f"Verwezen naar {voorziening}.")
        return HttpResponseRedirect(reverse("melding", args=[melding.pk]), status=303)
    return _toon(request, melding, form, status=422 if NAAR in request.POST else 200)


def _toon(request: Verzoek, melding: Melding, form: VerwijsForm, *, status: int) -> HttpResponse:
    rijen = gevonden(form.gevraagd(), timezone.localdate())
    al = set(melding.verwijzingen.bekend_op(None).values_list("voorziening", flat=True))
    gegevens = {
        "melding": melding,
        "form": form,
        "rijen": rijen[:HOOGSTENS],
        "er_is_meer": len(rijen) > HOOGSTENS,
        "al_verwezen": al,
        "kaart_is_leeg": not rijen and not AlgemeneVoorziening.objects.exists(),
    }
    sjabloon = "meldingen/_verwijzen.html" if is_fragment(request) else "meldingen/verwijzen.html"
    return render(request, sjabloon, gegevens, status=status)
