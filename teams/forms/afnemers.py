"""What beheer fills in about software outside the house."""

from __future__ import annotations

from django import forms

from teams.models import Scope, Voorval
from teams.velden import Datumveld


class Afnemerform(forms.Form):
    """What an afnemer may ask for, and how often."""

    scopes = forms.MultipleChoiceField(
        label="Wat mag deze software?",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens een van deze."},
    )
    per_minuut = forms.IntegerField(
        label="Verzoeken per minuut",
        min_value=1,
        max_value=100_000,
        required=False,
        help_text="Leeg: zoals in de instellingen.",
    )
    per_dag = forms.IntegerField(
        label="Verzoeken per dag",
        min_value=1,
        max_value=10_000_000,
        required=False,
        help_text="Leeg: zoals in de instellingen.",
    )
    postbus = forms.EmailField(
        label="E-mailadres van de postbus",
        required=False,
        help_text="Hier komt een mail als een terugbelverzoek van deze software te laat is. Leeg: geen mail.",
    )


class NieuweAfnemer(Afnemerform):
    """A new one."""

    naam = forms.CharField(
        label="Naam van de software",
        max_length=150,
        error_messages={"required": "Vul de naam van de software in."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["naam", "scopes", "per_minuut", "per_dag", "postbus"]


class Geheimform(forms.Form):
    """A new secret."""

    direct = forms.BooleanField(
        label="Het oude geheim is gelekt: laat het meteen niet meer gelden", required=False
    )


class Tekenform(forms.Form):
    """A teken for Klantinteracties."""

    tot = Datumveld(label="Geldig tot", required=False, help_text="Leeg: tot u het beëindigt.")


class Abonnementform(forms.Form):
    """Where software is told of what changed, and of what."""

    adres = forms.CharField(
        label="Adres",
        max_length=500,
        help_text="Begint met https://",
        error_messages={"required": "Vul het adres in waar de software het bericht krijgt."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    voorvallen = forms.MultipleChoiceField(
        label="Wat wil deze software horen?",
        choices=Voorval.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens een van deze."},
    )
