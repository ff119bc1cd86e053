"""Klachten, bezwaren and beroepen about Wmo and Jeugdwet (2.27), and klachten at the ombudsman (2.29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from .beschikkingen import Afgegeven
from .cijfers import geschud, verdeel
from .kalender import Klok, werkdagen
from .overdracht import Overdracht

SOORTEN = {"klachten": "klacht", "bezwaren": "bezwaar", "beroepen": "beroep"}
ONDERWERPEN_BEZWAAR = ["afwijzing", "hoogte van de indicatie", "eigen bijdrage", "beëindiging"]
ONDERWERPEN_OMBUDSMAN = ["bejegening", "lange wachttijd", "bereikbaarheid", "informatie"]
BEZWAARTERMIJN = timedelta(weeks=6)
Zaak = tuple[str, str, str, str]


def schrijf_klachten(
    cijfers: dict[str, Any], afgegeven: list[Afgegeven], uit: Overdracht, rng: Random
) -> None:
    """One row per case; some were first registered under the other kind."""
    klok = Klok(rng)
    zaken = [*_zaken(cijfers, rng), *_ombudsman(cijfers, rng)]
    wisselbaar = [plaats for plaats, zaak in enumerate(zaken) if zaak[1] in ("klacht", "bezwaar")]
    mis = set(rng.sample(wisselbaar, cijfers["aannames"]["correcties"]["klachten"]))
    for plaats, (kwartaal, soort, wet, onderwerp) in enumerate(zaken):
        datum = rng.choice(werkdagen(kwartaal))
        geregistreerd = klok.na_feit(datum)
        rij: dict[str, object] = {
            "datum": datum,
            "wet": wet,
            "soort": soort,
            "onderwerp": onderwerp,
            "beschikking_ref": _beschikking(soort, wet, datum, afgegeven, rng),
            "geregistreerd_op": geregistreerd,
        }
        if plaats in mis:
            fout = {**rij, "soort": "bezwaar" if soort == "klacht" else "klacht"}
            uit.verbeter("klachten", klok.verbeterd(geregistreerd), fout, {"soort": soort})
        else:
            uit.schrijf("klachten", ref=uit.ref("klachten"), **rij)


def _zaken(cijfers: dict[str, Any], rng: Random) -> Iterator[Zaak]:
    """Quarter, kind, law and subject of every case of table 2.27."""
    aannames = cijfers["aannames"]["klachten"]
    for kwartaal, tabel in cijfers["2.27"].items():
        for naam, aantal in tabel.items():
            onderwerpen = geschud(verdeel(aantal, aannames["onderwerpen"]), rng)
            over_jeugd = aannames["jeugdwet"].get(kwartaal, 0) if naam == "klachten" else 0
            for plaats in range(aantal):
                onderwerp = onderwerpen[plaats] if naam == "klachten" else rng.choice(ONDERWERPEN_BEZWAAR)
                yield kwartaal, SOORTEN[naam], "jeugdwet" if plaats < over_jeugd else "wmo", onderwerp


def _ombudsman(cijfers: dict[str, Any], rng: Random) -> Iterator[Zaak]:
    for kwartaal, aantal in {**cijfers["aannames"]["klachten"]["ombudsman"], **cijfers["2.29"]}.items():
        for _ in range(aantal):
            yield kwartaal, "ombudsman", "wmo", rng.choice(ONDERWERPEN_OMBUDSMAN)


def _beschikking(soort: str, wet: str, datum: date, afgegeven: list[Afgegeven], rng: Random) -> str:
    """What a bezwaar is against: a decision of the last six weeks, if there was one."""
    if soort != "bezwaar":
        return ""
    mogelijk = [b.ref for b in afgegeven if b.wet == wet and datum - BEZWAARTERMIJN <= b.besluit < datum]
    return rng.choice(mogelijk) if mogelijk else ""
