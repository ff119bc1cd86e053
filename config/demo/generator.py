"""The demo generator: first a plan in which the counts are right, then the people and dates that fill it.

`almere_2015.json` holds the published figures and what was assumed beside them. For every block (one
municipality) `wmo.py` and `jeugd.py` plan who has what in which quarter and `meldingen.py` how far every
melding comes; `bewoners.py` gives the plans a face, `koppeling.py` ties meldingen to people and decisions;
the other modules write it down.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from .beschikkingen import schrijf_beschikkingen
from .bewoners import vestig_jeugd, vestig_wmo
from .cijfers import lees_cijfers
from .contacten import schrijf_contacten
from .extern import schrijf_externe_cijfers
from .gebeurtenissen import Feitenschrijver
from .jeugd import Jeugdplan
from .klachten import schrijf_klachten
from .koppeling import koppel
from .meldingen import plan_meldingen
from .overdracht import Overdracht
from .personen import Bevolking
from .teams import Teamwerk, schrijf_teams
from .verloop import laat_stoppen, laat_verhuizen
from .wmo import plan_wmo

ZAAD = 2015


def _zwijg(regel: str) -> None:
    """Progress that nobody asked for."""


def schrijf_overdracht(
    map: Path,
    *,
    schaal: int = 1,
    zaad: int = ZAAD,
    voortgang: Callable[[str], None] = _zwijg,
) -> dict[str, int]:
    """Write the overdracht folder `map` and return the rows per file.

    Equal arguments give equal bytes. `schaal` is the number of municipalities of the size of Almere that are
    put together, written one after the other: memory does not grow, and every count of meldingen, contacts
    and clients holds `schaal`-fold; external figures stay as they are. Only the first has BSNs, as the test
    range holds no more. `voortgang` gets a line of text per municipality.
    An unwritable folder is an `OSError`.
    """
    cijfers = lees_cijfers()
    with Overdracht(map) as uit:
        schrijf_teams(cijfers, schaal, uit)
        schrijf_externe_cijfers(cijfers, uit)
        for blok in range(schaal):
            _schrijf_gemeente(cijfers, uit, Random(f"{zaad}-{blok}"), met_bsn=blok == 0)
            voortgang(f"demo: deel {blok + 1} van {schaal} klaar, {sum(uit.aantallen.values())} regels")
    return uit.aantallen


def _schrijf_gemeente(cijfers: dict[str, Any], uit: Overdracht, rng: Random, *, met_bsn: bool) -> None:
    correcties = cijfers["aannames"]["correcties"]
    bevolking = Bevolking(uit, cijfers, rng, met_bsn=met_bsn)
    aanspraken = vestig_wmo(plan_wmo(cijfers, rng), bevolking, cijfers["voorzieningen"]["wmo"], rng)
    aanspraken += vestig_jeugd(Jeugdplan(cijfers, rng).clienten(), bevolking, rng)
    meldingen = plan_meldingen(cijfers, uit, rng)
    koppel(meldingen, aanspraken, bevolking, rng)
    laat_stoppen(aanspraken, rng)
    laat_verhuizen(cijfers, bevolking, uit, rng)
    Feitenschrijver(cijfers, uit, rng).schrijf(meldingen)
    afgegeven = schrijf_beschikkingen(aanspraken, correcties["beschikkingen"], uit, rng)
    schrijf_contacten(cijfers, meldingen, uit, rng)
    schrijf_klachten(cijfers, afgegeven, uit, rng)
    Teamwerk(cijfers, uit, rng).schrijf()
    bevolking.schrijf(correcties["verblijven"])
