"""What one does with a mail of the postbus: add it to a melding, put it with somebody, or put it away."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from meldingen.forms.inwonerkeuze import Inwonerkeuze
from meldingen.forms.velden import Handeling, redenveld
from meldingen.models import Melding, Poststuk
from teams.access import Actie
from teams.lezen import GeenToegang, lees
from teams.models import Handeling as Logregel

NUMMER = re.compile(r"\s*[Mm]?0*([0-9]{1,18})\s*")
GEEN_MELDING = "Er is geen melding met dit nummer die u hiervoor kunt kiezen."


class Meldingformulier(Handeling[Poststuk]):
    """A melding that runs, by number. Unknown and forbidden are the same answer."""

    route = "poststuk-melding"
    titel = "Hoort bij een bestaande melding"
    knop = "Voeg toe aan deze melding"
    melding = forms.CharField(
        label="Nummer van de melding",
        max_length=20,
        help_text="Bijvoorbeeld M000123.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "veld-kort"}),
    )

    def clean_melding(self) -> Melding:
        """The melding, if the reader may know of it."""
        gevonden = NUMMER.fullmatch(self.cleaned_data["melding"])
        if not gevonden:
            raise ValidationError("Vul het nummer van een melding in, zoals M000123.")
        try:
            return lees(
                Melding,
                int(gevonden[1]),
                spoor=self.spoor,
                actie=Actie.ZIEN,
                handeling=Logregel.GEWIJZIGD,
            )
        except GeenToegang as fout:
            self.weigering = fout.weigering
            raise ValidationError(GEEN_MELDING) from fout


class Inwonerformulier(Inwonerkeuze[Poststuk]):
    """Somebody known."""

    route = "poststuk-inwoner"
    titel = "Gaat over een bekende inwoner, zonder nieuwe melding"
    knop = "Leg bij deze inwoner"

    def bereid_voor(self) -> None:
        """A mail says itself why."""
        super().bereid_voor()
        del self.fields["reden"]

    def schoon(self) -> dict[str, Any]:
        """Who it is."""
        return {"persoon": self.cleaned_data["persoon"]}


class Soort(TextChoices):
    """What a mail was of which nothing has to come."""

    BEANTWOORD = "beantwoord", "Een contact, en het is al afgehandeld (telt mee)"
    GEEN_CONTACT = "geen-contact", "Geen contact: reclame, dubbel of verkeerd bezorgd (telt niet mee)"


class Wegleggen(Handeling[Poststuk]):
    """Nothing more has to be done."""

    route = "poststuk-afdoen"
    titel = "Er hoeft niets meer"
    knop = "Leg weg"
    soort = forms.ChoiceField(label="Wat was het?", choices=Soort.choices, widget=forms.RadioSelect)
    reden = redenveld("Waarom er niets meer hoeft")

    def schoon(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {
            "reden": self.cleaned_data["reden"],
            "telt": self.cleaned_data["soort"] == Soort.BEANTWOORD,
        }


class Toelaten(Handeling[Poststuk]):
    """It was kept out, and is of somebody after all."""

    route = "poststuk-toelaten"
    titel = knop = "Haal naar de triage"
