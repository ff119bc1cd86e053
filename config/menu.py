"""What stands around every page: the name of the municipality, and the main menu as far as one may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from teams.models import Medewerker


@dataclass(frozen=True)
class Menukeuze:
    """An entry of the main menu: its name, the name of its address, and who sees it."""

    naam: str
    adres: str
    mag: Callable[[Medewerker], bool]


def _iedereen(medewerker: Medewerker) -> bool:
    return True


def _beheert(medewerker: Medewerker) -> bool:
    return medewerker.is_staff


HOOFDMENU = (
    Menukeuze("Rapportage", "rapportage", _iedereen),
    Menukeuze("Beheer", "admin:index", _beheert),
)
"""In the order of the menu. Who sees an entry can open it; the page itself still decides."""


def raam(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `gemeente`, and `hoofdmenu` with for each entry `naam`, `url` and `actief`.

    The entry under whose address the page lies is `actief`; of two, the longest.
    """
    medewerker = getattr(request, "user", None)
    keuzes = (
        [(keuze.naam, reverse(keuze.adres)) for keuze in HOOFDMENU if keuze.mag(medewerker)]
        if isinstance(medewerker, Medewerker)
        else []
    )
    hier = max((url for _, url in keuzes if _ligt_onder(request.path, url)), key=len, default=None)
    return {
        "gemeente": settings.GEMEENTE,
        "hoofdmenu": [{"naam": naam, "url": url, "actief": url == hier} for naam, url in keuzes],
    }


def _ligt_onder(pad: str, url: str) -> bool:
    return pad == url or pad.startswith(url.rstrip("/") + "/")
