"""`open-klant-client` works against us as it is: its own calls, played again.

The package asks for Python 3.12, so it isn't installed here. `open_klant_client.json` holds every request that version
0.8.0 sent to this register, with what it got and took: create, list, read with expand, done, and three refusals. Who
and when differ each time; the test puts in the keys of now.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meldingen import workflow
from meldingen.models import Terugbelverzoek, Uitkomst
from teams.models import Medewerker, Team
from tests.klantinteracties.kiss import PAD, vraag

OPNAME = json.loads((Path(__file__).parent / "open_klant_client.json").read_text())
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

pytestmark = pytest.mark.django_db


def sleutels(waarde: Any) -> Any:
    """The shape of an answer: its keys, as deep as it goes."""
    if isinstance(waarde, dict):
        return {naam: sleutels(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [sleutels(deel) for deel in waarde]
    return type(waarde).__name__


def test_elke_aanroep_krijgt_wat_zij_bij_de_opname_kreeg(
    client: Client, teken: str, haven: Team, wijkwerker: Medewerker
) -> None:
    nu: dict[str, str] = {}

    def van_nu(tekst: str) -> str:
        return UUID.sub(lambda gevonden: nu.get(gevonden[0], gevonden[0]), tekst)

    taak = ""
    for regel in OPNAME:
        sleutel = teken if regel["headers"]["Authorization"] == "Token <teken>" else "x" * 40
        body = van_nu(json.dumps(regel["body"])) if regel["body"] is not None else None
        antwoord = vraag(client, sleutel, regel["method"], van_nu(regel["path"]), body)

        assert antwoord.status_code == regel["status"], regel
        assert antwoord["Content-Type"].startswith("application/json")
        gekregen = antwoord.json()
        assert sleutels(gekregen) == sleutels(regel["antwoord"]), regel
        toen = UUID.findall(json.dumps(regel["antwoord"]))
        nu |= dict(zip(toen, UUID.findall(json.dumps(gekregen)), strict=True))
        if (regel["method"], regel["path"]) == ("POST", "internetaken"):
            taak = gekregen["uuid"]

    belofte = Terugbelverzoek.objects.get()
    assert (belofte.team, belofte.naam, belofte.telefoon) == (haven, "Jo Jansen", "0612345678")
    workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=wijkwerker)
    assert vraag(client, teken, "GET", f"{PAD}/internetaken/{taak}").json()["status"] == "verwerkt"
