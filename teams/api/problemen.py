"""Errors of the API as problem details (RFC 9457): in Dutch, all at once, and without what was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, JsonResponse
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.exceptions import PermissionDenied as GeenScope
from rest_framework.response import Response

from teams.geweigerd import Geweigerd
from teams.lezen import GeenRol, GeenToegang

MEDIATYPE = "application/problem+json"
TITELS = {
    400: ("Ongeldige vraag", "De vraag klopt niet. In invalidParams staat wat er wordt verwacht."),
    401: ("Niet aangemeld", "Meld u eerst aan met een geldig token."),
    403: ("Geen toegang", "U heeft hier geen toegang toe."),
    404: ("Niet gevonden", "Hier is niets, of het is niet voor u."),
    405: ("Methode niet toegestaan", "Dit adres kent deze methode niet."),
    406: ("Formaat niet beschikbaar", "Dit adres antwoordt niet in dit formaat. Vraag om application/json."),
    409: ("Nu niet mogelijk", "Dit kan nu niet."),
    412: (
        "Intussen gewijzigd",
        "Dit is gewijzigd nadat u het las. Lees het opnieuw en probeer het nog eens.",
    ),
    413: ("Te groot", "Dit verzoek is te groot."),
    415: ("Formaat niet ondersteund", "Stuur JSON, met Content-Type: application/json."),
    428: ("Kop ontbreekt", "Stuur in If-Match de ETag van wat u las."),
    429: ("Te veel verzoeken", "Wacht zo lang als in Retry-After staat en probeer het opnieuw."),
    500: ("Er ging iets mis", "De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw."),
}

GEEN_JSON = "Dit is geen JSON in UTF-8."
NIET_VERTAALD = {"surrogate_characters_not_allowed": "Hierin staat een teken dat niet bestaat."}
"""What the framework says in English, by its code."""


class Botsing(APIException):
    """The same Idempotency-Key for something else."""

    status_code = status.HTTP_409_CONFLICT


class ZonderScope(GeenScope):
    """The token may not do this; says which scope it takes."""


class TeGroot(APIException):
    """More than anybody has to say."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class IntussenGewijzigd(APIException):
    """If-Match names another version than there is now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED


class VersieOntbreekt(APIException):
    """A change without If-Match."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED


def als_probleem(fout: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view of the API raised into problem details; None, a 500, for what it did not foresee.

    What the view did is undone by then, so a refusal that belongs in the log of reading is written here.
    """
    for geweigerd in (fout, fout.__cause__):
        if isinstance(geweigerd, GeenToegang | GeenRol):
            geweigerd.weigering.save()
    request = context.get("request")
    uitzondering = naar_http(fout)
    if uitzondering is None:
        return None
    fouten: Any = uitzondering.detail if isinstance(uitzondering, ValidationError) else None
    if isinstance(uitzondering, ParseError):
        fouten = {"nonFieldErrors": [GEEN_JSON]}
    uitleg = str(uitzondering.detail) if _eigen_uitleg(uitzondering) else ""
    antwoord = Response(
        probleem(uitzondering.status_code, fouten, uitleg, request),
        status=uitzondering.status_code,
        content_type=MEDIATYPE,
    )
    if kop := getattr(uitzondering, "auth_header", None):
        antwoord["WWW-Authenticate"] = kop
    if (wacht := getattr(uitzondering, "wait", None)) is not None:
        antwoord["Retry-After"] = str(int(wacht))
    return antwoord


def naar_http(fout: Exception) -> APIException | None:
    """The error of the API that this is; None for what nobody foresaw."""
    if isinstance(fout, APIException):
        return fout
    if isinstance(fout, Geweigerd):
        return Botsing(str(fout))
    if isinstance(fout, Http404):
        return NotFound()
    if isinstance(fout, RequestDataTooBig):
        return TeGroot()
    if isinstance(fout, PermissionDenied):
        return GeenScope()
    return None


def probleem(nummer: int, fouten: Any = None, uitleg: str = "", request: Any = None) -> dict[str, Any]:
    """The object of an error; `fouten` are reasons by the name of the field, as deep as the body goes."""
    titel, standaard = TITELS.get(
        nummer, (HTTPStatus(nummer).phrase, "Dit verzoek kan niet worden uitgevoerd.")
    )
    inhoud: dict[str, Any] = {"status": nummer, "title": titel, "detail": uitleg or standaard}
    if fouten:
        inhoud["invalidParams"] = ongeldige_velden(fouten)
    if verzoek := verzoeknummer(request):
        inhoud["requestId"] = verzoek
    return inhoud


def ongeldige_velden(fouten: Any, pad: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Every wrong field with its path in words, its JSON pointer (RFC 6901) and the reason."""
    if isinstance(fouten, dict):
        delen = (
            ongeldige_velden(deel, pad if naam == "nonFieldErrors" else (*pad, str(naam)))
            for naam, deel in fouten.items()
        )
        return [regel for deel in delen for regel in deel]
    if isinstance(fouten, list) and any(isinstance(deel, dict | list) for deel in fouten):
        genummerd = (
            ongeldige_velden(deel, (*pad, str(plaats))) for plaats, deel in enumerate(fouten) if deel
        )
        return [regel for deel in genummerd for regel in deel]
    redenen = fouten if isinstance(fouten, list) else [fouten]
    wijzer = "".join(f"/{deel.replace('~', '~0').replace('/', '~1')}" for deel in pad)
    return [{"name": ".".join(pad), "pointer": wijzer, "reason": reden_van(reden)} for reden in redenen]


def reden_van(fout: Any) -> str:
    """What is wrong with a field, in Dutch."""
    return NIET_VERTAALD.get(getattr(fout, "code", ""), str(fout))


def verzoeknummer(request: Any) -> str:
    """The number by which this request is found back in the logs."""
    return str(getattr(getattr(request, "_request", request), "verzoeknummer", ""))


def probleemantwoord(nummer: int, request: Any = None) -> JsonResponse:
    """An error where no view of the API is in charge."""
    return JsonResponse(probleem(nummer, request=request), status=nummer, content_type=MEDIATYPE)


def _eigen_uitleg(fout: APIException) -> bool:
    """Whether what it says is ours: those words are Dutch, and say what was expected."""
    return isinstance(fout, Botsing | IntussenGewijzigd | VersieOntbreekt | ZonderScope)
