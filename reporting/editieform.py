"""What one fills in to keep tables as they are known now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from reporting.edities import stel_vast
from reporting.forms import GEEN, VORIGE, kwartalen_met_meldingen
from reporting.fouten import Invoerfout
from reporting.models import Editie
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.vraag import FILTERS, Vraag
from teams.geweigerd import Geweigerd
from teams.models import Medewerker

ALLE = "alle"


class Vaststellen(forms.Form):
    """One table or all of them, of a period; with the filters of the page that one came from, for one table."""

    use_required_attribute = False

    titel = forms.CharField(
        label="Titel",
        max_length=200,
        help_text="Bijvoorbeeld Kwartaalrapportage 2015-Q2",
        error_messages={"required": "Vul een titel in."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tabel = forms.ChoiceField(label="Wat", error_messages={"invalid_choice": "Deze tabel bestaat niet."})
    periode = forms.CharField(
        label="Periode",
        help_text="Een kwartaal (2015-Q2), een maand (2015-04), een jaar (2015) of een reeks dagen",
        error_messages={"required": "Vul een periode in."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    vergelijk = forms.ChoiceField(
        label="Ernaast", choices=[(VORIGE, "De vorige periode"), (GEEN, "Niets")], required=False
    )
    opmerking = forms.CharField(
        label="Opmerking",
        required=False,
        max_length=2000,
        help_text="Staat bij de editie. Zet er geen gegevens van inwoners in.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, gegeven: Any = None, *, begin: Any = None) -> None:
        kwartalen = [] if gegeven is not None else kwartalen_met_meldingen(timezone.localdate())
        voorstel = kwartalen[0].sleutel if kwartalen else ""
        initieel = {"tabel": ALLE, "periode": voorstel, "vergelijk": VORIGE}
        van_pagina = {
            naam: waarde for naam, waarde in (begin or {}).items() if naam in ("tabel", "periode", *FILTERS)
        }
        super().__init__(gegeven, initial={**initieel, **van_pagina})
        self.fields["tabel"].choices = [  # type: ignore[attr-defined]
            (ALLE, "Alle tabellen"),
            *((tabel.sleutel, f"{tabel.sleutel} {tabel.titel}") for tabel in TABELLEN.values()),
        ]
        bron = gegeven if gegeven is not None else van_pagina
        for naam in FILTERS:
            if bron.get(naam):
                self.fields[naam] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def filters(self) -> list[str]:
        """The filters of the page that one came from, in words."""
        bron = self.data if self.is_bound else self.initial
        return [f"{naam}: {bron[naam]}" for naam in FILTERS if naam in self.fields]

    def clean(self) -> dict[str, Any]:
        """Read the question as every page reads it; each mistake goes to its own field."""
        gegeven = super().clean() or {}
        tabel, periode = gegeven.get("tabel"), gegeven.get("periode")
        if not tabel or not periode:
            return gegeven
        filters = {naam: gegeven.get(naam) for naam in FILTERS if naam in self.fields}
        if tabel == ALLE:
            filters = {}
        try:
            vraag = Vraag.van_invoer(
                next(iter(TABELLEN)) if tabel == ALLE else tabel, periode=periode, filters=filters
            )
        except Invoerfout as fout:
            self.add_error(fout.parameter if fout.parameter in self.fields else None, str(fout))
        else:
            gegeven["vraag"] = vraag
        return gegeven

    def stel_vast(self, door: Medewerker) -> Editie | None:
        """Do it; None when it was refused, and then the form says why."""
        schoon = self.cleaned_data
        vraag: Vraag = schoon["vraag"]
        ernaast: Periode | None = vraag.periode.vorige() if schoon["vergelijk"] != GEEN else None
        alles = schoon["tabel"] == ALLE
        try:
            return stel_vast(
                list(TABELLEN) if alles else [vraag.tabel],
                periode=vraag.periode,
                vergelijk=ernaast,
                filters={} if alles else vraag.filters,
                titel=schoon["titel"],
                opmerking=schoon["opmerking"],
                door=door,
            )
        except Geweigerd as fout:
            self.add_error(None, str(fout))
            return None
