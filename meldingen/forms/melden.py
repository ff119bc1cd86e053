"""The form for everybody: what one needs to call back, and nothing that says who is known here."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.db.models import IntegerChoices
from django.utils import timezone

from meldingen.models import Meldersoort
from teams.velden import Datumveld, Postcodeveld, Telefoonveld

MAX_TEKST = 3000
MINSTENS_SECONDEN, HOOGSTENS_SECONDEN = 3, 24 * 3600
ZEGEL = "meldingenformulier"


class Voor(IntegerChoices):
    """Who fills it in."""

    MIJZELF = Meldersoort.INWONER.value, "Ik vraag hulp voor mijzelf of mijn gezin"
    NAASTE = Meldersoort.NAASTE.value, "Ik vraag hulp voor een ander die ik ken"
    PROFESSIONAL = Meldersoort.PROFESSIONAL.value, "Ik meld als professional"


def zegel() -> str:
    """A mark of which form was handed out when, that only this server can make."""
    return signing.dumps([timezone.now().timestamp(), uuid4().hex], salt=ZEGEL)


class MeldForm(forms.Form):
    """A melding by a resident or professional without an account."""

    soort = forms.TypedChoiceField(
        label="Voor wie vraagt u hulp?",
        choices=Voor.choices,
        coerce=lambda waarde: Meldersoort(int(waarde)),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies voor wie u hulp vraagt."},
    )
    naam = forms.CharField(
        label="Uw naam",
        max_length=200,
        error_messages={"required": "Vul uw naam in."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisatie = forms.CharField(
        label="Uw organisatie",
        max_length=200,
        required=False,
        help_text="Alleen als u meldt als professional.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="Uw e-mailadres",
        help_text="Hierheen sturen wij een bevestiging.",
        error_messages={
            "required": "Vul uw e-mailadres in.",
            "invalid": "Dit e-mailadres klopt niet. Een voorbeeld is naam@voorbeeld.nl.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefoon = Telefoonveld(
        label="Uw telefoonnummer",
        required=False,
        help_text="Dan kunnen wij u bellen.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "veld-kort"}),
    )
    over = forms.CharField(
        label="Over wie gaat het?",
        max_length=200,
        required=False,
        help_text="Alleen als het om een ander gaat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    geboortedatum = Datumveld(label="Geboortedatum van wie hulp nodig heeft", verleden=True, required=False)
    postcode = Postcodeveld(
        label="Postcode van wie hulp nodig heeft",
        required=False,
        help_text="Dan komt uw vraag direct bij het goede wijkteam.",
    )
    vraag = forms.CharField(
        label="Wat is er aan de hand, en welke hulp is er nodig?",
        max_length=MAX_TEKST,
        error_messages={"required": "Vul in wat er aan de hand is."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    akkoord = forms.BooleanField(
        label="De gemeente mag deze gegevens gebruiken om hulp te regelen. "
        "Gaat het om een ander, dan weet die ander van deze melding.",
        error_messages={
            "required": "Zonder toestemming kunnen wij uw melding niet behandelen. Bel ons gerust."
        },
    )
    website = forms.CharField(label="Laat dit vak leeg", required=False)
    zegel = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A professional names the organisation, and who reports about another names that other."""
        schoon: dict[str, Any] = super().clean() or {}
        soort = schoon.get("soort")
        if soort == Meldersoort.PROFESSIONAL and not schoon.get("organisatie"):
            self.add_error("organisatie", "Vul de naam van uw organisatie in.")
        if soort in (Meldersoort.NAASTE, Meldersoort.PROFESSIONAL) and not schoon.get("over"):
            self.add_error("over", "Vul in over wie het gaat.")
        return schoon

    @property
    def lijkt_een_robot(self) -> bool:
        """Filled in what people don't see, or faster than people type, or without having asked for the form."""
        if self.cleaned_data.get("website"):
            return True
        uitgereikt = self._uitgereikt
        return not uitgereikt or timezone.now().timestamp() - uitgereikt[0] < MINSTENS_SECONDEN

    @property
    def _uitgereikt(self) -> tuple[float, UUID] | None:
        """When this form was handed out, and its key; None when it wasn't, or too long ago."""
        try:
            moment, sleutel = signing.loads(
                self.data.get("zegel", ""), salt=ZEGEL, max_age=HOOGSTENS_SECONDEN
            )
        except signing.BadSignature:
            return None
        return moment, UUID(sleutel)

    @property
    def sleutel(self) -> UUID | None:
        """The key of this form, so that sending it twice makes one melding."""
        return self._uitgereikt[1] if self._uitgereikt else None

    def opnieuw(self) -> None:
        """Ready to be sent once more: what people don't see is as it was handed out."""
        geldig = self.data["zegel"] if self.sleutel else zegel()
        self.data = {**{naam: self.data[naam] for naam in self.data}, "website": "", "zegel": geldig}

    @property
    def tekst(self) -> str:
        """The question with what was said about whom it is, since nobody looked up who that is."""
        data = self.cleaned_data
        regels = [
            f"Over: {data['over']}" if data["over"] else "",
            f"Geboren: {data['geboortedatum']:%d-%m-%Y}" if data["geboortedatum"] else "",
            f"Postcode: {data['postcode']}" if data["postcode"] else "",
        ]
        over = "\n".join(filter(None, regels))
        return f"{data['vraag']}\n\n{over}".strip()
