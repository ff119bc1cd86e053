"""Turns the plans of clients into people with a home and the voorzieningen they are entitled to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from .aanspraken import Aanspraak, Aanwezig
from .jeugd import Jeugdclient
from .kalender import dag_tussen
from .personen import Bevolking, Huishouden, Persoon
from .wmo import Wmoclient

GROEPEN_VAN_JONGEREN = {"begeleiding", "dagbesteding", "persoonlijke verzorging", "kortdurend verblijf"}
GEBOREN_JONGER = (date(1952, 1, 1), date(1996, 12, 31))
JAREN_OUDER = (1917, 1976, 1936)
KANS_JONGER, KANS_ZELFDE_HUIS, KANS_PARTNER, KANS_KIND = 0.65, 0.08, 0.3, 0.05
OUDER_VAN_GEZIN = (date(1965, 1, 1), date(1985, 12, 31))
KANS_BROER_OF_ZUS, KANS_BIJ_WMO, KANS_JEUGD_PGB = 0.22, 0.04, 0.05

Catalogus = dict[str, list[str]]


def vestig_wmo(
    plan: list[Wmoclient], bevolking: Bevolking, catalogus: Catalogus, rng: Random
) -> list[Aanspraak]:
    """Persons for the Wmo clients: some live two by two, some with somebody who is none."""
    aanspraken = []
    laatste: dict[str, Huishouden] = {}
    for client in plan:
        geboren = _geboren(client, rng)
        thuis = laatste.get(client.team)
        if thuis is not None and len(thuis.leden) == 1 and rng.random() < KANS_ZELFDE_HUIS:
            persoon = bevolking.erbij(thuis, "partner", _leeftijdgenoot(thuis.leden[0].geboren, rng))
        else:
            laatste[client.team], persoon = bevolking.huishouden(client.team, geboren)
            _huisgenoten(bevolking, laatste[client.team], geboren, rng)
        aanspraken += [_wmo_aanspraak(client, persoon, *deel, catalogus, rng) for deel in _delen(client)]
    return aanspraken


def _geboren(client: Wmoclient, rng: Random) -> date:
    if GROEPEN_VAN_JONGEREN & {*client.eerste, *client.tweede} and rng.random() < KANS_JONGER:
        return dag_tussen(rng, *GEBOREN_JONGER)
    jaar = int(rng.triangular(*JAREN_OUDER))
    return dag_tussen(rng, date(jaar, 1, 1), date(jaar, 12, 31))


def _leeftijdgenoot(geboren: date, rng: Random) -> date:
    return min(geboren + timedelta(days=rng.randrange(-2500, 2500)), GEBOREN_JONGER[1])


def _huisgenoten(bevolking: Bevolking, thuis: Huishouden, geboren: date, rng: Random) -> None:
    if rng.random() < KANS_PARTNER:
        bevolking.erbij(thuis, "partner", _leeftijdgenoot(geboren, rng))
    if rng.random() < KANS_KIND and geboren.year < GEBOREN_JONGER[1].year - 10:
        bevolking.erbij(
            thuis, "kind", min(geboren + timedelta(days=rng.randrange(8000, 14000)), date(2014, 1, 1))
        )


def _delen(client: Wmoclient) -> Iterator[tuple[str, str, Aanwezig, bool]]:
    """Group, financing, quarters and whether the financing changes in between, of all a client has."""
    for groep, vorm in client.eerste.items():
        daarna = client.tweede.get(groep)
        if daarna == vorm:
            yield groep, vorm, Aanwezig.BEIDE, False
        else:
            yield groep, vorm, Aanwezig.EERSTE, daarna is not None
    for groep, vorm in client.tweede.items():
        if client.eerste.get(groep) != vorm:
            yield groep, vorm, Aanwezig.TWEEDE, groep in client.eerste


def _wmo_aanspraak(
    client: Wmoclient,
    persoon: Persoon,
    groep: str,
    vorm: str,
    aanwezig: Aanwezig,
    omzetting: bool,
    catalogus: Catalogus,
    rng: Random,
) -> Aanspraak:
    voorziening = rng.choice(catalogus[groep])
    return Aanspraak(persoon, client.team, "wmo", groep, voorziening, vorm, aanwezig, omzetting)


def vestig_jeugd(plan: list[Jeugdclient], bevolking: Bevolking, rng: Random) -> list[Aanspraak]:
    """Persons for the jeugdigen: brothers and sisters in one family, some with a Wmo client as parent."""
    per_team: dict[str | None, list[Jeugdclient]] = defaultdict(list)
    for client in plan:
        per_team[client.team].append(client)
    personen = []
    for team, clienten in per_team.items():
        if team is None:
            personen += [(client, bevolking.los_persoon(client.geboren(rng))) for client in clienten]
        else:
            personen += _vestig_gezinnen(team, clienten, bevolking, rng)
    return [
        Aanspraak(
            persoon,
            client.team,
            "jeugdwet",
            traject.groep,
            traject.voorziening,
            "pgb" if rng.random() < KANS_JEUGD_PGB else "zin",
            traject.aanwezig,
        )
        for client, persoon in personen
        for traject in client.trajecten
    ]


def _vestig_gezinnen(
    team: str, clienten: list[Jeugdclient], bevolking: Bevolking, rng: Random
) -> list[tuple[Jeugdclient, Persoon]]:
    bij_wmo = [
        thuis
        for thuis in bevolking.huishoudens[team]
        if OUDER_VAN_GEZIN[0] <= thuis.leden[0].geboren <= OUDER_VAN_GEZIN[1] and len(thuis.leden) < 3
    ]
    personen: list[tuple[Jeugdclient, Persoon]] = []
    over = list(clienten)
    while over:
        gezin = [over.pop()]
        while over and rng.random() < KANS_BROER_OF_ZUS:
            gezin.append(over.pop())
        geboren = [client.geboren(rng) for client in gezin]
        if bij_wmo and min(geboren).year >= OUDER_VAN_GEZIN[1].year + 16 and rng.random() < KANS_BIJ_WMO:
            thuis = bij_wmo.pop()
            kinderen = [bevolking.erbij(thuis, "kind", dag) for dag in geboren]
        else:
            broertje = [max(geboren) - timedelta(days=700)] if rng.random() < 0.35 else []
            kinderen = bevolking.gezin(team, [*geboren, *broertje])
        personen += zip(gezin, kinderen, strict=False)
    return personen
