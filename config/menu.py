"""What stands around every page: the name of the municipality, and the main menu as far as one may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from teams.access import MEDEWERKER, MELDING, RAPPORTAGE, SOCIALE_KAART, Actie, mag_ooit
from teams.lezen import Spoor


@dataclass(frozen=True)
class Menukeuze:
    """An entry of the main menu: its name, the name of its address, and which right opens it."""

    naam: str
    adres: str
    actie: Actie
    label: str


HOOFDMENU = (
    Menukeuze("Werkvoorraad", "werkvoorraad", Actie.WERKEN, MELDING),
    Menukeuze("Nieuwe melding", "melding-nieuw", Actie.AANNEMEN, MELDING),
    Menukeuze("Sociale kaart", "sociale-kaart", Actie.LEZEN, SOCIALE_KAART),
    Menukeuze("Rapportage", "rapportage", Actie.LEZEN, RAPPORTAGE),
    Menukeuze("Beheer", "admin:index", Actie.BEHEREN, MEDEWERKER),
)
"""In the order of the menu. Who sees an entry can open it; the page itself still decides."""


def raam(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `gemeente`, and `hoofdmenu` with for each entry `naam`, `url` and `actief`.

    The entry under whose address the page lies is `actief`; of two, the longest.
    """
    spoor: Spoor | None = getattr(request, "spoor", None)
    keuzes = (
        [
            (keuze.naam, reverse(keuze.adres))
            for keuze in HOOFDMENU
            if mag_ooit(spoor.wie, keuze.actie, keuze.label)
        ]
        if spoor
        else []
    )
    hier = max((url for _, url in keuzes if _ligt_onder(request.path, url)), key=len, default=None)
    return {
        "gemeente": settings.GEMEENTE,
        "hoofdmenu": [{"naam": naam, "url": url, "actief": url == hier} for naam, url in keuzes],
    }


def _ligt_onder(pad: str, url: str) -> bool:
    return pad == url or pad.startswith(url.rstrip("/") + "/")
