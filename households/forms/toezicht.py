"""What the FG fills in."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from households.models import Oordeel
from teams.forms.logregels import LogregelsForm
from teams.models import Grond, Handeling, Inzage


class LogboekForm(LogregelsForm):
    """Which lines of the log one wants to see; all of them empty gives everything."""

    handeling = forms.TypedChoiceField(
        label="Handeling",
        choices=[("", "alle"), *Handeling.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    persoon = forms.IntegerField(label="Persoonsnummer", min_value=1, max_value=2**62, required=False)
    huishouden = forms.IntegerField(label="Huishoudnummer", min_value=1, max_value=2**62, required=False)
    geweigerd = forms.BooleanField(label="Alleen wat geweigerd is", required=False)
    noodtoegang = forms.BooleanField(label="Alleen met noodtoegang", required=False)

    def filter(self, regels: QuerySet[Inzage]) -> QuerySet[Inzage]:
        """The lines that were asked for; every choice is one that an index knows."""
        data, regels = self.cleaned_data, self.gekozen(regels)
        for veld in ("persoon", "huishouden", "handeling"):
            if data[veld] is not None:
                regels = regels.filter(**{veld: data[veld]})
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
        choices=[(oordeel.value, oordeel.label.capitalize()) for oordeel in Oordeel],
        coerce=lambda waarde: Oordeel(int(waarde)),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies terecht of niet terecht."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=2000,
        required=False,
        help_text="Nodig als de noodtoegang niet terecht was.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
