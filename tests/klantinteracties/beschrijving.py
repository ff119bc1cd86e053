"""The wire contract of Klantinteracties 0.9.0 as OpenAPI, to generate calls from and to hold answers to.

Written after what KISS and open-klant-client send and read, not after our code.
"""

from __future__ import annotations

from typing import Any

PAD = "/klantinteracties/api/v1"
Schema = dict[str, Any]


def _tekst(hoogstens: int, *, minstens: int = 0) -> Schema:
    return {"type": "string", "minLength": minstens, "maxLength": hoogstens}


def _keuze(*waarden: str) -> Schema:
    return {"type": "string", "enum": list(waarden)}


def _object(**velden: Schema) -> Schema:
    return {"type": "object", "properties": velden}


def _of_niets(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


UUID: Schema = {"type": "string", "format": "uuid"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
WAAR: Schema = {"type": "boolean"}
NUMMER = _of_niets({"type": "string", "pattern": "^[0-9]{0,10}$"})
NAAR: Schema = {"type": "object", "required": ["uuid"], "properties": {"uuid": UUID}}
ADRES = {"type": "object", "additionalProperties": _of_niets(_tekst(200))}
IDENTIFICATOR = _object(
    objectId=_tekst(200), codeObjecttype=_tekst(200), codeRegister=_tekst(200), codeSoortObjectId=_tekst(200)
)
NAAM = _object(
    voorletters=_tekst(10), voornaam=_tekst(200), voorvoegselAchternaam=_tekst(10), achternaam=_tekst(200)
)
KLANTCONTACT = {
    **_object(
        nummer=NUMMER,
        referentienummer=NUMMER,
        kanaal=_tekst(50, minstens=1),
        onderwerp=_tekst(200, minstens=1),
        inhoud=_tekst(1000),
        reactie=_tekst(4000),
        indicatieContactGelukt=_of_niets(WAAR),
        verdereActieOndernomen=_of_niets(WAAR),
        taal={"type": "string", "pattern": "^[a-z]{3}$"},
        vertrouwelijk=WAAR,
        plaatsgevondenOp=MOMENT,
        metadata={"type": "object", "additionalProperties": _tekst(255)},
    ),
    "required": ["kanaal", "onderwerp", "taal", "vertrouwelijk"],
}
BETROKKENE = {
    **_object(
        wasPartij=_of_niets(NAAR),
        rol=_keuze("klant", "vertegenwoordiger"),
        initiator=WAAR,
        organisatienaam=_tekst(200),
        contactnaam=_of_niets(NAAM),
        bezoekadres=_of_niets(ADRES),
        correspondentieadres=_of_niets(ADRES),
    ),
    "required": ["rol", "initiator"],
}
ONDERWERPOBJECT = _object(
    wasKlantcontact=_of_niets(NAAR), onderwerpobjectidentificator=_of_niets(IDENTIFICATOR)
)


def _met(schema: Schema, verplicht: str = "", **velden: Schema) -> Schema:
    return {
        **schema,
        "properties": {**schema["properties"], **velden},
        "required": [*schema.get("required", ()), *verplicht.split()],
    }


BODIES: dict[str, Schema] = {
    "actoren": _met(
        _object(indicatieActief=WAAR, actoridentificator=_of_niets(IDENTIFICATOR)),
        "naam soortActor",
        naam=_tekst(200, minstens=1),
        soortActor=_keuze("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid"),
    ),
    "klantcontacten": KLANTCONTACT,
    "actorklantcontacten": _met(_object(), "actor klantcontact", actor=NAAR, klantcontact=NAAR),
    "betrokkenen": _met(BETROKKENE, "hadKlantcontact", hadKlantcontact=NAAR),
    "digitaleadressen": _met(
        _object(
            verstrektDoorBetrokkene=_of_niets(NAAR),
            verstrektDoorPartij=_of_niets(NAAR),
            omschrijving=_tekst(40),
            isStandaardAdres=WAAR,
            referentie=_tekst(200),
            verificatieDatum=_of_niets({"type": "string", "format": "date"}),
        ),
        "adres soortDigitaalAdres",
        adres=_tekst(80, minstens=1),
        soortDigitaalAdres=_keuze("email", "telefoonnummer", "overig"),
    ),
    "internetaken": _met(
        _object(
            nummer=NUMMER, referentienummer=NUMMER, toelichting=_tekst(1000), afgehandeldOp=_of_niets(MOMENT)
        ),
        "gevraagdeHandeling aanleidinggevendKlantcontact status toegewezenAanActoren",
        gevraagdeHandeling=_tekst(200, minstens=1),
        aanleidinggevendKlantcontact=NAAR,
        toegewezenAanActoren={"type": "array", "minItems": 1, "items": NAAR},
        status=_keuze("te_verwerken", "verwerkt"),
    ),
    "onderwerpobjecten": _met(ONDERWERPOBJECT, klantcontact=_of_niets(NAAR)),
    "partijen": _met(
        _object(
            nummer=NUMMER,
            indicatieGeheimhouding=_of_niets(WAAR),
            voorkeurstaal=_tekst(3),
            interneNotitie=_tekst(1000),
            partijIdentificatie=_of_niets(
                _object(contactnaam=_of_niets(NAAM), naam=_tekst(200), werkteVoorPartij=_of_niets(NAAR))
            ),
        ),
        "soortPartij indicatieActief",
        soortPartij=_keuze("persoon", "organisatie", "contactpersoon"),
        indicatieActief=WAAR,
    ),
    "partij-identificatoren": _met(
        _object(anderePartijIdentificator=_tekst(200), subIdentificatorVan=_of_niets(NAAR)),
        "identificeerdePartij partijIdentificator",
        identificeerdePartij=NAAR,
        partijIdentificator=IDENTIFICATOR,
    ),
}
WIJZIGBAAR = {"internetaken": ("put", "patch"), "partijen": ("put",), "partij-identificatoren": ("put",)}
VRAGEN: dict[str, dict[str, Schema]] = {
    "actoren": {
        "actoridentificatorObjectId": _tekst(200),
        "actoridentificatorCodeRegister": _tekst(200),
        "actoridentificatorCodeObjecttype": _tekst(200),
        "actoridentificatorCodeSoortObjectId": _tekst(200),
    },
    "klantcontacten": {
        "nummer": _tekst(30),
        "kanaal": _tekst(50),
        "plaatsgevondenOp": MOMENT,
        "hadBetrokkene__uuid": UUID,
        "onderwerpobject__onderwerpobjectidentificatorObjectId": _tekst(200),
        "expand": _keuze(
            "hadBetrokkenen",
            "hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken",
            "gingOverOnderwerpobjecten,hadBetrokkenen.wasPartij",
        ),
    },
    "betrokkenen": {"wasPartij__url": {"type": "string"}, "hadKlantcontact__uuid": UUID},
    "digitaleadressen": {"adres": _tekst(80), "expand": _keuze("verstrektDoorBetrokkene")},
    "internetaken": {
        "status": _keuze("te_verwerken", "verwerkt"),
        "toegewezenAanActor__uuid": UUID,
        "actoren__naam": _tekst(200),
        "nummer": _tekst(30),
        "toegewezenOp": MOMENT,
    },
    "partijen": {
        "soortPartij": _keuze("persoon", "organisatie"),
        "partijIdentificator__codeSoortObjectId": _tekst(20),
        "partijIdentificator__objectId": _tekst(200),
        "expand": _keuze("digitaleAdressen"),
    },
}
BLADEREN = {"page": {"type": "integer"}, "pageSize": {"type": "integer"}}
RIJ: Schema = {
    "type": "object",
    "required": ["uuid", "url"],
    "properties": {"uuid": UUID, "url": {"type": "string", "format": "uri"}},
}
LIJST: Schema = {
    "type": "object",
    "required": ["count", "next", "previous", "results"],
    "additionalProperties": False,
    "properties": {
        "count": {"type": "integer"},
        "next": _of_niets({"type": "string"}),
        "previous": _of_niets({"type": "string"}),
        "results": {"type": "array"},
    },
}
FOUT: Schema = {
    "type": "object",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "additionalProperties": False,
    "properties": {
        **{naam: {"type": "string"} for naam in ("type", "code", "title", "detail", "instance")},
        "status": {"type": "integer"},
        "invalidParams": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "code", "reason"],
                "additionalProperties": False,
                "properties": {naam: {"type": "string"} for naam in ("name", "code", "reason")},
            },
        },
    },
}
EXTRA: dict[str, Schema] = {
    "klantcontacten": {"nummer": {"type": "string", "pattern": "^[0-9]{10}$"}},
    "internetaken": {
        "nummer": {"type": "string", "pattern": "^[0-9]{10}$"},
        "status": _keuze("te_verwerken", "verwerkt"),
        "toegewezenAanActoren": {"type": "array", "minItems": 1, "items": RIJ},
        "toegewezenAanActor": RIJ,
    },
}
"""What the software reads of an answer beyond its own fields."""


