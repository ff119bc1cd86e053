"""A measure of every wijkteam, and where one of them stands among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from reporting.maten import Cijfer, Keuze, Maat, Plaats, past
from reporting.register import TABELLEN, Tabel
from reporting.telling import Telling, tel


@dataclass(frozen=True)
class Spreiding:
    """The lowest, the middle and the highest of the teams of which the figure is known."""

    laagste: float
    midden: float
    hoogste: float


@dataclass(frozen=True)
class Maatstaf:
    """What is measured; `waarden` by the key of the team, text where a small number is hidden.

    `tabel` is the table of the monitor in which it stands for the whole municipality, empty when none has it.
    """

    sleutel: str
    label: str
    uitleg: str
    eenheid: str
    waarden: Mapping[int, Cijfer | str]
    tabel: str = ""

    @property
    def in_tabel(self) -> Tabel | None:
        """The table of the monitor that counts it, for a link."""
        return TABELLEN.get(self.tabel)

    @property
    def bekend(self) -> dict[int, float]:
        """The figures that may be compared."""
        return {team: waarde for team, waarde in self.waarden.items() if isinstance(waarde, int | float)}

    @property
    def spreiding(self) -> Spreiding | None:
        """None where fewer than two teams have a figure, or where one is hidden: the lowest may be that."""
        waarden = list(self.bekend.values())
        if len(waarden) < 2 or any(isinstance(waarde, str) for waarde in self.waarden.values()):
            return None
        midden = round(median(waarden), 1)
        return Spreiding(min(waarden), int(midden) if midden == int(midden) else midden, max(waarden))


def per_team(
    telling: Telling, maten: Mapping[str, tuple[Keuze, Maat]], *, van: str = "team"
) -> dict[str, dict[int, Cijfer]]:
    """Count a `Telling` once with the team as a dimension besides: by the name of a measure, its figure of every team.

    Each measure chooses the rows that it is about; a team without any of those isn't in it. `van` is what the rows
    behind the telling call their team.
    """
    geteld = tel(
        Telling(
            achter=telling.achter,
            eenheid=telling.eenheid,
            dimensies=(van, *telling.dimensies),
            rijen=(),
            kolommen=(),
            feiten=(),
            gevraagd=telling.gevraagd,
        )
    )
    van_teams: dict[int, list[tuple[Plaats, int]]] = {}
    for plaats, aantal in geteld.aantallen:
        if plaats[van] is not None:
            van_teams.setdefault(plaats[van], []).append((plaats, aantal))
    return {
        naam: {
            team: maat.cijfer(gekozen, None)
            for team, groepen in van_teams.items()
            if (gekozen := [(plaats, aantal) for plaats, aantal in groepen if past(keuze, plaats)])
        }
        for naam, (keuze, maat) in maten.items()
    }
