"""Asking for every table of a period in one file."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from reporting.formaten import FORMATEN
from reporting.forms import lees_vraag
from reporting.vraag import Vraag

SAMEN = [
    (formaat.naam, f"{formaat.label} in een zip" if formaat.van_alle else formaat.label)
    for formaat in FORMATEN.values()
    if formaat.schrijf_alle
]
"""The formats that hold several tables."""
VERBORGEN = ("periode", "vergelijk", "bekendOp")


class Meeneemform(forms.Form):
    """The question of the page that it stands on, and the format; `sleutel` tells one click from another."""

    periode = forms.CharField(widget=forms.HiddenInput, required=False)
    vergelijk = forms.CharField(widget=forms.HiddenInput, required=False)
    bekendOp = forms.CharField(widget=forms.HiddenInput, required=False)
    sleutel = forms.UUIDField(widget=forms.HiddenInput)
    formaat = forms.ChoiceField(label="Alle tabellen als", choices=SAMEN)

    @classmethod
    def bij(cls, vraag: Vraag) -> Meeneemform:
        """An empty form about the question of a page."""
        gekozen = {naam: waarde for naam, waarde in vraag.parameters().items() if naam in VERBORGEN}
        return cls(initial={**gekozen, "sleutel": uuid4(), "formaat": "xlsx"}, auto_id="meenemen_%s")

    def clean(self) -> dict[str, Any]:
        """Read the question; every mistake goes to its own field."""
        invoer = {naam: self.cleaned_data.get(naam, "") for naam in VERBORGEN}
        self.vraag, fouten = lees_vraag(None, invoer)
        for naam, fout in fouten.items():
            if naam not in self.errors:
                self.add_error(naam, fout)
        return self.cleaned_data
