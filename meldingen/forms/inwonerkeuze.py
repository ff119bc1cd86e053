"""Choosing somebody who is known: by number, or by what one knows of them and then out of who that can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator

from households.models import Persoon
from households.zoekvraag import MAX_TEKENS, Zoekvraag
from meldingen.forms.velden import Handeling, R, redenveld
from meldingen.herkennen import herken
from teams.access import Actie
from teams.lezen import LANGSTE_SLEUTEL, GeenToegang, lees
from teams.models import Handeling as Logregel

KIES = "Kies hieronder wie u bedoelt, of vul iets anders in."
NIEMAND = "Niemand gevonden die u hiervoor kunt kiezen. Vul iets anders in."
ONBEKEND = "Er is geen inwoner met dit nummer die u hiervoor kunt kiezen."


class Inwonerkeuze(Handeling[R]):
    """Somebody known. Unknown and forbidden are the same answer.

    Who can be meant is looked up, and logged, where the choice is shown: what the log said before a form was
    refused is undone.
    """

    actie = Actie.ZIEN
    persoon = forms.CharField(
        label="Inwoner",
        max_length=MAX_TEKENS,
        help_text="Naam, geboortedatum, telefoonnummer, adres of inwonernummer.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    keuze = forms.IntegerField(
        label="Wie bedoelt u?",
        min_value=1,
        max_value=LANGSTE_SLEUTEL,
        required=False,
        widget=forms.RadioSelect,
    )
    reden = redenveld()

    def bereid_voor(self) -> None:
        """A choice out of those who can be meant, when something else than a number was typed."""
        getypt = str(self.data.get("persoon", "")).strip()
        if not getypt or _is_nummer(getypt):
            del self.fields["keuze"]
            return
        widget = self.fields["keuze"].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = CallableChoiceIterator(lambda: self._bekenden(getypt))

    def clean(self) -> dict[str, Any]:
        """`persoon` as the person who was named or chosen, if the reader may."""
        schoon = super().clean() or self.cleaned_data
        getypt = str(schoon.get("persoon", "")).strip()
        if not getypt or "keuze" in self.errors:
            return schoon
        nummer = int(getypt) if _is_nummer(getypt) else schoon.pop("keuze")
        if nummer is None and not any(self._bekenden(getypt)):
            del self.fields["keuze"]
            raise ValidationError({"persoon": NIEMAND})
        if nummer is None:
            raise ValidationError({"persoon": KIES})
        schoon["persoon"] = self._lees(nummer)
        return schoon

    def _lees(self, nummer: int) -> Persoon:
        try:
            return lees(Persoon, nummer, spoor=self.spoor, actie=self.actie, handeling=Logregel.GEVONDEN)
        except GeenToegang as fout:
            self.weigering = fout.weigering
            raise ValidationError({"persoon": ONBEKEND}) from fout

    def _bekenden(self, getypt: str) -> Iterator[tuple[int, str]]:
        vraag, op = Zoekvraag.van_tekst(getypt), self.spoor.wie.dag
        for bekende in herken(vraag, op=op, spoor=self.spoor, actie=self.actie):
            wat = [bekende.naam]
            if bekende.inhoud and bekende.persoon.geboortedatum:
                wat.append(f"{bekende.persoon.geboortedatum:%d-%m-%Y}")
            if bekende.wijk:
                wat.append(str(bekende.wijk))
            yield bekende.persoon.pk, f"{', '.join(wat)} ({', '.join(bekende.redenen)})"


def _is_nummer(tekst: str) -> bool:
    """Not a phone number or birth date, which begin with 0; those that don't are no number of anybody."""
    past = len(tekst) < len(str(LANGSTE_SLEUTEL))
    return tekst.isdecimal() and tekst.isascii() and not tekst.startswith("0") and past
