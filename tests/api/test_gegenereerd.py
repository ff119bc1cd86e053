"""Whatever is sent to either API, by whomever: never a 5xx, always an answer as described, and no echo of it."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.test import Client

from config.openapi import beschrijving as eigen_beschrijving
from meldingen.models import Klantcontact, Melding, Terugbelverzoek
from teams.models import Medewerker, Rol, Scope, Team
from teams.workflow.afnemers import beeindig_afnemer, geef_teken
from tests.api.conftest import Kcc, maak_kcc, melding
from tests.factories import MedewerkerFactory, stel_aan
from tests.klantinteracties import beschrijving as klantinteracties
from tests.klantinteracties.kiss import Kiss, met_client, naar

PROBLEEM, JSON = "application/problem+json", "application/json"
WEINIG = 25
ALLES = int(os.environ.get("EENPLAN_VERZOEKEN", 20_000))
Beproeving = Callable[[dict[str, dict[str, str]], int], int]


def bearer(kcc: Kcc) -> dict[str, str]:
    """Its header."""
    return {"Authorization": kcc.defaults["HTTP_AUTHORIZATION"]}


def aangemeld(wie: Medewerker) -> dict[str, str]:
    """The cookie of a browser."""
    client = Client()
    client.force_login(wie)
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


@pytest.fixture
def rollen(team: Team, wijkwerker: Medewerker) -> dict[str, dict[str, str]]:
    """Headers by who asks; nobody has a limit that is met."""
    ruim = {"per_minuut": 10_000_000, "per_dag": 10_000_000}
    alles = maak_kcc(**ruim)
    per_scope = {
        str(scope): bearer(maak_kcc(f"Alleen {scope}", [scope], **ruim))
        for scope in (Scope.MELDINGEN, Scope.TERUGBELVERZOEKEN, Scope.RAPPORTAGE, Scope.KLANTINTERACTIES)
    }
    weg = maak_kcc("Beëindigd", **ruim)
    beeindig_afnemer(weg.afnemer)
    _, teken = geef_teken(alles.afnemer)
    analist = stel_aan(MedewerkerFactory(username="analist"), Rol.ANALIST)
    return {
        "alles": bearer(alles),
        "teken": {"Authorization": f"Token {teken}"},
        "zonder": {},
        "onzin": {"Authorization": "Bearer onzin"},
        "ander schema": {"Authorization": "Basic YTpi"},
        "beëindigd": bearer(weg),
        "browser": aangemeld(wijkwerker),
        "browser van een analist": aangemeld(analist),
        **per_scope,
    }


def _eigen(rollen: dict[str, dict[str, str]], aantal: int) -> int:
    from tests.api.genereer import beproef

    kcc = Client(headers=rollen["alles"])
    gedaan = kcc.post("/api/v1/meldingen", melding(), JSON)
    assert gedaan.status_code == 201
    kcc.post("/api/v1/klantcontacten", {"afhandeling": "direct"}, JSON)
    rijen = {
        "meldingen": [Melding.objects.get().nummer],
        "terugbelverzoeken": [str(Terugbelverzoek.objects.get().pk)],
        "klantcontacten": [str(Klantcontact.objects.latest("pk").pk)],
        "monitor": ["2.1", "2.6"],
    }
    return beproef(
        eigen_beschrijving(),
        rollen,
        lambda soort: rijen.get(soort, []),
        aantal=aantal,
        soort_fout=PROBLEEM,
        streng=True,
    )


NAMEN = {
    "actor": "actoren",
    "toegewezenAanActoren": "actoren",
    "klantcontact": "klantcontacten",
    "wasKlantcontact": "klantcontacten",
    "hadKlantcontact": "klantcontacten",
    "aanleidinggevendKlantcontact": "klantcontacten",
    "verstrektDoorBetrokkene": "betrokkenen",
    "verstrektDoorPartij": "partijen",
    "wasPartij": "partijen",
    "werkteVoorPartij": "partijen",
    "identificeerdePartij": "partijen",
    "subIdentificatorVan": "partij-identificatoren",
}


def _ander(rollen: dict[str, dict[str, str]], aantal: int) -> int:
    from tests.api.genereer import beproef

    rollen = {"teken": rollen["teken"], **rollen}
    kiss = Kiss(met_client(Client(), rollen["teken"]["Authorization"].removeprefix("Token ")))
    kiss.contactverzoek()
    kiss.contactverzoek(telefoon="")
    kiss.taak(kiss.begin(), kiss.afdeling("elders"))
    partij = kiss.doe("POST", "partijen", {"soortPartij": "persoon", "indicatieActief": True})
    sleutel = {"objectId": "999990019", "codeSoortObjectId": "bsn"}
    wie = {"identificeerdePartij": naar(partij), "partijIdentificator": sleutel}
    kiss.doe("POST", "partij-identificatoren", wie)

    rijen = {
        soort: [rij["uuid"] for rij in kiss.doe("GET", soort)["results"]] for soort in klantinteracties.BODIES
    }
    return beproef(
        klantinteracties.beschrijving(),
        rollen,
        lambda naam: rijen.get(NAMEN.get(naam, naam), []),
        aantal=aantal,
        soort_fout=JSON,
        streng=False,
    )


@pytest.mark.parametrize("api", [_eigen, _ander])
def test_wat_er_ook_wordt_gestuurd_er_komt_een_beschreven_antwoord(
    api: Beproeving, rollen: dict[str, dict[str, str]]
) -> None:
    assert api(rollen, WEINIG) >= WEINIG


@pytest.mark.vol
@pytest.mark.parametrize("api", [_eigen, _ander])
def test_hetzelfde_in_twintigduizend_verzoeken(api: Beproeving, rollen: dict[str, dict[str, str]]) -> None:
    assert api(rollen, ALLES // 2) >= ALLES // 2
