"""The page on which `externe_cijfers.csv` is read in; it stands here, where the overdracht is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from config.overdracht.cijferbestand import KOLOMMEN, lees_cijfers_in
from config.overdracht.fouten import Overdrachtfouten
from config.overdracht.importeren import ImportBezig
from teams.access import Actie
from teams.gronden import EXTERN_CIJFER
from teams.toegang import Verzoek, vereist

MAX_BYTES = 2_000_000
UITLEG = {
    "tabel": "Het nummer van de tabel, zoals 2.17.",
    "rij": "De sleutel van de rij.",
    "kolom": "De kolom, als de tabel er meer heeft; anders leeg.",
    "periode": "Bijvoorbeeld 2015-Q2, 2015-04 of een dag als 2015-04-01.",
    "waarde": "Een getal met een punt; leeg bij nnb.",
    "status": "voorlopig, definitief of nnb (nog niet bekend: iets anders dan 0).",
    "bron": "Van wie het cijfer komt.",
}


class Cijferbestand(forms.Form):
    """A file with figures."""

    bestand = forms.FileField(
        label="CSV-bestand",
        allow_empty_file=True,
        help_text=f"Met komma's, opgeslagen als UTF-8, hooguit {MAX_BYTES // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Kies een bestand."},
    )

    def clean_bestand(self) -> bytes:
        """What stands in it."""
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_BYTES:
            raise forms.ValidationError(f"Dit bestand is groter dan {MAX_BYTES // 1_000_000} MB.")
        return bytes(bestand.read())


@vereist(Actie.WERKEN, EXTERN_CIJFER)
@require_http_methods(["GET", "HEAD", "POST"])
def inlezen(request: Verzoek) -> HttpResponse:
    """Read a file in as a whole, or say line by line what is wrong with it."""
    form = Cijferbestand(request.POST, request.FILES) if request.method == "POST" else Cijferbestand()
    gegevens: dict[str, Any] = {
        "form": form,
        "kolommen": {kolom.naam: UITLEG[kolom.naam] for kolom in KOLOMMEN},
    }
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            gegevens["vastgelegd"] = lees_cijfers_in(form.cleaned_data["bestand"], door=request.user)
        except Overdrachtfouten as fouten:
            gegevens |= {"fouten": fouten, "rest": fouten.totaal - len(fouten.fouten)}
            status = 400
        except ImportBezig as fout:
            form.add_error(None, str(fout))
            status = 409
    return render(request, "reporting/extern_inlezen.html", gegevens, status=status)
