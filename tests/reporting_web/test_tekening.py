"""The picture of the stroomschema: true to the figures, and readable whatever they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.charts.getallen import Cel, getal, procent
from reporting.charts.stroomschema import BLADEN, STAPPEN, VOLGENDE, ZONDER_UITKOMST, Stroom, liggend, staand
from reporting.stroomschema import KNOPEN

SVG = "{http://www.w3.org/2000/svg}"
TEKENINGEN = {"liggend": liggend, "staand": staand}
GEWOON, VET = 0.59, 0.66
"""Mean width of a character of our labels in the widest font that systems bring (DejaVu Sans), in em."""


def stroom(naam: str = "2015-Q2", **bladen: int) -> Stroom:
    """A flow of which every node is the sum of its leaves."""
    knopen: dict[str, Cel] = {}
    rest = bladen.get("toegekend", 0)
    for stap in reversed(STAPPEN):
        if stap != "toegekend":
            knopen |= {blad: bladen.get(blad, 0) for blad in BLADEN[stap]}
            rest += sum(bladen.get(blad, 0) for blad in BLADEN[stap])
        knopen[stap] = rest
    delen = {"voorveld": "meldingen"} | {naar: van for van, naar in VOLGENDE.items()}
    percentages = {
        deel: (200 * knopen[deel] + knopen[van]) // (2 * knopen[van]) if knopen[van] else None  # type: ignore[operator]
        for deel, van in delen.items()
    }
    return Stroom(naam, knopen, percentages)


ALMERE = stroom(
    voorveld=520, geen_onderzoek_nodig=296, onderzoek_loopt=177, niet_toegekend=141, toegekend=945
)
LEEG = stroom()
ALLES_GELIJK = stroom(toegekend=1, **{blad: 1 for bladen in BLADEN.values() for blad in bladen})
REUSACHTIG = stroom(toegekend=100_000, **{blad: 100_000 for bladen in BLADEN.values() for blad in bladen})
ALLEEN_VOORVELD = stroom(voorveld=999_999)
ALLEEN_TOEGEKEND = stroom(toegekend=999_999)
SCHEEF = stroom(toegekend=1, voorveld=999_998, overig_na_gesprek=1)
ONDERDRUKT = Stroom(
    "2015-Q2",
    {**ALMERE.knopen, "niet_toegekend": "< 10", "nog_geen_besluit": "×", "afgerond": "n.n.b."},
    {**ALMERE.percentages, "afgerond": None},
)
GEVALLEN = {
    "almere": ALMERE,
    "leeg": LEEG,
    "alles gelijk": ALLES_GELIJK,
    "reusachtig": REUSACHTIG,
    "alleen voorveld": ALLEEN_VOORVELD,
    "alleen toegekend": ALLEEN_TOEGEKEND,
    "scheef": SCHEEF,
    "onderdrukt": ONDERDRUKT,
}
GEBIEDEN = ["de hele stad", "Wijkteam Tussen de Vaarten en het Spoor 1"]
ADRESSEN = {knoop: f"/{knoop}?a=1&b=2" for knoop in KNOPEN}
PERIODEN = [None, "2015-Q1", "2014-12-29..2015-03-31"]


@dataclass(frozen=True)
class Vlak:
    """A box in the picture, `[x1, x2) × [y1, y2)`."""

    wat: str
    x1: float
    y1: float
    x2: float
    y2: float

    def raakt(self, ander: Vlak) -> bool:
        """Whether both share more than a hair."""
        marge = 0.2
        return (
            min(self.x2, ander.x2) - max(self.x1, ander.x1) > marge
            and min(self.y2, ander.y2) - max(self.y1, ander.y1) > marge
        )


def teksten(svg: ElementTree.Element) -> list[Vlak]:
    """The box around every line of text, in the widest font."""
    vlakken = []
    for regel in svg.iter(f"{SVG}text"):
        breed, hoog = 0.0, 0.0
        for stuk in regel.iter(f"{SVG}tspan"):
            maat = float(stuk.get("font-size", "0"))
            breed += float(stuk.get("dx", "0"))
            breed += len(stuk.text or "") * maat * (VET if stuk.get("font-weight") else GEWOON)
            hoog = max(hoog, maat)
        x, y = float(regel.get("x", "0")), float(regel.get("y", "0"))
        vlakken.append(Vlak("".join(regel.itertext()), x, y - 0.78 * hoog, x + breed, y + 0.22 * hoog))
    return vlakken


def staven(svg: ElementTree.Element) -> list[Vlak]:
    """The box of every bar, in the order of drawing."""
    return [
        Vlak(
            r.get("class", ""),
            float(r.get("x", "0")),
            float(r.get("y", "0")),
            float(r.get("x", "0")) + float(r.get("width", "0")),
            float(r.get("y", "0")) + float(r.get("height", "0")),
        )
        for r in svg.iter(f"{SVG}rect")
    ]


def lees(tekening: str) -> ElementTree.Element:
    return ElementTree.fromstring(tekening)


@pytest.mark.elk_geval
@pytest.mark.parametrize("vergelijking", [*PERIODEN, *GEBIEDEN])
@pytest.mark.parametrize("geval", GEVALLEN)
@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_geen_tekst_wordt_afgesneden_of_overlapt(vorm: str, geval: str, vergelijking: str | None) -> None:
    ander_gebied = vergelijking in GEBIEDEN
    naast = (
        Stroom(vergelijking, REUSACHTIG.knopen, REUSACHTIG.percentages, in_delen=ander_gebied)
        if vergelijking
        else None
    )
    svg = lees(TEKENINGEN[vorm](GEVALLEN[geval], naast, ADRESSEN if ander_gebied else None))
    _, _, breedte, hoogte = map(float, svg.get("viewBox", "").split())
    regels = teksten(svg)

    assert len(regels) >= 24
    for regel in regels:
        assert regel.x1 >= 0, regel
        assert regel.y1 >= -1, regel
        assert regel.x2 <= breedte, regel
        assert regel.y2 <= hoogte, regel
    for een, ander in combinations([*regels, *staven(svg)], 2):
        assert not een.raakt(ander), (een, ander)


@pytest.mark.parametrize("geval", GEVALLEN)
@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_ieder_aantal_en_percentage_staat_in_de_tekening(vorm: str, geval: str) -> None:
    figuur = GEVALLEN[geval]
    tekst = " ".join(vlak.wat for vlak in teksten(lees(TEKENINGEN[vorm](figuur))))

    for stap, bladen in BLADEN.items():
        assert getal(figuur.knopen[stap]) in tekst
        for blad in bladen:
            assert f"{KNOPEN[blad].label} {figuur.cijfers(blad)}" in tekst
    for percentage in figuur.percentages.values():
        assert procent(percentage) in tekst


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_de_cijfers_van_almere_staan_erin(vorm: str) -> None:
    tekst = " ".join(vlak.wat for vlak in teksten(lees(TEKENINGEN[vorm](ALMERE))))

    for verwacht in (
        "Meldingen 2.079",
        "520 · 25%",
        "1.559",
        "75% van de meldingen",
        "81% van",
        "86% van",
        "945",
        "87% van",
    ):
        assert verwacht in tekst


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_overig_blijft_staan_ook_met_nul(vorm: str) -> None:
    svg = lees(TEKENINGEN[vorm](ALMERE))
    banden = [pad.get("class") for pad in svg.iter(f"{SVG}path")]
    staafjes = [vlak.wat for vlak in staven(svg)]

    assert staafjes.count("staaf open") == len(ZONDER_UITKOMST)
    assert banden.count("band leeg") == 3
    assert banden.count("band open") == 1
    assert len(banden) == 11


@given(st.lists(st.integers(0, 999_999), min_size=8, max_size=8))
def test_de_breedte_van_een_staaf_is_in_verhouding_tot_het_aantal(aantallen: list[int]) -> None:
    bladen = ["toegekend", *(blad for groep in BLADEN.values() for blad in groep)]
    figuur = stroom(**dict(zip(bladen, aantallen, strict=True)))
    schaal = 220 / max(1, figuur.aantal("meldingen"))
    verwacht = sorted(max(1.5, figuur.aantal(knoop) * schaal) for knoop in figuur.knopen)

    hoogten = sorted(vlak.y2 - vlak.y1 for vlak in staven(lees(liggend(figuur))))

    assert hoogten == pytest.approx(verwacht, abs=0.11)


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_wie_de_tekening_niet_ziet_hoort_dezelfde_cijfers(vorm: str) -> None:
    svg = lees(TEKENINGEN[vorm](ALMERE, stroom("2015-Q1", toegekend=2760)))
    titel, omschrijving = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

    assert svg.get("role") == "img"
    assert titel is not None
    assert omschrijving is not None
    assert svg.get("aria-labelledby") == f"{titel.get('id')} {omschrijving.get('id')}"
    assert titel.text == "Stroomschema van de meldingen, 2015-Q2"
    assert "Voorveld: 520, 25%; 2015-Q1: 0, 0%." in (omschrijving.text or "")
    assert "Maatwerkvoorziening toegekend: 945, 87%; 2015-Q1: 2.760, 100%." in (omschrijving.text or "")


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_naast_een_ander_gebied_staan_de_aandelen(vorm: str) -> None:
    stad = Stroom("de hele stad", REUSACHTIG.knopen, REUSACHTIG.percentages, in_delen=True)
    tekst = " ".join(vlak.wat for vlak in teksten(lees(TEKENINGEN[vorm](ALMERE, stad))))

    assert "de hele stad: 800.000" in tekst, "the whole has no share"
    assert "de hele stad: 75%" in tekst
    assert "600.000" not in tekst
    lang = Stroom(GEBIEDEN[1], stad.knopen, stad.percentages, in_delen=True)
    assert "vgl.: 75%" in " ".join(vlak.wat for vlak in teksten(lees(TEKENINGEN[vorm](ALMERE, lang))))


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_elke_knoop_is_een_link_met_zijn_cijfers_en_een_tekening_met_links_is_geen_plaatje(vorm: str) -> None:
    svg = lees(TEKENINGEN[vorm](ALMERE, stroom("2015-Q1", toegekend=2760), ADRESSEN))
    links = {str(link.get("href")): str(link.get("aria-label")) for link in svg.iter(f"{SVG}a")}

    assert links.keys() == set(ADRESSEN.values())
    assert links["/voorveld?a=1&b=2"] == "Voorveld: 520, 25%; 2015-Q1: 0, 0%, toon de meldingen"
    assert svg.get("role") == "group"
    assert len(staven(svg)) == sum(1 for link in svg.iter(f"{SVG}a") for _ in link.iter(f"{SVG}rect"))


@pytest.mark.parametrize("vorm", TEKENINGEN)
def test_de_tekening_houdt_zich_aan_het_inhoudsbeleid(vorm: str) -> None:
    tekening = TEKENINGEN[vorm](ALMERE, stroom('<script>alert("x")</script>', toegekend=1))

    assert "<script" not in tekening
    assert not re.search(r"\s(style|on\w+)=", tekening)


def test_percentages_die_de_tabel_niet_geeft_zijn_half_omhoog_afgerond() -> None:
    figuur = stroom(toegekend=7, niet_toegekend=1)

    assert figuur.percentage("niet_toegekend") == "13%"
    assert stroom().percentage("niet_toegekend") == ""
    assert ONDERDRUKT.percentage("nog_geen_besluit") == ""


@pytest.mark.parametrize(
    ("cel", "tekst"),
    [
        (0, "0"),
        (945, "945"),
        (2079, "2.079"),
        (1234567, "1.234.567"),
        (12.5, "12,5"),
        ("< 10", "< 10"),
        (None, "–"),
    ],
)
def test_getallen_staan_er_zoals_men_ze_in_nederland_leest(cel: Cel, tekst: str) -> None:
    assert getal(cel) == tekst
