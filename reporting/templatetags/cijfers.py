"""Figures in templates, as they are read in Dutch."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from reporting.antwoord import Rij
from reporting.charts.getallen import Cel, getal, procent

register = template.Library()


@register.filter(name="getal")
def als_getal(cel: Cel) -> str:
    """`2079` as `2.079`; text as it is."""
    return getal(cel)


@register.filter(name="procent")
def als_procent(cel: Cel) -> str:
    """`25` as `25%`; nothing as nothing."""
    return procent(cel)


@register.filter
def verschil(rij: Rij) -> str:
    """The change from the first to the last value with its sign; empty when one of them is not a figure."""
    eerst, dan = rij.waarden[0], rij.waarden[-1]
    return "" if isinstance(eerst, str) or isinstance(dan, str) else getekend(dan - eerst)


@register.filter
def getekend(aantal: int | float | None) -> str:
    """A change with its sign; nothing as nothing."""
    if aantal is None:
        return ""
    teken = "+" if aantal > 0 else "−" if aantal < 0 else ""
    return f"{teken}{getal(round(abs(aantal), 1))}"


@register.filter
def van(waarden: Mapping[int, Cel], sleutel: int) -> Cel:
    """What a mapping has for a key; nothing when it has none."""
    return waarden.get(sleutel)
