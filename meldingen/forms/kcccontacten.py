"""What somebody who divides the work does with a contact of the KCC of which nothing came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from teams.models import Team


class AanTeam(forms.Form):
    """The team that gets in touch; `teams` are looked up once for all forms of a page."""

    team = forms.ModelChoiceField(Team.objects.all(), label="Team")

    def __init__(self, teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [("", "Kies een team"), *((team.pk, team.naam) for team in teams)]
        cast(forms.ModelChoiceField, self.fields["team"]).choices = keuzes


class Afdoen(forms.Form):
    """Why nothing has to be done."""

    reden = forms.CharField(label="Waarom er niets meer hoeft", max_length=1_000)
