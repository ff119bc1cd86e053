"""Where an overdracht comes from: a folder or a zip, and what is neither."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.overdracht.hulp import lees_in, plaatsen
from tests.overdracht.inhoud import aantallen, afdruk
from tests.overdracht.voorbeeld import GOED, alles

MEGABYTES = 100 if os.environ.get("EENPLAN_VOL") else 20
HOOGSTENS_KB = 140 * 1024
"""What Python, Django and the driver take is some 80 MB."""
GEMETEN = (
    "import re, sys\n"
    "from django.core.management import execute_from_command_line\n"
    "try:\n"
    "    execute_from_command_line(sys.argv)\n"
    "finally:\n"
    "    print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
)


def zip_van(pad: Path, submap: str = "") -> Path:
    """The folder as a zip beside it."""
    doel = pad.with_suffix(".zip")
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as ingepakt:
        if submap:
            ingepakt.writestr(f"{submap}/", b"")
        for bestand in pad.iterdir():
            ingepakt.write(bestand, f"{submap}/{bestand.name}" if submap else bestand.name)
    return doel


def geweigerd(pad: Path) -> str:
    """What the command says when it will not read this at all; nothing was written."""
    ervoor = aantallen()
    with pytest.raises(CommandError) as fout:
        call_command("importeer", pad)
    assert fout.value.returncode == 1
    assert aantallen() == ervoor
    return str(fout.value)


@pytest.mark.django_db
@pytest.mark.parametrize("submap", ["", "overdracht", "van/de/leverancier"])
def test_een_zip_is_zo_goed_als_een_map(map, submap):
    assert lees_in(zip_van(map.alle(alles()).pad, submap)) == dict.fromkeys(alles(), (1, 0, 0))


@pytest.mark.django_db
def test_een_fout_in_een_zip_heeft_dezelfde_plaats(map):
    map.tekst("teams", "code,naam,soort\nW1,a,wijkteam\nW2,b,circus\n")

    assert plaatsen(zip_van(map.pad, "sub")) == ["teams.csv:3: soort"]


@pytest.mark.django_db
def test_wat_een_mac_in_een_zip_stopt_telt_niet(map):
    pad = zip_van(map.alle(alles()).pad)
    with zipfile.ZipFile(pad, "a") as ingepakt:
        ingepakt.writestr("__MACOSX/._teams.csv", b"\x00\x05\x16\x07")

    assert "teams" in lees_in(pad)


@pytest.mark.django_db
def test_een_zip_met_twee_keer_hetzelfde_bestand_wordt_geweigerd(map):
    pad = zip_van(map.alle(alles()).pad)
    with zipfile.ZipFile(pad, "a") as ingepakt:
        ingepakt.write(map.pad / "teams.csv", "sub/teams.csv")

    assert "meer dan eens" in geweigerd(pad)


@pytest.mark.django_db
def test_een_zip_die_halverwege_ophoudt_wordt_geweigerd(map):
    pad = zip_van(map.alle(alles()).pad)
    pad.write_bytes(pad.read_bytes()[:-200])

    assert "zip" in geweigerd(pad)


@pytest.mark.django_db
def test_een_beschadigd_bestand_in_een_zip_wordt_geweigerd(map):
    """The list of contents is whole; what is read fails its checksum."""
    map.tekst("personen", "ref\n" + "".join(f"P{nummer}\n" for nummer in range(20_000)))
    pad = zip_van(map.pad)
    inhoud = bytearray(pad.read_bytes())
    inhoud[5_000:5_008] = bytes(8)
    pad.write_bytes(inhoud)

    assert "personen.csv" in geweigerd(pad)


@pytest.mark.django_db
def test_een_versleutelde_zip_wordt_geweigerd(map):
    pad = zip_van(map.rijen("teams", GOED["teams"]).pad)
    inhoud = bytearray(pad.read_bytes())
    inhoud[6] |= 1
    inhoud[inhoud.index(b"PK\x01\x02") + 8] |= 1
    pad.write_bytes(inhoud)

    assert "teams.csv" in geweigerd(pad)


@pytest.mark.django_db
def test_wat_geen_map_is_wordt_geweigerd(map):
    tekst = map.pad / "notitie.txt"
    tekst.write_text("dit is geen zip")

    assert str(tekst) in geweigerd(tekst)
    assert "bestaat niet" in geweigerd(map.pad / "nergens")
    assert "CSV" in geweigerd(map.pad)


@pytest.mark.django_db
def test_een_los_csv_bestand_is_nog_geen_overdracht(map):
    assert "map" in geweigerd(map.rijen("teams", GOED["teams"]).pad / "teams.csv")


@pytest.mark.django_db
def test_een_lege_zip_wordt_geweigerd(map):
    assert "CSV" in geweigerd(zip_van(map.pad))


@pytest.mark.django_db
@pytest.mark.parametrize("naam", ["persoon", "Personen", "personen (1)", "personen.oud"])
def test_een_onbekend_bestand_wordt_geweigerd_met_de_namen_die_wel_mogen(map, naam):
    map.alle(alles()).tekst(naam, "ref\nP9\n")

    melding = geweigerd(map.pad)

    assert melding.startswith(f"{naam}.csv: ")
    assert all(bestand in melding for bestand in GOED)


@pytest.mark.django_db
@pytest.mark.parametrize("naam", ["klachten.CSV", "KLACHTEN.CSV", "Klachten.Csv"])
def test_een_bestand_in_hoofdletters_wordt_niet_stil_overgeslagen(map, naam):
    """From Windows; either it is read or it is refused."""
    (map.alle(alles()).pad / "klachten.csv").rename(map.pad / naam)

    geweigerd_om = ""
    try:
        call_command("importeer", map.pad, verbosity=0)
    except CommandError as fout:
        geweigerd_om = str(fout)

    assert naam in geweigerd_om or len(afdruk()["voorzieningen_klacht"]) == 1


@pytest.mark.django_db
def test_andere_bestanden_in_de_map_storen_niet(map):
    map.alle(alles())
    (map.pad / "LEESMIJ.txt").write_text("van de leverancier")
    (map.pad / "oud").mkdir()

    assert set(lees_in(map.pad)) == GOED.keys()


@pytest.mark.django_db
def test_een_map_die_als_een_bestand_heet_wordt_geweigerd(map):
    (map.pad / "teams.csv").mkdir()

    assert "teams.csv" in geweigerd(map.pad)


@pytest.mark.parametrize(
    ("kop", "soort"),
    [
        (b"", "willekeurige bytes"),
        (b"", "een regel"),
        (b"ref,achternaam\n", "willekeurige bytes"),
        (b"ref,achternaam\nP0,Zonneveld\n", "een regel"),
        (b'ref,achternaam\nP0,Zonneveld\nP1,"', "een regel"),
        (b"ref,achternaam\n", "aanhalingstekens"),
    ],
)
def test_een_groot_bestand_met_onzin_wordt_geweigerd_met_weinig_geheugen(eigen_database, map, kop, soort):
    ervoor = aantallen()
    with (map.pad / "personen.csv").open("wb") as uit:
        uit.write(kop)
        for _ in range(MEGABYTES):
            onzin = {"willekeurige bytes": os.urandom(2**20), "aanhalingstekens": b'"' * 2**20}
            uit.write(onzin.get(soort, b"x" * 2**20))

    afloop = subprocess.run(
        [sys.executable, "-c", GEMETEN, "importeer", map.pad, "--maximaal-fouten", "5"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": eigen_database.url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert afloop.returncode == 1
    assert "Traceback" not in afloop.stderr
    regels = afloop.stderr.strip().splitlines()
    assert regels[0].removeprefix("CommandError: ").startswith("personen.csv:")
    assert len(regels) <= 7
    assert all(len(regel) < 1000 for regel in regels)
    assert int(afloop.stdout.split()[-1]) < HOOGSTENS_KB
    assert aantallen() == ervoor
