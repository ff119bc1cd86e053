"""The verslag of an onderzoek: an aid to memory with a place for every subject, and a small form to send it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from meldingen.forms.velden import Handeling, Tekstveld, dagveld
from meldingen.models import ONDERWERPEN, Melding

TEKENS = 10_000


class Verslagformulier(Handeling[Melding]):
    """Everything in it may wait, and be saved half done; only sending asks for all of it."""

    route = "melding-verslag"
    titel, knop = "Verslag van gesprek en onderzoek", "Bewaar"
    gezien = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def bereid_voor(self) -> None:
        """A field per subject, in the order of the law, and the days."""
        for naam, label in ONDERWERPEN.items():
            self.fields[naam] = Tekstveld(
                label=label,
                max_length=TEKENS,
                rijen=3,
                required=False,
                help_text="Niet van toepassing? Schrijf dan waarom niet.",
            )
        self.fields["conclusie"] = Tekstveld(label="Conclusie", max_length=TEKENS, rijen=4, required=False)
        self.fields["ondersteuning_aangeboden_op"] = dagveld(
            "Cliëntondersteuning aangeboden op", required=False
        )
        self.fields["persoonlijk_plan_op"] = dagveld("Persoonlijk plan gekregen op", required=False)
        self.fields["pgb_uitgelegd_op"] = dagveld("Keuze voor een pgb uitgelegd op", required=False)

    def clean(self) -> dict[str, Any]:
        """No day that is still to come."""
        schoon = super().clean() or self.cleaned_data
        vandaag = timezone.localdate()
        for naam, waarde in list(schoon.items()):
            if naam.endswith("_op") and waarde and waarde > vandaag:
                self.add_error(naam, "Deze dag ligt in de toekomst.")
        return schoon


class Verstuurformulier(Handeling[Melding]):
    """It went to the resident."""

    route = "melding-verslag-verstuurd"
    titel, knop = "Het verslag is verstuurd", "Leg vast"
    op = dagveld("Verstuurd op")

    def bereid_voor(self) -> None:
        """Today."""
        self.fields["op"].initial = timezone.localdate()
