"""Which lines one wants to see of who took figures along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from reporting.models import Meegenomen
from teams.models import Medewerker
from teams.perioden import begin_van
from teams.velden import Datumveld


class MeegenomenForm(forms.Form):
    """A period, and for who sees the lines of others, whose; all of it empty gives everything."""

    vanaf = Datumveld(label="Vanaf", required=False)
    tot_en_met = Datumveld(label="Tot en met", required=False)
    medewerker = forms.CharField(
        label="Gebruikersnaam",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, van_anderen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not van_anderen:
            del self.fields["medewerker"]

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

    def filter(self, regels: QuerySet[Meegenomen]) -> QuerySet[Meegenomen]:
        """The lines that were asked for."""
        data = self.cleaned_data
        if data["vanaf"]:
            regels = regels.filter(op__gte=begin_van(data["vanaf"]))
        if data["tot_en_met"]:
            regels = regels.filter(op__lt=begin_van(data["tot_en_met"] + timedelta(days=1)))
        if data.get("medewerker"):
            regels = regels.filter(medewerker=data["medewerker"])
        return regels
