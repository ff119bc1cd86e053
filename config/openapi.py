"""The description of the API (OpenAPI 3), as the Design Rules of the Dutch government want it, and its page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from config import api
from config.apibladzijde import operaties
from config.collectie import collectie
from config.middleware import KOPPEN
from teams.api.problemen import TITELS
from teams.api.velden import Invoer
from teams.api.versie import VERSIE
from teams.models import Scope

PROBLEEM: dict[str, Any] = {
    "type": "object",
    "description": "Wat er mis is (RFC 9457); herhaalt niets van wat u stuurde.",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "requestId": {"type": "string", "format": "uuid", "description": "Noem dit als u ons belt."},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {
                    "name": {
                        "type": "string",
                        "description": "Het veld of de parameter, met punten ertussen.",
                    },
                    "pointer": {"type": "string", "description": "Waar in de body (RFC 6901)."},
                    "reason": {"type": "string", "description": "Wat er wordt verwacht."},
                },
            },
        },
    },
}
ANTWOORDKOPPEN = {
    "API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}},
    "Request-Id": {"description": "Nummer van dit verzoek.", "schema": {"type": "string", "format": "uuid"}},
}
EENMALIG = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Uw eigen sleutel voor dit verzoek, zoals een UUID. Hetzelfde verzoek met dezelfde sleutel wordt "
    "een keer gedaan en krijgt hetzelfde antwoord; een ander verzoek met die sleutel krijgt 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
REDOC_STIJLEN = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"
)
"""The style elements of Redoc: an empty one that it fills by rules, which a script may add, and its scrollbar's."""
ALTIJD = (400, 401, 403, 404, 405, 406, 429, 500)
BIJ_SCHRIJVEN = (409, 413, 415)
BIJ_VERSIE = (412, 428)


@lru_cache(maxsize=1)
def beschrijving() -> dict[str, Any]:
    """The whole description; made once per process, as it changes with the code alone."""
    generator = SchemaGenerator(patterns=api.urlpatterns)  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schema["info"] = {
        "title": "Eenplan voor het KCC",
        "version": VERSIE,
        "description": "Meldingen en terugbelverzoeken doen bij de wijkteams, en horen wat ervan kwam.",
        "contact": {
            "name": settings.API_CONTACT["naam"],
            "email": settings.API_CONTACT["email"],
            "url": settings.API_CONTACT["url"],
        },
        "license": {
            "name": "EUPL-1.2",
            "url": "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
        },
    }
    schema["servers"] = [{"url": f"{settings.SITE_URL}/api/v1", "description": "Deze installatie"}]
    onderdelen = schema.setdefault("components", {})
    for soort in onderdelen.setdefault("schemas", {}).values():
        if soort.get("type") == "object":
            # That of the class, for who reads the code.
            soort.pop("description", None)
    onderdelen["schemas"]["Probleem"] = PROBLEEM
    onderdelen["headers"] = ANTWOORDKOPPEN
    onderdelen["responses"] = {f"Fout{nummer}": _fout(nummer) for nummer in sorted(TITELS)}
    _alleen_eigen_velden(onderdelen["schemas"])
    for pad, methoden in schema["paths"].items():
        for methode, operatie in methoden.items():
            if isinstance(operatie, dict) and "responses" in operatie:
                _werk_bij(pad, methode, operatie)
    schema["paths"]["/openapi.json"] = _eigen_adres()
    _schaaf(schema)
    return schema


@lru_cache(maxsize=1)
def _scopes() -> dict[str, str]:
    """Which scope an address takes, by the address as the description has it."""
    return {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(adres.pattern)): adres.callback.cls.scope.value
        for adres in api.urlpatterns
    }


def _werk_bij(pad: str, methode: str, operatie: dict[str, Any]) -> None:
    """Add what every answer of every resource has."""
    operatie["security"] = [{"oauth": [_scopes()[pad]]}]
    operatie["tags"] = [pad.split("/")[1]]
    antwoorden: dict[str, Any] = operatie["responses"]
    for antwoord in antwoorden.values():
        koppen = antwoord.setdefault("headers", {})
        koppen.update({kop: {"$ref": f"#/components/headers/{kop}"} for kop in ANTWOORDKOPPEN})
    if "201" in antwoorden:
        antwoorden["201"]["headers"]["Location"] = {
            "description": "Waar het te lezen is.",
            "schema": {"type": "string", "format": "uri"},
        }
    namen = {parameter["name"] for parameter in operatie.get("parameters", ())}
    if "terugbelverzoek" in pad or "If-None-Match" in namen:
        for goed in {"200", "201", "304"} & antwoorden.keys():
            antwoorden[goed]["headers"]["ETag"] = {"schema": {"type": "string"}}
    fouten = set(ALTIJD)
    if methode == "post":
        fouten |= set(BIJ_SCHRIJVEN)
        operatie.setdefault("parameters", []).append(EENMALIG)
    if "If-Match" in namen:
        fouten |= set(BIJ_VERSIE)
    for nummer in sorted(fouten):
        antwoorden[str(nummer)] = {"$ref": f"#/components/responses/Fout{nummer}"}


