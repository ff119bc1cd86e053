"""The picture of an answer, where there is one: as SVG, and as PNG made of that.

Who draws a chart for another table registers a `tekenaar`; page, command and file then offer it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TypeAlias

from pypdfium2 import PdfDocument

from meldingen.pdf import maak_pdf
from reporting.antwoord import Antwoord, Stroomschema
from reporting.charts.stroomschema import Stroom, liggend
from reporting.charts.tabellen import grafiek
from reporting.fouten import Invoerfout

Tekenaar: TypeAlias = Callable[[Antwoord], str | None]

PUNT = 72 / 96
"""A CSS pixel in points."""
SCHERPTE = 2
"""Pixels of a PNG per CSS pixel."""
RAND = 16
"""White around a PNG, in CSS pixels."""
GEEN_PANGO = "Op deze server ontbreekt Pango, dus {formaat} kan niet. Kies een ander formaat."
KADER = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')

_TEKENAARS: list[Tekenaar] = []


def tekenaar(functie: Tekenaar) -> Tekenaar:
    """Decorator: this draws an answer as a whole SVG that stands alone, or gives None for one that isn't its own."""
    _TEKENAARS.append(functie)
    return functie


@tekenaar
def _stroomschema(antwoord: Antwoord) -> str | None:
    if not isinstance(antwoord, Stroomschema):
        return None
    naast = antwoord.vergelijking
    return liggend(_stroom(antwoord), _stroom(naast) if naast else None)


@tekenaar
def _grafiek(antwoord: Antwoord) -> str | None:
    vormen = grafiek(antwoord)
    return vormen[0] if vormen else None


def _stroom(schema: Stroomschema) -> Stroom:
    return Stroom(schema.koppen[0], schema.knopen, schema.percentages)


def teken(antwoord: Antwoord) -> str | None:
    """The picture of an answer; None where nobody draws one."""
    return next((tekening for maak in _TEKENAARS if (tekening := maak(antwoord))), None)


def afmeting(tekening: str) -> tuple[float, float]:
    """Width and height of a picture in CSS pixels."""
    kader = KADER.search(tekening)
    assert kader, "een tekening heeft een kader"
    breedte, hoogte = map(float, kader.groups())
    return breedte, hoogte


def svg(antwoord: Antwoord) -> bytes:
    """The picture as a file; Invoerfout for a table without one."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_tekening(antwoord)}\n'.encode()


def png(antwoord: Antwoord) -> bytes:
    """The picture in pixels, two per CSS pixel, on white; Invoerfout for a table without one, or without Pango."""
    tekening = _tekening(antwoord)
    breedte, hoogte = afmeting(tekening)
    vel, maat = f"{breedte + 2 * RAND}px {hoogte + 2 * RAND}px", f"width: {breedte}px; height: {hoogte}px"
    pdf = maak_pdf(
        f'<!DOCTYPE html><html lang="nl"><title>Tekening</title><body>{tekening}</body></html>',
        css=f"@page {{ size: {vel}; margin: {RAND}px }}"
        f" body {{ margin: 0 }} svg {{ display: block; {maat} }}",
    )
    if pdf is None:
        raise Invoerfout("formaat", GEEN_PANGO.format(formaat="png"))
    with PdfDocument(pdf) as document, io.BytesIO() as uit:
        document[0].render(scale=SCHERPTE / PUNT).to_pil().save(uit, "PNG")
        return uit.getvalue()


def _tekening(antwoord: Antwoord) -> str:
    tekening = teken(antwoord)
    if tekening is None:
        raise Invoerfout(
            "formaat", f"Van tabel {antwoord.tabel.sleutel} is er geen tekening. Kies een ander formaat."
        )
    return tekening
