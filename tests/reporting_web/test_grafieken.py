"""The charts beside tables: true to the figures, readable whatever they are, and silent on what is hidden."""

from __future__ import annotations

from itertools import combinations
from types import ModuleType
from xml.etree import ElementTree

import pytest

from reporting.antwoord import Antwoord, Rij
from reporting.charts import balken, panelen
from reporting.charts.balken import Balken
from reporting.charts.getallen import Cel
from reporting.charts.panelen import Paneel
from reporting.charts.svg import breed
from reporting.charts.tabellen import GRAFIEKEN, grafiek
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.templatetags.cijfers import verschil
from reporting.vraag import Vraag
from tests.reporting_web.test_tekening import SVG, Vlak, lees, staven

LANG = "Wijkteam Tussen de Vaarten en Waterwijk Z"
BREED = "Hemelwaterafvoerbuizenwijkteamgebouw Oost"
MAANDEN = [f"{jaar}-{maand:02}" for jaar in (2014, 2015) for maand in range(1, 13)]
KWARTALEN = [f"{jaar}-Q{nummer}" for jaar in (2014, 2015) for nummer in range(1, 5)]


def teksten(svg: ElementTree.Element) -> list[Vlak]:
    """The box around every line of text."""
    vlakken = []
    for regel in svg.iter(f"{SVG}text"):
        tekst = "".join(regel.itertext())
        (stuk,) = regel
        maat = int(stuk.get("font-size", "0"))
        breedte = breed(tekst, maat, vet=bool(stuk.get("font-weight")))
        x, y = float(regel.get("x", "0")), float(regel.get("y", "0"))
        if regel.get("text-anchor") == "middle":
            x -= breedte / 2
        vlakken.append(Vlak(tekst, x, y - 0.78 * maat, x + breedte, y + 0.22 * maat))
    return vlakken


def leesbaar(tekening: str) -> list[Vlak]:
    """Asserts that no text is cut off, meets another, or stands in a bar; the texts."""
    svg = lees(tekening)
    _, _, breedte, hoogte = map(float, svg.get("viewBox", "").split())
    regels = teksten(svg)
    for regel in [*regels, *staven(svg)]:
        assert min(regel.x1, regel.y1) >= -1, regel
        assert regel.x2 <= breedte + 1, regel
        assert regel.y2 <= hoogte + 1, regel
    for een, ander in combinations(regels, 2):
        assert not een.raakt(ander), (een, ander)
    for regel in regels:
        for balkje in staven(svg):
            assert not regel.raakt(balkje), (regel, balkje)
    return regels


BALKEN = {
    "een team": Balken("t", ["2015-Q2"], [("Wijkteam 1", [1])]),
    "zestien teams": Balken(
        "t",
        ["2015-Q1", "2015-Q2"],
        [(f"{LANG[:38]}{n:02}", [10 ** (n % 6), 7 * 10 ** (n % 5)]) for n in range(16)],
    ),
    "een lang woord": Balken("t", [f"{BREED} 2015-Q2", f"{LANG} 2015-Q2"], [(BREED, [999_999, 1])]),
    "alleen nullen": Balken("t", ["2015-Q2"], [("Wijkteam 1", [0]), ("Wijkteam 2", [0])]),
    "verborgen": Balken(
        "t", ["a", "b"], [("Wijkteam 1", ["< 10", "×"]), ("Wijkteam 2", ["n.n.b.", 999_999])]
    ),
    "procenten": Balken("t", ["a"], [("Wijkteam 1", [12.5]), ("Wijkteam 2", [100])], procenten=True),
}


@pytest.mark.elk_geval
@pytest.mark.parametrize("geval", BALKEN)
@pytest.mark.parametrize("vorm", ["liggend", "staand"])
def test_balken_zijn_te_lezen_en_elk_cijfer_staat_erbij(vorm: str, geval: str) -> None:
    figuur = BALKEN[geval]
    regels = leesbaar(getattr(balken, vorm)(figuur))
    gelezen = [regel.wat for regel in regels]

    for _, rij in figuur.rijen:
        for cel in rij:
            assert figuur.woorden(cel) in gelezen


@pytest.mark.parametrize("vorm", ["liggend", "staand"])
def test_een_balk_is_in_verhouding_en_wat_niet_getoond_is_heeft_geen_lengte(vorm: str) -> None:
    svg = lees(
        getattr(balken, vorm)(Balken("t", ["a"], [("A", [100]), ("B", [50]), ("C", ["< 10"]), ("D", ["×"])]))
    )
    heel, half, klein, kruis = staven(svg)

    assert half.x2 - half.x1 == pytest.approx((heel.x2 - heel.x1) / 2, abs=0.1)
    assert [klein.wat, kruis.wat] == ["verborgen", "verborgen"]
    assert klein.x2 - klein.x1 == kruis.x2 - kruis.x1 == balken.LEEG


