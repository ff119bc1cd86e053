"""What the FG fills in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from households.models import Oordeel
from teams.models import Grond, Handeling, Inzage, Medewerker
from teams.perioden import begin_van
from teams.velden import Datumveld


class LogboekForm(forms.Form):
    """Which lines of the log one wants to see; all of them empty gives everything."""

    vanaf = Datumveld(label="Vanaf", required=False)
    tot_en_met = Datumveld(label="Tot en met", required=False)
    medewerker = forms.CharField(
        label="Gebruikersnaam",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
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

    def clean_medewerker(self) -> int | None:
        """The key of who has this user name; one that nobody has is a slip of the keyboard."""
        naam = self.cleaned_data["medewerker"]
        if not naam:
            return None
        if medewerker := Medewerker.objects.filter(username=naam).first():
            return medewerker.pk
        raise ValidationError("Niemand heeft deze gebruikersnaam.")

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        schoon: dict[str, Any] = super().clean() or {}
        vanaf, tot = schoon.get("vanaf"), schoon.get("tot_en_met")
        if vanaf and tot and tot < vanaf:
            self.add_error("tot_en_met", "Deze dag ligt voor de eerste dag.")
        return schoon

    def filter(self, regels: QuerySet[Inzage]) -> QuerySet[Inzage]:
        """The lines that were asked for; every choice is one that an index knows."""
        data = self.cleaned_data
        for veld in ("medewerker", "persoon", "huishouden", "handeling"):
            if data[veld] is not None:
                regels = regels.filter(**{veld: data[veld]})
        if data["vanaf"]:
            regels = regels.filter(op__gte=begin_van(data["vanaf"]))
        if data["tot_en_met"]:
            regels = regels.filter(op__lt=begin_van(data["tot_en_met"] + timedelta(days=1)))
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
