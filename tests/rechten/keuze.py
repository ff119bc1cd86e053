"""Every question of the table, and a choice from them that takes a fraction of the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.rechten import hulp
from tests.rechten.matrix import TABEL
from tests.rechten.regels import IN, Mag, Uitkomst, Vast
from tests.rechten.wereld import IEDEREEN, Wereld


@dataclass(frozen=True)
class Vraag:
    """Who asks what, of which row."""

    naam: str
    methode: str
    regel: Mag | Vast
    wie: str
    soort: str

    def __str__(self) -> str:
        return f"{self.methode} {self.soort or '-'} {self.wie}"

    @property
    def verwacht(self) -> Uitkomst:
        """What the table says."""
        return self.regel.voor(self.wie, self.soort)

    def stel(self, w: Wereld) -> hulp.Antwoord:
        """Ask it."""
        return hulp.vraag(w, self.wie, self.methode, self.naam, self.soort)


Vragen = tuple[Vraag, ...]
"""What one asks of an address by one method, about rows in each plight."""


def alle(naam: str) -> Iterator[Vragen]:
    """Every method, everybody, every plight."""
    for methode, regel in TABEL[naam].methoden():
        for wie in IEDEREEN:
            soorten = TABEL[naam].te_proberen(regel, wie)
            yield tuple(Vraag(naam, methode, regel, wie, soort) for soort in soorten)


def keuze(naam: str) -> tuple[Vragen, ...]:
    """Every method and every answer that the table has for it, each by one whose turn it is.

    Who is let in to some rows asks for one of those, one of another and one that there isn't; who is let in to none
    asks for the last two. Turns go to who had the fewest, so that everybody gets every answer that they ever get.
    """
    return _keuzes()[naam]


@cache
def _keuzes() -> dict[str, tuple[Vragen, ...]]:
    beurten: Counter[tuple[str, str, Uitkomst]] = Counter()
    gekozen: dict[str, list[Vragen]] = {naam: [] for naam in TABEL}

    def kies(naam: str, vragen: Vragen) -> None:
        gekozen[naam].append(vragen)
        beurten.update({(v.wie, v.methode, v.verwacht) for v in vragen})

    for nummer, naam in enumerate(TABEL):
        groepen: dict[tuple[str, frozenset[Uitkomst]], list[Vragen]] = {}
        for vragen in alle(naam):
            groep = (vragen[0].methode, frozenset(v.verwacht for v in vragen))
            groepen.setdefault(groep, []).append(_enkele(vragen, nummer))
        for kandidaten in groepen.values():
            kies(
                naam,
                min(
                    kandidaten, key=lambda vragen: min(beurten[v.wie, v.methode, v.verwacht] for v in vragen)
                ),
            )
    for naam in TABEL:
        for vragen in alle(naam):
            for v in vragen:
                if not beurten[v.wie, v.methode, v.verwacht]:
                    kies(naam, (v,))
    return {naam: tuple(vragen) for naam, vragen in gekozen.items()}


def _enkele(vragen: Vragen, nummer: int) -> Vragen:
    """One of each answer; of another than being let in also the last, about a row that there isn't, to compare."""
    per_uitkomst: dict[Uitkomst, list[Vraag]] = {}
    for v in vragen:
        per_uitkomst.setdefault(v.verwacht, []).append(v)
    gekozen: list[Vraag] = []
    for uitkomst, zelfde in per_uitkomst.items():
        met_laatste = uitkomst != IN and len(zelfde) > 1
        gekozen.append(zelfde[nummer % (len(zelfde) - met_laatste)])
        gekozen += zelfde[-1:] if met_laatste else []
    return tuple(gekozen)