GROTE: list[Cel] = [999_999, 1, 0, 123_456]
PANELEN = {
    "acht kwartalen": [
        Paneel("Meldingen", [(k, GROTE[n % 4]) for n, k in enumerate(KWARTALEN)]),
        Paneel("Toegekend, deel van de afgeronde onderzoeken", [(k, 100) for k in KWARTALEN], procenten=True),
    ],
    "vierentwintig maanden": [Paneel(LANG, [(m, GROTE[n % 4]) for n, m in enumerate(MAANDEN)])],
    "een maand": [Paneel("Werk en uitkering", [("2015-01", 5)])],
    "reeksen dagen": [Paneel(BREED, [("2014-12-29..2015-03-31", 5), ("2015-04-01..2015-06-30", "n.n.b.")])]
    * 4,
    "verborgen": [Paneel("Haven", [("2015-Q1", "< 10"), ("2015-Q2", "×"), ("2015-Q3", 10)])],
    "nullen": [Paneel("Haven", [(k, 0) for k in KWARTALEN])] * 5,
}


@pytest.mark.elk_geval
@pytest.mark.parametrize("geval", PANELEN)
@pytest.mark.parametrize("vorm", ["liggend", "staand"])
def test_kleine_grafieken_zijn_te_lezen_en_het_laatste_cijfer_staat_er_altijd(vorm: str, geval: str) -> None:
    figuren = PANELEN[geval]
    svg = getattr(panelen, vorm)(figuren, id="x", titel="Verloop")
    gelezen = [regel.wat for regel in leesbaar(svg)]

    for figuur in figuren:
        assert figuur.woorden(figuur.waarden[-1][1]) in gelezen
    omschrijving = lees(svg).findtext(f"{SVG}desc") or ""
    for figuur in figuren:
        for sleutel, cel in figuur.waarden:
            assert f"{sleutel} {figuur.woorden(cel)}" in omschrijving


def test_een_verborgen_cijfer_is_een_teken_met_tekst() -> None:
    svg = lees(panelen.liggend(PANELEN["verborgen"], id="x", titel="t"))
    vlakken = staven(svg)

    assert [vlak.wat for vlak in vlakken] == ["verborgen", "verborgen", "balk"]
    assert {"< 10", "×", "10"} <= {regel.wat for regel in teksten(svg)}
    assert vlakken[0].y2 - vlakken[0].y1 == vlakken[1].y2 - vlakken[1].y1


def antwoord(tabel: str, kolommen: list[str], *rijen: tuple[str, list[Cel]], pct: bool = False) -> Antwoord:
    return Antwoord(
        TABELLEN[tabel],
        Vraag(tabel, Periode.van_tekst("2015-Q2")),
        kolommen,
        [
            Rij(sleutel, sleutel.capitalize(), waarden, [pct or k.endswith("pct") for k in kolommen])
            for sleutel, waarden in rijen
        ],
    )


def test_elke_tabel_in_het_register_van_grafieken_bestaat_en_tekent_geen_totaal() -> None:
    for tabel in GRAFIEKEN:
        assert tabel in TABELLEN
        kolommen = ["aantal", "pct"] if tabel == "2.15" else ["2015-Q2"]
        tekeningen = grafiek(
            antwoord(tabel, kolommen, ("noord", [5] * len(kolommen)), ("totaal", [7] * len(kolommen)))
        )
        assert tekeningen is not None
        for tekening in tekeningen:
            assert "Noord" in tekening
            assert "Totaal" not in tekening
            leesbaar(tekening)


def test_een_tabel_zonder_grafiek_of_zonder_rijen_heeft_er_geen() -> None:
    assert grafiek(antwoord("2.9", ["2015-Q2"], ("clienten", [5]))) is None
    assert grafiek(antwoord("2.5", ["2015-Q2"], ("totaal", [0]))) is None


def test_per_stadsdeel_staan_de_aantallen_van_elke_periode_naast_elkaar() -> None:
    kolommen = ["2015-Q1 aantal", "2015-Q1 pct", "2015-Q2 aantal", "2015-Q2 pct"]
    tekeningen = grafiek(antwoord("2.15", kolommen, ("haven", [541, 9.3, "< 10", "×"])))
    assert tekeningen is not None
    gelezen = [regel.wat for regel in leesbaar(tekeningen[0])]

    assert gelezen == ["Haven", "< 10", "541", "2015-Q2", "2015-Q1"]


def test_een_verschil_van_tienden_is_een_tiende() -> None:
    assert verschil(Rij("noord", "Noord", [2.1, 2.2], [True, True])) == "+0,1"
    assert verschil(Rij("noord", "Noord", [2.2, 2.1], [True, True])) == "−0,1"
    assert verschil(Rij("noord", "Noord", ["< 10", 12], [False, False])) == ""


@pytest.mark.parametrize("module", [balken, panelen])
def test_een_grafiek_houdt_zich_aan_het_inhoudsbeleid(module: ModuleType) -> None:
    naam = '<script>alert("x")</script>'
    figuur = Balken(naam, [naam], [(naam, [1])]) if module is balken else [Paneel(naam, [(naam, 1)])]
    extra = {} if module is balken else {"id": "x", "titel": naam}
    tekening = module.liggend(figuur, **extra)

    assert "<script" not in tekening
    assert " style=" not in tekening
