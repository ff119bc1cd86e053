"""Bars per row of a table: each team with its figures of one or two columns.

A cell that is text (`< 10`, `×`, `n.n.b.`) is a mark with that text: a bar would say how much it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from reporting.charts.getallen import Cel, getal, procent
from reporting.charts.svg import breed, element, regel, tekening, wikkel

DONKER, LICHT, RAND = "#1d4f7c", "#bcd3e6", "#1d4f7c"
MAAT, DIKTE, TUSSEN = 14, 14.0, 14.0
REGELHOOGTE = 1.3 * MAAT
LEEG = 10.0
"""The size of the mark of a cell without a length."""


@dataclass(frozen=True)
class Balken:
    """Rows with a figure per series; `reeksen` names those, and `eigen` is the one that the question is about.

    `procenten`: the figures are per cents. `id` tells it from other pictures on a page.
    """

    titel: str
    reeksen: Sequence[str]
    rijen: Sequence[tuple[str, Sequence[Cel]]]
    eigen: int = 0
    procenten: bool = False
    id: str = "balken"

    def woorden(self, cel: Cel) -> str:
        """A figure as one reads it."""
        return procent(cel) if self.procenten else getal(cel)


def lengte(cel: Cel) -> float | None:
    """What a bar is in proportion to; None where nothing tells."""
    return float(cel) if isinstance(cel, int | float | Decimal) else None


def balk(x: float, y: float, breedte: float, hoogte: float, *, donker: bool = True) -> SafeString:
    """A bar; of nothing a hair."""
    return element(
        "rect",
        x=x,
        y=y,
        width=max(breedte, 1.5),
        height=max(hoogte, 1.5),
        fill=DONKER if donker else LICHT,
        stroke=RAND,
        stroke_width="0.75",
        klasse="balk" if donker else "balk licht",
    )


def onbekend(x: float, y: float, breedte: float, hoogte: float) -> SafeString:
    """The mark of a figure that isn't shown or isn't known."""
    return element(
        "rect",
        x=x,
        y=y,
        width=breedte,
        height=hoogte,
        fill="none",
        stroke="#6b7580",
        stroke_dasharray="2 3",
        klasse="verborgen",
    )


def liggend(balken: Balken) -> SafeString:
    """Names at the left of the bars; on a sheet 960 wide."""
    return _teken(balken, "liggend", 960.0, naam=330.0)


def staand(balken: Balken) -> SafeString:
    """Names above the bars; readable at 320 CSS pixels."""
    return _teken(balken, "staand", 360.0, naam=0.0)


def _teken(balken: Balken, klasse: str, breedte: float, naam: float) -> SafeString:
    vormen = list(_sleutel(balken, breedte))
    y = REGELHOOGTE * len(vormen) / 2 + TUSSEN if vormen else 0.0
    cellen = [cel for _, rij in balken.rijen for cel in rij]
    cijfer = max((breed(balken.woorden(cel), MAAT, vet=True) for cel in cellen), default=0.0) + 8
    grootste = max((lengte(cel) or 0.0 for cel in cellen), default=0.0) or 1.0
    schaal = (breedte - naam - cijfer - 2) / grootste
    for label, rij in balken.rijen:
        regels = wikkel(label, MAAT, (naam or breedte) - 12)
        for nummer, tekst in enumerate(regels):
            vormen.append(regel(tekst, 0, y + REGELHOOGTE * (nummer + 0.75), MAAT))
        boven = y if naam else y + REGELHOOGTE * len(regels)
        for nummer, cel in enumerate(rij):
            vormen += _reeks(
                balken, cel, naam + 1, boven + REGELHOOGTE * nummer, schaal, nummer == balken.eigen
            )
        y = max(y + REGELHOOGTE * len(regels), boven + REGELHOOGTE * len(rij)) + TUSSEN
    return tekening(
        breedte,
        y,
        vormen,
        id=f"{balken.id}-{klasse}",
        titel=balken.titel,
        omschrijving=_omschrijving(balken),
        klasse=f"grafiek {klasse}",
    )


def _reeks(balken: Balken, cel: Cel, x: float, y: float, schaal: float, donker: bool) -> Iterator[SafeString]:
    lang = lengte(cel)
    boven = y + (REGELHOOGTE - DIKTE) / 2
    if lang is None:
        yield onbekend(x, boven, LEEG, DIKTE)
    else:
        yield balk(x, boven, lang * schaal, DIKTE, donker=donker)
    einde = x + (LEEG if lang is None else max(lang * schaal, 1.5)) + 6
    yield regel(balken.woorden(cel), einde, y + 0.75 * REGELHOOGTE, MAAT, vet=donker)


def _sleutel(balken: Balken, breedte: float) -> Iterator[SafeString]:
    """Which bar is of which series, where there is more than one."""
    if len(balken.reeksen) < 2:
        return
    y = 0.0
    for nummer, naam in enumerate(balken.reeksen):
        donker = nummer == balken.eigen
        for plaats, tekst in enumerate(wikkel(naam, MAAT, breedte - 24, vet=donker)):
            vlak = balk(1, y + 2, DIKTE, DIKTE, donker=donker) if plaats == 0 else element("g")
            yield vlak
            yield regel(tekst, 24, y + 0.75 * REGELHOOGTE, MAAT, vet=donker)
            y += REGELHOOGTE


def _omschrijving(balken: Balken) -> str:
    zinnen = []
    for label, rij in balken.rijen:
        cijfers = [f"{naam} {balken.woorden(cel)}" for naam, cel in zip(balken.reeksen, rij, strict=True)]
        zinnen.append(f"{label}: {', '.join(cijfers)}.")
    return " ".join(zinnen)
