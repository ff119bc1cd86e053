"""Fields of forms that every app may use: what people type in many ways, kept in one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

_DAG_EERST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_JAAR_EERST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
EERSTE_JAAR, LAATSTE_JAAR = 1850, 2199
"""What is before or after these is a slip of the keyboard."""

_POSTCODE = re.compile(r"[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}")
"""Four digits and two letters; the letters that recall the war are never given out."""

_TELEFOON = re.compile(r"[0-9 ()/.+-]*")
_GRATIS_OF_KORT = re.compile(r"0[89]00[0-9]{4}(?:[0-9]{3})?|14[0-9]{3,4}|11[0-9]|[1-9][0-9]{5,6}")
_NEDERLANDS = re.compile(r"0[1-9][0-9]{8}|097[0-9]{9}")
_BUITENLANDS = re.compile(r"\+[1-9][0-9]{6,14}")


class Datumveld(forms.DateField):
    """A day, typed as 31-12-2015, 31-12-15 or 2015-12-31.

    With `verleden` it lies before tomorrow, and two digits for the year mean the last hundred years, as one
    says a birth date; else they mean this century.
    """

    widget = forms.DateInput
    default_error_messages = {
        "required": "Vul een datum in.",
        "invalid": "Dit is geen datum. Vul dag, maand en jaar in, bijvoorbeeld 31-12-2015.",
        "bestaat_niet": "Deze dag bestaat niet. Controleer dag en maand.",
        "jaar": f"Controleer het jaar: het ligt tussen {EERSTE_JAAR} en {LAATSTE_JAAR}.",
        "toekomst": "Deze datum ligt in de toekomst.",
    }

    def __init__(self, *, verleden: bool = False, **kwargs: Any) -> None:
        self.verleden = verleden
        kwargs.setdefault("help_text", "dd-mm-jjjj")
        kwargs.setdefault(
            "widget",
            forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off", "class": "veld-datum"}),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day that was typed, None for nothing; raises ValidationError for what is no day."""
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        tekst = value.strip()
        if gevonden := _JAAR_EERST.fullmatch(tekst):
            jaar, maand, dag = (int(deel) for deel in gevonden.groups())
        elif gevonden := _DAG_EERST.fullmatch(tekst):
            dag, maand = int(gevonden[1]), int(gevonden[2])
            jaar = int(gevonden[3]) if len(gevonden[3]) == 4 else self._eeuw(int(gevonden[3]), maand, dag)
        else:
            raise self._fout("invalid")
        if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
            raise self._fout("jaar")
        try:
            gelezen = date(jaar, maand, dag)
        except ValueError:
            raise self._fout("bestaat_niet") from None
        if self.verleden and gelezen > timezone.localdate():
            raise self._fout("toekomst")
        return gelezen

    def _eeuw(self, jaar: int, maand: int, dag: int) -> int:
        """The year that two digits mean."""
        vandaag = timezone.localdate()
        deze_eeuw = vandaag.year // 100 * 100 + jaar
        later = (deze_eeuw, maand, dag) > (vandaag.year, vandaag.month, vandaag.day)
        return deze_eeuw - 100 if self.verleden and later else deze_eeuw

    def _fout(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class Postcodeveld(forms.CharField):
    """A Dutch postcode, kept as 1315AA."""

    default_error_messages = {
        "invalid": "Een postcode is vier cijfers en twee letters, bijvoorbeeld 1315 AA.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "class": "veld-kort", "maxlength": 10})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The postcode in capitals without spaces, "" for nothing; raises ValidationError."""
        tekst = "".join((super().to_python(value) or "").split()).upper()
        if tekst and not _POSTCODE.fullmatch(tekst):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return tekst


class Telefoonveld(forms.CharField):
    """A phone number, typed with spaces, dashes or brackets; kept as 0612345678, from abroad as +3212345678."""

    default_error_messages = {
        "invalid": "Dit telefoonnummer klopt niet. Vul tien cijfers in, of een nummer met + en het landnummer.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "veld-kort"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The number in one form, "" for nothing; raises ValidationError for what is no number."""
        tekst = " ".join((super().to_python(value) or "").split())
        if not tekst:
            return ""
        nummer = re.sub(r"[^0-9+]", "", tekst.replace("(0)", ""))
        nummer = re.sub(r"^00", "+", nummer)
        nummer = re.sub(r"^\+310?", "0", nummer)
        vormen = (_NEDERLANDS, _BUITENLANDS, _GRATIS_OF_KORT)
        if not _TELEFOON.fullmatch(tekst) or not any(vorm.fullmatch(nummer) for vorm in vormen):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return nummer
