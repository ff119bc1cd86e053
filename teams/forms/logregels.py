"""Which lines of a log one wants to see: of a period, and of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from teams.models import Medewerker
from teams.perioden import begin_van
from teams.velden import Datumveld

M = TypeVar("M", bound=Model)


class LogregelsForm(forms.Form):
    """All of it empty gives everything; the lines have a moment `op` and a `medewerker`."""

    vanaf = Datumveld(label="Vanaf", required=False)
    tot_en_met = Datumveld(label="Tot en met", required=False)
    medewerker = forms.CharField(
        label="Gebruikersnaam",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

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

    def gekozen(self, regels: QuerySet[M]) -> QuerySet[M]:
        """The lines of that period and that medewerker."""
        data = self.cleaned_data
        if data["vanaf"]:
            regels = regels.filter(op__gte=begin_van(data["vanaf"]))
        if data["tot_en_met"]:
            regels = regels.filter(op__lt=begin_van(data["tot_en_met"] + timedelta(days=1)))
        if data.get("medewerker") is not None:
            regels = regels.filter(medewerker=data["medewerker"])
        return regels
