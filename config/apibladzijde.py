"""The description of the API as a page: what can be asked, what has to be sent, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
METHODEN = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Veld:
    """One field of a body, or one parameter: its path with dots, what it takes, and what it says."""

    naam: str
    soort: str
    verplicht: bool
    uitleg: str


@dataclass(frozen=True)
class Antwoord:
    """One status, with the fields of the body."""

    status: str
    wat: str
    velden: list[Veld]


@dataclass(frozen=True)
class Operatie:
    """One method of one address."""

    sleutel: str
    methode: str
    pad: str
    titel: str
    uitleg: str
    scopes: list[str]
    parameters: list[Veld]
    velden: list[Veld]
    goed: list[Antwoord]
    fouten: list[Antwoord]


def operaties(beschrijving: Schema) -> Iterator[Operatie]:
    """Every operation of the description, in its order."""
    for pad, methoden in beschrijving["paths"].items():
        for methode in METHODEN:
            if operatie := methoden.get(methode):
                yield _operatie(beschrijving, pad, methode, operatie)


def volg(beschrijving: Schema, schema: Schema) -> Schema:
    """The schema itself where another is referred to, with what is said beside the reference."""
    naast = {naam: waarde for naam, waarde in schema.items() if naam not in ("$ref", "allOf")}
    if verwijzing := schema.get("$ref") or next((deel.get("$ref") for deel in schema.get("allOf", ())), None):
        doel: Any = beschrijving
        for deel in verwijzing.removeprefix("#/").split("/"):
            doel = doel[deel]
        return {**volg(beschrijving, doel), **naast}
    return schema


def _operatie(beschrijving: Schema, pad: str, methode: str, operatie: Schema) -> Operatie:
    body = operatie.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    antwoorden = [_antwoord(beschrijving, nummer, wat) for nummer, wat in operatie["responses"].items()]
    return Operatie(
        sleutel=operatie["operationId"],
        methode=methode.upper(),
        pad=pad,
        titel=operatie["summary"],
        uitleg=operatie.get("description", ""),
        scopes=[scope for eis in operatie.get("security", ()) for scope in eis.get("oauth", ())],
        parameters=[_parameter(beschrijving, deel) for deel in operatie.get("parameters", ())],
        velden=list(_velden(beschrijving, body)) if body else [],
        goed=[antwoord for antwoord in antwoorden if antwoord.status < "400"],
        fouten=[antwoord for antwoord in antwoorden if antwoord.status >= "400"],
    )


def _parameter(beschrijving: Schema, deel: Schema) -> Veld:
    waar = {"path": "in het adres", "header": "kop"}.get(deel["in"], "")
    soort = ", ".join(filter(None, (waar, _soort(beschrijving, deel["schema"]))))
    return Veld(deel["name"], soort, bool(deel.get("required")), deel.get("description", ""))


def _antwoord(beschrijving: Schema, nummer: str, antwoord: Schema) -> Antwoord:
    antwoord = volg(beschrijving, antwoord)
    schema = antwoord.get("content", {}).get("application/json", {}).get("schema")
    return Antwoord(
        nummer, antwoord.get("description", ""), list(_velden(beschrijving, schema)) if schema else []
    )


def _velden(beschrijving: Schema, schema: Schema, pad: str = "") -> Iterator[Veld]:
    schema = volg(beschrijving, schema)
    verplicht = schema.get("required", ())
    for naam, deel in schema.get("properties", {}).items():
        deel = volg(beschrijving, deel)
        hier = f"{pad}{naam}"
        uitleg = deel.get("description", "").partition("\n")[0]
        yield Veld(hier, _soort(beschrijving, deel), naam in verplicht, "" if uitleg[:1] == "*" else uitleg)
        inhoud = volg(beschrijving, deel["items"]) if "items" in deel else deel
        yield from _velden(beschrijving, inhoud, f"{hier}[]." if "items" in deel else f"{hier}.")


def _soort(beschrijving: Schema, schema: Schema) -> str:
    """In words: a closed list, or what kind of value with how long or large it may be."""
    schema = volg(beschrijving, schema)
    if "items" in schema:
        return f"lijst van {_soort(beschrijving, schema['items'])}"
    if keuzes := [str(keuze) for keuze in schema.get("enum", ()) if keuze not in (None, "")]:
        soort = f"een van {', '.join(keuzes)}"
    else:
        soort = SOORTEN.get(schema.get("format") or schema.get("type", ""), "object")
    grenzen = [f"{woord} {schema[naam]}" for naam, woord in GRENZEN.items() if naam in schema]
    leeg = ["of null"] if schema.get("nullable") else []
    return ", ".join([soort, *grenzen, *leeg])


SOORTEN = {
    "string": "tekst",
    "integer": "getal",
    "boolean": "true of false",
    "date": "dag, zoals 2026-11-22",
    "date-time": "moment, zoals 2026-11-22T17:00:00Z",
    "time-local": "tijd, zoals 17:00:00",
    "email": "e-mailadres",
    "uri": "adres",
    "uuid": "uuid",
}
GRENZEN = {"maxLength": "hoogste lengte", "minimum": "minstens", "maximum": "hoogstens"}
