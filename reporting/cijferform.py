"""What one fills in about figures that others deliver: which table and period, and the grid of its cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from reporting.aanlevering import Adres, Raster, Rasterrij, Vak, aan_te_leveren, lees_periode
from reporting.fouten import Invoerfout
from reporting.models import Cijferstatus, ExternCijfer
from reporting.periode import Periode
from reporting.register import TABELLEN, Tabel
from reporting.workflow import Aangeleverd

LANGSTE_BRON, LANGSTE_REDEN, LANGSTE_SLEUTEL = 200, 2000, 19
STATUSSEN = [
    ("", "geen cijfer"),
    *((status.value, "n.n.b." if status == Cijferstatus.NNB else status.label) for status in Cijferstatus),
]
_GETAL = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,14})(?:,([0-9]{1,4}))?")


class Cijferkeuze(forms.Form):
    """Of which table and period."""

    use_required_attribute = False

    tabel = forms.ChoiceField(label="Tabel")
    periode = forms.CharField(
        label="Periode",
        max_length=40,
        help_text="Bijvoorbeeld 2015-Q2, 2015-04, of een dag voor een stand: 2015-04-01",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul een periode in."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extern, geteld = list[tuple[str, str]](), list[tuple[str, str]]()
        for tabel in aan_te_leveren():
            (extern if tabel.extern else geteld).append((tabel.sleutel, f"{tabel.sleutel} {tabel.titel}"))
        self.fields["tabel"].choices = [("Van anderen", extern), ("Ook hier geteld", geteld)]  # type: ignore[attr-defined]

    def clean_tabel(self) -> Tabel:
        """The table of the registry."""
        return TABELLEN[self.cleaned_data["tabel"]]

    def clean_periode(self) -> Periode:
        """The period that was typed, in its own spelling."""
        try:
            return lees_periode(self.cleaned_data["periode"].strip())
        except Invoerfout as fout:
            raise ValidationError(str(fout)) from fout


class Getalveld(forms.Field):
    """A figure as one writes it in Dutch: 1.234 or 12,5; not below zero."""

    def to_python(self, value: Any) -> Decimal | None:
        """The figure, None for nothing; ValidationError for what is none."""
        tekst = str(value or "").strip()
        if not tekst:
            return None
        gevonden = _GETAL.fullmatch(tekst)
        if not gevonden or len(gevonden[1].replace(".", "")) > 14:
            raise ValidationError("Dit is geen getal vanaf 0. Schrijf bijvoorbeeld 1234 of 12,5.")
        return Decimal(f"{gevonden[1].replace('.', '')}.{gevonden[2] or 0}")


class Rasterform(forms.Form):
    """A value and a status per cell, a source per row, and why what stood there changes.

    What is sent in is held beside what was on the screen of who typed it, not beside what is in force by now: so two
    who fill in other cells don't undo each other, and for one cell the workflow refuses the second.
    """

    def __init__(self, raster: Raster, gegeven: QueryDict | None = None) -> None:
        super().__init__(gegeven)
        self.raster = raster
        self.gezien = _gezien(raster, gegeven)
        for r, rij in enumerate(raster.rijen):
            for k, vak in enumerate(rij.vakken):
                self._bouw_vak(f"{r}_{k}", rij.label, vak)
            self.fields[f"bron_{r}"] = forms.CharField(
                label=f"Bron van {rij.label}",
                required=False,
                max_length=LANGSTE_BRON,
                initial=self._bron(rij),
                widget=forms.TextInput(attrs={"autocomplete": "off", "aria-label": f"Bron van {rij.label}"}),
            )
        self.fields["reden"] = forms.CharField(
            label="Waarom verandert wat er stond?",
            required=False,
            max_length=LANGSTE_REDEN,
            help_text="Nodig als er al een cijfer stond. De reden staat ook in het overzicht van correcties.",
            widget=forms.Textarea(attrs={"rows": 2, "class": "veld-breed"}),
        )

    def _bron(self, rij: Rasterrij) -> str:
        """The source of the first figure of the row that was seen."""
        return next((cijfer.bron for vak in rij.vakken if (cijfer := self.gezien.get(vak.adres))), "")

    def _bouw_vak(self, plaats: str, rij: str, vak: Vak) -> None:
        wat = f"{rij}, {vak.kop}"
        cijfer = self.gezien.get(vak.adres)
        self.fields[f"waarde_{plaats}"] = Getalveld(
            label=f"Waarde van {wat}",
            required=False,
            initial=in_woorden(cijfer.waarde) if cijfer else "",
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "inputmode": "decimal",
                    "aria-label": f"Waarde van {wat}",
                    "size": 8,
                }
            ),
        )
        self.fields[f"status_{plaats}"] = forms.TypedChoiceField(
            label=f"Status van {wat}",
            required=False,
            coerce=lambda waarde: Cijferstatus(int(waarde)),
            empty_value=None,
            choices=STATUSSEN,
            initial=cijfer.status if cijfer else "",
            widget=forms.Select(attrs={"aria-label": f"Status van {wat}"}),
        )
        self.fields[f"gezien_{plaats}"] = forms.IntegerField(
            required=False, initial=cijfer.pk if cijfer else None, widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        """Each cell says one thing, and what is delivered has a source."""
        schoon = super().clean() or self.cleaned_data
        for r, rij in enumerate(self.raster.rijen):
            for k, _ in enumerate(rij.vakken):
                self._controleer(schoon, f"{r}_{k}")
            geleverd = any(schoon.get(f"status_{r}_{k}") is not None for k, _ in enumerate(rij.vakken))
            if geleverd and not schoon.get(f"bron_{r}") and f"bron_{r}" not in self.errors:
                self.add_error(f"bron_{r}", "Vul in van wie dit cijfer komt.")
        if not self.errors and not schoon.get("reden") and any(c.gezien for c in self.gewijzigd()):
            self.add_error("reden", "Vul in waarom een cijfer dat er al stond verandert.")
        return schoon

    def _controleer(self, schoon: dict[str, Any], plaats: str) -> None:
        if {f"waarde_{plaats}", f"status_{plaats}"} & self.errors.keys():
            return
        waarde, status = schoon.get(f"waarde_{plaats}"), schoon.get(f"status_{plaats}")
        if status is None and waarde is not None:
            self.add_error(f"status_{plaats}", "Kies of dit cijfer voorlopig of definitief is.")
        elif status == Cijferstatus.NNB and waarde is not None:
            self.add_error(f"waarde_{plaats}", "Wat nog niet bekend is, heeft geen waarde: maak dit leeg.")
        elif status not in (None, Cijferstatus.NNB) and waarde is None:
            self.add_error(f"waarde_{plaats}", "Vul een waarde in, of kies n.n.b.; leeg is geen 0.")

    def gewijzigd(self) -> list[Aangeleverd]:
        """What differs from what was on the screen; only of a valid form."""
        return [
            aangeleverd
            for r, rij in enumerate(self.raster.rijen)
            for k, vak in enumerate(rij.vakken)
            if (aangeleverd := self._aangeleverd(vak, f"{r}_{k}", f"bron_{r}"))
        ]

    def _aangeleverd(self, vak: Vak, plaats: str, bron: str) -> Aangeleverd | None:
        schoon, cijfer = self.cleaned_data, self.gezien.get(vak.adres)
        waarde, status, nieuwe_bron = schoon[f"waarde_{plaats}"], schoon[f"status_{plaats}"], schoon[bron]
        eigen_bron = cijfer.bron if cijfer and bron not in self.changed_data else nieuwe_bron
        was = (cijfer.waarde, cijfer.status, cijfer.bron) if cijfer else (None, None, eigen_bron)
        if was == (waarde, status, eigen_bron) or (cijfer is None and status is None):
            return None
        return Aangeleverd(vak.adres, waarde, status, eigen_bron, schoon[f"gezien_{plaats}"])

    @property
    def rijen(self) -> list[dict[str, Any]]:
        """The rows with the fields of their cells, for the template."""
        return [
            {
                "label": rij.label,
                "vakken": [
                    {
                        "kop": vak.kop,
                        "velden": [self[f"waarde_{r}_{k}"], self[f"status_{r}_{k}"]],
                        "gezien": self[f"gezien_{r}_{k}"],
                    }
                    for k, vak in enumerate(rij.vakken)
                ],
                "bron": self[f"bron_{r}"],
            }
            for r, rij in enumerate(self.raster.rijen)
        ]


def _gezien(raster: Raster, gegeven: QueryDict | None) -> dict[Adres, ExternCijfer]:
    """The figure that was on the screen in each cell: what is in force, or what the form that was sent in says."""
    if gegeven is None:
        return {vak.adres: vak.cijfer for rij in raster.rijen for vak in rij.vakken if vak.cijfer}
    gestuurd = (str(waarde) for naam, waarde in gegeven.items() if naam.startswith("gezien_"))
    sleutels = [int(waarde) for waarde in gestuurd if waarde.isdecimal() and len(waarde) < LANGSTE_SLEUTEL]
    rijen = ExternCijfer.objects.filter(pk__in=sleutels, tabel=raster.tabel.sleutel)
    return {Adres(rij.tabel, rij.rij, rij.kolom, rij.periode): rij for rij in rijen}


def in_woorden(waarde: Decimal | None) -> str:
    """A stored figure as `Getalveld` reads it."""
    return "" if waarde is None else f"{waarde.normalize():f}".replace(".", ",")
