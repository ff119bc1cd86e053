"""The shape of the stroomschema: its nodes, what they are part of, which leaves they gather (figuur 2.6)."""

from __future__ import annotations

from dataclasses import dataclass

from meldingen.models import Blad

STROOMSCHEMA = "2.6"
"""The table that is a figure."""


@dataclass(frozen=True)
class Knoop:
    """A node: `ouder` is the node that it is part of, `bladen` the leaves that it is the sum of.

    `met_percentage`: the monitor gives its share of `ouder`, in whole per cents.
    """

    sleutel: str
    label: str
    ouder: str | None
    bladen: tuple[Blad, ...]
    met_percentage: bool = False


_AFGEROND = (Blad.TOEGEKEND, Blad.NIET_TOEGEKEND, Blad.NOG_GEEN_BESLUIT)
_ONDERZOEK = (*_AFGEROND, Blad.ONDERZOEK_LOOPT)
_GESPREK = (*_ONDERZOEK, Blad.GEEN_ONDERZOEK_NODIG, Blad.OVERIG_NA_GESPREK)

KNOPEN: dict[str, Knoop] = {
    knoop.sleutel: knoop
    for knoop in (
        Knoop("meldingen", "Meldingen", None, tuple(Blad)),
        Knoop("voorveld", "Voorveld", "meldingen", (Blad.VOORVELD,), met_percentage=True),
        Knoop("overig_voor_gesprek", "Nog geen vervolg of overig", "meldingen", (Blad.OVERIG_VOOR_GESPREK,)),
        Knoop("gesprek", "Gesprek gestart", "meldingen", _GESPREK, met_percentage=True),
        Knoop("geen_onderzoek_nodig", "Geen onderzoek nodig", "gesprek", (Blad.GEEN_ONDERZOEK_NODIG,)),
        Knoop("overig_na_gesprek", "Nog geen onderzoek of overig", "gesprek", (Blad.OVERIG_NA_GESPREK,)),
        Knoop("onderzoek", "Onderzoek gestart", "gesprek", _ONDERZOEK, met_percentage=True),
        Knoop("onderzoek_loopt", "Loopt nog of overig", "onderzoek", (Blad.ONDERZOEK_LOOPT,)),
        Knoop("afgerond", "Onderzoek afgerond", "onderzoek", _AFGEROND, met_percentage=True),
        Knoop("niet_toegekend", "Niet toegekend", "afgerond", (Blad.NIET_TOEGEKEND,)),
        Knoop("nog_geen_besluit", "Nog geen besluit", "afgerond", (Blad.NOG_GEEN_BESLUIT,)),
        Knoop(
            "toegekend", "Maatwerkvoorziening toegekend", "afgerond", (Blad.TOEGEKEND,), met_percentage=True
        ),
    )
}
"""Every node by its key: a parent before its children, in the order in which answers give them."""
