"""The part of the city that a question is about, or that it puts beside it: a team, a stadsdeel or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporting.fouten import Invoerfout
from teams.models import Team, Teamsoort

TEAM, STADSDEEL, STAD = "team", "stadsdeel", "stad"
SOORTEN = (TEAM, STADSDEEL)
"""The filters that choose a part of the city."""


@dataclass(frozen=True)
class Gebied:
    """A team by its code, a stadsdeel by its name, or the whole city; `sleutel` is how a question spells it.

    `naam` is how one reads it.
    """

    sleutel: str
    naam: str
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def van_tekst(cls, tekst: str) -> Gebied | None:
        """Read `stad`, `team:CODE` or `stadsdeel:NAAM`; None when it says something else, `Invoerfout` when unknown."""
        soort, _, code = tekst.partition(":")
        if tekst != STAD and (soort not in SOORTEN or not code):
            return None
        if soort in SOORTEN:
            controleer(soort, code, "vergelijk")
        return cls.van_filters({} if tekst == STAD else {soort: code})

    @classmethod
    def van_filters(cls, filters: Mapping[str, str]) -> Gebied:
        """The part of the city that these filters choose."""
        gekozen = tuple((soort, filters[soort]) for soort in SOORTEN if soort in filters)
        if not gekozen:
            return cls(STAD, "de hele stad")
        namen = [
            Team.objects.get(code=code).naam if soort == TEAM else f"stadsdeel {code}"
            for soort, code in gekozen
        ]
        return cls("+".join(f"{soort}:{code}" for soort, code in gekozen), ", ".join(namen), gekozen)

    def in_plaats_van(self, filters: Mapping[str, str]) -> dict[str, str]:
        """The same filters about this part of the city."""
        return {**dict(self.filters), **{naam: code for naam, code in filters.items() if naam not in SOORTEN}}


def stadsdelen(teams: Iterable[Team]) -> list[str]:
    """Every stadsdeel of which one of these is the wijkteam: the rows of table 2.15."""
    return sorted({team.stadsdeel for team in teams if team.soort == Teamsoort.WIJKTEAM} - {""})


def controleer(soort: str, code: str, parameter: str) -> None:
    """`Invoerfout` that names what there is, unless there is such a team or stadsdeel."""
    teams = Team.objects.order_by("code")
    bekend = [team.code for team in teams] if soort == TEAM else stadsdelen(teams)
    if code not in bekend:
        geen = "er zijn nog geen teams" if soort == TEAM else "er zijn nog geen stadsdelen"
        raise Invoerfout(
            parameter,
            f"{soort.capitalize()} '{code}' is niet bekend. Kies uit: {', '.join(bekend) or geen}.",
        )
