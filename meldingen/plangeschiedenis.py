"""Every step with a plan, in words: who changed what, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from households.models import Plan, Planwijziging
from meldingen.planblad import IEDEREEN, IEMAND, Blad, dag
from meldingen.verschil import Stuk, woorden

LABELS = {
    "naam": "Wie",
    "rol": "Rol",
    "organisatie": "Organisatie",
    "tekst": "Tekst",
    "eigenaar": "Van wie",
    "wie": "Wie",
    "voor_wie": "Voor wie",
    "levensgebied": "Levensgebied",
    "besloten": "Besloten",
    "begin": "Begin",
    "streefdatum": "Streefdatum",
    "stand": "Stand",
    "soort": "Soort",
    "uiterlijk_op": "Uiterlijk op",
    "gedaan_op": "Gedaan op",
    "vervallen_op": "Vervallen op",
    "gepland_op": "Gepland op",
    "gehouden_op": "Gehouden op",
    "resultaat": "Resultaat",
    "toelichting": "Toelichting",
    "nummer": "Versie",
    "antwoord": "Antwoord",
    "wijze": "Hoe",
    "datum": "Datum",
    "opmerking": "Opmerking",
    "op": "Op",
    "verslag": "Verslag",
    "reden": "Reden",
}
"""What is told of a step, in this order; the rest is for the machine."""


@dataclass(frozen=True)
class Wijzigingsveld:
    """One thing that changed, with what stood there before."""

    label: str
    voor: list[Stuk]
    na: list[Stuk]


@dataclass(frozen=True)
class Wijzigingsregel:
    """One step."""

    op: datetime
    wie: str
    wat: str
    velden: list[Wijzigingsveld]


def geschiedenis(plan: Plan, blad: Blad, namen: Mapping[int, str]) -> list[Wijzigingsregel]:
    """Every step, the latest first, in one query; people are called as in `blad` and `namen`."""
    return [
        Wijzigingsregel(rij.op, rij.door.naam, rij.get_stap_display(), list(_velden(rij, blad, namen)))
        for rij in plan.wijzigingen.select_related("door").order_by("-pk")
    ]


def _velden(rij: Planwijziging, blad: Blad, namen: Mapping[int, str]) -> Iterator[Wijzigingsveld]:
    for naam, label in LABELS.items():
        voor = _in_woorden(naam, rij.voor, blad, namen)
        na = _in_woorden(naam, rij.na, blad, namen)
        if voor or na:
            yield Wijzigingsveld(label, *woorden(voor, na))


def _in_woorden(naam: str, velden: Mapping[str, Any], blad: Blad, namen: Mapping[int, str]) -> str:
    waarde = velden.get(naam)
    if naam == "voor_wie" and naam in velden:
        return ", ".join(namen.get(pk, IEMAND) for pk in velden[naam]) or IEDEREEN
    if waarde in (None, "", False):
        return ""
    if naam in ("eigenaar", "wie"):
        return blad.naam(int(waarde))
    if naam == "naam" and velden.get("persoon"):
        return namen.get(velden["persoon"], IEMAND)
    if naam == "besloten":
        return "ja"
    if naam in ("begin", "streefdatum", "datum", "op") or naam.endswith("_op"):
        return dag(date.fromisoformat(waarde))
    return str(waarde)
