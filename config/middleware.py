"""What every request and answer carries: security headers, and the trail of who asks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from teams.gronden import Wie
from teams.kluis import KluisFout
from teams.lezen import GeenRol, GeenToegang, Spoor
from teams.models import Medewerker, Weg
from teams.web import is_fragment

logger = logging.getLogger(__name__)

KOPPEN = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

GEEN_SLEUTELS = (
    "Een burgerservicenummer kan nu niet worden gelezen of opgezocht, omdat de sleutels daarvan niet kloppen. "
    "Of iemand bekend is, is zo niet te zien. Bel de beheerder van Eenplan in uw gemeente."
)
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


class Sleutelfout:
    """Says so where a BSN can't be read or looked for, since the keys aren't those with which it was stored.

    On a page with a page, in a part of it in the place `storing` of `base.html`; software gets a 500. What is wrong
    with the keys is for the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fout: Exception) -> HttpResponseBase | None:
        """The answer to a KluisFout that no view foresaw."""
        if not isinstance(fout, KluisFout) or request.path.startswith(KOPPELINGEN):
            return None
        logger.error("%s", fout)
        if is_fragment(request):
            naar_storing = {"HX-Retarget": "#storing", "HX-Reswap": "innerHTML"}
            return HttpResponse(GEEN_SLEUTELS, content_type="text/plain; charset=utf-8", headers=naar_storing)
        return render(request, "503.html", {"uitleg": GEEN_SLEUTELS}, status=503)


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
