"""What one fills in about the work of the disciplines, in a few seconds."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from teams.models import CONSULENT, OPBOUWWERK, Activiteitsoort, Team, Vervolg
from teams.velden import Datumveld
from teams.workflow.activiteiten import ACTIVITEITVELDEN, CONSULTVELDEN, disciplines

MEESTE, MEESTE_UREN = 100_000, 1000
LANGSTE_REDEN = 2000


GEEN_AANTAL = f"Vul een heel getal in van 0 tot en met {MEESTE}, of niets."
GEEN_UREN = (
    f"Vul een getal in van 0 tot en met {MEESTE_UREN}, met hooguit twee cijfers achter de komma, of niets."
)


def _aantal(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MEESTE,
        required=False,
        help_text="Leeg: niet bekend.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), GEEN_AANTAL),
    )


def _reden(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LANGSTE_REDEN,
        help_text="Zonder namen van inwoners: de reden staat ook in het overzicht van correcties.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "veld-breed"}),
        error_messages={"required": "Vul in waarom."},
    )


class Teamwerkform(forms.Form):
    """What every registration of a team's work has: which team, when, which discipline."""

    velden_van: ClassVar[tuple[str, ...]]
    eerst: ClassVar[str]

    team = forms.ModelChoiceField(Team.objects.none(), label="Team", empty_label=None)
    datum = Datumveld(label="Datum", verleden=True, initial=timezone.localdate)
    discipline = forms.ChoiceField(label="Discipline")

    def __init__(self, *args: Any, teams: QuerySet[Team], discipline: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["team"]
        keuze.queryset = teams
        namen = disciplines(teams, OPBOUWWERK, CONSULENT, discipline)
        self.fields["discipline"].choices = [(naam, naam.capitalize()) for naam in namen]  # type: ignore[attr-defined]
        self.initial = {"team": teams.first(), "discipline": self.eerst, **self.initial}

    def velden(self) -> dict[str, Any]:
        """What is registered; only of a valid form."""
        return {veld: self.cleaned_data[veld] for veld in self.velden_van}


class Activiteitform(Teamwerkform):
    """An activity."""

    velden_van = ACTIVITEITVELDEN
    eerst = OPBOUWWERK

    soort = forms.TypedChoiceField(
        label="Wat was het?",
        coerce=int,
        choices=[(soort.value, soort.label.capitalize()) for soort in Activiteitsoort],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat het was."},
    )
    bewoners = _aantal("Hoeveel inwoners?")
    verwezen = _aantal("Hoeveel daarvan verwezen?")

    def clean(self) -> dict[str, Any]:
        """Nobody is referred who wasn't there."""
        schoon = super().clean() or self.cleaned_data
        bewoners, verwezen = schoon.get("bewoners"), schoon.get("verwezen")
        if bewoners is not None and verwezen is not None and verwezen > bewoners:
            self.add_error("verwezen", f"Dit zijn er meer dan de {bewoners} inwoners die er waren.")
        return schoon


class NieuweActiviteit(Activiteitform):
    """A new one, of which there may be another for that day."""

    toch = forms.BooleanField(
        label="Dit is een andere dan die er al staat", required=False, widget=forms.HiddenInput
    )

    def vraag_na(self) -> None:
        """Show the box by which one says that it is another."""
        self.fields["toch"].widget = forms.CheckboxInput()


class Consultform(Teamwerkform):
    """A contact with a resident, with everything that followed from it."""

    velden_van = CONSULTVELDEN
    eerst = CONSULENT

    uren = forms.DecimalField(
        label="Hoeveel uur?",
        min_value=0,
        max_value=MEESTE_UREN,
        decimal_places=2,
        localize=True,
        required=False,
        help_text="Bijvoorbeeld 0,5. Leeg: niet bekend.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits"), GEEN_UREN
        ),
    )
    vervolg = forms.TypedMultipleChoiceField(
        label="Wat volgde erop?",
        coerce=int,
        choices=[(soort.value, soort.label.capitalize()) for soort in Vervolg],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kies alles wat past.",
    )


class Activiteitcorrectie(Activiteitform):
    """What it was really, and why that changed."""

    reden = _reden("Waarom klopt het niet?")


class Consultcorrectie(Consultform):
    """What it was really, and why that changed."""

    reden = _reden("Waarom klopt het niet?")


class Intrekform(forms.Form):
    """Why it doesn't count."""

    prefix = "intrekken"

    reden = _reden("Waarom telt dit niet mee?")
