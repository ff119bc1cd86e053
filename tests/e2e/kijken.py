"""Looking at a page as it stands: whether it fits on every screen, is for everybody, and what it looks like."""

from __future__ import annotations

import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

BREED, SMAL, SMALST = 1280, 390, 320
"""Widths of screens, in pixels."""
OVERAL = (BREED, SMAL)
VRAGEN = {"resultTypes": ["violations"], "preload": False}
"""For axe: what is wrong and nothing more, and nothing asked of the server, since no rule needs it."""


def bekijk(pagina: Page, naam: str, breedtes: tuple[int, ...] = (SMAL,)) -> None:
    """Nothing wider than any screen; for everybody; and pictures.

    Axe looks at screens as wide as `breedtes`: both (`OVERAL`) for a page as it mostly is, where the widest has the
    menu and the narrow one folds it; one for the same page empty or with an error. `make test-full` looks at all.
    """
    vol = bool(os.environ.get("EENPLAN_VOL"))
    for breedte in (BREED, SMAL, SMALST):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        assert not breder_dan_het_scherm(pagina), (naam, breedte)
        if vol or breedte in breedtes:
            zonder_bevindingen(pagina)
        neem_op(pagina, f"{naam} {breedte}")
    pagina.set_viewport_size({"width": BREED, "height": 900})


def zonder_bevindingen(pagina: Page) -> None:
    """Axe finds nothing wrong; it is read once by each page, since that takes as long as a small page."""
    is_binnen(pagina)
    kijker = Axe("" if pagina.evaluate("'axe' in window") else AXE_SCRIPT)
    uitkomst = kijker.run(pagina, options=VRAGEN)
    assert uitkomst.violations_count == 0, uitkomst.generate_report()


def is_binnen(pagina: Page) -> None:
    """Waits for the whole page: a click is over as soon as the next one begins to come in."""
    pagina.wait_for_load_state()


def breder_dan_het_scherm(pagina: Page) -> bool:
    """Whether one would have to scroll sideways."""
    is_binnen(pagina)
    return bool(
        pagina.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def neem_op(pagina: Page, naam: str) -> None:
    """Keep a picture of the whole page in the folder `SCHERMAFBEELDINGEN`, where one is named (`make test-full`)."""
    if map_ := os.environ.get("SCHERMAFBEELDINGEN"):
        Path(map_).mkdir(parents=True, exist_ok=True)
        bestand = re.sub(r"[^a-z0-9-]+", "-", naam.lower())
        is_binnen(pagina)
        # hiding the caret leaves a style on every field, which htmx copies and the CSP refuses
        pagina.screenshot(path=Path(map_) / f"{bestand}.png", full_page=True, caret="initial")