def _antwoord(schema: Schema) -> Schema:
    koppen = {"API-version": {"required": True, "schema": {"type": "string", "enum": ["0.9.0"]}}}
    return {"description": "", "headers": koppen, "content": {"application/json": {"schema": schema}}}


def _operatie(
    goed: int, antwoord: Schema, fouten: str, vragen: dict[str, Schema], body: Schema | None
) -> Schema:
    operatie: Schema = {
        "parameters": [{"name": naam, "in": "query", "schema": schema} for naam, schema in vragen.items()],
        "responses": {
            str(goed): _antwoord(antwoord),
            **{fout: _antwoord(FOUT) for fout in f"400 401 404 429 {fouten}".split()},
        },
    }
    if body is not None:
        operatie["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operatie


def _rij(soort: str) -> Schema:
    velden = {naam: {} for naam in BODIES[soort]["properties"]}
    return _met(RIJ, " ".join(velden), **{**velden, **EXTRA.get(soort, {})})


def beschrijving() -> Schema:
    """Every address with its methods."""
    paden: dict[str, Schema] = {}
    for soort, body in BODIES.items():
        lijst = {
            **LIJST,
            "properties": {**LIJST["properties"], "results": {"type": "array", "items": _rij(soort)}},
        }
        paden[f"/{soort}"] = {
            "get": _operatie(200, lijst, "", {**VRAGEN.get(soort, {}), **BLADEREN}, None),
            "post": _operatie(201, _rij(soort), "409", {}, body),
        }
        uitgevouwen = {naam: wat for naam, wat in VRAGEN.get(soort, {}).items() if naam == "expand"}
        paden[f"/{soort}/{{uuid}}"] = {
            "parameters": [{"name": "uuid", "in": "path", "required": True, "schema": UUID}],
            "get": _operatie(200, _rij(soort), "", uitgevouwen, None),
            **{
                methode: _operatie(
                    200, _rij(soort), "409", {}, body if methode == "put" else {**body, "required": []}
                )
                for methode in WIJZIGBAAR.get(soort, ())
            },
        }
    paden["/maak-klantcontact"] = {
        "post": _operatie(
            201,
            _met(
                _object(betrokkene={}, onderwerpobject={}),
                "klantcontact betrokkene onderwerpobject",
                klantcontact=_rij("klantcontacten"),
            ),
            "409",
            {},
            _met(
                _object(betrokkene=_of_niets(BETROKKENE), onderwerpobject=_of_niets(ONDERWERPOBJECT)),
                "klantcontact",
                klantcontact=KLANTCONTACT,
            ),
        )
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "klantinteracties", "version": "0.9.0"},
        "servers": [{"url": f"http://localhost{PAD}"}],
        "paths": paden,
    }
