"""What the forms about a plan have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import Http404

from households.models import (
    Huishouden,
    Plan,
    Planversie,
)
from meldingen.forms.velden import (
    Handeling,
)
from meldingen.planblad import Blad
from teams.codes import Code

ANDERS = "anders"
Keuzes = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Planzicht:
    """What the forms of one page share: the plan as the reader sees it, and what that reader was typing."""

    plan: Plan | None
    blad: Blad = field(default_factory=Blad)
    versie: Planversie | None = None
    concepten: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    bewoners: Keuzes = field(default_factory=list)
    """Who lives there now and doesn't take part."""


class Keuzeveld(forms.TypedChoiceField):
    """A value of a closed list."""

    def __init__(self, lijst: type[Code], *, leeg: str = "", **kwargs: Any) -> None:
        keuzes = [("", leeg), *lijst.choices] if leeg else lijst.choices
        super().__init__(choices=keuzes, coerce=lambda waarde: lijst(int(waarde)), empty_value=None, **kwargs)


class Sleutelveld(forms.TypedChoiceField):
    """One of some rows, by key; the form fills in which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


class Planhandeling(Handeling[Huishouden]):
    """A form about the plan of a household. `meer` are the fields that are folded away; with `bewaart` what is typed is
    kept as a draft."""

    meer: ClassVar[tuple[str, ...]] = ()
    bewaart: ClassVar[bool] = False
    huidig: Any
    van_de_rij: dict[str, Any]

    def __init__(
        self, rij: Huishouden, spoor: Any, data: Any = None, *, zicht: Planzicht, doel: Any = None
    ) -> None:
        self.zicht = zicht
        self.heeft_concept = False
        super().__init__(rij, spoor, data, doel=doel)
        if self.bewaart and not self.is_bound:
            self._haal_concept_terug()

    def _haal_concept_terug(self) -> None:
        """What was typed; also which `bewerking` it was about, so that a draft never overwrites somebody unseen."""
        concept = self.zicht.concepten.get(self.formulier, {})
        for naam, waarde in concept.items():
            if naam in self.fields and not isinstance(self.fields[naam], forms.MultipleChoiceField):
                self.initial[naam] = waarde
                self.heeft_concept = True

    @property
    def formulier(self) -> str:
        """Under which name the draft is kept."""
        return f"{self.sleutel}-van-{self.zicht.plan.pk if self.zicht.plan else 0}"

    @property
    def plan(self) -> Plan:
        """The plan; Http404 where there never was one."""
        if self.zicht.plan is None:
            raise Http404
        return self.zicht.plan

    @property
    def hoofdvelden(self) -> list[BoundField]:
        """The fields that are always to be seen."""
        return [veld for veld in self.visible_fields() if veld.name not in self.meer]

    @property
    def meervelden(self) -> list[BoundField]:
        """The fields that are folded away."""
        return [self[naam] for naam in self.meer]

    @property
    def meer_open(self) -> bool:
        """Whether something folded away is wrong, or was filled in by hand."""
        return any(veld.errors or (self.is_bound and veld.data) for veld in self.meervelden)

    def kies(self, naam: str, keuzes: Iterable[tuple[Any, Any]], eerste: Any = None) -> None:
        """Give a field its choices."""
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = list(keuzes)
        if eerste is not None:
            veld.initial = eerste

    def deelnemers(self) -> Keuzes:
        """Who takes part, by key."""
        return [(mens.sleutel, f"{mens.naam} ({mens.omschrijving})") for mens in self.zicht.blad.deelnemers]

    def deelnemers_of_anders(self) -> Keuzes:
        """The same, or somebody whose name one fills in."""
        return [*self.deelnemers(), (ANDERS, "Iemand anders: vul de naam in bij ‘Meer invullen’")]

    def onthoud(self, initial: dict[str, Any]) -> None:
        """What stands in the row now, for who changes it; goes along as `basis`, to tell later what they touched."""
        self.van_de_rij = initial
        self.initial.update(initial)
        self.initial["basis"] = json.dumps(self.in_woorden_van_de_rij())

    def in_woorden_van_de_rij(self) -> dict[str, str]:
        """What stands in the row now, by field; whatever somebody typed."""
        return {
            veld.name: in_woorden(veld.field, self.van_de_rij.get(veld.name))
            for veld in self.visible_fields()
            if veld.name in self.van_de_rij
        }

    def in_woorden(self) -> dict[str, str]:
        """What stands in each field, as one reads it: what was typed, else what stood there at first."""
        return {veld.name: in_woorden(veld.field, veld.value()) for veld in self.visible_fields()}


def in_woorden(veld: forms.Field, waarde: Any) -> str:
    """A value of a field, as one reads it."""
    if isinstance(veld, forms.ChoiceField):
        gekozen = {str(een) for een in (waarde if isinstance(waarde, list) else [waarde])}
        keuzes: Any = veld.choices
        return ", ".join(str(label) for sleutel, label in keuzes if str(sleutel) in gekozen)
    if isinstance(waarde, date):
        return waarde.strftime("%d-%m-%Y")
    if isinstance(veld, forms.BooleanField):
        return "ja" if waarde else "nee"
    return str(waarde or "")


def van_plan(rijen: Any, huishouden: Huishouden, sleutel: int, pad: str = "plan__huishouden") -> Any:
    """The row with this key in a plan of the household; Http404 when it has none such."""
    rij = rijen.filter(**{pad: huishouden}, pk=sleutel).first()
    if rij is None:
        raise Http404
    return rij
