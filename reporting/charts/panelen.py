"""Small multiples: a little chart per row of a table, with a bar per column, side by side or one under the other.

Counts share one scale, per cents go to a hundred. Where there is no room for a text per bar only some bars have one:
the last, and back from it as many as fit; the table has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.safestring import SafeString

from reporting.charts.balken import LEEG, balk, lengte, onbekend
from reporting.charts.getallen import Cel, getal, procent
from reporting.charts.svg import breed, element, regel, tekening, wikkel

BREEDTE, NAAST, GOOT = 330.0, 3, 30.0
HOOGTE, MAAT, KOP = 96.0, 13, 14
REGELHOOGTE = 1.4 * MAAT
LUCHT = 1.5
"""To either side of a text at least."""


@dataclass(frozen=True)
class Paneel:
    """A row: its name, and per column a key and a figure."""

    titel: str
    waarden: Sequence[tuple[str, Cel]]
    procenten: bool = False

    def woorden(self, cel: Cel) -> str:
        """A figure as one reads it."""
        return procent(cel) if self.procenten else getal(cel)


def liggend(panelen: Sequence[Paneel], *, id: str, titel: str) -> SafeString:
    """Three beside each other."""
    return _teken(panelen, min(NAAST, len(panelen)), f"{id}-liggend", titel, "liggend")


def staand(panelen: Sequence[Paneel], *, id: str, titel: str) -> SafeString:
    """One under the other; readable at 320 CSS pixels."""
    return _teken(panelen, 1, f"{id}-staand", titel, "staand")


def _teken(panelen: Sequence[Paneel], naast: int, id: str, titel: str, klasse: str) -> SafeString:
    aantallen = [lengte(cel) or 0.0 for p in panelen if not p.procenten for _, cel in p.waarden]
    grootste = max(aantallen, default=0.0) or 1.0
    vormen: list[SafeString] = []
    y = 0.0
    for begin in range(0, len(panelen), naast):
        rij = panelen[begin : begin + naast]
        koppen = [wikkel(paneel.titel, KOP, BREEDTE, vet=True) for paneel in rij]
        kop = 1.3 * KOP * max(map(len, koppen))
        onder = 0.0
        for plaats, (paneel, regels) in enumerate(zip(rij, koppen, strict=True)):
            x = plaats * (BREEDTE + GOOT)
            for nummer, tekst in enumerate(regels):
                vormen.append(regel(tekst, x, y + 1.3 * KOP * (nummer + 0.75), KOP, vet=True))
            schaal = HOOGTE / (_honderd(paneel) if paneel.procenten else grootste)
            vormen += _paneel(paneel, x, y + kop, schaal)
            onder = max(onder, REGELHOOGTE * _regels_onder(paneel))
        y += kop + REGELHOOGTE + HOOGTE + onder + 0.2 * MAAT + GOOT / 2
    return tekening(
        naast * BREEDTE + (naast - 1) * GOOT,
        y,
        vormen,
        id=id,
        titel=titel,
        omschrijving=" ".join(map(_in_woorden, panelen)),
        klasse=f"grafiek {klasse}",
    )


def _honderd(paneel: Paneel) -> float:
    return max(100.0, *(lengte(cel) or 0.0 for _, cel in paneel.waarden))


def _paneel(paneel: Paneel, x: float, y: float, schaal: float) -> Iterator[SafeString]:
    vak = _vak(paneel)
    onder = y + REGELHOOGTE + HOOGTE
    cijfers = [[paneel.woorden(cel)] for _, cel in paneel.waarden]
    namen = [_naam(sleutel, vak) for sleutel, _ in paneel.waarden]
    yield from _teksten(cijfers, x, y, vak)
    yield from _teksten(namen, x, onder + 0.2 * MAAT, vak)
    for nummer, (_, cel) in enumerate(paneel.waarden):
        dik = min(0.7 * vak, 48.0)
        lang = lengte(cel)
        hoog = LEEG if lang is None else max(lang * schaal, 1.5)
        teken = onbekend if lang is None else balk
        yield teken(x + (nummer + 0.5) * vak - dik / 2, onder - hoog, dik, hoog)
    yield element("path", d=f"M {x:.1f} {onder:.1f} h {BREEDTE:.1f}", stroke="#6b7580", klasse="as")


def _teksten(teksten: Sequence[Sequence[str]], x: float, y: float, vak: float) -> Iterator[SafeString]:
    """A row of texts, each of one or more lines over its bar: the last, and back from it as many as meet no other."""
    breedste = max((breed(tekst, MAAT) for regels in teksten for tekst in regels), default=0.0)
    om_de = ceil((breedste + 2 * LUCHT) / vak)
    grens = x + BREEDTE + LUCHT
    for nummer, regels in list(enumerate(teksten))[::-om_de]:
        half = max(breed(tekst, MAAT) for tekst in regels) / 2
        midden = min(max(x + (nummer + 0.5) * vak, x + half), x + BREEDTE - half)
        if midden + half + LUCHT <= grens:
            grens = midden - half - LUCHT
            for plaats, tekst in enumerate(regels):
                yield regel(tekst, midden, y + REGELHOOGTE * (plaats + 0.75), MAAT, plek="middle")


def _vak(paneel: Paneel) -> float:
    return BREEDTE / max(1, len(paneel.waarden))


def _naam(sleutel: str, vak: float) -> list[str]:
    """The key of a column on one line, or the year above what of it."""
    if breed(sleutel, MAAT) + 2 * LUCHT <= vak or sleutel.count("-") != 1:
        return [sleutel]
    return sleutel.split("-")


def _regels_onder(paneel: Paneel) -> int:
    return max((len(_naam(sleutel, _vak(paneel))) for sleutel, _ in paneel.waarden), default=1)


def _in_woorden(paneel: Paneel) -> str:
    cijfers = ", ".join(f"{sleutel} {paneel.woorden(cel)}" for sleutel, cel in paneel.waarden)
    return f"{paneel.titel}: {cijfers}."
