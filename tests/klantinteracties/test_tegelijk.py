"""Two at once on one task, and many at once on one contact: each takes its turn, and nothing is done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.test import Client

from meldingen import workflow
from meldingen.models import Belpoging, Internetaak, Klantcontact, Melding, Terugbelverzoek, Uitkomst
from teams.geweigerd import Geweigerd
from teams.models import Rol
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from tests.klantinteracties.conftest import nieuw_teken
from tests.klantinteracties.kiss import Kiss, met_client, naar, vraag


def tegelijk(*werk: Any) -> list[Any]:
    """What each gives, begun together; every thread closes its own connection."""
    start = Barrier(len(werk))

    def doe(een: Any) -> Any:
        try:
            start.wait(timeout=30)
            return een()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(werk)) as draden:
        return list(draden.map(doe, werk))


def test_twee_keer_verwerkt_en_de_wijkwerker_zelf_op_hetzelfde_moment(eigen_database: EigenDatabase) -> None:
    haven = TeamFactory(code="haven")
    jan = stel_aan(MedewerkerFactory(username="jan"), Rol.WIJKWERKER, haven)
    _, teken = nieuw_teken("KISS")
    kiss = Kiss(met_client(Client(), teken))

    def bel(belofte: Terugbelverzoek) -> None:
        try:
            workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=jan)
        except Geweigerd:
            return

    for ronde in range(1, 6):
        taak = kiss.contactverzoek()
        belofte = Terugbelverzoek.objects.latest("pk")

        def patch(uuid: str = taak["uuid"]) -> Any:
            return vraag(Client(), teken, "PATCH", f"internetaken/{uuid}", {"status": "verwerkt"})

        een, twee, _ = tegelijk(patch, patch, lambda belofte=belofte: bel(belofte))

        assert (een.status_code, twee.status_code) == (200, 200)
        assert een.json()["afgehandeldOp"] == twee.json()["afgehandeldOp"]
        assert Belpoging.objects.count() == ronde


def test_acht_taken_en_adressen_tegelijk_bij_een_contact(eigen_database: EigenDatabase) -> None:
    TeamFactory(code="haven")
    _, teken = nieuw_teken("KISS")
    kiss = Kiss(met_client(Client(), teken))
    contact, afdeling = kiss.begin(), kiss.afdeling()
    betrokkene = kiss.betrokkene(contact)
    taak = {
        "nummer": "",
        "gevraagdeHandeling": "Contact opnemen met betrokkene",
        "aanleidinggevendKlantcontact": naar(contact),
        "toegewezenAanActoren": [naar(afdeling)],
        "status": "te_verwerken",
    }
    adres = {
        "verstrektDoorBetrokkene": naar(betrokkene),
        "adres": "0612345678",
        "soortDigitaalAdres": "telefoonnummer",
    }

    def stuur(soort: str, body: Any) -> Any:
        return lambda: vraag(Client(), teken, "POST", soort, body)

    antwoorden = tegelijk(
        *(stuur("internetaken", taak) for _ in range(4)),
        *(stuur("digitaleadressen", adres) for _ in range(4)),
    )

    assert [antwoord.status_code for antwoord in antwoorden] == [201] * 8
    assert len({antwoord.json()["nummer"] for antwoord in antwoorden[:4]}) == 4
    assert Internetaak.objects.count() == 4 == Terugbelverzoek.objects.count() + Melding.objects.count()
    assert not Melding.objects.exclude(melder_telefoon="0612345678").exists()
    assert Klantcontact.objects.bekend_op(None).count() == 1
