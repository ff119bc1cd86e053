"""Errors where no view is in charge: problem details under `api`, a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from teams.api.problemen import probleemantwoord


@csrf_exempt
def api_niet_gevonden(request: HttpRequest, *rest: str) -> HttpResponseBase:
    """Any address under `api` that nothing else takes."""
    return probleemantwoord(404, request)


def serverfout(request: HttpRequest) -> HttpResponseBase:
    """A 500: problem details under `api`, a page elsewhere."""
    return (
        probleemantwoord(500, request) if request.path.startswith("/api/") else defaults.server_error(request)
    )
