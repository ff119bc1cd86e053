"""Hands that work a page: by mouse, by keyboard alone, or where there is no JavaScript; a journey is written once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

MEESTE_TABS = 200


class Muis:
    """Points and clicks."""

    javascript = True

    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina

    @contextmanager
    def antwoord(self, adres: str) -> Iterator[None]:
        """What is done meanwhile asks something of the server, whose answer is waited for."""
        with self.pagina.expect_response(adres):
            yield

    def vul(self, label: str, tekst: str, waar: Locator | None = None) -> None:
        """Type into a field."""
        (waar or self.pagina).get_by_label(label, exact=True).fill(tekst)

    def kies(self, wat: Locator) -> None:
        """Tick a checkbox or a radio button."""
        wat.check()

    def kies_uit(self, lijst: Locator, keuze: str) -> None:
        """Choose from a list."""
        lijst.select_option(label=keuze)

    def druk(self, knop: Locator) -> None:
        """Use a button, a link or what unfolds."""
        knop.click()


class ZonderScript(Muis):
    """Points and clicks in a browser that runs no script, so that nothing is asked in between."""

    javascript = False

    @contextmanager
    def antwoord(self, adres: str) -> Iterator[None]:
        """Nothing to wait for."""
        yield


class Toetsen(Muis):
    """Has a keyboard and nothing else: goes there with Tab, sees where it is, types."""

    def vul(self, label: str, tekst: str, waar: Locator | None = None) -> None:
        """Tab to the field; what stood there goes."""
        self._naar((waar or self.pagina).get_by_label(label, exact=True))
        self.pagina.keyboard.press("Control+a")
        self.pagina.keyboard.type(tekst)

    def kies(self, wat: Locator) -> None:
        """A radio button by the arrows of its group, a checkbox by the space bar."""
        if wat.get_attribute("type") == "radio":
            self._naar(self.pagina.locator(f"input[name={wat.get_attribute('name')}]"))
            for _ in range(MEESTE_TABS):
                if self._is_hier(wat):
                    break
                self.pagina.keyboard.press("ArrowDown")
        else:
            self._naar(wat)
        if not wat.is_checked():
            self.pagina.keyboard.press("Space")
        expect(wat).to_be_checked()

    def kies_uit(self, lijst: Locator, keuze: str) -> None:
        """By the first letters."""
        self._naar(lijst)
        self.pagina.keyboard.type(keuze)
        assert lijst.evaluate("e => e.selectedOptions[0].label") == keuze

    def druk(self, knop: Locator) -> None:
        """With Enter."""
        self._naar(knop)
        self.pagina.keyboard.press("Enter")

    def _naar(self, doel: Locator) -> None:
        """Tab until the focus is on it, on whichever of several; and it is to be seen where one is."""
        doel.first.wait_for()
        for _ in range(MEESTE_TABS):
            if self._is_hier(doel):
                nadruk = self.pagina.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert nadruk != "none", doel
                return
            self.pagina.keyboard.press("Tab")
        raise AssertionError(f"Met Tab niet te bereiken: {doel}")

    def _is_hier(self, doel: Locator) -> bool:
        return bool(doel.evaluate_all("alle => alle.includes(document.activeElement)"))
