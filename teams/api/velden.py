"""Fields of a body: what a form takes, in the words of an API. No message repeats what was sent."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as Formulierfout
from rest_framework import serializers

from teams.codes import Code
from teams.velden import EERSTE_JAAR, LAATSTE_JAAR, Postcodeveld, Telefoonveld


class Invoer(serializers.Serializer[Any]):
    """A body, or a part of one, that takes its own fields alone: what is misspelt isn't lost in silence."""

    default_error_messages = {"invalid": "Verwacht een object met velden."}

    @classmethod
    def lees(cls, inhoud: Any) -> dict[str, Any]:
        """The values of a body; ValidationError with everything that is wrong with it.

        Of a kind of body there is one object: to make its fields anew takes longer than to read what was sent.
        """
        try:
            waarden: dict[str, Any] = _eenmaal(cls).run_validation(inhoud)
        except serializers.ValidationError as fout:
            raise serializers.ValidationError(serializers.as_serializer_error(fout)) from None
        return waarden

    def to_internal_value(self, data: Any) -> Any:
        """Everything that is wrong with it at once."""
        fouten: dict[str, Any] = {}
        onbekend = isinstance(data, dict) and set(data) - set(self.fields)
        if onbekend:
            namen = ", ".join(naam for naam, veld in self.fields.items() if not veld.read_only)
            fouten["nonFieldErrors"] = [f"Hier horen alleen deze velden: {namen}."]
        try:
            waarden = super().to_internal_value(data)
        except serializers.ValidationError as fout:
            if not isinstance(fout.detail, dict):
                raise
            fouten = {**fout.detail, **fouten}
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarden


@cache
def _eenmaal(soort: type[Invoer]) -> Invoer:
    return soort()


class Tekst(serializers.CharField):
    """Words, that may be left out when they aren't required."""

    def __init__(self, **opties: Any) -> None:
        if not opties.get("required", True):
            opties = {"default": "", "allow_blank": True, **opties}
            opties.pop("required", None)
        super().__init__(**opties)


class _Formulierveld(serializers.CharField):
    """Takes and keeps what the same field of a form does."""

    veld: forms.CharField

    def to_internal_value(self, data: Any) -> str:
        """In the one form in which it is stored."""
        tekst = super().to_internal_value(data)
        try:
            return str(self.veld.clean(tekst))
        except Formulierfout as fout:
            raise serializers.ValidationError(list(fout.messages)) from None


class Telefoon(_Formulierveld):
    """A phone number, in any notation."""

    veld = Telefoonveld(required=False)


class Postcode(_Formulierveld):
    """A Dutch postcode, with a space or without."""

    veld = Postcodeveld(required=False)


class Dag(serializers.DateField):
    """A day as 2026-11-22; with `verleden` not after today."""

    def __init__(self, *, hoogstens: Any = None, **opties: Any) -> None:
        self.hoogstens = hoogstens
        super().__init__(input_formats=["iso-8601"], **opties)

    def to_internal_value(self, data: Any) -> date:
        """The day; not one long before or after anybody's life."""
        dag = super().to_internal_value(data)
        if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
            raise serializers.ValidationError(f"Het jaar ligt tussen {EERSTE_JAAR} en {LAATSTE_JAAR}.")
        if self.hoogstens and dag > self.hoogstens():
            raise serializers.ValidationError("Deze datum ligt in de toekomst.")
        return dag


class Keuze(serializers.ChoiceField):
    """One of a closed list, by its code."""

    def __init__(self, lijst: type[Code], *, zonder: tuple[Code, ...] = (), **opties: Any) -> None:
        self.codes = {code: waarde for code, waarde in lijst.codes().items() if waarde not in zonder}
        super().__init__(choices=[(code, waarde.label) for code, waarde in self.codes.items()], **opties)
        self.error_messages["invalid_choice"] = f"Verwacht een van: {', '.join(self.codes)}."

    def to_internal_value(self, data: Any) -> Any:
        """The value of the list; 400 with every code for another."""
        if not isinstance(data, str) or data not in self.codes:
            self.fail("invalid_choice")
        return self.codes[data]

    def to_representation(self, value: Any) -> Any:
        """The code."""
        return value.code if isinstance(value, Code) else value
