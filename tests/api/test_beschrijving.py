"""What stands in the description of the API stands on its page and in the collection, and can be sent as it is."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client

from config.openapi import beschrijving
from meldingen.models import Klantcontact, Melding, Terugbelverzoek
from tests.api.conftest import Kcc

OPERATIES = {
    operatie["operationId"]: f"{methode.upper()} {pad}"
    for pad, methoden in beschrijving()["paths"].items()
    for methode, operatie in methoden.items()
    if methode != "parameters"
}


def _aanroepen(client: Client) -> dict[str, dict[str, Any]]:
    inhoud = client.get("/api/v1/collectie.json").json()
    return {een["id"]: een["request"] for map_ in inhoud["item"] for een in map_["item"]}


def test_elke_operatie_staat_in_de_collectie_en_op_de_pagina(client: Client, db: None) -> None:
    aanroepen = _aanroepen(client)
    pagina = client.get("/api/v1/documentatie").content.decode()

    assert aanroepen.keys() == OPERATIES.keys()
    for sleutel, adres in OPERATIES.items():
        assert f'id="{sleutel}"' in pagina
        assert f"<code>{adres}</code>" in pagina
    uit = StringIO()
    call_command("api_collectie", stdout=uit)
    assert json.loads(uit.getvalue()) == client.get("/api/v1/collectie.json").json()
    assert "A melding in one call" not in client.get("/api/v1/openapi.json").content.decode()


def test_elke_aanroep_van_de_collectie_kan_zo_worden_verstuurd(kcc: Kcc) -> None:
    aanroepen = _aanroepen(kcc)

    def verstuur(sleutel: str, **vul_in: str) -> Any:
        aanroep = aanroepen[sleutel]
        tekst = json.dumps(aanroep).replace("{{$guid}}", sleutel).replace("{{server}}", "/api/v1")
        tekst = re.sub(r"\{\{(\w+)\}\}", lambda gevonden: json.dumps(vul_in[gevonden[1]])[1:-1], tekst)
        gevuld = json.loads(tekst)
        koppen = {kop["key"]: kop["value"] for kop in gevuld["header"]}
        antwoord = kcc.generic(
            gevuld["method"],
            gevuld["url"]["raw"],
            gevuld.get("body", {}).get("raw", ""),
            content_type="application/json",
            headers=koppen,
        )
        assert 200 <= antwoord.status_code < 300, (sleutel, antwoord.content)
        return antwoord

    for sleutel in ("klantcontactVastleggen", "meldingDoen", "terugbelverzoekDoen"):
        verstuur(sleutel)
    belofte = Terugbelverzoek.objects.latest("pk")
    nummer = {
        "klantcontactLezen": str(Klantcontact.objects.latest("pk").pk),
        "meldingLezen": Melding.objects.get().nummer,
        "terugbelverzoekLezen": str(belofte.pk),
        "terugbelverzoekIntrekken": str(belofte.pk),
    }
    etag = kcc.vraag(f"terugbelverzoeken/{belofte.pk}")["ETag"]
    for sleutel in OPERATIES.keys() - {"klantcontactVastleggen", "meldingDoen", "terugbelverzoekDoen"}:
        verstuur(sleutel, nummer=nummer.get(sleutel, ""), etag=etag)
