"""Every chart with the figures that stretch it most, as Chromium sets the text: none over another, none cut off."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser

from reporting.charts import balken, panelen
from tests.reporting_web.test_grafieken import BALKEN, PANELEN
from tests.reporting_web.test_tekening import GEVALLEN, TEKENINGEN

pytestmark = pytest.mark.browser

GEZET = """() => {
    const kader = document.querySelector('svg').viewBox.baseVal;
    return {breed: kader.width, hoog: kader.height,
        teksten: [...document.querySelectorAll('svg text')].map(tekst => {
            const vlak = tekst.getBBox();
            return {wat: tekst.textContent, x1: vlak.x, x2: vlak.x + vlak.width,
                y1: vlak.y + vlak.height * 0.15, y2: vlak.y + vlak.height * 0.85};
        })};
}"""
"""In units of the drawing; a sixth above and below a line of text is air."""


def tekeningen() -> dict[str, str]:
    """By a name: each kind of chart, in both layouts, of every case."""
    alle: dict[str, str] = {}
    for vorm in ("liggend", "staand"):
        for naam, figuur in BALKEN.items():
            alle[f"balken {vorm} {naam}"] = getattr(balken, vorm)(figuur)
        for naam, delen in PANELEN.items():
            alle[f"panelen {vorm} {naam}"] = getattr(panelen, vorm)(delen, id="x", titel="Verloop")
    for vorm, teken in TEKENINGEN.items():
        for naam, stroom in GEVALLEN.items():
            alle[f"stroomschema {vorm} {naam}"] = teken(stroom)
            alle[f"stroomschema {vorm} {naam} naast zichzelf"] = teken(stroom, stroom)
    return alle


def test_in_geen_tekening_staat_tekst_over_tekst_of_buiten_het_kader(chromium: Browser) -> None:
    pagina = chromium.new_page()
    fouten: list[Any] = []
    for naam, tekening in tekeningen().items():
        pagina.set_content(f"<!DOCTYPE html><html lang='nl'><body>{tekening}</body></html>")
        gezet = pagina.evaluate(GEZET)
        assert gezet["teksten"], naam
        fouten += [
            (naam, "buiten het kader", tekst)
            for tekst in gezet["teksten"]
            if min(tekst["x1"], tekst["y1"]) < -1
            or tekst["x2"] > gezet["breed"] + 1
            or tekst["y2"] > gezet["hoog"] + 1
        ]
        for een, ander in combinations(gezet["teksten"], 2):
            breed = min(een["x2"], ander["x2"]) - max(een["x1"], ander["x1"])
            hoog = min(een["y2"], ander["y2"]) - max(een["y1"], ander["y1"])
            if breed > 0 and hoog > 0:
                fouten.append((naam, "over elkaar", een, ander))
    pagina.close()
    assert fouten == []
