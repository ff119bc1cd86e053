"""Whom each melding is about, and which granted melding led to which voorziening."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from .aanspraken import Aanspraak, Aanwezig
from .kalender import EINDE_Q1, EINDE_Q2
from .meldingen import Melding
from .personen import Bevolking

MAATREGELEN = ("jeugdbescherming", "jeugdreclassering")
WET = {"volwassenen": "wmo", "jeugd": "jeugdwet"}
Voorraad = dict[tuple[str, str], list[Aanspraak]]


def koppel(meldingen: list[Melding], aanspraken: list[Aanspraak], bevolking: Bevolking, rng: Random) -> None:
    """Give every melding a person; a granted one starts or renews an aanspraak.

    Decisions after the second quarter add aanspraken, at the end of the list.
    """
    voorraad = {
        aanwezig: _voorraad(aanspraken, aanwezig, rng) for aanwezig in (Aanwezig.BEIDE, Aanwezig.TWEEDE)
    }
    lopend = {sleutel: list(rij) for sleutel, rij in voorraad[Aanwezig.BEIDE].items()}
    for melding in meldingen:
        hier = (WET[melding.categorie], melding.team)
        if melding.blad == "toegekend":
            nieuw = _begin(melding, voorraad, hier) if melding.aanleiding != "herindicatie" else None
            if nieuw is None and melding.aanleiding != "herindicatie" and melding.besluit > EINDE_Q2:
                nieuw = _na_de_kwartalen(melding, rng.choice(lopend[hier]), bevolking)
                aanspraken.append(nieuw)
            if nieuw is None:
                nieuw = voorraad[Aanwezig.BEIDE][hier].pop()
                nieuw.herindicatie = melding
            melding.gaat_over(nieuw.persoon, nieuw.groep)
        elif melding.aanleiding == "herindicatie":
            bestaand = rng.choice(lopend[hier])
            melding.gaat_over(bestaand.persoon, bestaand.groep)
        else:
            melding.gaat_over(
                bevolking.willekeurig(melding.team, volwassen=melding.categorie == "volwassenen")
            )


def _voorraad(aanspraken: list[Aanspraak], aanwezig: Aanwezig, rng: Random) -> Voorraad:
    """Per law and team the aanspraken that a melding can lead to; a judge's measure is no such thing."""
    voorraad: Voorraad = defaultdict(list)
    for aanspraak in rng.sample(aanspraken, len(aanspraken)):
        vrijwillig = aanspraak.groep not in MAATREGELEN and not aanspraak.omzetting
        if aanspraak.aanwezig is aanwezig and aanspraak.team is not None and vrijwillig:
            voorraad[aanspraak.wet, aanspraak.team].append(aanspraak)
    return voorraad


def _begin(melding: Melding, voorraad: dict[Aanwezig, Voorraad], hier: tuple[str, str]) -> Aanspraak | None:
    """An aanspraak that starts by this decision, in the quarter of the decision; None when none is left."""
    if melding.besluit > EINDE_Q2:
        return None
    rij = voorraad[Aanwezig.BEIDE if melding.besluit <= EINDE_Q1 else Aanwezig.TWEEDE][hier]
    while rij:
        aanspraak = rij.pop()
        if aanspraak.toekenning is None:
            for tegelijk in [aanspraak, *(andere for andere in rij if andere.persoon is aanspraak.persoon)]:
                if tegelijk.aanwezig is Aanwezig.TWEEDE or tegelijk is aanspraak:
                    tegelijk.toekenning = melding
            return aanspraak
    return None


def _na_de_kwartalen(melding: Melding, voorbeeld: Aanspraak, bevolking: Bevolking) -> Aanspraak:
    """Something new after the second quarter, like `voorbeeld`, for whoever it may be."""
    return Aanspraak(
        persoon=bevolking.willekeurig(melding.team, volwassen=melding.categorie == "volwassenen"),
        team=melding.team,
        wet=voorbeeld.wet,
        groep=voorbeeld.groep,
        voorziening=voorbeeld.voorziening,
        vorm=voorbeeld.vorm,
        aanwezig=Aanwezig.LATER,
        toekenning=melding,
    )
