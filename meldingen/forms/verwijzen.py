"""Looking on the sociale kaart for what fits a melding, and referring to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from households.models import Levensgebied
from meldingen.models import Melding
from teams.models import Team
from voorzieningen.models import AlgemeneVoorziening, AlgemeneVoorzieningQuerySet

HOOGSTENS = 25
"""So many are shown; who needs more looks more precisely."""


class VerwijsForm(forms.Form):
    """What one looks for, and what goes along with the referral."""

    use_required_attribute = False

    q = forms.CharField(
        label="Waar zoekt u hulp bij?",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    team = forms.ModelChoiceField(
        label="In het gebied van team",
        queryset=Team.objects.none(),
        required=False,
        empty_label="Alle teams",
    )
    levensgebieden = forms.ModelMultipleChoiceField(
        label="Levensgebieden",
        queryset=Levensgebied.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "naast-elkaar"}),
    )
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=1000,
        required=False,
        help_text="Bijvoorbeeld wat is afgesproken.",
    )
    rond_af = forms.BooleanField(
        label="Hiermee is de melding klaar (afgerond in het voorveld)", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: Any = self.fields
        velden["levensgebieden"].queryset = Levensgebied.objects.geldig_op(timezone.localdate())
        velden["team"].queryset = Team.objects.order_by("soort", "naam")

    @classmethod
    def bij(cls, melding: Melding) -> VerwijsForm:
        """Filled in with what the melding is about and where."""
        return cls(initial={"team": melding.team_id, "levensgebieden": list(melding.levensgebieden.all())})

    def gevraagd(self) -> dict[str, Any]:
        """What is looked for: what was typed and is valid, else what the form began with."""
        if not self.is_bound:
            team = Team.objects.filter(pk=self.initial["team"]).first()
            return {"q": "", "team": team, "levensgebieden": self.initial["levensgebieden"]}
        self.is_valid()
        return self.cleaned_data


def gevonden(gevraagd: dict[str, Any], dag: date) -> list[AlgemeneVoorziening]:
    """What is on offer on a day for what is looked for; one more than `HOOGSTENS` when there is more.

    What looks like the words, where nothing has them.
    """
    rijen: AlgemeneVoorzieningQuerySet = AlgemeneVoorziening.objects.met_koppelingen().geldig_op(dag)
    if levensgebieden := gevraagd.get("levensgebieden"):
        rijen = rijen.met_levensgebied(*levensgebieden)
    if team := gevraagd.get("team"):
        rijen = rijen.voor_team(team)
    woorden = gevraagd.get("q", "")
    return list(rijen.zoek(woorden)[: HOOGSTENS + 1]) or list(rijen.lijkt_op(woorden)[: HOOGSTENS + 1])
