"""A killed import wrote nothing, and of two at once one waits its turn."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.overdracht.hulp import lees_in, proces
from tests.overdracht.inhoud import Afdruk, aantallen, afdruk, afdruk_zonder_ids, maak_leeg, schema, vraag
from tests.overdracht.voorbeeld import TABEL, Rijen, alles, ontvangen, rij

VOL = bool(os.environ.get("EENPLAN_VOL"))
KEREN = 25 if VOL else 2
MELDINGEN = 10_000 if VOL else 100
PLEKKEN = [*TABEL.values(), "meldingen_stand", "meldingen_melding_levensgebieden", "households_huishouden"]
ENKELE_PLEKKEN = ["meldingen_gebeurtenis", "meldingen_stand"]


def wacht_tot(klaar: Callable[[], bool], seconden: float = 30) -> None:
    """Look every so often; fail when it takes too long."""
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde
        time.sleep(0.02)


def andere_verbindingen(toestand: str = "true") -> int:
    """Connections of others to this database, in a state."""
    return vraag(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        f" AND backend_type = 'client backend' AND application_name <> 'houdt vast' AND {toestand}"
    )[0][0]


@contextmanager
def houd_vast(database: str, tabel: str) -> Iterator[None]:
    """Somebody reads `tabel` and lets nobody write in it, as a backup does."""
    with psycopg.connect(database, application_name="houdt vast") as ander:
        ander.execute(f"LOCK TABLE {tabel} IN SHARE MODE")
        yield


def schiet_af(bezig: subprocess.Popen[str]) -> None:
    """Kill without mercy, and wait until the server has noticed."""
    bezig.send_signal(signal.SIGKILL)
    bezig.communicate()
    assert bezig.returncode == -signal.SIGKILL


def met_veel_feiten() -> Rijen:
    """Many meldingen with a fact each, and one row of every other file; every moment is in the files."""
    bestanden = alles()
    van = bestanden["gebeurtenissen"][0]["geregistreerd_op"]
    bestanden["meldingen"] += [rij("meldingen", ref=f"N{nummer}") for nummer in range(MELDINGEN)]
    bestanden["gebeurtenissen"] += [ontvangen(f"N{nummer}", f"N{nummer}", van) for nummer in range(MELDINGEN)]
    return bestanden


def verwacht_van(pad: Path) -> Afdruk:
    """What stands there after an import that nobody disturbs; the database is empty again afterwards."""
    lees_in(pad)
    gezien = afdruk_zonder_ids()
    maak_leeg()
    return gezien


@pytest.mark.vol
def test_afgeschoten_terwijl_het_schrijft_is_niets_geschreven(eigen_database, nieuwe_map):
    """At the first row of each table in turn; the ones before it are written already."""
    pad = nieuwe_map(alles())
    verwacht = verwacht_van(pad)
    leeg = afdruk()

    for tabel in PLEKKEN if VOL else ENKELE_PLEKKEN:
        with houd_vast(eigen_database.url, tabel):
            bezig = proces(pad, eigen_database.url)
            wacht_tot(lambda: andere_verbindingen("wait_event_type = 'Lock'") == 1)
            schiet_af(bezig)
        wacht_tot(lambda: andere_verbindingen() == 0)
        assert afdruk() == leeg, tabel

    lees_in(pad)
    assert afdruk_zonder_ids() == verwacht


def test_afgeschoten_midden_in_het_werk_in_bulk_staat_ook_elke_index_er_nog(eigen_database, nieuwe_map):
    """The facts are in, without indexes and triggers, when it is stopped at a table that is not in bulk."""
    bestanden = met_veel_feiten()
    pad = nieuwe_map(bestanden)
    lees_in(nieuwe_map({"klachten": [rij("klachten", ref=f"K{n}", beschikking_ref="") for n in (8, 9)]}))
    ervoor, structuur = afdruk(), schema()

    with houd_vast(eigen_database.url, "voorzieningen_klacht"):
        bezig = proces(pad, eigen_database.url, in_bulk=True)
        wacht_tot(lambda: andere_verbindingen("wait_event_type = 'Lock'") == 1)
        schiet_af(bezig)
    wacht_tot(lambda: andere_verbindingen() == 0)
    assert schema() == structuur
    assert afdruk() == ervoor

    assert proces(pad, eigen_database.url, in_bulk=True).wait(60) == 0
    assert schema() == structuur
    assert lees_in(pad) == {naam: (0, 0, len(rijen)) for naam, rijen in bestanden.items()}


def test_afgeschoten_op_een_willekeurig_moment_is_het_alles_of_niets(eigen_database, nieuwe_map):
    """Moments spread evenly over the time that it is connected, the commit among them."""
    bestanden = met_veel_feiten()
    pad = nieuwe_map(bestanden)
    leeg, structuur = aantallen(), schema()
    ongestoord = proces(pad, eigen_database.url, in_bulk=True)
    wacht_tot(lambda: andere_verbindingen() > 0)
    begin = time.monotonic()
    assert ongestoord.wait(120) == 0
    duur = time.monotonic() - begin
    alles_erin = aantallen()
    maak_leeg()

    for keer in range(KEREN):
        bezig = proces(pad, eigen_database.url, in_bulk=True)
        wacht_tot(lambda: andere_verbindingen() > 0)
        time.sleep(duur * keer / KEREN)
        bezig.send_signal(signal.SIGKILL)
        bezig.communicate()
        wacht_tot(lambda: andere_verbindingen() == 0)
        assert aantallen() in (leeg, alles_erin)
        assert schema() == structuur
        geteld = lees_in(pad)
        assert geteld in [
            {
                naam: tuple(len(rijen) * (plek == hoe) for plek in range(3))
                for naam, rijen in bestanden.items()
            }
            for hoe in (0, 2)
        ]
        assert aantallen() == alles_erin
        assert lees_in(pad) == {naam: (0, 0, len(rijen)) for naam, rijen in bestanden.items()}
        maak_leeg()


@pytest.mark.vol
def test_van_twee_imports_tegelijk_hoort_een_dat_er_al_een_loopt(eigen_database, nieuwe_map):
    pad = nieuwe_map(alles())
    leeg = afdruk()

    with houd_vast(eigen_database.url, "voorzieningen_klacht"):
        eerste = proces(pad, eigen_database.url)
        wacht_tot(lambda: andere_verbindingen("wait_event_type = 'Lock'") == 1)

        tweede = proces(pad, eigen_database.url)
        uit, fout = tweede.communicate(timeout=30)
        assert (tweede.returncode, uit) == (1, "")
        assert len(fout.splitlines()) == 1
        assert "loopt al een import" in fout
        with pytest.raises(CommandError, match="loopt al een import"):
            call_command("importeer", pad)
        assert afdruk() == leeg

    _, fout = eerste.communicate(timeout=30)
    assert (eerste.returncode, fout) == (0, "")
    assert lees_in(pad) == dict.fromkeys(alles(), (0, 0, 1))


def test_een_import_na_een_afgeschoten_import_hoeft_niet_te_wachten(eigen_database, nieuwe_map):
    """Nothing stays behind that says that one is running."""
    pad = nieuwe_map(alles())
    with houd_vast(eigen_database.url, "teams_team"):
        bezig = proces(pad, eigen_database.url)
        wacht_tot(lambda: andere_verbindingen("wait_event_type = 'Lock'") == 1)
        schiet_af(bezig)
    wacht_tot(lambda: andere_verbindingen() == 0)

    assert lees_in(pad) == dict.fromkeys(alles(), (1, 0, 0))


def test_wie_tijdens_een_import_leest_ziet_niets_half(eigen_database, nieuwe_map):
    """Readers are not held up while small amounts are written, and see all of it or nothing."""
    pad = nieuwe_map(alles())
    gezien = set()

    def lees() -> None:
        try:
            for _ in range(200):
                gezien.add(
                    vraag(
                        "SELECT (SELECT count(*) FROM teams_team), (SELECT count(*) FROM meldingen_stand),"
                        " (SELECT count(*) FROM reporting_externcijfer)"
                    )[0]
                )
        finally:
            connection.close()

    lezer = Thread(target=lees)
    lezer.start()
    lees_in(pad)
    lezer.join(30)

    assert gezien <= {(0, 0, 0), (1, 1, 1)}
