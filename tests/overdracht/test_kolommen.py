"""Columns in any order, left out, or empty; files one by one."""

from __future__ import annotations

from random import Random

import pytest

from config.overdracht.importeren import importeer
from households.models import Persoon
from teams.kluis import OnbekendeSleutel
from tests.factories import PersoonFactory
from tests.overdracht.hulp import Map, lees_in, op_proef
from tests.overdracht.inhoud import Afdruk, afdruk_zonder_ids, vraag
from tests.overdracht.voorbeeld import GOED, alles

NODIG = {
    "teams": ("code", "naam", "soort"),
    "postcodes": ("postcode", "team_code"),
    "inwoners": ("team_code", "peildatum"),
    "personen": ("ref",),
    "verblijven": ("ref", "persoon_ref", "vanaf"),
    "meldingen": ("ref",),
    "contacten": ("ref", "datum"),
    "gebeurtenissen": ("ref", "melding_ref", "soort", "datum"),
    "beschikkingen": ("ref", "persoon_ref", "wet", "voorzieningengroep", "voorziening", "ingangsdatum"),
    "klachten": ("ref", "datum", "soort"),
    "spreekuren": ("team_code", "dag", "van", "tot", "frequentie"),
    "activiteiten": ("ref", "soort", "datum"),
    "consulten": ("ref", "datum"),
    "externe_cijfers": ("tabel", "rij", "periode", "waarde", "status"),
}


def wat_er_dan_staat(map: Map) -> Afdruk:
    """Import into the empty database, look, and take it all back; the clock stands still meanwhile."""
    with op_proef():
        importeer(map.pad)
        gezien = afdruk_zonder_ids()
    return gezien


@pytest.mark.django_db
def test_de_volgorde_van_kolommen_maakt_niet_uit(map):
    verwacht = wat_er_dan_staat(map.alle(alles()))

    for zaad in range(5):
        geschud = {
            naam: {kolom: goed[kolom] for kolom in Random(f"{zaad}{naam}").sample(list(goed), len(goed))}
            for naam, goed in GOED.items()
        }
        assert wat_er_dan_staat(map.alle({naam: [goed] for naam, goed in geschud.items()})) == verwacht


@pytest.mark.django_db
def test_een_weggelaten_kolom_is_leeg(map):
    leeg = {
        naam: [{kolom: goed[kolom] if kolom in NODIG[naam] else "" for kolom in goed}]
        for naam, goed in GOED.items()
    }
    weg = {naam: [{kolom: goed[kolom] for kolom in NODIG[naam]}] for naam, goed in GOED.items()}

    assert wat_er_dan_staat(map.alle(leeg)) == wat_er_dan_staat(map.alle(weg))


@pytest.mark.django_db
def test_elke_kolom_die_niet_nodig_is_mag_ontbreken_terwijl_de_rest_er_is(map):
    """One column of every file at a time."""
    over = {naam: [kolom for kolom in goed if kolom not in NODIG[naam]] for naam, goed in GOED.items()}
    for nummer in range(max(len(kolommen) for kolommen in over.values())):
        weg = {naam: kolommen[nummer % len(kolommen)] for naam, kolommen in over.items() if kolommen}
        zonder = {
            naam: [{kolom: waarde for kolom, waarde in goed.items() if kolom != weg.get(naam)}]
            for naam, goed in GOED.items()
        }
        assert wat_er_dan_staat(map.alle(zonder))["meldingen_stand"]


def test_bestand_voor_bestand_wordt_hetzelfde_als_alles_ineens(eigen_database, map, nieuwe_map):
    """All moments are in the files, so that no clock shows."""
    bestanden = alles()
    with op_proef():
        lees_in(map.alle(bestanden).pad)
        ineens = afdruk_zonder_ids()

    for bestand, rijen in bestanden.items():
        assert lees_in(nieuwe_map({bestand: rijen})) == {bestand: (1, 0, 0)}

    assert afdruk_zonder_ids() == ineens


@pytest.mark.parametrize("later", [("verblijven",), ("gebeurtenissen",), ("verblijven", "gebeurtenissen")])
def test_het_huishouden_van_een_melding_komt_ook_als_de_feiten_later_komen(eigen_database, nieuwe_map, later):
    """Whether verblijven and gebeurtenissen come with the meldingen or after them."""
    lees_in(nieuwe_map({naam: rijen for naam, rijen in alles().items() if naam not in later}))
    lees_in(nieuwe_map({naam: alles()[naam] for naam in later}))

    assert vraag(
        "SELECT h.ref FROM meldingen_melding m JOIN households_huishouden h ON h.id = m.huishouden_id"
    ) == [("H1",)]


@pytest.mark.django_db
def test_met_de_verkeerde_sleutels_komt_er_niets_binnen(map, tmp_path, settings):
    PersoonFactory(bsn="999990019")
    settings.EENPLAN_SLEUTELS, settings.SLEUTELS_ZELF_MAKEN = tmp_path / "anders.json", True
    with pytest.raises(OnbekendeSleutel, match="Zet die sleutel terug"):
        importeer(map.alle(alles()).pad)
    assert Persoon.objects.count() == 1
