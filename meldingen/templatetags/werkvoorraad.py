"""How the templates of the daily work say how old something is, and lead on to another page of it."""

from __future__ import annotations

from django import template

from meldingen.rijen import Belrij, Meldingrij

register = template.Library()


@register.filter
def leeftijd(rij: Meldingrij | Belrij) -> str:
    """How old it is in a few letters: `2 u` on the day itself, then `12 d`."""
    return f"{rij.dagen_oud} d" if rij.dagen_oud else f"{rij.uren_oud} u"


@register.filter
def leeftijd_voluit(rij: Meldingrij | Belrij) -> str:
    """The same in words."""
    if not rij.dagen_oud:
        return f"{rij.uren_oud} uur oud"
    return "1 dag oud" if rij.dagen_oud == 1 else f"{rij.dagen_oud} dagen oud"
