"""The sociale kaart of the demo comes in by the same import, and never over what is there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from config.demo import sociale_kaart
from config.demo.sociale_kaart import vul_sociale_kaart
from tests.factories import TeamFactory
from voorzieningen.models import AlgemeneVoorziening, Kaartsoort


@pytest.fixture(autouse=True)
def _almere(db):
    cijfers = Path(sociale_kaart.__file__).with_name("almere_2015.json")
    for team in json.loads(cijfers.read_text(encoding="utf-8"))["wijkteams"]:
        TeamFactory(code=team["code"], naam=team["naam"], stadsdeel=team["stadsdeel"])


def test_de_demo_heeft_een_sociale_kaart_voor_elk_team():
    assert vul_sociale_kaart() == AlgemeneVoorziening.objects.count() >= 60
    assert AlgemeneVoorziening.objects.filter(soort=Kaartsoort.PARTIJ).exists()
    assert not AlgemeneVoorziening.objects.filter(levensgebieden=None).exists()
    for zoek in ("maaltij", "schulden", "opvoeden", "mantelzorg", "taalcafe", "eenzaam", "fietsen"):
        assert AlgemeneVoorziening.objects.zoek(zoek).exists()


def test_wat_beheer_in_de_demo_wijzigt_blijft():
    vul_sociale_kaart()
    AlgemeneVoorziening.objects.filter(ref="SK001").update(naam="Van beheer")

    assert vul_sociale_kaart() == 0
    assert AlgemeneVoorziening.objects.get(ref="SK001").naam == "Van beheer"


def test_niemand_in_de_demo_is_echt_te_bereiken():
    with sociale_kaart.BESTAND.open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand, delimiter=";"):
            assert not rij["telefoon"] or rij["telefoon"].startswith("088-0000")
            assert not rij["email"] or rij["email"].endswith("@example.org")
            assert not rij["website"] or rij["website"].startswith("https://example.org/")
