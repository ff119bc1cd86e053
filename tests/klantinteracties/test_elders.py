"""A register elsewhere, in a process and a database of its own: what it asks is done here once, and told when done."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import requests
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from meldingen import workflow
from meldingen.klantinteracties.ophalen import haal_op, kondig_verwerkte_taken_aan
from meldingen.models import (
    Afhandeling,
    Contactkanaal,
    Klantcontact,
    Melding,
    OpgehaaldeTaak,
    Terugbelverzoek,
    Uitkomst,
)
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
    telt = Klantcontact.objects.bekend_op(None)
    assert set(telt.values_list("kanaal", "afhandeling", "melding")) == {
        (Contactkanaal.TELEFOON, Afhandeling.DOORGEZET_WIJKTEAM, None),
        (Contactkanaal.TELEFOON, Afhandeling.DOORGEZET_WIJKTEAM, melding.pk),
    }
    assert telt.count() == 2

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


GEHEIM = "register-geheim"


def meld(taak: str, *, geheim: str | None = f"Bearer {GEHEIM}", **anders: Any) -> Any:
    """What the service for notifications of the register sends; `taak` is an address."""
    bericht = {
        "kanaal": "internetaken",
        "hoofdObject": taak,
        "resource": "internetaak",
        "resourceUrl": taak,
        "actie": "create",
        "aanmaakdatum": "2026-11-22T20:00:00.123Z",
        "kenmerken": {"nummer": "1", "toelichting": "Mevrouw Geheimzinnig wacht"},
    } | anders
    koppen = {"Authorization": geheim} if geheim else {}
    adres = "/klantinteracties/notificaties"
    return Client().post(adres, bericht, content_type="application/json", headers=koppen)


@override_settings(OPENKLANT_NOTIFICATIE_TOKEN=GEHEIM)
def test_een_notificatie_laat_die_ene_taak_ophalen_en_is_verder_niets(
    elders: Kiss, caplog: pytest.LogCaptureFixture
) -> None:
    taak, nog_een = elders.contactverzoek(), elders.taak(elders.begin())
    ander = elders.taak(elders.begin(), elders.afdeling("burgerzaken"))
    assert meld(taak["url"], geheim=None).status_code == 403
    assert meld(taak["url"], geheim="Bearer iets-anders").status_code == 403
    with override_settings(OPENKLANT_NOTIFICATIE_TOKEN=""):
        assert meld(taak["url"], geheim="Bearer ").status_code == 403
    fout = meld(taak["url"], aanmaakdatum="gisteren", actie=None)
    assert (fout.status_code, {wat["name"] for wat in fout.json()["invalidParams"]}) == (
        400,
        {"aanmaakdatum", "actie"},
    )
    # the register may be known to others by another name; its own is in the settings
    elders_gezien = taak["url"].replace("http://127.0.0.1", "https://kwaad.example")
    for anders in (
        {},
        {"resourceUrl": elders_gezien},
        {"kanaal": "test", "resourceUrl": "http://some.resource.nl/"},
        {"kanaal": "partijen", "resource": "partij"},
        {"actie": "destroy", "aanmaakdatum": "2026-11-22T20:00:01Z"},
        {"resourceUrl": f"{taak['url']}/../../klantcontacten", "aanmaakdatum": "2026-11-22T20:00:02Z"},
    ):
        antwoord = meld(taak["url"], **anders)
        assert (antwoord.status_code, antwoord.content, antwoord["API-version"]) == (204, b"", "1.0.0")
    bericht = Bericht.objects.get()
    assert bericht.gegevens == {"taak": taak["uuid"]}

    meld(nog_een["url"])
    meld(ander["url"])
    meld("https://kwaad.example/internetaken/4943ff22-0000-4000-8000-000000000000")
    assert bezorg() == (4, 0)
    assert set(OpgehaaldeTaak.objects.values_list("uuid", flat=True)) == {
        UUID(taak["uuid"]),
        UUID(nog_een["uuid"]),
    }
    meld(taak["url"], actie="update", aanmaakdatum="2026-11-22T21:00:00Z")
    assert not Bericht.objects.wachtend().exists()
    assert (haal_op(), Klantcontact.objects.count()) == (0, 2)
    assert "Geheimzinnig" not in caplog.text


@override_settings(OPENKLANT_NOTIFICATIE_TOKEN=GEHEIM)
def test_een_notificatie_van_een_register_dat_zwijgt_wordt_later_nog_eens_geprobeerd(db: None) -> None:
    taak = "http://127.0.0.1:9/internetaken/4943ff22-0000-4000-8000-000000000000"
    assert meld(taak).status_code == 204
    assert not Bericht.objects.exists(), "there is no register"
    with override_settings(OPENKLANT_URL="http://127.0.0.1:9"):
        assert meld(taak).status_code == 204
    assert Bericht.objects.get().soort == "taak_ophalen"
