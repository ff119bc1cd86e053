"""The search box of the header: one box, in which anything may be typed."""

from __future__ import annotations

import re

from django import forms

from households.zoekvraag import MAX_TEKENS, Zoekvraag

_NUMMER = re.compile(r"[mM]?\s*([0-9]{1,18})")


class ZoekForm(forms.Form):
    """A name, birth date, phone number, address or the number of a melding."""

    tekst = forms.CharField(
        label="Zoek",
        max_length=MAX_TEKENS,
        error_messages={"required": "Typ een naam, geboortedatum, telefoonnummer, adres of meldingnummer."},
    )

    @property
    def zoekvraag(self) -> Zoekvraag:
        """What is typed, as a question about persons."""
        return Zoekvraag.van_tekst(self.cleaned_data["tekst"])

    @property
    def nummer(self) -> int | None:
        """The key of a melding, typed as M000123 or 123; None when it is something else."""
        gelezen = _NUMMER.fullmatch(self.cleaned_data["tekst"])
        return int(gelezen[1]) if gelezen else None
