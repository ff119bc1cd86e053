"""The verslag of an onderzoek: an aid to memory with a place for every subject, and a small form to send it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from meldingen.forms.besluiten import codekeuze
from meldingen.forms.velden import Handeling, Tekstveld, dagveld
from meldingen.models import ONDERWERPEN, Melding, Verslag
from voorzieningen.models import Verzendwijze

TEKENS = 10_000
DAGEN: dict[str, str] = {
    "mantelzorger_gevraagd_op": "Mantelzorger gevraagd wat nodig is op",
    "huisgenoten_gevraagd_op": "Anderen in huis gevraagd wat nodig is op",
    "ondersteuning_aangeboden_op": "Cliëntondersteuning aangeboden op",
    "persoonlijk_plan_verteld_op": "Over het persoonlijk plan verteld op",
    "persoonlijk_plan_op": "Persoonlijk plan gekregen op",
    "pgb_uitgelegd_op": "Keuze voor een pgb uitgelegd op",
}
"""What was done on which day, by the name of its column; empty where it wasn't."""
VOLGORDE = (*list(DAGEN)[:3], "ondersteuning_gewenst", *list(DAGEN)[3:])


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
        self.fields["huisgenoten"] = Tekstveld(
            label="Wat anderen in huis nodig hebben", max_length=TEKENS, rijen=3, required=False
        )
        self.fields["conclusie"] = Tekstveld(label="Conclusie", max_length=TEKENS, rijen=4, required=False)
        for naam, label in DAGEN.items():
            self.fields[naam] = dagveld(label, required=False)
        self.fields["ondersteuning_gewenst"] = forms.TypedChoiceField(
            label="Wil de inwoner cliëntondersteuning",
            choices=[("", "nog niet bekend"), ("ja", "ja"), ("nee", "nee")],
            coerce=lambda waarde: waarde == "ja",
            empty_value=None,
            required=False,
        )
        self.order_fields(["gezien", *ONDERWERPEN, "huisgenoten", "conclusie", *VOLGORDE])

    def vul(self, verslag: Verslag) -> None:
        """With what stands there."""
        for naam, veld in self.fields.items():
            veld.initial = verslag.pk if naam == "gezien" else getattr(verslag, naam)
        gewenst = verslag.ondersteuning_gewenst
        self.fields["ondersteuning_gewenst"].initial = "" if gewenst is None else "ja" if gewenst else "nee"

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
    gezien = forms.IntegerField(widget=forms.HiddenInput, required=False)
    op = dagveld("Verstuurd op")
    wijze = codekeuze(Verzendwijze, "Hoe")
    aan = forms.CharField(label="Aan wie", max_length=200)

    def bereid_voor(self) -> None:
        """Today, and to whom it is about."""
        self.fields["op"].initial = timezone.localdate()
        self.fields["aan"].initial = self.rij.persoon.naam if self.rij.persoon else ""
