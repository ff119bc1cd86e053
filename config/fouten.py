"""Errors of the API as problem details (RFC 9457): in Dutch, all at once, and without what was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIATYPE = "application/problem+json"
TITELS = {
    400: ("Ongeldige vraag", "De vraag klopt niet. In invalidParams staat wat er wordt verwacht."),
    401: ("Niet aangemeld", "Meld u eerst aan."),
    403: ("Geen toegang", "U bent niet aangemeld, of u heeft hier geen toegang toe."),
    404: ("Niet gevonden", "Hier is niets, of het is niet voor u."),
    405: ("Methode niet toegestaan", "Dit adres kent deze methode niet."),
    406: ("Formaat niet beschikbaar", "Dit adres antwoordt alleen in application/json."),
    429: ("Te veel verzoeken", "Wacht even en probeer het opnieuw."),
    500: ("Er ging iets mis", "De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw."),
}


def als_probleem(fout: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view of the API raised into problem details; None, a 500, for what it did not foresee."""
    antwoord = exception_handler(fout, context)
    if antwoord is None:
        return None
    antwoord.data = probleem(antwoord.status_code, fout.detail if isinstance(fout, ValidationError) else {})
    antwoord.content_type = MEDIATYPE
    return antwoord


def probleem(status: int, fouten: Any = None) -> dict[str, Any]:
    """The object of an error; `fouten` are reasons by the name of the parameter."""
    titel, uitleg = TITELS.get(status, (HTTPStatus(status).phrase, "Dit verzoek kan niet worden uitgevoerd."))
    inhoud: dict[str, Any] = {"status": status, "title": titel, "detail": uitleg}
    if isinstance(fouten, dict) and fouten:
        inhoud["invalidParams"] = [
            {"name": naam, "reason": str(reden)} for naam, redenen in fouten.items() for reden in redenen
        ]
    return inhoud


@csrf_exempt
def api_niet_gevonden(request: HttpRequest, *rest: str) -> HttpResponseBase:
    """Any address under `api` that nothing else takes."""
    return _antwoord(404)


def serverfout(request: HttpRequest) -> HttpResponseBase:
    """A 500: problem details under `api`, a page elsewhere."""
    return _antwoord(500) if request.path.startswith("/api/") else defaults.server_error(request)


def _antwoord(status: int) -> JsonResponse:
    return JsonResponse(probleem(status), status=status, content_type=MEDIATYPE)
