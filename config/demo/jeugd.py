"""Which jeugdige has which trajecten: 2.14 (clients of a quarter) and 2.16 (stock on a day) hold together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from .aanspraken import Aanwezig
from .cijfers import geschud, verdeel
from .kalender import dag_tussen

BESCHERMING, RECLASSERING = "jeugdbescherming", "jeugdreclassering"
GEBOREN = (date(1997, 10, 1), date(2013, 12, 31))
GEBOREN_RECLASSERING = (date(1997, 10, 1), date(2002, 12, 31))
GEBOREN_ALLEEN_RECLASSERING = (date(1993, 1, 1), date(2002, 12, 31))


@dataclass(frozen=True, slots=True)
class Traject:
    """One voorziening of a jeugdige, and in which quarters it runs; in both = on 31 March, too."""

    groep: str
    voorziening: str
    aanwezig: Aanwezig


@dataclass(slots=True, eq=False)
class Jeugdclient:
    """One jeugdige; without `team` the address is not known (2.15)."""

    team: str | None = None
    trajecten: list[Traject] = field(default_factory=list)

    def geboren(self, rng: Random) -> date:
        """A day of birth that fits: under 18 in 2015, for reclassering between 12 and 23."""
        soorten = {traject.groep for traject in self.trajecten}
        if soorten == {RECLASSERING}:
            return dag_tussen(rng, *GEBOREN_ALLEEN_RECLASSERING)
        return dag_tussen(rng, *(GEBOREN_RECLASSERING if RECLASSERING in soorten else GEBOREN))


class Jeugdplan:
    """Makes the clients; the counts come from the published tables and the assumptions beside them."""

    def __init__(self, cijfers: dict[str, Any], rng: Random) -> None:
        self.rng = rng
        self.gepubliceerd: dict[str, int] = cijfers["2.14"]["2015-Q1"]
        self.aannames: dict[str, Any] = cijfers["aannames"]["jeugd"]
        self.catalogus: dict[str, list[str]] = cijfers["voorzieningen"]["jeugdwet"]
        self.gewichten: dict[str, dict[str, int]] = cijfers["aannames"]["gewicht_jeugdhulp"]
        self.per_team: dict[str, int] = cijfers["aannames"]["per_wijkteam"]["gewicht_jeugd"]

    def clienten(self) -> list[Jeugdclient]:
        """Every client of the first quarter, and those who are new in the second."""
        clienten = [Jeugdclient() for _ in range(self.gepubliceerd["totaal"])]
        hulp, anders = clienten[: self.gepubliceerd["jeugdhulp"]], clienten[self.gepubliceerd["jeugdhulp"] :]
        samen, alleen_r = self.aannames["bescherming_en_reclassering"], self.aannames["alleen_reclassering"]
        reclassering, bescherming = anders[: samen + alleen_r], anders[:samen] + anders[samen + alleen_r :]
        self._geef_jeugdhulp(hulp)
        trajecten = self.aannames["trajecten"]
        maatregelen = {naam: trajecten[naam] for naam in self.catalogus[BESCHERMING]}
        self._geef_maatregel(hulp, bescherming, BESCHERMING, maatregelen)
        self._geef_maatregel(hulp, reclassering, RECLASSERING, trajecten[RECLASSERING])
        nieuw = [Jeugdclient() for _ in range(self.aannames["nieuw_2015-Q2"])]
        for client in nieuw:
            client.trajecten.append(self._traject("zonder_verblijf", Aanwezig.TWEEDE))
        self._geef_teams([*clienten, *nieuw])
        return [*clienten, *nieuw]

    def _geef_teams(self, clienten: list[Jeugdclient]) -> None:
        zonder = self.aannames["zonder_adres"]
        teams = geschud(verdeel(len(clienten) - zonder, self.per_team), self.rng)
        for client, team in zip(self.rng.sample(clienten, len(teams)), teams, strict=True):
            client.team = team

    def _traject(self, soort: str, aanwezig: Aanwezig) -> Traject:
        gewichten = self.gewichten[soort]
        groep = self.rng.choices(list(gewichten), list(gewichten.values()))[0]
        return Traject(groep, self.rng.choice(self.catalogus[groep]), aanwezig)

    def _geef_jeugdhulp(self, hulp: list[Jeugdclient]) -> None:
        """Some ended before the peildatum, all others run on it; who has a second one is chosen at random."""
        volgorde = self.rng.sample(hulp, len(hulp))
        aantal = self.aannames["beeindigde_jeugdhulp"]
        beeindigd, lopend = volgorde[:aantal], volgorde[aantal:]
        for client in beeindigd:
            client.trajecten.append(self._traject("zonder_verblijf", Aanwezig.EERSTE))
        soorten = geschud({soort: self.aannames["trajecten"][soort] for soort in self.gewichten}, self.rng)
        tweede = self.rng.sample(lopend, len(soorten) - len(lopend))
        for client, soort in zip([*lopend, *tweede], soorten, strict=True):
            client.trajecten.append(self._traject(soort, Aanwezig.BEIDE))

    def _geef_maatregel(
        self, hulp: list[Jeugdclient], zonder_hulp: list[Jeugdclient], groep: str, lopend: dict[str, int]
    ) -> None:
        """A measure for those without jeugdhulp and for others up to the number of clients of table 2.14."""
        met_hulp = self.rng.sample(hulp, self.gepubliceerd[groep] - len(zonder_hulp))
        clienten = self.rng.sample([*zonder_hulp, *met_hulp], self.gepubliceerd[groep])
        voorzieningen = geschud(lopend, self.rng)
        for plaats, client in enumerate(clienten):
            if plaats < len(voorzieningen):
                client.trajecten.append(Traject(groep, voorzieningen[plaats], Aanwezig.BEIDE))
            else:
                client.trajecten.append(Traject(groep, self.catalogus[groep][0], Aanwezig.EERSTE))
