"""What stands around every page: the main menu and the header as far as one may use them, and where one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from households.models import Noodtoegang
from meldingen.klantinteracties.onvolledig import Lijst, contacten
from meldingen.models import Poststuk
from meldingen.signalen import Inbox
from teams.access import Actie, mag_ooit, zichtbaar
from teams.gronden import (
    ACTIVITEIT,
    AFNEMER,
    BESLUIT,
    INZAGE,
    KLACHT,
    MEDEWERKER,
    MELDING,
    NOODTOEGANG,
    OPSCHALING,
    PERSOON,
    POSTSTUK,
    RAPPORTAGE,
    SOCIALE_KAART,
    SPREEKUUR,
    Wie,
)
from teams.lezen import Spoor
from teams.toegang import Verzoek, aangemeld


def _te_beoordelen(wie: Wie) -> int:
    """How many noodtoegangen wait for this reader; no statement for who doesn't review."""
    if not mag_ooit(wie, Actie.BEOORDELEN, NOODTOEGANG):
        return 0
    open_ = zichtbaar(Noodtoegang, wie, Actie.BEOORDELEN).filter(beoordeeld_op__isnull=True)
    return open_.exclude(medewerker=wie.medewerker).count()


def _signalen(wie: Wie) -> int:
    """How many signals this reader has."""
    return Inbox.van(wie).aantal()


def _te_verdelen(wie: Wie) -> int:
    """How many mails nobody made anything of, and contacts of the KCC that can't be whole, for who divides them."""
    lijsten = (Poststuk.objects.te_verdelen(), contacten(Lijst.ONVOLLEDIG, wie.moment))
    return sum(
        zichtbaar(rijen, wie, Actie.VERDELEN).count()
        for rijen in lijsten
        if mag_ooit(wie, Actie.VERDELEN, rijen.model)
    )


@dataclass(frozen=True)
class Menukeuze:
    """An entry of the main menu: its name, the name of its address, and which right opens it.

    `aantal` counts what waits there for the reader, where that is worth a glance; `telt` says what that is.
    """

    naam: str
    adres: str
    actie: Actie
    label: str
    aantal: Callable[[Wie], int] | None = None
    telt: str = ""


HOOFDMENU = (
    Menukeuze("Werkvoorraad", "werkvoorraad", Actie.WERKEN, MELDING),
    Menukeuze("Toetsen", "toetsen", Actie.BEOORDELEN, BESLUIT),
    Menukeuze("Opschalingen", "opschalingen", Actie.BEOORDELEN, OPSCHALING),
    Menukeuze("Signalen", "signalen", Actie.WERKEN, MELDING, _signalen, "voor u"),
    Menukeuze("Triage", "triage", Actie.VERDELEN, POSTSTUK, _te_verdelen, "te verdelen"),
    Menukeuze("Klachten", "klachten", Actie.LEZEN, KLACHT),
    Menukeuze("Activiteiten", "activiteiten", Actie.AANNEMEN, ACTIVITEIT),
    Menukeuze("Spreekuren", "spreekuren", Actie.BEHEREN, SPREEKUUR),
    Menukeuze("Sociale kaart", "sociale-kaart", Actie.LEZEN, SOCIALE_KAART),
    Menukeuze("Rapportage", "rapportage", Actie.LEZEN, RAPPORTAGE),
    Menukeuze("Logboek", "logboek", Actie.LEZEN, INZAGE),
    Menukeuze("Meegenomen", "meegenomen", Actie.LEZEN, INZAGE),
    Menukeuze("Noodtoegang", "noodtoegangen", Actie.LEZEN, NOODTOEGANG, _te_beoordelen, "te beoordelen"),
    Menukeuze("Afnemers", "afnemers", Actie.BEHEREN, AFNEMER),
    Menukeuze("Beheer", "admin:index", Actie.BEHEREN, MEDEWERKER),
)
"""In the order of the menu. Who sees an entry can open it; the page itself still decides."""

BEGIN = ("werkvoorraad", "toetsen", "triage", "logboek", "klachten", "rapportage", "sociale-kaart")
"""Where one begins: the first of these that one may open, else rapportage, which then says whom to ask."""


def raam(request: HttpRequest) -> dict[str, Any]:
    """Context of every template.

    `gemeente`; `hoofdmenu` with for each entry `naam`, `url`, `aantal`, `telt` and `actief`, made when a template shows
    it; `mag_zoeken` and `mag_aannemen` for the header. The entry under whose address the page lies is `actief`; of two,
    the longest.
    """
    spoor: Spoor | None = getattr(request, "spoor", None)

    def mag(actie: Actie, label: str) -> bool:
        return spoor is not None and mag_ooit(spoor.wie, actie, label)

    return {
        "gemeente": settings.GEMEENTE,
        "hoofdmenu": SimpleLazyObject(lambda: _hoofdmenu(request.path, spoor.wie) if spoor else []),
        "mag_zoeken": mag(Actie.ZIEN, PERSOON),
        "mag_aannemen": mag(Actie.AANNEMEN, MELDING),
    }


@aangemeld
def begin(request: Verzoek) -> HttpResponseBase:
    """To the page where this reader's work is."""
    open_ = {keuze.adres for keuze in _keuzes(request.spoor.wie)}
    return redirect(next((adres for adres in BEGIN if adres in open_), "rapportage"))


def _keuzes(wie: Wie) -> list[Menukeuze]:
    return [keuze for keuze in HOOFDMENU if mag_ooit(wie, keuze.actie, keuze.label)]


def _hoofdmenu(pad: str, wie: Wie) -> list[dict[str, Any]]:
    keuzes = [(keuze, reverse(keuze.adres)) for keuze in _keuzes(wie)]
    hier = max((url for _, url in keuzes if _ligt_onder(pad, url)), key=len, default=None)
    return [
        {
            "naam": keuze.naam,
            "url": url,
            "actief": url == hier,
            "aantal": keuze.aantal(wie) if keuze.aantal else 0,
            "telt": keuze.telt,
        }
        for keuze, url in keuzes
    ]


def _ligt_onder(pad: str, url: str) -> bool:
    return pad == url or pad.startswith(url.rstrip("/") + "/")
