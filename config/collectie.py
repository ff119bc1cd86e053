"""The description of the API as a collection (Postman v2.1), that Postman, Bruno and Insomnia open."""

from __future__ import annotations

import json
import re
from typing import Any

from config.apibladzijde import Operatie, Schema, operaties, volg

VORM = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
VOORBEELDEN: dict[str, Any] = {
    "telefoon": "0612345678",
    "email": "ans@example.org",
    "postcode": "1315AB",
    "huisnummer": "12",
    "geboortedatum": "1941-05-06",
    "achternaam": "Boer",
    "tussenvoegsel": "de",
    "voornamen": "Truus",
    "naam": "Ans de Boer",
    "relatie": "dochter",
    "soort": "naaste",
    "vraag": "Moeder redt het niet meer alleen.",
    "reden": "Mevrouw heeft ons al gesproken",
    "thema": "zorg_en_ondersteuning",
    "wet": "wmo",
    "kanaal": "telefoon",
    "afhandeling": "direct",
    "periode": "2015-Q2",
    "zoek": "maaltijd",
    "tabel": "2.1",
    "nummer": "{{nummer}}",
    "If-Match": "{{etag}}",
    "Idempotency-Key": "{{$guid}}",
}
"""By the name of a field or parameter; what isn't here and isn't required is left out."""


def collectie(beschrijving: Schema) -> dict[str, Any]:
    """Every operation as a call that can be sent, in a folder for each resource; the token is got by itself."""
    mappen: dict[str, list[dict[str, Any]]] = {}
    for operatie in operaties(beschrijving):
        mappen.setdefault(operatie.pad.split("/")[1], []).append(_aanroep(beschrijving, operatie))
    server = beschrijving["servers"][0]["url"]
    return {
        "info": {
            "name": beschrijving["info"]["title"],
            "description": beschrijving["info"]["description"],
            "version": beschrijving["info"]["version"],
            "schema": VORM,
        },
        "auth": {
            "type": "oauth2",
            "oauth2": [
                _waarde("grant_type", "client_credentials"),
                _waarde("accessTokenUrl", f"{server.removesuffix('/api/v1')}/oauth/token"),
                _waarde("clientId", "{{clientId}}"),
                _waarde("clientSecret", "{{clientSecret}}"),
                _waarde("client_authentication", "header"),
                _waarde("addTokenTo", "header"),
            ],
        },
        "variable": [
            _waarde("server", server),
            *(_waarde(naam, "") for naam in ("clientId", "clientSecret", "nummer", "etag")),
        ],
        "item": [{"name": naam, "item": aanroepen} for naam, aanroepen in mappen.items()],
    }


def _waarde(naam: str, waarde: str) -> dict[str, str]:
    return {"key": naam, "value": waarde, "type": "string"}


def _aanroep(beschrijving: Schema, operatie: Operatie) -> dict[str, Any]:
    bron = beschrijving["paths"][operatie.pad][operatie.methode.lower()]
    parameters = bron.get("parameters", ())
    koppen = [_parameter(deel) for deel in parameters if deel["in"] == "header"]
    pad = re.sub(r"\{(\w+)\}", lambda gevonden: str(VOORBEELDEN[gevonden[1]]), operatie.pad)
    vragen = [_parameter(deel) for deel in parameters if deel["in"] == "query"]
    aan = "&".join(f"{vraag['key']}={vraag['value']}" for vraag in vragen if not vraag.get("disabled"))
    aanroep: dict[str, Any] = {
        "method": operatie.methode,
        "description": operatie.uitleg,
        "header": koppen,
        "url": {
            "raw": f"{{{{server}}}}{pad}{f'?{aan}' if aan else ''}",
            "host": ["{{server}}"],
            "path": pad.strip("/").split("/"),
            "query": vragen,
        },
    }
    if not operatie.scopes:
        aanroep["auth"] = {"type": "noauth"}
    if "requestBody" in bron:
        schema = bron["requestBody"]["content"]["application/json"]["schema"]
        aanroep["header"] = [*koppen, {"key": "Content-Type", "value": "application/json"}]
        aanroep["body"] = {
            "mode": "raw",
            "raw": json.dumps(_voorbeeld(beschrijving, schema), ensure_ascii=False, indent=2),
            "options": {"raw": {"language": "json"}},
        }
    return {"name": operatie.titel, "id": operatie.sleutel, "request": aanroep}


def _parameter(deel: Schema) -> dict[str, Any]:
    regel = {"key": deel["name"], "value": VOORBEELDEN.get(deel["name"], "")}
    if uitleg := deel.get("description"):
        regel["description"] = uitleg
    if not regel["value"] or (deel["in"] == "query" and not deel.get("required")):
        regel["disabled"] = True
    return regel


def _voorbeeld(beschrijving: Schema, schema: Schema) -> dict[str, Any]:
    """A body of what is required and of the fields that have an example."""
    schema = volg(beschrijving, schema)
    uit: dict[str, Any] = {}
    for naam, deel in schema["properties"].items():
        deel = volg(beschrijving, deel)
        if "properties" in deel:
            uit[naam] = _voorbeeld(beschrijving, deel)
        elif naam in VOORBEELDEN:
            uit[naam] = VOORBEELDEN[naam]
        elif naam in schema.get("required", ()):
            uit[naam] = deel.get("enum", [""])[0]
    return uit
