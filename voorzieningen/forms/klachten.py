"""What one fills in about a klacht, bezwaar or beroep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from teams.models import Team
from teams.velden import Datumveld
from voorzieningen.models import UITKOMSTEN, Klacht, Klachtsoort, Klachtuitkomst, Wet
from voorzieningen.workflow import KLACHTVELDEN

LANGSTE_TEKST = 2000
GEEN_NAMEN = "Zonder namen van inwoners of collega's: de reden staat ook in het overzicht van correcties."


def _getal(waarde: str) -> int | None:
    return int(waarde) if waarde else None


class Klachtform(forms.Form):
    """What came in; `velden` is what goes to the workflow."""

    soort = forms.TypedChoiceField(
        label="Wat is er binnengekomen?",
        coerce=int,
        choices=[(soort.value, soort.label.capitalize()) for soort in Klachtsoort],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er is binnengekomen."},
    )
    datum = Datumveld(label="Ontvangen op", verleden=True)
    wet = forms.TypedChoiceField(
        label="Over welke wet",
        coerce=_getal,
        empty_value=None,
        required=False,
        choices=[("", "Een andere, of niet bekend"), *Wet.choices],
    )
    betreft = forms.CharField(
        label="Waar gaat het over?",
        required=False,
        max_length=LANGSTE_TEKST,
        help_text="In een paar woorden, bijvoorbeeld ‘bejegening’ of ‘hoogte van de indicatie’.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "veld-breed"}),
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("naam"),
        label="Over welk team",
        required=False,
        empty_label="Geen team, of niet bekend",
    )
    indiener = forms.CharField(
        label="Van wie",
        required=False,
        max_length=200,
        help_text="Alleen wat nodig is om te antwoorden. Wie cijfers leest, ziet dit niet.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bekendgemaakt_op = Datumveld(
        label="Bij een bezwaar: besluit bekendgemaakt op",
        required=False,
        verleden=True,
        help_text="dd-mm-jjjj; hiervan hangt de termijn af.",
    )
    commissie = forms.BooleanField(
        label="Een commissie adviseert",
        required=False,
        help_text="De termijn is dan langer.",
    )

    def velden(self) -> dict[str, Any]:
        """What is registered; only of a valid form."""
        return {veld: self.cleaned_data[veld] for veld in KLACHTVELDEN if veld in self.fields}


class Klachtcorrectie(Klachtform):
    """What was registered otherwise than it is, and why."""

    verdaagd_op = Datumveld(label="Verdaagd op", required=False, verleden=True)
    uitkomst = forms.TypedChoiceField(
        label="Uitkomst",
        coerce=_getal,
        empty_value=None,
        required=False,
        choices=[("", "Nog niet afgehandeld"), *Klachtuitkomst.choices],
    )
    afgehandeld_op = Datumveld(label="Afgehandeld op", required=False, verleden=True)
    reden = forms.CharField(
        label="Waarom klopt het niet?",
        max_length=LANGSTE_TEKST,
        help_text=GEEN_NAMEN,
        widget=forms.Textarea(attrs={"rows": 2, "class": "veld-breed"}),
        error_messages={"required": "Vul in waarom u dit corrigeert."},
    )

    @classmethod
    def begin(cls, klacht: Klacht) -> dict[str, Any]:
        """What stands there now."""
        return {veld: getattr(klacht, veld) for veld in KLACHTVELDEN}


class Verdaagform(forms.Form):
    """The day of the letter that puts the answer off."""

    prefix = "verdaging"

    op = Datumveld(label="Dag van de brief", verleden=True, initial=timezone.localdate)


class Afhandelform(forms.Form):
    """How it ended; the outcomes that this kind can have."""

    prefix = "afhandeling"

    uitkomst = forms.TypedChoiceField(
        label="Uitkomst",
        coerce=lambda waarde: Klachtuitkomst(int(waarde)),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een uitkomst."},
    )
    op = Datumveld(label="Afgehandeld op", verleden=True, initial=timezone.localdate)

    def __init__(self, *args: Any, soort: Klachtsoort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uitkomst"].choices = [  # type: ignore[attr-defined]
            (uitkomst.value, uitkomst.label.capitalize()) for uitkomst in UITKOMSTEN[soort]
        ]


class Vergissingform(forms.Form):
    """Why it never was one."""

    prefix = "vergissing"

    reden = forms.CharField(
        label="Waarom hoort dit hier niet?",
        max_length=LANGSTE_TEKST,
        help_text=GEEN_NAMEN,
        widget=forms.Textarea(attrs={"rows": 2, "class": "veld-breed"}),
        error_messages={"required": "Vul in waarom dit een vergissing was."},
    )
