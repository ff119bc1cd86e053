"""What is encrypted can be read with its own key, in its own row, and in no other way."""

from __future__ import annotations

import base64
import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from teams.kluis import (
    SOORTEN,
    VERSLEUTELEN,
    ZOEKEN,
    Beschadigd,
    GeenSleutels,
    Kluis,
    OnbekendeSleutel,
    kluis,
    lees_sleutels,
    maak_sleutels,
    nieuwe_sleutel,
    nummer,
    schrijf_sleutels,
    sleutelbestand,
)

BSN, PLAATS = "999990019", "tabel.kolom"


def maak() -> Kluis:
    return Kluis({soort: [nieuwe_sleutel()] for soort in SOORTEN})


@pytest.fixture
def bestand(tmp_path: Path):
    with override_settings(EENPLAN_SLEUTELS=tmp_path / "map" / "sleutels.json", SLEUTELS_ZELF_MAKEN=False):
        yield tmp_path / "map" / "sleutels.json"


@given(st.text(), st.integers(1, 2**63 - 1))
def test_wat_erin_ging_komt_eruit(tekst: str, rij: int) -> None:
    sleutels = maak()
    assert sleutels.ontsleutel(sleutels.versleutel(tekst, PLAATS, rij), PLAATS, rij) == tekst


def test_twee_keer_hetzelfde_is_niet_te_zien_maar_wel_te_vinden() -> None:
    sleutels = maak()
    assert sleutels.versleutel(BSN, PLAATS, 1) != sleutels.versleutel(BSN, PLAATS, 1)
    assert sleutels.zoekwaarde(BSN, PLAATS) == sleutels.zoekwaarde(BSN, PLAATS)
    assert sleutels.zoekwaarde(BSN, PLAATS) != sleutels.zoekwaarde("999990020", PLAATS)
    assert sleutels.zoekwaarde(BSN, PLAATS) != sleutels.zoekwaarde(BSN, "tabel.andere_kolom")
    assert maak().zoekwaarde(BSN, PLAATS)[4:] != sleutels.zoekwaarde(BSN, PLAATS)[4:]


def test_in_een_andere_rij_of_kolom_is_het_niet_te_lezen() -> None:
    sleutels = maak()
    waarde = sleutels.versleutel(BSN, PLAATS, 1)
    for plaats, rij in ((PLAATS, 2), ("tabel.andere_kolom", 1), ("andere_tabel.kolom", 1)):
        with pytest.raises(Beschadigd, match="andere rij"):
            sleutels.ontsleutel(waarde, plaats, rij)


def test_elk_veranderd_byte_is_een_fout() -> None:
    sleutels = maak()
    waarde = sleutels.versleutel(BSN, PLAATS, 1)
    for plaats in range(len(waarde)):
        stuk = bytearray(waarde)
        stuk[plaats] ^= 1
        with pytest.raises((Beschadigd, OnbekendeSleutel)):
            sleutels.ontsleutel(bytes(stuk), PLAATS, 1)
    for lengte in range(len(waarde)):
        with pytest.raises((Beschadigd, OnbekendeSleutel)):
            sleutels.ontsleutel(waarde[:lengte], PLAATS, 1)


def test_een_andere_sleutel_is_een_fout_die_zegt_welke_ontbreekt() -> None:
    sleutels = maak()
    with pytest.raises(OnbekendeSleutel, match=sleutels.sleutel.hex()) as fout:
        maak().ontsleutel(sleutels.versleutel(BSN, PLAATS, 1), PLAATS, 1)
    assert BSN not in str(fout.value)


def test_met_een_nieuwe_sleutel_blijft_het_oude_leesbaar_en_vindbaar() -> None:
    oud, nieuw = ({soort: nieuwe_sleutel() for soort in SOORTEN} for _ in range(2))
    eerst = Kluis({soort: [oud[soort]] for soort in SOORTEN})
    beide = Kluis({soort: [nieuw[soort], oud[soort]] for soort in SOORTEN})

    assert beide.ontsleutel(eerst.versleutel(BSN, PLAATS, 1), PLAATS, 1) == BSN
    assert eerst.zoekwaarde(BSN, PLAATS) in beide.zoekwaarden(BSN, PLAATS)
    assert beide.versleutel(BSN, PLAATS, 1)[1:5] == nummer(nieuw[VERSLEUTELEN])
    assert beide.zoekwaarde(BSN, PLAATS)[:4] == nummer(nieuw[ZOEKEN])


