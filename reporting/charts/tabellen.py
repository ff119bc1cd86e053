"""Which tables have a chart beside their figures, and of what kind: where looking says more than reading.

A chart shows the figures of an `Antwoord`, so nothing that is hidden there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.utils.safestring import SafeString

from reporting.antwoord import Antwoord
from reporting.charts import balken, panelen

Grafiek: TypeAlias = tuple[SafeString, SafeString]
"""The same picture for a broad sheet and for a narrow one."""
TOTALEN = frozenset({"totaal", "gemiddelde"})
"""Rows that are more than the others together."""


def grafiek(antwoord: Antwoord) -> Grafiek | None:
    """The chart of a table; None when it has none, or nothing to draw."""
    teken = GRAFIEKEN.get(antwoord.tabel.sleutel)
    return teken(antwoord) if teken and any(rij.sleutel not in TOTALEN for rij in antwoord.rijen) else None


def per_rij(antwoord: Antwoord) -> Grafiek:
    """A bar per row, beside that of what it is compared with."""
    return _balken(antwoord, list(range(len(antwoord.kolommen))))


def per_kolom(antwoord: Antwoord) -> Grafiek:
    """A little chart per row, with a bar per column."""
    return verloop(antwoord, _id(antwoord), antwoord.tabel.titel)


def per_stadsdeel(antwoord: Antwoord) -> Grafiek:
    """A little chart per stadsdeel with its counts over the periods; bars when there is one period."""
    plaatsen = [plaats for plaats, kolom in enumerate(antwoord.kolommen) if kolom.endswith("aantal")]
    if len(plaatsen) < 2:
        return _balken(antwoord, plaatsen)
    delen = [
        panelen.Paneel(
            rij.label,
            [(antwoord.kolommen[p].removesuffix(" aantal"), rij.waarden[p]) for p in plaatsen],
        )
        for rij in antwoord.rijen
        if rij.sleutel not in TOTALEN
    ]
    titel, id = antwoord.tabel.titel, _id(antwoord)
    return panelen.liggend(delen, id=id, titel=titel), panelen.staand(delen, id=id, titel=titel)


def verloop(antwoord: Antwoord, id: str, titel: str) -> Grafiek:
    """A little chart per row, with a bar per column."""
    delen = [
        panelen.Paneel(rij.label, list(zip(antwoord.koppen, rij.waarden, strict=True)), rij.percentage)
        for rij in antwoord.rijen
        if rij.sleutel not in TOTALEN
    ]
    return panelen.liggend(delen, id=id, titel=titel), panelen.staand(delen, id=id, titel=titel)


def _balken(antwoord: Antwoord, plaatsen: list[int]) -> Grafiek:
    rijen = [rij for rij in antwoord.rijen if rij.sleutel not in TOTALEN]
    tekening = balken.Balken(
        antwoord.tabel.titel,
        [antwoord.koppen[p] for p in plaatsen],
        [(rij.label, [rij.waarden[p] for p in plaatsen]) for rij in rijen],
        eigen=antwoord.vraag.per_deel().index(antwoord.vraag.eigen),
        procenten=all(rij.procenten[p] for rij in rijen for p in plaatsen),
        id=_id(antwoord),
    )
    return balken.liggend(tekening), balken.staand(tekening)


def _id(antwoord: Antwoord) -> str:
    """One of its own for each table, since a file of all of them has every picture."""
    return f"grafiek-{antwoord.tabel.sleutel.replace('.', '-')}"


GRAFIEKEN: dict[str, Callable[[Antwoord], Grafiek]] = {
    "2.1": per_kolom,
    "2.2": per_kolom,
    "2.5": per_rij,
    "2.10": per_rij,
    "2.11": per_rij,
    "2.15": per_stadsdeel,
}
"""By the number of the table; a table that isn't here reads better than it looks."""
