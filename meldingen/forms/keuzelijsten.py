"""Whom one can choose from on the pages of the werkvoorraad, looked up once a request."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from households.models import Levensgebied
from teams.gronden import Wie
from teams.models import IN_TEAM, Aanstelling, Medewerker, Team

Opties = list[tuple[str, str]]
GEEN_KEUZE = ("", "alle")


@dataclass(frozen=True)
class Keuzelijsten:
    """All teams, who works today in those of the reader, and the levensgebieden."""

    teams: list[Team]
    leden: dict[int, list[Medewerker]]
    levensgebieden: list[Levensgebied]

    @classmethod
    def voor(cls, wie: Wie) -> Keuzelijsten:
        """For the page of `wie`, in three statements."""
        vandaag = timezone.localdate(wie.moment)
        leden: dict[int, list[Medewerker]] = {}
        werkt = Aanstelling.objects.op_dag(vandaag).filter(
            team__in=wie.teams | wie.expertteams, rol__in=IN_TEAM, medewerker__is_active=True
        )
        for aanstelling in werkt.select_related("medewerker"):
            in_team = leden.setdefault(aanstelling.team_id or 0, [])
            if aanstelling.medewerker not in in_team:
                in_team.append(aanstelling.medewerker)
        for in_team in leden.values():
            in_team.sort(key=lambda medewerker: medewerker.naam)
        return cls(list(Team.objects.all()), leden, list(Levensgebied.objects.all()))

    def van(self, teams: frozenset[int]) -> list[Team]:
        """Those teams, in the order of all."""
        return [team for team in self.teams if team.pk in teams]

    def collegas(self) -> list[Medewerker]:
        """Everybody in the teams of the reader, once."""
        iedereen = {medewerker.pk: medewerker for leden in self.leden.values() for medewerker in leden}
        return sorted(iedereen.values(), key=lambda medewerker: medewerker.naam)
