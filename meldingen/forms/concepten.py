"""What the browser sends while somebody types."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from meldingen.models import Concept

CONCEPT_TEKENS = 20_000
"""Longer than a notitie may be, so that what is too long to save is not lost either."""

NOOIT_BEWAARD = frozenset({"bsn"})
"""Stored encrypted, so never as a draft."""
NIET_VAN_HET_FORMULIER = frozenset({"csrfmiddlewaretoken", "versie"})


def lees_concept(request: HttpRequest, formulier: str) -> dict[str, str]:
    """The fields that were typed in, by name, those left empty out; JSON or form data.

    ValidationError with a Dutch text for what is no such thing, is too long, or holds characters that can't be kept.
    """
    Concept._meta.get_field("formulier").run_validators(formulier)
    velden = {naam: waarde for naam, waarde in _velden(request).items() if naam not in NOOIT_BEWAARD}
    tekst = "".join((*velden, *velden.values()))
    if len(tekst) > CONCEPT_TEKENS:
        raise ValidationError(f"De tekst is langer dan {CONCEPT_TEKENS} tekens.")
    if "\0" in tekst or any("\ud800" <= teken <= "\udfff" for teken in tekst):
        raise ValidationError("De tekst bevat een teken dat niet kan worden bewaard.")
    return {naam: waarde for naam, waarde in velden.items() if waarde.strip()}


def _velden(request: HttpRequest) -> dict[str, str]:
    if request.content_type == "application/json":
        try:
            velden: Any = json.loads(request.body)
        except (ValueError, RecursionError) as fout:
            raise ValidationError("Dit is geen JSON.") from fout
        if not isinstance(velden, dict) or not all(isinstance(waarde, str) for waarde in velden.values()):
            raise ValidationError("Dit zijn geen velden met tekst.")
        return velden
    return {naam: str(waarde) for naam, waarde in request.POST.items() if naam not in NIET_VAN_HET_FORMULIER}
