"""Writes what was granted: `beschikkingen.csv`, with the corrections that were made to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from .aanspraken import Aanspraak, Looptijd
from .kalender import Klok
from .overdracht import Overdracht

AANBIEDERS = {
    "hulp bij het huishouden": ["Thuiszorg De Polderlinde", "Helder Huis Flevo", "Schoon & Samen"],
    "begeleiding": ["Stichting Kompas aan Zee", "De Steiger Begeleiding", "Samen Op Weg Flevo"],
    "dagbesteding": ["Dagatelier Het Riet", "Zorgboerderij De Kievit", "Werkplaats Waterrand"],
    "persoonlijke verzorging": ["Thuiszorg De Polderlinde", "Zorgkring IJmeer"],
    "kortdurend verblijf": ["Logeerhuis Zonnedauw"],
    "vervoersdiensten": ["Ritwijzer Vervoer", "Polderrit"],
    "rolstoelen": ["Hulpmiddelhuis Flevo", "Medirol Noord"],
    "vervoervoorzieningen": ["Hulpmiddelhuis Flevo", "Medirol Noord"],
    "woonvoorzieningen": ["Woonpas Aanpassingen", "Liftwerk Gooimeer"],
}
AANBIEDERS_JEUGD = [
    "Jeugdhulp De Boomgaard",
    "Praktijk Koers",
    "GGZ Kind & Water",
    "Het Vlot Jeugdzorg",
    "Pleeghart",
]
AANBIEDERS_MAATREGEL = ["Jeugdbescherming Zuiderzee", "Stichting Anker Maatregelen"]
MAATREGELEN = ("jeugdbescherming", "jeugdreclassering")


@dataclass(frozen=True, slots=True)
class Afgegeven:
    """A beschikking that somebody can object to: its ref, law and day of decision."""

    ref: str
    wet: str
    besluit: date


def schrijf_beschikkingen(
    aanspraken: list[Aanspraak], verbeterde: int, uit: Overdracht, rng: Random
) -> list[Afgegeven]:
    """One row per beschikking; an unplanned end and a wrong besluitdatum are two. Returns those in force."""
    klok = Klok(rng)
    looptijden = [(aanspraak, looptijd) for aanspraak in aanspraken for looptijd in aanspraak.looptijden(rng)]
    mis = set(rng.sample(range(len(looptijden)), verbeterde))
    afgegeven = []
    for plaats, (aanspraak, looptijd) in enumerate(looptijden):
        aanspraak.persoon.eerder_gezien(looptijd.besluit)
        geregistreerd = klok.na_feit(looptijd.besluit)
        rij = _rij(aanspraak, looptijd, geregistreerd, rng)
        if aanspraak.gestopt_op is not None and aanspraak.stop_bekend_op is not None:
            ref = uit.verbeter(
                "beschikkingen",
                aanspraak.stop_bekend_op,
                {**rij, "einddatum": None},
                {"einddatum": aanspraak.gestopt_op},
            )
        elif plaats in mis:
            fout = {**rij, "besluitdatum": looptijd.besluit - timedelta(days=7)}
            wanneer = klok.verbeterd(geregistreerd)
            ref = uit.verbeter("beschikkingen", wanneer, fout, {"besluitdatum": looptijd.besluit})
        else:
            ref = uit.ref("beschikkingen")
            uit.schrijf("beschikkingen", ref=ref, **rij)
        afgegeven.append(Afgegeven(ref, aanspraak.wet, looptijd.besluit))
    return afgegeven


def _rij(aanspraak: Aanspraak, looptijd: Looptijd, geregistreerd: datetime, rng: Random) -> dict[str, object]:
    return {
        "persoon_ref": aanspraak.persoon.ref,
        "melding_ref": looptijd.melding.ref if looptijd.melding else "",
        "wet": aanspraak.wet,
        "voorzieningengroep": aanspraak.groep,
        "voorziening": aanspraak.voorziening,
        "financieringsvorm": aanspraak.vorm,
        "aanbieder": _aanbieder(aanspraak, rng),
        "besluitdatum": looptijd.besluit,
        "ingangsdatum": looptijd.ingang,
        "einddatum": looptijd.einde,
        "geregistreerd_op": geregistreerd,
    }


def _aanbieder(aanspraak: Aanspraak, rng: Random) -> str:
    """A provider of that kind of help; with a pgb the client hires whom he likes."""
    if aanspraak.vorm == "pgb":
        return ""
    if aanspraak.groep in MAATREGELEN:
        return rng.choice(AANBIEDERS_MAATREGEL)
    return rng.choice(AANBIEDERS.get(aanspraak.groep, AANBIEDERS_JEUGD))
