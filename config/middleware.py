"""What every request and answer carries: security headers, and the trail of who asks."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from teams.gronden import Wie
from teams.lezen import GeenRol, GeenToegang, Spoor
from teams.models import Medewerker, Weg

KOPPEN = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

KOPPELINGEN = ("/api/", "/klantinteracties/")
"""Where software comes in."""


class BeveiligingsKoppen:
    """Sets the security headers that Django has no setting for, and keeps answers out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for kop, waarde in KOPPEN.items():
            response.headers.setdefault(kop, waarde)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Spoorzoeker:
    """Gives every request its trail for the log of who read whom, and logs what was refused.

    A refusal is logged after the view's transaction was rolled back, in one of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        weg = Weg.API if request.path.startswith(KOPPELINGEN) else Weg.WEB

        verzoek = uuid4()
        request.verzoeknummer = verzoek  # type: ignore[attr-defined]

        def spoor() -> Spoor:
            medewerker = request.user if isinstance(request.user, Medewerker) else None
            return Spoor(medewerker, Wie.van(request.user), weg, verzoek)

        request.spoor = SimpleLazyObject(spoor)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Request-Id", str(verzoek))
        return response

    def process_exception(self, request: HttpRequest, fout: Exception) -> None:
        """Write the line of the log that a refusal brought along."""
        if isinstance(fout, GeenToegang | GeenRol):
            fout.weigering.save()
