"""A promise to call back, as the KCC or a colleague takes it on."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from teams.models import Team

POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")


class NieuwTerugbelverzoek(forms.Form):
    """Who wants to be called, on which number, about what. The postcode finds the team, and isn't kept."""

    naam = forms.CharField(label="Wie wil gebeld worden", max_length=200)
    telefoon = forms.CharField(
        label="Telefoonnummer", max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    vraag = forms.CharField(label="Waarover", max_length=10_000, required=False, widget=forms.Textarea)
    postcode = forms.CharField(
        label="Postcode", max_length=10, required=False, help_text="Daarmee vinden wij het team."
    )
    team = forms.ModelChoiceField(
        Team.objects.all(),
        label="Of kies het team",
        required=False,
        empty_label="volgt uit de postcode",
    )
    spoed = forms.BooleanField(label="Spoed", required=False)

    def clean_telefoon(self) -> str:
        """At least ten digits."""
        telefoon: str = self.cleaned_data["telefoon"]
        if not re.fullmatch(r"[0-9+()\s./-]+", telefoon) or len(re.sub("[^0-9]", "", telefoon)) < 10:
            raise forms.ValidationError("Vul een telefoonnummer in, bijvoorbeeld 036 123 45 67.")
        return telefoon

    def clean_postcode(self) -> str:
        """Four digits, or four digits and two letters; without the space."""
        postcode: str = re.sub(r"\s", "", self.cleaned_data["postcode"]).upper()
        if postcode and not POSTCODE.fullmatch(postcode):
            raise forms.ValidationError("Vul een postcode in, bijvoorbeeld 1316 AB.")
        return postcode

    def clean(self) -> dict[str, Any]:
        """The chosen team, else that of the postcode; none when nobody serves it, and then it is for everybody."""
        gegevens = super().clean() or self.cleaned_data
        if not gegevens.get("team") and gegevens.get("postcode"):
            gegevens["team"] = Team.objects.voor_postcode(gegevens["postcode"]).first()
        return gegevens
