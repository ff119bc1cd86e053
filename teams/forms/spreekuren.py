"""What one fills in about the open hours of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from teams.models import Frequentie, Spreekuur, Team, Weekdag
from teams.velden import Datumveld
from teams.workflow.spreekuren import SPREEKUURVELDEN

GEEN_TIJD = "Dit is geen tijd. Vul uren en minuten in, bijvoorbeeld 09:30."


def _tijd(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        help_text="uu:mm",
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "class": "veld-kort"}),
        error_messages={"required": "Vul een tijd in.", "invalid": GEEN_TIJD},
    )


class Spreekuurform(forms.Form):
    """When and where, and how often."""

    team = forms.ModelChoiceField(Team.objects.none(), label="Team", empty_label=None)
    dag = forms.TypedChoiceField(label="Dag", coerce=int, choices=Weekdag.choices)
    van = _tijd("Van")
    tot = _tijd("Tot")
    locatie = forms.CharField(
        label="Locatie", required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    frequentie = forms.TypedChoiceField(label="Hoe vaak", coerce=int, choices=Frequentie.choices)

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["team"]
        keuze.queryset = teams
        self.initial = {"team": teams.first(), **self.initial}

    def clean(self) -> dict[str, Any]:
        """It ends later than it begins."""
        schoon = super().clean() or self.cleaned_data
        van, tot = schoon.get("van"), schoon.get("tot")
        if van and tot and tot <= van:
            self.add_error("tot", "Dit is niet later dan het begin.")
        return schoon

    def velden(self) -> dict[str, Any]:
        """What the workflow takes; only of a valid form."""
        return {veld: self.cleaned_data[veld] for veld in SPREEKUURVELDEN}


class NieuwSpreekuur(Spreekuurform):
    """A new one."""

    geldig_van = Datumveld(label="Geldig vanaf", initial=timezone.localdate)
    geldig_tot = Datumveld(
        label="Geldig tot",
        required=False,
        help_text="dd-mm-jjjj; op deze dag is het er niet meer. Leeg: zonder einde.",
    )

    def clean(self) -> dict[str, Any]:
        """It has a day at least."""
        schoon = super().clean()
        van, tot = schoon.get("geldig_van"), schoon.get("geldig_tot")
        if van and tot and tot <= van:
            self.add_error("geldig_tot", "Dit is niet later dan de eerste dag.")
        return schoon


class Spreekuurwijziging(Spreekuurform):
    """What is otherwise, from which day on."""

    per = Datumveld(
        label="Vanaf wanneer geldt dit?",
        initial=timezone.localdate,
        help_text="dd-mm-jjjj; tot dan blijft het oude gelden. Was het altijd al anders: vul de eerste dag in.",
    )

    def __init__(self, *args: Any, spreekuur: Spreekuur, **kwargs: Any) -> None:
        begin = {veld: getattr(spreekuur, veld) for veld in SPREEKUURVELDEN}
        super().__init__(*args, initial=begin, teams=Team.objects.filter(pk=spreekuur.team_id), **kwargs)
        self.fields["team"].disabled = True


class Eindeform(forms.Form):
    """From which day on it isn't held any more."""

    prefix = "einde"

    per = Datumveld(label="Eerste dag zonder", initial=timezone.localdate)
