"""Figuur 2.6 as a picture: how far the meldingen of a period came.

Two layouts of the same flow: `liggend` reads from left to right, `staand` from top to bottom on a phone.
In both the width of a flow is in proportion to its count, the main flow runs straight, and every leaf has a
lane of its own, so that no label can meet another label or a flow, whatever the counts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, TypeAlias

from django.utils.safestring import SafeString

from reporting.charts.getallen import Cel, getal, procent
from reporting.charts.svg import GRIJS_INKT, INKT, element, pad, tekening
from reporting.stroomschema import KNOPEN

_OUDERS = [knoop.ouder for knoop in KNOPEN.values() if knoop.ouder]
STAPPEN = [*dict.fromkeys(_OUDERS), "toegekend"]
BLADEN = {
    stap: [naam for naam, knoop in KNOPEN.items() if knoop.ouder == stap and naam not in STAPPEN]
    for stap in STAPPEN
}
VOLGENDE = dict(pairwise(STAPPEN))
ZONDER_UITKOMST = {"overig_voor_gesprek", "overig_na_gesprek", "onderzoek_loopt", "nog_geen_besluit"}
DEEL_VAN = {
    "gesprek": "van de meldingen",
    "onderzoek": "van de gesprekken",
    "afgerond": "van de onderzoeken",
    "toegekend": "van de afgeronde",
}

LANG = 20
"""A label of more characters takes two lines where there is little room."""

STROOM, STAAF, RAND = "#bcd3e6", "#1d4f7c", "#1d4f7c"
ZIJSTROOM, GRIJS, GRIJZE_STAAF = "#dfe9f2", "#e6e8eb", "#6b7580"


@dataclass(frozen=True)
class Stroom:
    """The figures of one period: a count per node, and the shares of the stage before that table 2.6 gives.

    A cell that is text (`< 10`, `×`, `n.n.b.`) is shown as it is and drawn without a width. `in_delen` tells that this
    is about another part of the city: beside a figure of other size its shares say more than its counts.
    """

    naam: str
    knopen: Mapping[str, Cel]
    percentages: Mapping[str, Cel | None]
    in_delen: bool = False

    def aantal(self, knoop: str) -> int:
        """The count as far as it is known, for drawing."""
        cel = self.knopen.get(knoop, 0)
        return int(cel) if isinstance(cel, int | float | Decimal) else 0

    def percentage(self, knoop: str) -> str:
        """The share of the stage before, rounded half up; empty when there is none."""
        if knoop in self.percentages:
            return procent(self.percentages[knoop])
        deel, geheel = self.knopen.get(knoop), self.knopen.get(KNOPEN[knoop].ouder or "")
        if isinstance(deel, int) and isinstance(geheel, int) and geheel:
            return procent((200 * deel + geheel) // (2 * geheel))
        return ""

    def cijfers(self, knoop: str) -> str:
        """Count and share as one reads them: `1.559 · 75%`."""
        return " · ".join(filter(None, [getal(self.knopen.get(knoop, 0)), self.percentage(knoop)]))

    def ernaast(self, knoop: str) -> str:
        """What stands of it beside another figure."""
        return (self.in_delen and self.percentage(knoop)) or self.cijfers(knoop)


Adressen: TypeAlias = Mapping[str, str]
"""Where the meldingen behind a node are; without any the picture stands alone and has no links."""


def liggend(
    stroom: Stroom, vergelijking: Stroom | None = None, adressen: Adressen | None = None
) -> SafeString:
    """The flow from left to right; five columns on a sheet 1160 wide."""
    return _Liggend(stroom, vergelijking, adressen or {}).teken()


def staand(
    stroom: Stroom, vergelijking: Stroom | None = None, adressen: Adressen | None = None
) -> SafeString:
    """The flow from top to bottom; readable at 320 CSS pixels."""
    return _Staand(stroom, vergelijking, adressen or {}).teken()


def korte_naam(ernaast: Stroom) -> str:
    """What stands before a compared figure in the picture, where a long name has no room."""
    plaats = len("de hele stad") if ernaast.in_delen else len("2015-Q1")
    return ernaast.naam if len(ernaast.naam) <= plaats else "vgl."


@dataclass(frozen=True)
class _Stuk:
    """Words in one size on a line."""

    tekst: str
    maat: int
    vet: bool = False
    grijs: bool = False


_Regel = tuple[_Stuk, ...]
_Vormen = Iterator[SafeString]


def _hoogte(regels: Iterable[_Regel]) -> float:
    return sum(1.3 * max(stuk.maat for stuk in regel) for regel in regels)


class _Schema:
    """What both layouts share: the scale, the words and how a bar and a flow look."""

    klasse: ClassVar[str]
    breedte: ClassVar[float]
    lengte: ClassVar[float]
    """The size of the flow of all meldingen."""

    def __init__(self, stroom: Stroom, vergelijking: Stroom | None, adressen: Adressen) -> None:
        self.stroom = stroom
        self.vergelijking = vergelijking
        self.adressen = adressen
        self.schaal = self.lengte / max(1, *(stroom.aantal(stap) for stap in STAPPEN))

    def teken(self) -> SafeString:
        vormen, hoogte = self.vormen()
        return tekening(
            self.breedte,
            hoogte,
            vormen,
            id=f"stroomschema-{self.klasse}",
            titel=f"Stroomschema van de meldingen, {self.stroom.naam}",
            omschrijving=self.omschrijving(),
            klasse=f"stroomschema {self.klasse}",
            met_links=bool(self.adressen),
        )

    def vormen(self) -> tuple[list[SafeString], float]:
        """Everything in the picture, and the height that it takes."""
        raise NotImplementedError

    def omschrijving(self) -> str:
        return " ".join(f"{knoop.label}: {self.in_woorden(naam)}." for naam, knoop in KNOPEN.items())

    def in_woorden(self, knoop: str) -> str:
        cijfers = self.stroom.cijfers(knoop).replace(" · ", ", ")
        if self.vergelijking is None:
            return cijfers
        return f"{cijfers}; {self.vergelijking.naam}: {self.vergelijking.cijfers(knoop).replace(' · ', ', ')}"

    def maat(self, knoop: str) -> float:
        return self.stroom.aantal(knoop) * self.schaal

    def regels_van_stap(self, stap: str) -> list[_Regel]:
        regels: list[_Regel] = [(_Stuk(naam, 15, vet=True),) for naam in self.kop(stap)]
        regels.append((_Stuk(getal(self.stroom.knopen.get(stap, 0)), 24, vet=True),))
        if deel := self.stroom.percentage(stap):
            regels.append((_Stuk(f"{deel} {DEEL_VAN[stap]}", 14),))
        return [*regels, *self.vergeleken(stap)]

    def kop(self, stap: str) -> tuple[str, ...]:
        """The name of a stage on one or more lines."""
        return (KNOPEN[stap].label,)

    def vergeleken(self, knoop: str) -> list[_Regel]:
        if self.vergelijking is None:
            return []
        naast = f"{korte_naam(self.vergelijking)}: {self.vergelijking.ernaast(knoop)}"
        return [(_Stuk(naast, 14, grijs=True),)]

    def in_link(self, knoop: str, vormen: Iterable[SafeString]) -> _Vormen:
        """What is drawn of a node as one link to the meldingen behind it, where there is an address."""
        if adres := self.adressen.get(knoop):
            woorden = f"{KNOPEN[knoop].label}: {self.in_woorden(knoop)}, toon de meldingen"
            yield element("a", vormen, href=adres, aria_label=woorden)
        else:
            yield from vormen

    def schrijf(self, regels: Iterable[_Regel], x: float, y: float) -> _Vormen:
        """Lines from `y` down, each on its own baseline; the pieces of a line stand side by side."""
        for regel in regels:
            y += _hoogte([regel])
            stukken = [
                element(
                    "tspan",
                    stuk.tekst,
                    dx=16 if nummer else None,
                    font_size=stuk.maat,
                    font_weight="700" if stuk.vet else None,
                    fill=GRIJS_INKT if stuk.grijs else INKT,
                    klasse="grijs" if stuk.grijs else None,
                )
                for nummer, stuk in enumerate(regel)
            ]
            yield element("text", stukken, x=x, y=y - 0.32 * max(stuk.maat for stuk in regel))

    def staaf(self, knoop: str, x: float, y: float, breedte: float, hoogte: float) -> SafeString:
        zijtak = knoop in ZONDER_UITKOMST
        return element(
            "rect",
            x=x,
            y=y,
            width=max(breedte, 1.5),
            height=max(hoogte, 1.5),
            fill=GRIJZE_STAAF if zijtak else STAAF,
            klasse="staaf open" if zijtak else "staaf",
        )

    def band(self, knoop: str, omtrek: str, hartlijn: str) -> SafeString:
        """A flow with its own outline; one without a width is a dashed line, so it is seen all the same."""
        if self.maat(knoop) < 0.5:
            return element(
                "path",
                d=hartlijn,
                fill="none",
                stroke=GRIJZE_STAAF,
                stroke_dasharray="2 4",
                klasse="band leeg",
            )
        soort = "open" if knoop in ZONDER_UITKOMST else "hoofd" if knoop in STAPPEN else "zij"
        return element(
            "path",
            d=omtrek,
            fill={"open": GRIJS, "hoofd": STROOM, "zij": ZIJSTROOM}[soort],
            stroke=GRIJZE_STAAF if soort == "open" else RAND,
            stroke_width="0.75",
            stroke_dasharray="4 3" if soort == "open" else None,
            klasse=f"band {soort}",
        )


class _Liggend(_Schema):
    klasse, breedte, lengte = "liggend", 1160.0, 220.0
    KOLOM, DIKTE, TUSSEN = 200.0, 8.0, 10.0

    def __init__(self, stroom: Stroom, vergelijking: Stroom | None, adressen: Adressen) -> None:
        super().__init__(stroom, vergelijking, adressen)
        self.koppen = {stap: self.regels_van_stap(stap) for stap in STAPPEN}
        self.boven = max(map(_hoogte, self.koppen.values())) + 12
        self.banen = self.verdeel_banen()

    def verdeel_banen(self) -> dict[str, tuple[float, float]]:
        """Top and height of the lane of each leaf; the last stage has the highest, so no flow crosses one."""
        y = self.boven + self.maat("toegekend") + self.TUSSEN
        banen = {}
        for stap in reversed(STAPPEN):
            for blad in BLADEN[stap]:
                hoog = max(self.maat(blad), _hoogte(self.regels_van_blad(blad)))
                banen[blad] = (y, hoog)
                y += hoog + self.TUSSEN
        return banen

    def regels_van_blad(self, blad: str) -> list[_Regel]:
        cijfers = (
            _Stuk(self.stroom.cijfers(blad), 15, vet=True),
            *(deel for (deel,) in self.vergeleken(blad)),
        )
        return [(_Stuk(KNOPEN[blad].label, 14),), cijfers]

    def vormen(self) -> tuple[list[SafeString], float]:
        vormen: list[SafeString] = []
        for nummer, stap in enumerate(STAPPEN):
            x = nummer * self.KOLOM
            vormen += self.uitgaand(stap, x + self.DIKTE, x + self.KOLOM)
            staaf = self.staaf(stap, x, self.boven, self.DIKTE, self.maat(stap))
            vormen += self.in_link(stap, [staaf, *self.schrijf(self.koppen[stap], x, 0)])
        return vormen, max(boven + hoog for boven, hoog in self.banen.values()) + 4

    def uitgaand(self, stap: str, links: float, rechts: float) -> _Vormen:
        y = self.boven
        if volgende := VOLGENDE.get(stap):
            yield self.vloei(volgende, links, y, rechts, y)
            y += self.maat(volgende)
        for blad in BLADEN[stap]:
            boven, hoog = self.banen[blad]
            doel = boven + (hoog - self.maat(blad)) / 2
            regels = self.regels_van_blad(blad)
            yield self.vloei(blad, links, y, rechts, doel)
            staaf = self.staaf(blad, rechts, doel, self.DIKTE, self.maat(blad))
            tekst = self.schrijf(regels, rechts + self.DIKTE + 8, boven + (hoog - _hoogte(regels)) / 2)
            yield from self.in_link(blad, [staaf, *tekst])
            y += self.maat(blad)

    def vloei(self, knoop: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
        dik, midden = self.maat(knoop), (x1 + x2) / 2
        omtrek = pad(
            "M", x1, y1, "C", midden, y1, midden, y2, x2, y2,
            "V", y2 + dik, "C", midden, y2 + dik, midden, y1 + dik, x1, y1 + dik, "Z",
        )  # fmt: skip
        y1, y2 = y1 + dik / 2, y2 + dik / 2
        return self.band(knoop, omtrek, pad("M", x1, y1, "C", midden, y1, midden, y2, x2, y2))


class _Staand(_Schema):
    klasse, breedte, lengte = "staand", 360.0, 100.0
    DIKTE, TUSSEN, BOCHT, TEKST = 8.0, 12.0, 8.0, 126.0

    def vormen(self) -> tuple[list[SafeString], float]:
        vormen: list[SafeString] = []
        y = 0.0
        for stap in STAPPEN:
            kop, boven = self.regels_van_stap(stap), y
            begin = len(vormen)
            onder, rechts = y + 4 + self.DIKTE, self.maat(stap)
            y += _hoogte(kop) + self.TUSSEN
            for blad in BLADEN[stap]:
                cijfers = (_Stuk(self.stroom.cijfers(blad), 15, vet=True),)
                regels = [(_Stuk(KNOPEN[blad].label, 14),), cijfers, *self.vergeleken(blad)]
                dik, tekst = self.maat(blad), _hoogte(regels)
                hoog = max(tekst, dik)
                rechts -= dik
                band, staaf = self.bocht(blad, rechts, onder, y + (hoog - dik) / 2)
                woorden = self.schrijf(regels, self.TEKST, y + (hoog - tekst) / 2)
                vormen += [band, *self.in_link(blad, [staaf, *woorden])]
                y += hoog + self.TUSSEN
            if volgende := VOLGENDE.get(stap):
                omtrek = pad("M", 0, onder, "H", self.maat(volgende), "V", y + 4, "H", 0, "Z")
                vormen.append(self.band(volgende, omtrek, pad("M", 1, onder, "V", y + 4)))
            staaf = self.staaf(stap, 0, onder - self.DIKTE, self.maat(stap), self.DIKTE)
            vormen[begin:begin] = self.in_link(stap, [staaf, *self.schrijf(kop, self.TEKST, boven)])
        return vormen, y

    def kop(self, stap: str) -> tuple[str, ...]:
        naam = KNOPEN[stap].label
        return tuple(naam.rsplit(" ", 1)) if len(naam) > LANG else (naam,)

    def bocht(self, blad: str, x: float, y: float, doel: float) -> tuple[SafeString, SafeString]:
        """A flow that leaves the bar at `x` downward and turns right into its lane at `doel`, with the bar there."""
        dik, r, einde = self.maat(blad), self.BOCHT, self.TEKST - 16
        omtrek = pad(
            "M", x, y, "H", x + dik, "V", doel - r, "A", r, r, 0, 0, 0, x + dik + r, doel, "H", einde,
            "V", doel + dik, "H", x + dik + r, "A", r + dik, r + dik, 0, 0, 1, x, doel - r, "Z",
        )  # fmt: skip
        hart, lijn = x + dik / 2, doel + dik / 2
        hartlijn = pad("M", hart, y, "V", lijn - r, "A", r, r, 0, 0, 0, hart + r, lijn, "H", einde)
        return self.band(blad, omtrek, hartlijn), self.staaf(blad, einde, doel, self.DIKTE, dik)
