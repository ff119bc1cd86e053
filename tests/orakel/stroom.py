"""The stroomschema: how far each melding of a cohort has come (overdracht, "Leaf of the stroomschema")."""

from collections.abc import Iterable
from typing import NamedTuple

from .lezen import Gemeente, Rij, datum, veld
from .perioden import Periode

KOLOM_VAN_FILTER = {
    "team": "team_code",
    "categorie": "categorie",
    "kanaal": "kanaal",
    "aanleiding": "aanleiding",
}

BLADEN_VAN_KNOOP = {
    "meldingen": (
        "voorveld",
        "overig_voor_gesprek",
        "geen_onderzoek_nodig",
        "overig_na_gesprek",
        "onderzoek_loopt",
        "niet_toegekend",
        "nog_geen_besluit",
        "toegekend",
    ),
    "voorveld": ("voorveld",),
    "overig_voor_gesprek": ("overig_voor_gesprek",),
    "gesprek": (
        "geen_onderzoek_nodig",
        "overig_na_gesprek",
        "onderzoek_loopt",
        "niet_toegekend",
        "nog_geen_besluit",
        "toegekend",
    ),
    "geen_onderzoek_nodig": ("geen_onderzoek_nodig",),
    "overig_na_gesprek": ("overig_na_gesprek",),
    "onderzoek": ("onderzoek_loopt", "niet_toegekend", "nog_geen_besluit", "toegekend"),
    "onderzoek_loopt": ("onderzoek_loopt",),
    "afgerond": ("niet_toegekend", "nog_geen_besluit", "toegekend"),
    "niet_toegekend": ("niet_toegekend",),
    "nog_geen_besluit": ("nog_geen_besluit",),
    "toegekend": ("toegekend",),
}

PERCENTAGES = {
    "voorveld": "meldingen",
    "gesprek": "meldingen",
    "onderzoek": "gesprek",
    "afgerond": "onderzoek",
    "toegekend": "afgerond",
}


class Melding(NamedTuple):
    """One counted melding: its `ontvangen` in force, the leaf where it stands, and every kind of fact in force."""

    ontvangen: Rij
    blad: str
    soorten: frozenset[str]


def procent(deel: int, geheel: int) -> int:
    """Return a whole percentage, rounded half up from exact counts; 0 of nothing is 0."""
    return (200 * deel + geheel) // (2 * geheel) if geheel else 0


def blad(soorten: frozenset[str]) -> str:
    """Return the leaf for the kinds of fact in force; the first condition that holds decides."""
    afgerond = bool(soorten & {"onderzoek_afgerond", "toegekend", "niet_toegekend"})
    onderzoek = afgerond or "onderzoek_gestart" in soorten
    gesprek = onderzoek or "gesprek_gestart" in soorten
    if "toegekend" in soorten:
        return "toegekend"
    if "niet_toegekend" in soorten:
        return "niet_toegekend"
    if afgerond:
        return "nog_geen_besluit"
    if onderzoek:
        return "onderzoek_loopt"
    if gesprek:
        return "geen_onderzoek_nodig" if "voorveld" in soorten else "overig_na_gesprek"
    return "voorveld" if "voorveld" in soorten else "overig_voor_gesprek"


def meldingen(bekend: Gemeente, periode: Periode, filters: dict[str, str]) -> list[Melding]:
    """Return the meldingen that came in during the period and pass the filters.

    Filters look at the `ontvangen` in force, a stadsdeel at that of its team; a melding without one does not
    count. The leaf follows from all its facts in force, whatever their dates. ValueError for two `ontvangen` in
    force at once.
    """
    gezocht = {KOLOM_VAN_FILTER[naam]: waarde for naam, waarde in filters.items() if naam != "stadsdeel"}
    stadsdeel_van = {veld(team, "code"): veld(team, "stadsdeel") for team in bekend.get("teams", [])}
    per_melding: dict[str, list[Rij]] = {}
    for feit in bekend.get("gebeurtenissen", []):
        per_melding.setdefault(veld(feit, "melding_ref"), []).append(feit)
    gevonden = []
    for ref, feiten in per_melding.items():
        ontvangsten = [feit for feit in feiten if veld(feit, "soort") == "ontvangen"]
        if len(ontvangsten) > 1:
            raise ValueError(f"two ontvangen in force for melding {ref}")
        for ontvangen in ontvangsten:
            past = all(veld(ontvangen, kolom) == waarde for kolom, waarde in gezocht.items())
            if "stadsdeel" in filters:
                past &= stadsdeel_van.get(veld(ontvangen, "team_code")) == filters["stadsdeel"]
            if past and periode.bevat(datum(ontvangen, "datum")):
                soorten = frozenset(veld(feit, "soort") for feit in feiten)
                gevonden.append(Melding(ontvangen, blad(soorten), soorten))
    return gevonden


def in_blad(lijst: Iterable[Melding], *bladen: str) -> list[Melding]:
    """Return the meldingen that stand in one of the leaves."""
    return [melding for melding in lijst if melding.blad in bladen]


def knopen(lijst: list[Melding]) -> dict[str, int]:
    """Return the count of every node of figure 2.6, keys and order as in the overdracht."""
    return {knoop: len(in_blad(lijst, *bladen)) for knoop, bladen in BLADEN_VAN_KNOOP.items()}


def redenen(lijst: Iterable[Melding], blad: str) -> list[int]:
    """Return how many in a leaf were withdrawn, how many of the others sent on, and how many neither."""
    soorten = [melding.soorten for melding in in_blad(lijst, blad)]
    ingetrokken = [een for een in soorten if "ingetrokken" in een]
    doorgezet = [een for een in soorten if "doorgezet" in een and "ingetrokken" not in een]
    return [len(ingetrokken), len(doorgezet), len(soorten) - len(ingetrokken) - len(doorgezet)]
