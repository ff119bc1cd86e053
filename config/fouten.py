"""Errors where no view is in charge: problem details under `api`, a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from meldingen.klantinteracties import fouten as klantinteracties
from meldingen.klantinteracties.views import PAD
from teams.api.problemen import probleemantwoord


@csrf_exempt
def api_niet_gevonden(request: HttpRequest, *rest: str) -> HttpResponseBase:
    """Any address under `api` that nothing else takes."""
    return probleemantwoord(404, request)


def serverfout(request: HttpRequest) -> HttpResponseBase:
    """A 500: in the shape of the API under its address, a page elsewhere."""
    if request.path.startswith("/api/"):
        return probleemantwoord(500, request)
    if request.path.startswith(f"{PAD}/"):
        return klantinteracties.antwoord(500, request)
    return defaults.server_error(request)
