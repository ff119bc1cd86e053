"""A register elsewhere, in a process and a database of its own: what it asks is done here once, and told when done."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from meldingen import workflow
from meldingen.klantinteracties.ophalen import haal_op, kondig_verwerkte_taken_aan
from meldingen.models import Melding, OpgehaaldeTaak, Terugbelverzoek, Uitkomst
from teams.berichten import bezorg
from teams.models import Rol, Team
from teams.post import Bericht
from tests.conftest import EigenDatabase, kopie
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from tests.klantinteracties.conftest import nieuw_teken
from tests.klantinteracties.kiss import PAD, Kiss

GEDULD = 60


@pytest.fixture
def elders(eigen_database: EigenDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Kiss]:
    """A KCC that tells the other register, which answers in its own process; from here on the database is ours."""
    TeamFactory(code="haven")
    _, teken = nieuw_teken("Wij")
    with kopie(django_db_blocker, eigen_database.naam):
        with socket.socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            poort = vrij.getsockname()[1]
        omgeving = {**os.environ, "DATABASE_URL": eigen_database.url}
        opdracht = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{poort}"]
        proces = subprocess.Popen(
            opdracht,
            cwd=settings.BASE_DIR,
            env=omgeving,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        basis = f"http://127.0.0.1:{poort}"

        def stuur(methode: str, pad: str, body: Any) -> tuple[int, Any]:
            koppen = {"Authorization": f"Token {teken}"}
            antwoord = requests.request(methode, basis + pad, json=body, headers=koppen, timeout=30)
            return antwoord.status_code, antwoord.json()

        try:
            _wacht_op(basis)
            with override_settings(OPENKLANT_URL=basis + PAD, OPENKLANT_TOKEN=teken):
                yield Kiss(stuur)
        finally:
            proces.kill()
            proces.wait()


def _wacht_op(basis: str) -> None:
    einde = time.monotonic() + GEDULD
    while time.monotonic() < einde:
        try:
            requests.get(f"{basis}{PAD}/actoren", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("het register kwam niet op gang")


def test_wat_een_register_elders_vraagt_wordt_hier_eenmaal_gedaan_en_daar_verwerkt(elders: Kiss) -> None:
    jan = stel_aan(MedewerkerFactory(username="jan"), Rol.WIJKWERKER, Team.objects.get())
    bellen = elders.contactverzoek()
    schrijven = elders.contactverzoek(telefoon="")
    elders.taak(elders.begin(), elders.afdeling("burgerzaken"))

    assert (haal_op(), haal_op()) == (2, 0)

    belofte, melding = Terugbelverzoek.objects.get(), Melding.objects.get()
    assert (belofte.naam, belofte.telefoon, belofte.team.code) == ("Jo van Jansen", "0612345678", "haven")
    assert belofte.vraag == "Huishoudelijke hulp (wachttijd)\nMevrouw wacht al drie weken\nGraag na 17 uur"
    assert (melding.team.code, melding.melder_naam) == ("haven", "Jo van Jansen")
    assert kondig_verwerkte_taken_aan() == 0

    workflow.leg_belpoging_vast(belofte, Uitkomst.GESPROKEN, door=jan)
    assert (kondig_verwerkte_taken_aan(), kondig_verwerkte_taken_aan()) == (1, 0)
    assert bezorg().bezorgd == 1

    assert elders.doe("GET", f"internetaken/{bellen['uuid']}")["status"] == "verwerkt"
    assert elders.doe("GET", f"internetaken/{schrijven['uuid']}")["status"] == "te_verwerken"
    assert haal_op() == 0


def test_een_register_dat_niet_antwoordt_houdt_niets_tegen(eigen_database: EigenDatabase) -> None:
    haven = TeamFactory(code="haven")
    wijkwerker = stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven)
    assert haal_op() == 0
    taak = {"uuid": "4943ff22-0000-4000-8000-000000000000"}
    contact = {
        "kanaal": "telefoon",
        "_expand": {
            "hadBetrokkenen": [
                {
                    "_expand": {
                        "digitaleAdressen": [{"soortDigitaalAdres": "telefoonnummer", "adres": "0612345678"}]
                    }
                }
            ]
        },
    }
    assert workflow.neem_opgehaalde_taak_aan(taak, contact, team=haven, door=wijkwerker)
    assert workflow.neem_opgehaalde_taak_aan(taak, contact, team=haven, door=wijkwerker) is None
    workflow.trek_terugbelverzoek_in(Terugbelverzoek.objects.get(), reden="belde zelf", door=wijkwerker)
    with override_settings(OPENKLANT_URL="http://127.0.0.1:9/klantinteracties/api/v1", OPENKLANT_TOKEN="x"):
        assert haal_op() == 0
        assert kondig_verwerkte_taken_aan() == 1
        assert bezorg().niet_bezorgd == 1
    bericht = Bericht.objects.get()
    assert (bericht.gegevens, bericht.laatste_fout) == ({"taak": taak["uuid"]}, "ConnectionError")
    assert OpgehaaldeTaak.objects.get().aangekondigd_op
