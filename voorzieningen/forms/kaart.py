"""Forms of the sociale kaart: what one looks for, a row by hand, and a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict

from households.models import Levensgebied
from teams.models import Team
from teams.velden import Datumveld
from voorzieningen.models import (
    AlgemeneVoorziening,
    AlgemeneVoorzieningQuerySet,
    Kaartsoort,
    controleer_gebied,
)
from voorzieningen.socialekaart import MAX_BYTES
from voorzieningen.workflow import Kaartrij


class Zoekvraag(forms.Form):
    """A question to the sociale kaart; every choice stands in the URL."""

    use_required_attribute = False

    q = forms.CharField(
        label="Waar zoekt u hulp bij?",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    levensgebied = forms.ModelChoiceField(
        Levensgebied.objects.all(),
        label="Levensgebied",
        required=False,
        to_field_name="code",
        empty_label="Alle levensgebieden",
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("soort", "naam"),
        label="In het gebied van team",
        required=False,
        to_field_name="code",
        empty_label="Alle teams",
    )
    soort = forms.ChoiceField(
        label="Soort",
        required=False,
        choices=[
            ("", "Alles"),
            *((code, soort.label.capitalize()) for code, soort in Kaartsoort.codes().items()),
        ],
    )
    beeindigd = forms.BooleanField(label="Ook wat nu niet geldt", required=False)

    def __init__(self, gegeven: QueryDict, *, beheer: bool) -> None:
        super().__init__(gegeven)
        if not beheer:
            del self.fields["beeindigd"]

    def rijen(self, vandaag: date) -> AlgemeneVoorzieningQuerySet:
        """What the choices leave over, without the words."""
        rijen = AlgemeneVoorziening.objects.met_koppelingen()
        gekozen = self.cleaned_data
        if not gekozen.get("beeindigd"):
            rijen = rijen.geldig_op(vandaag)
        if gekozen["levensgebied"]:
            rijen = rijen.met_levensgebied(gekozen["levensgebied"])
        if gekozen["team"]:
            rijen = rijen.voor_team(gekozen["team"])
        if gekozen["soort"]:
            rijen = rijen.filter(soort=Kaartsoort.van_code(gekozen["soort"]))
        return rijen


class Kaartform(forms.ModelForm):
    """A row of the sociale kaart by hand; `rij` is what goes to the workflow.

    `gezien` carries the `gewijzigd_op` of the row that is on the screen.
    """

    use_required_attribute = False

    gezien = forms.CharField(required=False, widget=forms.HiddenInput)
    geldig_van = Datumveld(label="Geldig vanaf", required=False)
    geldig_tot = Datumveld(
        label="Geldig tot", required=False, help_text="dd-mm-jjjj; op deze dag geldt het niet meer"
    )
    stadsdeel = forms.ChoiceField(label="Stadsdeel", required=False)

    class Meta:
        model = AlgemeneVoorziening
        fields = [
            "soort",
            "naam",
            "organisatie",
            "omschrijving",
            "doelgroep",
            "kosten",
            "hele_gemeente",
            "stadsdeel",
            "teams",
            "levensgebieden",
            "telefoon",
            "email",
            "website",
            "adres",
            "geldig_van",
            "geldig_tot",
            "ref",
        ]
        widgets = {
            **{
                naam: forms.Textarea(attrs={"rows": 3, "class": "veld-breed"})
                for naam in ("omschrijving", "doelgroep", "kosten")
            },
            "teams": forms.CheckboxSelectMultiple,
            "levensgebieden": forms.CheckboxSelectMultiple,
            "telefoon": forms.TextInput(attrs={"type": "tel"}),
            "email": forms.TextInput(attrs={"type": "email"}),
            "website": forms.TextInput(attrs={"type": "url"}),
        }
        labels = {"doelgroep": "Voor wie"}
        help_texts = {
            "ref": "Alleen nodig als deze regel ook in uw CSV-bestand staat.",
            "hele_gemeente": "Zo niet, kies dan een stadsdeel of teams.",
            "website": "Bijvoorbeeld https://example.org",
        }

    def __init__(self, *args: Any, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [(soort.value, soort.label.capitalize()) for soort in Kaartsoort]  # type: ignore[attr-defined]
        stadsdelen = {*Team.objects.exclude(stadsdeel="").values_list("stadsdeel", flat=True)}
        eigen = {self.instance.stadsdeel} - {""}
        self.fields["stadsdeel"].choices = [  # type: ignore[attr-defined]
            ("", "Geen"),
            *((naam, naam) for naam in sorted(stadsdelen | eigen)),
        ]
        geldig = Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=vandaag)
        if self.instance.pk:
            self.initial["gezien"] = self.instance.gewijzigd_op.isoformat()
            geldig |= Q(algemene_voorzieningen=self.instance)
        self.fields["levensgebieden"].queryset = Levensgebied.objects.filter(geldig).distinct()  # type: ignore[attr-defined]

    def clean_gezien(self) -> datetime | None:
        """The moment that the screen carried; needed for a row that there already is."""
        try:
            return datetime.fromisoformat(self.cleaned_data["gezien"]) if self.instance.pk else None
        except ValueError:
            raise ValidationError("Open deze pagina opnieuw.") from None

    def clean(self) -> dict[str, Any]:
        """An area is said once: the whole municipality, or a part of it."""
        gekozen = super().clean() or self.cleaned_data
        controleer_gebied(
            gekozen.get("hele_gemeente", False),
            plaatselijk=bool(gekozen.get("stadsdeel") or gekozen.get("teams")),
        )
        return gekozen

    def rij(self) -> Kaartrij:
        """The row as it has to be; only of a valid form."""
        gekozen = self.cleaned_data
        return Kaartrij(
            self.instance,
            frozenset(team.pk for team in gekozen["teams"]),
            frozenset(gebied.pk for gebied in gekozen["levensgebieden"]),
            gekozen["gezien"],
        )


class Importform(forms.Form):
    """A file with the sociale kaart."""

    use_required_attribute = False

    bestand = forms.FileField(
        label="CSV-bestand",
        allow_empty_file=True,
        help_text=f"Opgeslagen als ‘CSV UTF-8’, hooguit {MAX_BYTES // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    beeindig = forms.BooleanField(
        label="Beëindig vandaag wat eerder is ingelezen en niet in dit bestand staat", required=False
    )

    def inhoud(self) -> bytes:
        """The bytes of the file, one more than is allowed at most."""
        bestand: UploadedFile = self.cleaned_data["bestand"]
        return bytes(bestand.read(MAX_BYTES + 1))
