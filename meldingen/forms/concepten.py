"""What the browser sends while somebody types."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from meldingen.models import Concept

CONCEPT_TEKENS = 20_000
"""Longer than a notitie may be, so that what is too long to save is not lost either."""

NOOIT_BEWAARD = frozenset({"bsn"})
"""Stored encrypted, so never as a draft."""
NIET_VAN_HET_FORMULIER = frozenset({"csrfmiddlewaretoken", "versie"})


def lees_concept(request: HttpRequest, formulier: str) -> dict[str, str | list[str]]:
    """The fields that were filled in, by name, those left empty out; JSON or form data. Of several ticks a list.

    ValidationError with a Dutch text for what is no such thing, is too long, or holds characters that can't be kept.
    """
    Concept._meta.get_field("formulier").run_validators(formulier)
    velden = {naam: waarde for naam, waarde in _velden(request).items() if naam not in NOOIT_BEWAARD}
    tekst = "".join((*velden, *chain.from_iterable(velden.values())))
    if len(tekst) > CONCEPT_TEKENS:
        raise ValidationError(f"De tekst is langer dan {CONCEPT_TEKENS} tekens.")
    if "\0" in tekst or any("\ud800" <= teken <= "\udfff" for teken in tekst):
        raise ValidationError("De tekst bevat een teken dat niet kan worden bewaard.")
    ingevuld = {naam: [waarde for waarde in waarden if waarde.strip()] for naam, waarden in velden.items()}
    return {
        naam: waarden[0] if len(waarden) == 1 else waarden for naam, waarden in ingevuld.items() if waarden
    }


def _velden(request: HttpRequest) -> dict[str, list[str]]:
    if request.content_type == "application/json":
        try:
            velden: Any = json.loads(request.body)
        except (ValueError, RecursionError) as fout:
            raise ValidationError("Dit is geen JSON.") from fout
        if not isinstance(velden, dict) or not all(isinstance(waarde, str) for waarde in velden.values()):
            raise ValidationError("Dit zijn geen velden met tekst.")
        return {naam: [waarde] for naam, waarde in velden.items()}
    return {
        naam: [str(waarde) for waarde in waarden]
        for naam, waarden in request.POST.lists()
        if naam not in NIET_VAN_HET_FORMULIER
    }
