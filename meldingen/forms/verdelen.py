"""Giving work to somebody: what was ticked, and everything of a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from meldingen.forms.keuzelijsten import Keuzelijsten
from teams.gronden import Wie
from teams.models import Medewerker, Team

ONBEKEND = 0
REDEN_LENGTE = 1000


class Plek(NamedTuple):
    """A team, and in it somebody or nobody yet."""

    team: Team
    medewerker: Medewerker | None


class Verdelen(forms.Form):
    """To whom the ticked meldingen go, and why. `gekozen` are their keys; one that is no key counts as unknown."""

    naar = forms.ChoiceField(label="Geef aan")
    reden = forms.CharField(label="Reden", max_length=REDEN_LENGTE)

    def __init__(self, wie: Wie, lijsten: Keuzelijsten, invoer: QueryDict | None = None) -> None:
        super().__init__(invoer)
        self.gekozen = {sleutel(tekst) for tekst in invoer.getlist("melding")} if invoer else set()
        eigen = lijsten.van(wie.verdeelt)
        anders = [team for team in lijsten.teams if team not in eigen]
        self._plekken = {str(team.pk): Plek(team, None) for team in lijsten.teams}
        for team in eigen:
            self._plekken |= {
                f"{team.pk}-{lid.pk}": Plek(team, lid) for lid in lijsten.leden.get(team.pk, [])
            }
        self.fields["naar"].choices = [  # type: ignore[attr-defined]
            ("", "kies"),
            *((team.naam, self._in_team(team, lijsten)) for team in eigen),
            ("Ander team", [(str(team.pk), f"{team.naam}: triage") for team in anders]),
        ]

    def clean(self) -> dict[str, Any]:
        """Something has to be ticked."""
        if not self.gekozen:
            raise forms.ValidationError("Kies eerst een of meer meldingen.", code="niets_gekozen")
        return super().clean() or self.cleaned_data

    @property
    def plek(self) -> Plek:
        """Where they go."""
        return self._plekken[self.cleaned_data["naar"]]

    def _in_team(self, team: Team, lijsten: Keuzelijsten) -> list[tuple[str, str]]:
        leden = lijsten.leden.get(team.pk, [])
        return [
            (str(team.pk), f"{team.naam}: triage, nog niemand"),
            *((f"{team.pk}-{lid.pk}", lid.naam) for lid in leden),
        ]


class Overdragen(forms.Form):
    """From whom, to whom, and why. `open_werk` is how much everybody still has, per team."""

    van = forms.ChoiceField(label="Van")
    naar = forms.ChoiceField(label="Aan")
    reden = forms.CharField(label="Reden", max_length=REDEN_LENGTE)

    def __init__(
        self,
        wie: Wie,
        lijsten: Keuzelijsten,
        open_werk: Mapping[tuple[int, Medewerker], int],
        invoer: QueryDict | None = None,
    ) -> None:
        super().__init__(invoer)
        teams = {team.pk: team for team in lijsten.van(wie.verdeelt)}
        velden: dict[str, Any] = self.fields
        self._van = {
            f"{team}-{medewerker.pk}": Plek(teams[team], medewerker) for team, medewerker in open_werk
        }
        self._naar = {
            f"{team}-{lid.pk}": Plek(teams[team], lid)
            for team in teams
            for lid in lijsten.leden.get(team, [])
        }
        aantallen = {f"{team}-{medewerker.pk}": aantal for (team, medewerker), aantal in open_werk.items()}
        velden["van"].choices = [
            ("", "kies"),
            *((s, f"{_wie(plek)}, {aantallen[s]} open") for s, plek in self._van.items()),
        ]
        velden["naar"].choices = [("", "kies"), *((s, _wie(plek)) for s, plek in self._naar.items())]

    def clean(self) -> dict[str, Any]:
        """Work stays in its team, and goes to somebody else."""
        gegevens = super().clean() or self.cleaned_data
        if "van" in gegevens and "naar" in gegevens:
            if gegevens["van"] == gegevens["naar"]:
                self.add_error("naar", "Kies een andere collega.")
            elif self.bron.team != self.doel.team:
                self.add_error("naar", f"Kies een collega uit {self.bron.team.naam}.")
        return gegevens

    @property
    def bron(self) -> Plek:
        """Whose work goes away."""
        return self._van[self.cleaned_data["van"]]

    @property
    def doel(self) -> Plek:
        """Who gets it."""
        return self._naar[self.cleaned_data["naar"]]


def sleutel(tekst: str) -> int:
    """The key that somebody sent; `ONBEKEND`, that no row has, for what is none."""
    return int(tekst) if tekst.isdecimal() and len(tekst) < 19 else ONBEKEND


def _wie(plek: Plek) -> str:
    return f"{plek.medewerker.naam if plek.medewerker else 'niemand'} ({plek.team.naam})"
