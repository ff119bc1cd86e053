"""Fields and the shape that the forms of the daily work have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from teams.lezen import Spoor
from teams.models import IN_TEAM, Aanstelling, Inzage, Medewerker

NOTITIE_TEKENS = 8_000
REDEN_TEKENS = 1_000
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2199
"""What is before or after these is a slip of the keyboard."""

R = TypeVar("R", bound=Model)


class Tekstveld(forms.CharField):
    """Free text; the browser doesn't cut off what is too long, so that nothing typed or pasted gets lost."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int, rijen: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rijen, "dir": "auto"}))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """All but `maxlength`."""
        return {naam: waarde for naam, waarde in super().widget_attrs(widget).items() if naam != "maxlength"}


def redenveld(label: str = "Reden", **kwargs: Any) -> Tekstveld:
    """Why, in one's own words."""
    return Tekstveld(label=label, max_length=REDEN_TEKENS, rijen=2, **kwargs)


def _jaar_kan(dag: date) -> None:
    if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
        raise ValidationError(f"Controleer het jaar: het ligt tussen {EERSTE_JAAR} en {LAATSTE_JAAR}.")


def dagveld(label: str = "Datum", **kwargs: Any) -> forms.DateField:
    """A day, typed as 31-12-2015."""
    return forms.DateField(
        label=label,
        help_text="dd-mm-jjjj",
        validators=[_jaar_kan],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off", "class": "veld-datum"}),
        **kwargs,
    )


class Medewerkerveld(forms.ModelChoiceField):
    """A choice of colleagues, by the name one calls them."""

    def label_from_instance(self, obj: Model) -> str:
        """The name of the medewerker."""
        return obj.naam if isinstance(obj, Medewerker) else str(obj)


class Medewerkersveld(forms.ModelMultipleChoiceField):
    """A choice of any number of colleagues."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Model) -> str:
        """The name of the medewerker."""
        return obj.naam if isinstance(obj, Medewerker) else str(obj)


def collegas(teams: Iterable[int | None] | None = None) -> QuerySet[Medewerker]:
    """Who works today in one of these teams, or in any."""
    aanstellingen = Aanstelling.objects.op_dag(timezone.localdate()).filter(rol__in=IN_TEAM)
    if teams is not None:
        aanstellingen = aanstellingen.filter(team__in=[team for team in teams if team])
    medewerkers = Medewerker.objects.filter(is_active=True, pk__in=aanstellingen.values("medewerker"))
    return medewerkers.order_by("first_name", "last_name", "username")


class Handeling(forms.Form, Generic[R]):
    """A small form that does one thing with one row, at an address of its own.

    `route` is the name of that address, `titel` what it is called and `knop` what stands on its button; `doel` is
    what else stands in the address after the key of the row. `weigering` is a line for the log when the form asked
    for something that isn't for this reader.
    """

    route: ClassVar[str]
    titel: str
    knop: str

    def __init__(self, rij: R, spoor: Spoor, data: Any = None, *, doel: Any = None) -> None:
        self.rij, self.spoor, self.doel = rij, spoor, doel
        self.weigering: Inzage | None = None
        super().__init__(data, auto_id=f"{self.sleutel}_%s")
        self.bereid_voor()

    def bereid_voor(self) -> None:
        """Fill in choices and what stands there at first."""

    @property
    def sleutel(self) -> str:
        """What tells this form from the others on its page."""
        return "-".join(map(str, filter(None, (self.route, self.doel))))

    @property
    def adres(self) -> str:
        """Where it is sent to."""
        return reverse(self.route, args=[self.rij.pk, *([self.doel] if self.doel else [])])

    @property
    def beletsel(self) -> str | None:
        """Why this can't be done now, in the user's words; None when it can."""
        return None

    def schoon(self) -> dict[str, Any]:
        """What was filled in, once it is valid."""
        return self.cleaned_data
