"""What happens to people during the year: some die, some households move, some couples part."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

from .aanspraken import VOOR_DE_PEILDATUM, Aanspraak, Aanwezig
from .kalender import EERSTE_DAG, LAATSTE_FEIT, Klok, dag_tussen
from .overdracht import Overdracht
from .personen import Bevolking, Huishouden, Persoon

KANS_OVERLEDEN, KANS_EERDER_GESTOPT = 0.5, 0.25
EERSTE_VERHUIZING = date(2015, 1, 12)


def laat_stoppen(aanspraken: list[Aanspraak], rng: Random) -> None:
    """Ends that nobody had planned, among Wmo clients whose voorzieningen all end in the first quarter.

    Death for many who lived alone; for some others help that stops though the beschikking was open.
    """
    klok = Klok(rng)
    per_persoon: dict[int, list[Aanspraak]] = defaultdict(list)
    for aanspraak in aanspraken:
        per_persoon[id(aanspraak.persoon)].append(aanspraak)
    for rij in per_persoon.values():
        if any(aanspraak.aanwezig is not Aanwezig.EERSTE or aanspraak.wet != "wmo" for aanspraak in rij):
            continue
        dag = dag_tussen(rng, EERSTE_DAG + timedelta(days=4), VOOR_DE_PEILDATUM)
        bekend = klok.op(dag + timedelta(days=rng.randrange(14, 60)))
        if rng.random() < KANS_OVERLEDEN and _woont_alleen(rij[0].persoon):
            verblijf = rij[0].persoon.verblijven[0]
            verblijf.huishouden.vast = True
            verblijf.tot, verblijf.einde_bekend_op = dag + timedelta(days=1), bekend
        elif rng.random() > KANS_EERDER_GESTOPT:
            continue
        for aanspraak in rij:
            aanspraak.gestopt_op, aanspraak.stop_bekend_op = dag, bekend


def _woont_alleen(persoon: Persoon) -> bool:
    thuis = persoon.verblijven[0].huishouden
    return len(thuis.leden) == 1 and not thuis.vast


def laat_verhuizen(cijfers: dict[str, Any], bevolking: Bevolking, uit: Overdracht, rng: Random) -> None:
    """Households that move to another area, and partners who start a household of their own (see 2.10)."""
    aantallen: dict[str, int] = cijfers["aannames"]["verhuizingen"]
    per_team: dict[str, int] = cijfers["aannames"]["per_wijkteam"]["inwoners"]
    vrij = [huis for team in bevolking.huishoudens.values() for huis in team if not huis.vast]
    rng.shuffle(vrij)
    paren = [huis for huis in vrij if len(huis.leden) == 2 and huis.leden[1].volwassen][
        : aantallen["uit_elkaar"]
    ]
    for huis in paren:
        huis.vast = True
        nieuw = Huishouden(uit.ref("huishoudens"), _ander_team(huis.team, per_team, rng))
        bevolking.verhuis(
            [huis.leden[1]], nieuw.team, dag_tussen(rng, EERSTE_VERHUIZING, LAATSTE_FEIT), nieuw
        )
    for huis in [huis for huis in vrij if not huis.vast][: aantallen["huishoudens"]]:
        dag = dag_tussen(rng, EERSTE_VERHUIZING, LAATSTE_FEIT)
        bevolking.verhuis(huis.leden, _ander_team(huis.team, per_team, rng), dag)


def _ander_team(team: str, gewichten: dict[str, int], rng: Random) -> str:
    andere = {code: gewicht for code, gewicht in gewichten.items() if code != team}
    return rng.choices(list(andere), list(andere.values()))[0]
