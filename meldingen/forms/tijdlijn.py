"""Which lines of the tijdlijn of a household one wants to see; everything in the address, so a link shows the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from households.tijdlijn import Groep, Regel
from meldingen.dossierlijn import kies

SOORTEN = {
    Groep.MELDINGEN: "Meldingen",
    Groep.CONTACTEN: "Contacten",
    Groep.GESPREKKEN: "Gesprekken",
    Groep.BESLUITEN: "Besluiten",
    Groep.OPSCHALING: "Opschaling",
    Groep.NOTITIES: "Notities",
    Groep.GEZIN: "Gezin",
    Groep.BETROKKENEN: "Wie betrokken is",
}


class Tijdlijnkeuze(forms.Form):
    """A kind of lines, and whom they are about; nonsense in the address shows everything."""

    use_required_attribute = False

    soort = forms.ChoiceField(
        label="Wat",
        required=False,
        choices=[("", "Alles"), *((groep.value, naam) for groep, naam in SOORTEN.items())],
    )
    persoon = forms.TypedChoiceField(label="Over wie", required=False, coerce=int, empty_value=None)

    def __init__(self, namen: Mapping[int, str], data: Any) -> None:
        super().__init__(data, auto_id="tijdlijn_%s")
        veld = self.fields["persoon"]
        assert isinstance(veld, forms.TypedChoiceField)
        op_naam = sorted(namen.items(), key=lambda paar: paar[1])
        veld.choices = [("", "Iedereen"), *((str(pk), naam) for pk, naam in op_naam)]

    def kies(self, regels: Iterable[Regel]) -> list[Regel]:
        """Those of `regels` that were asked for."""
        self.full_clean()
        soort, persoon = self.cleaned_data.get("soort"), self.cleaned_data.get("persoon")
        return kies(regels, groep=Groep(soort) if soort else None, persoon=persoon)

    @property
    def is_gekozen(self) -> bool:
        """Whether less than everything is shown."""
        return any(self.cleaned_data.values())


class Notitiekeuze(forms.Form):
    """Which notes of the household go on the print for one member; none of them unless somebody chose it."""

    use_required_attribute = False

    notitie = forms.TypedMultipleChoiceField(
        label="Notities van het huishouden op deze afdruk",
        help_text="Kies alleen wat dit lid mag weten. Wat u niet kiest, komt er niet op.",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, regels: Iterable[Regel], data: Any) -> None:
        super().__init__(data, auto_id="afdruk_%s")
        veld = self.fields["notitie"]
        assert isinstance(veld, forms.TypedMultipleChoiceField)
        veld.choices = [(regel.sleutel, _omschrijving(regel)) for regel in regels]

    @property
    def gekozen(self) -> frozenset[int]:
        """Their keys; none for nonsense in the address."""
        self.full_clean()
        return frozenset(self.cleaned_data.get("notitie", ()))


def _omschrijving(regel: Regel) -> str:
    over = f", over {regel.over}" if regel.over else ""
    return f"{regel.dag:%d-%m-%Y}{over}: {regel.tekst}"
