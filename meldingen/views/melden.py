"""The form for everybody, without an account."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meldingen import workflow
from meldingen.forms.melden import MeldForm, zegel
from teams.geweigerd import Geweigerd


@require_http_methods(["GET", "HEAD", "POST"])
def formulier(request: HttpRequest) -> HttpResponse:
    """Fill in, and hear that it arrived; the answer is the same for who is known and who is not."""
    form = MeldForm(request.POST or None, initial={"zegel": zegel()})
    if request.method == "POST" and form.is_valid():
        if form.lijkt_een_robot:
            form.add_error(
                None, "Dat ging erg snel. Controleer uw gegevens en verstuur het formulier nog eens."
            )
            form.opnieuw()
        else:
            try:
                workflow.neem_formulier_aan(
                    soort=form.cleaned_data["soort"],
                    naam=form.cleaned_data["naam"],
                    email=form.cleaned_data["email"],
                    telefoon=form.cleaned_data["telefoon"],
                    organisatie=form.cleaned_data["organisatie"],
                    postcode=form.cleaned_data["postcode"],
                    vraag=form.tekst,
                    afzender=get_adapter().get_client_ip(request),
                    sleutel=form.sleutel,
                )
            except Geweigerd as fout:
                form.add_error(None, str(fout))
            else:
                return redirect("melding-ontvangen")
    status = 422 if form.errors else 200
    return render(request, "meldingen/melden.html", {"form": form}, status=status)


@require_safe
def ontvangen(request: HttpRequest) -> HttpResponse:
    """Thanks; the number stands in the mail."""
    return render(request, "meldingen/ontvangen.html")
