"""Which Wmo client has which voorzieningen in which quarter, such that 2.9, 2.12 and 2.13 hold together.

Every client has a profile per quarter: voorzieningengroep -> financieringsvorm. The first quarter is filled
to the published totals; the second is the first with the clients who come, go and change, brought to its own
totals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from .cijfers import KWARTALEN, geschud, verdeel

WEG, NIEUW, BEIDE = "weg", "nieuw", "beide"
VORMEN = ("pgb", "zin")
NIET_IN_REGISTRATIE = ("beschermd wonen", "opvang")
VERLOOP = 0.0125
GROOTSTE_GROEPEN = 6
Profiel = dict[str, str]


@dataclass(slots=True, eq=False)
class Wmoclient:
    """One client: financing (`pgb`, `zin`, `beide`, or `nieuw` before and `weg` after) and profile, twice."""

    team: str
    was: str
    wordt: str
    eerste: Profiel = field(default_factory=dict)
    tweede: Profiel = field(default_factory=dict)


def plan_wmo(cijfers: dict[str, Any], rng: Random) -> list[Wmoclient]:
    """The clients of both quarters. Counting their profiles gives tables 2.9, 2.12 and 2.13 exactly."""
    per_team = cijfers["aannames"]["per_wijkteam"]["clienten_wmo"]
    eerste, tweede = (groepen(cijfers, kwartaal) for kwartaal in KWARTALEN)
    bekend, nieuw = _overgangen(cijfers)
    rng.shuffle(bekend)
    clienten = [Wmoclient(team, *paar) for team, paar in zip(geschud(per_team, rng), bekend, strict=True)]
    _vul_eerste(clienten, eerste, rng)
    teams = geschud(verdeel(len(nieuw), per_team), rng)
    clienten += [Wmoclient(team, *paar) for team, paar in zip(teams, nieuw, strict=True)]
    for client in clienten:
        _ga_over(client, tweede, rng)
    _breng_op_telling(clienten, tweede, rng)
    return clienten


def groepen(cijfers: dict[str, Any], kwartaal: str) -> dict[str, int]:
    """Clients per voorzieningengroep (2.13) as registered by the municipality; `< 10` is an assumption."""
    tabel = {
        groep: aantal
        for groep, aantal in cijfers["2.13"][kwartaal].items()
        if groep not in NIET_IN_REGISTRATIE
    }
    tabel["kortdurend verblijf"] = cijfers["aannames"]["kortdurend_verblijf"][kwartaal]
    return tabel


def _overgangen(cijfers: dict[str, Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Financing in the first and the second quarter: of every known client, and of new ones (2.12)."""
    tabel = cijfers["aannames"]["wmo_overgangen"]
    bekend = [
        (was, wordt) for was, rij in tabel.items() for wordt, aantal in rij.items() for _ in range(aantal)
    ]
    blijft = {wordt: sum(rij[wordt] for rij in tabel.values()) for wordt in tabel}
    nieuw = [
        (NIEUW, wordt) for wordt in tabel for _ in range(cijfers["2.12"]["2015-Q2"][wordt] - blijft[wordt])
    ]
    return bekend, nieuw


def _vul_eerste(clienten: list[Wmoclient], doel: dict[str, int], rng: Random) -> None:
    """Everyone one group, who has both kinds of financing a second one, the rest at random."""
    rest = verdeel(len(clienten), doel)
    for client, groep in zip(clienten, geschud(rest, rng), strict=True):
        client.eerste[groep] = ""
    rest = {groep: doel[groep] - aantal for groep, aantal in rest.items()}
    for client in clienten:
        if client.was == BEIDE:
            groep = _andere_groep(client.eerste, rest, rng)
            client.eerste[groep] = ""
            rest[groep] -= 1
    for groep, aantal in rest.items():
        for client in rng.sample([client for client in clienten if groep not in client.eerste], aantal):
            client.eerste[groep] = ""
    for client in clienten:
        _kies_vormen(client.eerste, client.was, rng)


def _andere_groep(profiel: Profiel, gewichten: dict[str, int], rng: Random) -> str:
    mogelijk = {groep: gewicht for groep, gewicht in gewichten.items() if groep not in profiel}
    return rng.choices(list(mogelijk), list(mogelijk.values()))[0]


def _kies_vormen(profiel: Profiel, vorm: str, rng: Random) -> None:
    """Fill in the financing of every group; with `beide` each form occurs at least once."""
    for plaats, groep in enumerate(rng.sample(list(profiel), len(profiel))):
        profiel[groep] = (
            vorm if vorm != BEIDE else VORMEN[plaats] if plaats < len(VORMEN) else rng.choice(VORMEN)
        )


def _ga_over(client: Wmoclient, doel: dict[str, int], rng: Random) -> None:
    """The second quarter of one client: gone, new, as before, or with other financing."""
    if client.wordt == WEG:
        return
    grootste = dict(sorted(doel.items(), key=lambda paar: -paar[1])[:GROOTSTE_GROEPEN])
    client.tweede = dict(client.eerste)
    while len(client.tweede) < (2 if client.wordt == BEIDE else 1):
        client.tweede[_andere_groep(client.tweede, grootste, rng)] = ""
    if client.was != client.wordt:
        _kies_vormen(client.tweede, client.wordt, rng)


def _breng_op_telling(clienten: list[Wmoclient], doel: dict[str, int], rng: Random) -> None:
    """End and start voorzieningen of clients who stay until every group has its published number."""
    blijvers = [client for client in clienten if client.wordt != WEG]
    verschil = {groep: aantal - sum(groep in c.tweede for c in blijvers) for groep, aantal in doel.items()}
    verloop = {groep: int(aantal * VERLOOP) for groep, aantal in doel.items()}
    for groep, tekort in verschil.items():
        kandidaten = [client for client in blijvers if _kan_missen(client, groep)]
        for client in rng.sample(kandidaten, verloop[groep] + max(0, -tekort)):
            del client.tweede[groep]
    for groep, tekort in verschil.items():
        kandidaten = [
            client for client in blijvers if groep not in client.eerste and groep not in client.tweede
        ]
        for client in rng.sample(kandidaten, verloop[groep] + max(0, tekort)):
            client.tweede[groep] = client.wordt if client.wordt != BEIDE else rng.choice(VORMEN)


def _kan_missen(client: Wmoclient, groep: str) -> bool:
    """Whether this group can end without changing that somebody is a client, or their financing."""
    over = [vorm for andere, vorm in client.tweede.items() if andere != groep]
    return groep in client.tweede and bool(over) and (client.wordt != BEIDE or len(set(over)) == len(VORMEN))
