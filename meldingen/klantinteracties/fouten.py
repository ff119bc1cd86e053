"""Errors of the API Klantinteracties in its own shape: every one at once, in Dutch, and without what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.response import Response

from teams.api.problemen import naar_http, reden_van, verzoeknummer
from teams.geweigerd import Geweigerd
from teams.lezen import GeenToegang

VERSIE = "0.9.0"
"""Of the API Klantinteracties, in every answer."""
VERSIEKOP = "API-version"
TITELS = {
    400: ("invalid", "De vraag klopt niet.", "In invalidParams staat wat er wordt verwacht."),
    401: ("not_authenticated", "Niet aangemeld.", "Stuur een geldig token mee: Authorization: Token …"),
    403: ("permission_denied", "Geen toegang.", "Dit token geeft hier geen toegang toe."),
    404: ("not_found", "Niet gevonden.", "Hier is niets, of het is niet van u."),
    405: ("method_not_allowed", "Methode niet toegestaan.", "Dit adres kent deze methode niet."),
    406: ("not_acceptable", "Formaat niet beschikbaar.", "Dit adres antwoordt alleen in application/json."),
    409: ("conflict", "Dit kan nu niet.", "De stap is geweigerd."),
    415: ("unsupported_media_type", "Formaat niet ondersteund.", "Stuur application/json."),
    429: ("throttled", "Te veel verzoeken.", "Wacht even en probeer het opnieuw."),
    500: ("error", "Er ging iets mis.", "De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw."),
}
"""By status: the code, what it is, and what to do."""
UNIEK = {
    "klantinteractie_eigen_nummer": ("referentienummer", "Dit nummer is al gebruikt."),
    "internetaak_eigen_nummer": ("referentienummer", "Dit nummer is al gebruikt."),
    "actorbijcontact_een_keer": ("nonFieldErrors", "Deze actor hoort al bij dit klantcontact."),
}
"""What a constraint of the database says of what was sent."""


def als_fout(fout: Exception, context: dict[str, Any]) -> Response | None:
    """What a view raised, in the shape of this API; None, a 500, for what it did not foresee.

    What the view did is undone by then, so a refusal that belongs in the log of reading is written here.
    """
    if isinstance(fout, GeenToegang):
        fout.weigering.save()
    request = context.get("request")
    if isinstance(fout, IntegrityError):
        bekend = _uniek(fout)
        return _antwoord(400, request, {bekend[0]: [ErrorDetail(bekend[1], "unique")]}) if bekend else None
    http = naar_http(fout)
    if http is None:
        return None
    fouten: Any = http.detail if isinstance(http, ValidationError) else None
    if isinstance(http, ParseError):
        fouten = {"nonFieldErrors": [ErrorDetail("Verwacht een object in JSON.", "parse_error")]}
    uitleg = str(fout) if isinstance(fout, Geweigerd) else ""
    antwoord = _antwoord(http.status_code, request, fouten, uitleg)
    if kop := getattr(http, "auth_header", None):
        antwoord["WWW-Authenticate"] = kop
    if (wacht := getattr(http, "wait", None)) is not None:
        antwoord["Retry-After"] = str(int(wacht))
    return antwoord


def _antwoord(status: int, request: Any, fouten: Any = None, uitleg: str = "") -> Response:
    return Response(fout_object(status, request, fouten, uitleg=uitleg), status=status)


def fout_object(status: int, request: Any, fouten: Any = None, *, uitleg: str = "") -> dict[str, Any]:
    """The six keys of an error, and `invalidParams` for a 400; `fouten` as the framework has them.

    `instance` is the number by which the request is found back in the logs.
    """
    code, titel, wat_nu = TITELS.get(status, TITELS[500 if status >= 500 else 400])
    inhoud: dict[str, Any] = {
        "type": f"urn:eenplan:fout:{code}",
        "code": code,
        "title": titel,
        "status": status,
        "detail": uitleg or wat_nu,
        "instance": f"urn:uuid:{verzoeknummer(request)}",
    }
    if status == 400:
        inhoud["invalidParams"] = list(_plat(fouten, ""))
    return inhoud


def _plat(fouten: Any, pad: str) -> Iterator[dict[str, str]]:
    """Every mistake with the path of its field, with dots between."""
    if isinstance(fouten, dict):
        for naam, hier in fouten.items():
            naam = "nonFieldErrors" if naam == "non_field_errors" else str(naam)
            yield from _plat(hier, f"{pad}.{naam}" if pad else naam)
    elif isinstance(fouten, list):
        for plaats, hier in enumerate(fouten):
            yield from _plat(hier, f"{pad}.{plaats}" if isinstance(hier, dict) and pad else pad)
    elif fouten is not None:
        code = getattr(fouten, "code", "invalid")
        yield {"name": pad or "nonFieldErrors", "code": code, "reason": reden_van(fouten)}


def _uniek(fout: IntegrityError) -> tuple[str, str] | None:
    diag = getattr(fout.__cause__, "diag", None)
    return UNIEK.get(getattr(diag, "constraint_name", None) or "")


@csrf_exempt
def onbekend(request: HttpRequest, *rest: str) -> JsonResponse:
    """Any other address under the API, also with a slash at its end."""
    return antwoord(404, request)


def antwoord(status: int, request: HttpRequest) -> JsonResponse:
    """An error where no view of this API is in charge."""
    return JsonResponse(fout_object(status, request), status=status, headers={VERSIEKOP: VERSIE})
