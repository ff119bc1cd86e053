"""What is hidden of a table, with an eye on the tables of the same period that show the same total."""

from __future__ import annotations

from dataclasses import replace

from reporting.onderdrukking import Bescherming, bescherm
from reporting.register import TABELLEN
from reporting.samenhang import Gedeeld, te_klein
from reporting.telling import Groepen, Telling, tel
from reporting.vraag import Vraag

NIETS_IS_KLEIN = 2
"""Below this drempel there is no small count."""
VEEL_DELEN = 100
"""More parts than any table has. With more things than parts times the drempel, no table hides its total."""


def beschermd(vraag: Vraag, telling: Telling, groepen: Groepen, drempel: int) -> list[Bescherming]:
    """What to hide of each column.

    Where one of the tables that share a total has to hide it, all of them hide it with all that it consists of: that
    happens with a handful of clients, when every part is small. Only then are the others counted, with a query each.
    """
    niets = [Bescherming() for _ in telling.kolommen]
    if drempel < NIETS_IS_KLEIN:
        return niets
    per_kolom = [groepen.per_sleutel(telling, kolom) for kolom in telling.kolommen]
    gedeeld, eerste = telling.gedeeld, per_kolom[0]
    if gedeeld and gedeeld.rij not in eerste and not te_klein(eerste, drempel):
        grootste = max((eerste[deel] for een in telling.samenhang for deel in een.delen), default=0)
        if not grootste or grootste >= VEEL_DELEN * drempel:
            return niets
    if gedeeld is None:
        return [bescherm(telling.samenhang, aantallen, drempel) for aantallen in per_kolom]
    totaal = eerste[gedeeld.rij] if gedeeld.rij in eerste else _elders(vraag, gedeeld)
    met_totaal = [{gedeeld.rij: totaal, **aantallen} for aantallen in per_kolom]
    eigen = [bescherm(telling.samenhang, aantallen, drempel) for aantallen in met_totaal]
    weinig = 0 < totaal < VEEL_DELEN * drempel
    if any(gedeeld.rij in kolom.weg for kolom in eigen) or (
        weinig
        and any(
            _verbergt(replace(vraag, tabel=tabel), totaal, drempel)
            for tabel in gedeeld.met
            if tabel != vraag.tabel
        )
    ):
        samen = {gedeeld.rij, *(deel for een in telling.samenhang for deel in een.delen)}
        return [
            replace(kolom, weg=frozenset(sleutel for sleutel in samen if aantallen[sleutel]))
            for kolom, aantallen in zip(eigen, met_totaal, strict=True)
        ]
    return eigen


def _elders(vraag: Vraag, gedeeld: Gedeeld) -> int:
    tabel = gedeeld.met[0]
    return tel(TABELLEN[tabel].tel(replace(vraag, tabel=tabel))).aantal()


def _verbergt(vraag: Vraag, totaal: int, drempel: int) -> bool:
    """Whether a table would hide the total that it shares, for the sake of its parts."""
    telling = TABELLEN[vraag.tabel].tel(vraag)
    assert telling.gedeeld is not None
    rij = telling.gedeeld.rij
    aantallen = tel(telling).per_sleutel(telling, telling.kolommen[0])
    return rij in bescherm(telling.samenhang, {rij: totaal, **aantallen}, drempel).weg
