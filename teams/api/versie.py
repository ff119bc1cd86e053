"""Versions: of the API in every answer, and of what was read in the answer and in what changes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from rest_framework.request import Request

from teams.api.problemen import IntussenGewijzigd, VersieOntbreekt

VERSIE = "1.0.0"
"""Of `/api/v1`: the last number for what nobody has to know, the middle one for what is new beside the old."""
KOP = "API-Version"
PADEN = ("/api/",)


class Versiekop:
    """Middleware: every answer under `/api` says of which version it is, also a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        antwoord = self.get_response(request)
        if request.path.startswith(PADEN):
            antwoord.headers.setdefault(KOP, VERSIE)
        return antwoord


def etag(*delen: object) -> str:
    """A strong ETag of what the reader sees: it differs when any of these does."""
    kern = "\x1f".join("" if deel is None else str(deel) for deel in delen)
    return f'"{hashlib.sha256(kern.encode()).hexdigest()[:32]}"'


def eis_versie(request: Request, huidig: str) -> None:
    """What is to be changed is what was read (RFC 9110, 13.1.1), by its ETag as it is under the lock.

    428 without If-Match, 412 for another version; `*` takes any.
    """
    gegeven = request.headers.get("If-Match")
    if gegeven is None:
        raise VersieOntbreekt("Stuur in If-Match de ETag van wat u las.")
    genoemd = {deel.strip() for deel in gegeven.split(",")}
    if not genoemd & {"*", huidig}:
        raise IntussenGewijzigd("Dit is gewijzigd nadat u het las. Lees het opnieuw en probeer het nog eens.")
