"""Putting off a besluit."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from meldingen.forms.besluiten import codekeuze
from meldingen.forms.velden import Handeling, dagveld, redenveld
from meldingen.models import Melding
from voorzieningen.models import Verzendwijze


class Verdaagformulier(Handeling[Melding]):
    """The resident is told in writing that the besluit comes later (Awb art. 4:14)."""

    route = "melding-verdaging"
    titel, knop = "Stel het besluit uit", "Leg het uitstel vast"
    op = dagveld("Datum van het bericht aan de inwoner")
    tot = dagveld("Nieuwe uiterste dag")
    wijze = codekeuze(
        Verzendwijze,
        "Hoe de inwoner het hoort",
        help_text="Bij ‘per e-mail’ stuurt Eenplan het bericht. Anders stuurt u zelf een brief.",
    )
    reden = redenveld("Waarom het later wordt")

    def bereid_voor(self) -> None:
        """Today."""
        self.fields["op"].initial = timezone.localdate()

    def clean_tot(self) -> date:
        """A day that is still to come."""
        tot: date = self.cleaned_data["tot"]
        if tot <= timezone.localdate():
            raise ValidationError("Kies een dag die nog komt.")
        return tot
