"""What one fills in for a new melding: little, in the order of a phone call (R4, R5)."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from households.models import Levensgebied
from households.namen import TUSSENVOEGSELS
from households.zoekvraag import Zoekvraag
from meldingen.models import Aanleiding, Categorie, Kanaal, Meldersoort, Toestemming
from meldingen.workflow import Melder, NieuwePersoon
from teams.lezen import LANGSTE_SLEUTEL
from teams.models import Team
from teams.velden import Datumveld, Postcodeveld, Telefoonveld

NIEUW = "nieuw"
WAT_HERKENT = (
    "melder_soort",
    "melder_naam",
    "voor_naam",
    "bereikbaar",
    "geboortedatum",
    "postcode",
    "huisnummer",
    "levensgebieden",
    "categorie",
    "voorstel",
    "wie",
)
"""The fields on which the right side of the screen depends."""
OOK_VOORNAAM = ("al", "ben")
"""In front these are a voornaam, further on a tussenvoegsel."""
MAX_VRAAG = 5000
MAX_NAAM = 200


class Vervolg(TextChoices):
    """What happens right away."""

    TRIAGE = "triage", "naar de triage van het wijkteam"
    OPPAKKEN = "oppakken", "ik pak het zelf op"
    ADVIES = "advies", "advies gegeven, klaar"
    VERWIJZEN = "verwijzen", "verwijzen naar een algemene voorziening"
    DOORZETTEN = "doorzetten", "doorzetten naar een ander (W&I, Veilig Thuis, andere gemeente)"


class Bereikbaarveld(forms.CharField):
    """A phone number or an e-mail address: one box, since one is enough."""

    default_error_messages = {
        "required": "Vul een telefoonnummer of e-mailadres in.",
        "invalid": "Dit is geen telefoonnummer en geen e-mailadres.",
    }

    def clean(self, value: Any) -> dict[str, str]:
        """`telefoon` or `email`, as one dict; ValidationError when it is neither."""
        tekst = super().clean(value)
        if "@" in tekst:
            try:
                validate_email(tekst)
            except ValidationError:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
            return {"email": tekst}
        try:
            return {"telefoon": Telefoonveld().clean(tekst)}
        except ValidationError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def splits_naam(tekst: str) -> dict[str, str]:
    """A name as one says it in its parts: "Jan van der Berg", "de Vries"; a single word is the achternaam."""
    delen = tekst.split()
    ertussen = [deel.lower().strip("'’`") in TUSSENVOEGSELS for deel in delen[:-1]]
    if ertussen and delen[0].lower() in OOK_VOORNAAM:
        ertussen[0] = False
    begin = eind = ertussen.index(True) if True in ertussen else len(ertussen)
    while eind < len(ertussen) and ertussen[eind]:
        eind += 1
    return {
        "voornamen": " ".join(delen[:begin]),
        "tussenvoegsel": " ".join(delen[begin:eind])[:40],
        "achternaam": " ".join(delen[eind:]),
    }


class AannameForm(forms.Form):
    """A new melding. `wie` is the explicit choice between somebody known and somebody new."""

    melder_soort = forms.TypedChoiceField(
        label="Wie belt of meldt?",
        choices=Meldersoort.choices,
        coerce=lambda waarde: Meldersoort(int(waarde)),
        initial=Meldersoort.INWONER.value,
        widget=forms.RadioSelect,
    )
    melder_naam = forms.CharField(
        label="Naam",
        max_length=MAX_NAAM,
        error_messages={"required": "Vul een naam in."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    bereikbaar = Bereikbaarveld(
        label="Telefoon of e-mail",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relatie = forms.CharField(
        label="Relatie of organisatie",
        max_length=MAX_NAAM,
        required=False,
        help_text="Bijvoorbeeld dochter, huisarts of school.",
    )
    voor_naam = forms.CharField(
        label="Om wie gaat het?",
        max_length=MAX_NAAM,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    geboortedatum = Datumveld(label="Geboortedatum", verleden=True, required=False)
    postcode = Postcodeveld(label="Postcode", required=False)
    huisnummer = forms.CharField(
        label="Huisnummer",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "veld-kort"}),
    )
    vraag = forms.CharField(
        label="Vraag, in eigen woorden",
        max_length=MAX_VRAAG,
        error_messages={"required": "Vul in wat er gevraagd wordt."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    spoed = forms.BooleanField(label="Spoed: iemand moet dit vandaag oppakken", required=False)
    toestemming = forms.TypedChoiceField(
        label="Weet de inwoner van deze melding?",
        choices=[("", "niet van toepassing"), *Toestemming.choices],
        coerce=lambda waarde: Toestemming(int(waarde)),
        empty_value=None,
        required=False,
    )
    kanaal = forms.TypedChoiceField(
        label="Kanaal",
        choices=[keuze for keuze in Kanaal.choices if keuze[0] != Kanaal.AFLOOP_INDICATIE],
        coerce=lambda waarde: Kanaal(int(waarde)),
        initial=Kanaal.TELEFOON.value,
    )
    aanleiding = forms.TypedChoiceField(
        label="Aanleiding",
        choices=Aanleiding.choices,
        coerce=lambda waarde: Aanleiding(int(waarde)),
        initial=Aanleiding.NIEUWE_VRAAG.value,
    )
    categorie = forms.TypedChoiceField(
        label="Categorie",
        choices=[("", "nog niet bepaald"), *Categorie.choices],
        coerce=lambda waarde: Categorie(int(waarde)),
        empty_value=None,
        required=False,
    )
    voorstel = forms.TypedChoiceField(
        choices=Categorie.choices,
        coerce=lambda waarde: Categorie(int(waarde)),
        empty_value=None,
        required=False,
        widget=forms.HiddenInput,
    )
    levensgebieden = forms.ModelMultipleChoiceField(
        label="Levensgebieden",
        queryset=Levensgebied.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.ModelChoiceField(
        label="Wijkteam",
        queryset=Team.objects.none(),
        required=False,
        empty_label="volgens de postcode",
    )
    vervolg = forms.TypedChoiceField(
        label="Wat doet u nu?",
        choices=Vervolg.choices,
        coerce=Vervolg,
        initial=Vervolg.TRIAGE.value,
        widget=forms.RadioSelect,
    )
    toelichting = forms.CharField(
        label="Welk advies, of naar wie doorgezet?",
        max_length=MAX_VRAAG,
        required=False,
    )
    wie = forms.CharField(required=False, widget=forms.HiddenInput)
    gezien = forms.CharField(required=False, widget=forms.HiddenInput)
    toch_apart = forms.BooleanField(required=False)
    sleutel = forms.UUIDField(widget=forms.HiddenInput, required=False)
    poststuk = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=LANGSTE_SLEUTEL
    )

    def __init__(
        self, data: MultiValueDict[str, Any] | None = None, *, neemt_op: bool = True, **kwargs: Any
    ) -> None:
        """`neemt_op` is whether who fills it in may also take steps with a melding."""
        super().__init__(data, **kwargs)
        vandaag = timezone.localdate()
        velden: Any = self.fields
        velden["levensgebieden"].queryset = Levensgebied.objects.geldig_op(vandaag)
        velden["team"].queryset = Team.objects.wijkteams()
        if not neemt_op:
            velden["vervolg"].choices = Vervolg.choices[:1]
        self.initial.setdefault("sleutel", uuid4())

    @property
    def getypt(self) -> dict[str, Any]:
        """What was sent for each field, right or wrong: to fill in the form with once more."""
        lijsten = dict(cast("MultiValueDict[str, Any]", self.data).lists())
        return {
            naam: lijsten[naam] if naam == "levensgebieden" else lijsten[naam][-1]
            for naam in self.fields
            if lijsten.get(naam)
        }

    @property
    def kenmerk(self) -> str:
        """Differs when the right side of the screen may differ; it can't be read back."""
        delen = [f"{naam}={self.getypt.get(naam, '')}" for naam in WAT_HERKENT]
        return salted_hmac("meldingen.aannemen", "\n".join(delen)).hexdigest()

    def clean(self) -> dict[str, Any]:
        """A relative or professional reports about somebody; an advice or a hand-over says what or to whom.

        The categorie is the one that was chosen, else the one that was proposed and ticked.
        """
        schoon: dict[str, Any] = super().clean() or {}
        if schoon.get("melder_soort") == Meldersoort.INWONER:
            schoon |= {"voor_naam": "", "relatie": "", "toestemming": None}
        elif schoon.get("melder_soort") and not (schoon.get("voor_naam") or "voor_naam" in self.errors):
            self.add_error("voor_naam", "Vul in om wie het gaat.")
        schoon["categorie"] = schoon.get("categorie") or schoon.get("voorstel")
        if schoon.get("vervolg") in (Vervolg.ADVIES, Vervolg.DOORZETTEN) and not schoon.get("toelichting"):
            self.add_error("toelichting", "Vul in welk advies u gaf, of naar wie u doorzet.")
        return schoon

    @property
    def zoekvraag(self) -> Zoekvraag:
        """What is typed so far, right or wrong, to recognise somebody by."""

        def getypt(naam: str) -> str:
            return str(self.data.get(naam, "")).strip()

        bereikbaar = getypt("bereikbaar")
        ander = getypt("melder_soort") not in ("", str(Meldersoort.INWONER.value))
        return Zoekvraag(
            naam=getypt("voor_naam" if ander else "melder_naam"),
            geboortedatum=getypt("geboortedatum"),
            telefoon="" if "@" in bereikbaar else bereikbaar,
            email=bereikbaar if "@" in bereikbaar else "",
            postcode=getypt("postcode"),
            huisnummer=getypt("huisnummer"),
        )

    def melder(self) -> Melder:
        """Who brings it, from what is valid."""
        data = self.cleaned_data
        soort: Meldersoort = data["melder_soort"]
        veld = "organisatie" if soort == Meldersoort.PROFESSIONAL else "relatie"
        return Melder(
            soort=soort,
            naam=data["melder_naam"],
            **data["bereikbaar"],
            **({veld: data["relatie"]} if soort != Meldersoort.INWONER else {}),
        )

    def nieuwe_persoon(self) -> NieuwePersoon:
        """Somebody new, from what is valid; whoever calls for themselves is reached where they call from."""
        data = self.cleaned_data
        zelf = data["melder_soort"] == Meldersoort.INWONER
        return NieuwePersoon(
            **splits_naam(data["voor_naam"] or data["melder_naam"]),
            geboortedatum=data["geboortedatum"],
            postcode=data["postcode"],
            huisnummer=data["huisnummer"],
            **(data["bereikbaar"] if zelf else {}),
        )

    @property
    def uuid(self) -> UUID | None:
        """The key of this form, so that sending it twice makes one melding."""
        sleutel: UUID | None = self.cleaned_data.get("sleutel")
        return sleutel
