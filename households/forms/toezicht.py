"""What the FG fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from households.models import Oordeel
from teams.models import Grond, Handeling, Inzage
from teams.velden import Datumveld


class LogboekForm(forms.Form):
    """Which lines of the log one wants to see; all of them empty gives everything."""

    medewerker = forms.CharField(label="Gebruikersnaam", max_length=150, required=False)
    persoon = forms.IntegerField(label="Persoonsnummer", min_value=1, max_value=2**62, required=False)
    huishouden = forms.IntegerField(label="Huishoudnummer", min_value=1, max_value=2**62, required=False)
    vanaf = Datumveld(label="Vanaf", required=False)
    tot_en_met = Datumveld(label="Tot en met", required=False)
    handeling = forms.TypedChoiceField(
        label="Handeling",
        choices=[("", "alle"), *Handeling.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    geweigerd = forms.BooleanField(label="Alleen wat geweigerd is", required=False)
    noodtoegang = forms.BooleanField(label="Alleen met noodtoegang", required=False)

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        schoon: dict[str, Any] = super().clean() or {}
        vanaf, tot = schoon.get("vanaf"), schoon.get("tot_en_met")
        if vanaf and tot and tot < vanaf:
            self.add_error("tot_en_met", "Deze dag ligt voor de eerste dag.")
        return schoon

    def filter(self, regels: QuerySet[Inzage]) -> QuerySet[Inzage]:
        """The lines that were asked for."""
        data = self.cleaned_data
        if data["medewerker"]:
            regels = regels.filter(medewerker__username=data["medewerker"])
        for veld in ("persoon", "huishouden", "handeling"):
            if data[veld] is not None:
                regels = regels.filter(**{veld: data[veld]})
        if data["vanaf"]:
            regels = regels.filter(op__date__gte=data["vanaf"])
        if data["tot_en_met"]:
            regels = regels.filter(op__date__lte=data["tot_en_met"])
        if data["geweigerd"]:
            regels = regels.filter(toegestaan=False)
        if data["noodtoegang"]:
            regels = regels.filter(grond=Grond.NOODTOEGANG)
        return regels


class ZoekForm(forms.Form):
    """Whom one is looking for."""

    tekst = forms.CharField(
        label="Naam, geboortedatum, telefoonnummer of adres",
        max_length=200,
        error_messages={"required": "Vul in wie u zoekt."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OordeelForm(forms.Form):
    """Whether opening the dossier was right."""

    oordeel = forms.TypedChoiceField(
        label="Was deze noodtoegang terecht?",
        choices=Oordeel.choices,
        coerce=lambda waarde: Oordeel(int(waarde)),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies terecht of niet terecht."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