def _fout(nummer: int) -> dict[str, Any]:
    koppen: dict[str, Any] = {kop: {"$ref": f"#/components/headers/{kop}"} for kop in ANTWOORDKOPPEN}
    if nummer == 429:
        koppen["Retry-After"] = {"description": "Zoveel seconden wachten.", "schema": {"type": "integer"}}
    if nummer == 401:
        koppen["WWW-Authenticate"] = {"schema": {"type": "string"}}
    inhoud = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {"description": TITELS[nummer][0], "headers": koppen, "content": inhoud}


def _alleen_eigen_velden(schemas: dict[str, Any]) -> None:
    """A body with a field that isn't there is refused; what only goes out may get more fields later."""
    for soort in Invoer.__subclasses__():
        if soort.__name__ in schemas:
            schemas[soort.__name__]["additionalProperties"] = False


def _eigen_adres() -> dict[str, Any]:
    """This description stands in itself, as the Design Rules want."""
    koppen: dict[str, Any] = {
        **{kop: {"$ref": f"#/components/headers/{kop}"} for kop in ANTWOORDKOPPEN},
        "Access-Control-Allow-Origin": {"schema": {"type": "string"}},
    }
    return {
        "get": {
            "operationId": "openapi",
            "summary": "Deze beschrijving",
            "tags": ["openapi"],
            "security": [],
            "responses": {
                "200": {
                    "description": "OpenAPI 3",
                    "headers": koppen,
                    "content": {"application/json": {"schema": {"type": "object"}}},
                }
            },
        }
    }


def _schaaf(deel: Any) -> None:
    """A time of the clock is `time-local`; that a text is empty when it is left out needs no saying."""
    if isinstance(deel, dict):
        if deel.get("format") == "time":
            deel["format"] = "time-local"
        if deel.get("default") == "":
            del deel["default"]
        for onder in deel.values():
            _schaaf(onder)
    elif isinstance(deel, list):
        for onder in deel:
            _schaaf(onder)


class Aanmelding(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description calls the way in; found by the library through its base class."""

    target_class = "teams.api.aanmelden.Bearer"
    name = "oauth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Client credentials, with what every scope lets one do."""
        adres = f"{settings.SITE_URL}/oauth/token"
        return {
            "type": "oauth2",
            "description": "Client credentials; een token geldt tien minuten.",
            "flows": {"clientCredentials": {"tokenUrl": adres, "scopes": dict(Scope.choices)}},
        }


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`: for everybody, from any page."""
    return _bestand(beschrijving())


@require_safe
def collectie_(request: HttpRequest) -> HttpResponse:
    """`/api/v1/collectie.json`: every call, to open in Postman, Bruno or Insomnia."""
    return _bestand(collectie(beschrijving()))


@require_safe
def documentatie(request: HttpRequest) -> HttpResponse:
    """`/api/v1/documentatie`: the same to read, without an account and without JavaScript."""
    schema = beschrijving()
    gegevens = {
        "info": schema["info"],
        "server": schema["servers"][0]["url"],
        "token": f"{settings.SITE_URL}/oauth/token",
        "operaties": list(operaties(schema)),
    }
    return render(request, "api/documentatie.html", gegevens)


@require_safe
def redoc(request: HttpRequest) -> HttpResponse:
    """`/api/v1/redoc`: the same in Redoc, which many developers know; without an account, with JavaScript."""
    antwoord = render(request, "api/redoc.html")
    beleid = KOPPEN["Content-Security-Policy"].replace(
        "style-src 'self'", f"style-src 'self' {REDOC_STIJLEN}"
    )
    antwoord.headers["Content-Security-Policy"] = beleid
    return antwoord


def _bestand(inhoud: dict[str, Any]) -> HttpResponse:
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=2, default=str)
    return HttpResponse(tekst, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})