def test_zonder_bestand_zegt_de_fout_wat_te_doen(bestand: Path) -> None:
    with pytest.raises(GeenSleutels, match=r"EENPLAN_SLEUTELS.*sleutels --nieuw"):
        kluis()
    assert not bestand.exists()


def test_naast_de_ingebouwde_database_komt_het_bestand_er_vanzelf_een_keer(bestand: Path) -> None:
    with override_settings(SLEUTELS_ZELF_MAKEN=True), ThreadPoolExecutor(8) as draden:
        gemaakt = {sleutels.result().sleutel for sleutels in [draden.submit(kluis) for _ in range(20)]}
    assert gemaakt == {nummer(lees_sleutels()[VERSLEUTELEN][0])}
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    assert [pad.name for pad in bestand.parent.iterdir()] == ["sleutels.json"]


def test_de_demo_maakt_het_bestand_ook_naast_een_andere_database_en_laat_een_bestaand_staan(
    bestand: Path,
) -> None:
    assert maak_sleutels()
    inhoud = bestand.read_bytes()
    assert kluis().sleutel == nummer(lees_sleutels()[VERSLEUTELEN][0])
    assert not maak_sleutels()
    assert bestand.read_bytes() == inhoud


def test_een_gewijzigd_bestand_geldt_meteen(bestand: Path) -> None:
    schrijf_sleutels({soort: [nieuwe_sleutel()] for soort in SOORTEN})
    waarde = kluis().versleutel(BSN, PLAATS, 1)
    sleutels = lees_sleutels()
    sleutels[VERSLEUTELEN].insert(0, nieuwe_sleutel())
    schrijf_sleutels(sleutels)
    assert kluis().sleutel == nummer(sleutels[VERSLEUTELEN][0])
    assert kluis().ontsleutel(waarde, PLAATS, 1) == BSN
    schrijf_sleutels({**sleutels, VERSLEUTELEN: sleutels[VERSLEUTELEN][:1]})
    with pytest.raises(OnbekendeSleutel):
        kluis().ontsleutel(waarde, PLAATS, 1)


SLEUTEL = base64.b64encode(bytes(32)).decode()
ANDER = base64.b64encode(bytes(31) + b"1").decode()


@pytest.mark.parametrize(
    "inhoud",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        json.dumps({"versleutelen": [SLEUTEL]}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": []}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": [SLEUTEL]}),
        json.dumps({"versleutelen": [SLEUTEL, SLEUTEL], "zoeken": [ANDER]}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": ["kort"]}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": [base64.b64encode(bytes(16)).decode()]}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": [7]}),
        json.dumps({"versleutelen": SLEUTEL, "zoeken": [ANDER]}),
        json.dumps({"versleutelen": [SLEUTEL], "zoeken": [ANDER], "meer": []}),
    ],
)
def test_een_bestand_dat_niet_deugt_wordt_geweigerd_zonder_er_iets_uit_te_noemen(
    bestand: Path, inhoud: str
) -> None:
    bestand.parent.mkdir()
    bestand.write_text(inhoud)
    with pytest.raises(GeenSleutels, match="verwacht JSON") as fout:
        kluis()
    assert SLEUTEL not in str(fout.value)
    assert str(sleutelbestand()) in str(fout.value)


def test_versleutelen_kost_een_import_bijna_niets() -> None:
    """Microseconds; the bound is wide for a busy machine."""
    sleutels, aantal = maak(), 20_000
    begin = time.process_time()
    for rij in range(aantal):
        sleutels.versleutel(BSN, PLAATS, rij)
        sleutels.zoekwaarde(BSN, PLAATS)
    per_stuk = (time.process_time() - begin) / aantal * 1e6
    print(f"{per_stuk:.1f} microseconden per BSN")
    assert per_stuk < 100
