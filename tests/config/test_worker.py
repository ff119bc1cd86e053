"""A real worker on the embedded broker: post arrives, also when worker, broker or starter is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.db.models.functions import Now

from config.achtergrond import WORKER
from config.broker.server import Server
from teams.berichten import TAAK
from teams.models import Bericht
from tests.config.post import geadresseerden
from tests.conftest import EigenDatabase
from tests.wachten import wacht_tot

KONDIG_AAN = """
from django.db import transaction
from teams.berichten import kondig_aan
with transaction.atomic():
    kondig_aan("proefmail", aan="jan@example.nl", gegevens={})
with transaction.atomic():
    kondig_aan("proefmail", aan="toch-niet@example.nl", gegevens={})
    transaction.set_rollback(True)
"""
SCHRIJVER = """
import itertools, sys, time
from pathlib import Path
import django
django.setup()
from django.db import transaction
from teams.berichten import kondig_aan
for nummer in itertools.count():
    if Path(sys.argv[1]).exists():
        break
    with transaction.atomic():
        kondig_aan("proefmail", aan=f"{nummer}@example.nl", gegevens={})
    with transaction.atomic():
        kondig_aan("proefmail", aan="toch-niet@example.nl", gegevens={})
        transaction.set_rollback(True)
    time.sleep(0.05)
"""
ACHTERGROND = """
import time
from config.achtergrond import achtergrond
with achtergrond():
    time.sleep(600)
"""

Starten = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def starten(eigen_database: EigenDatabase, broker: Server) -> Iterator[Starten]:
    """Starts Python on the database and in the data folder of this test; ends what is left of it."""
    processen: list[subprocess.Popen[bytes]] = []
    omgeving = {
        naam: waarde for naam, waarde in os.environ.items() if naam not in ("BROKER_URL", "EMAIL_URL")
    }
    omgeving |= {"DATABASE_URL": eigen_database.url, "EENPLAN_DATA": str(broker.data)}
    omgeving["DJANGO_SETTINGS_MODULE"] = "config.settings"

    def start(*woorden: str) -> subprocess.Popen[bytes]:
        proces = subprocess.Popen(
            [sys.executable, *woorden],
            cwd=settings.BASE_DIR,
            env=omgeving,
            stdout=subprocess.DEVNULL,
            # who runs the tests in the background may have it ignored
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        processen.append(proces)
        return proces

    yield start
    for proces in processen:
        proces.send_signal(signal.SIGINT)
        proces.wait(90)


@pytest.fixture
def worker(starten: Starten) -> Callable[[], subprocess.Popen[bytes]]:
    """Starts a worker as the demo does."""
    return lambda: starten("-W", "ignore::UserWarning", "-m", "celery", "-A", "config", *WORKER)


def duw(server: Server) -> None:
    app = Celery("proef", broker="ingebouwd://localhost", set_as_current=False)
    app.conf.update(broker_transport_options={"data": server.data, "max_retries": 0})
    app.send_task(TAAK, queue="eenplan")


def kinderen(pid: int) -> dict[int, str]:
    """The processes below `pid`, with their command lines."""
    alle = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            velden = stat.read_text().rpartition(")")[2].split()
            opdracht = (stat.parent / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if velden[0] != "Z":
            alle[int(stat.parent.name)] = (int(velden[1]), opdracht)
    eerste = {nummer: opdracht for nummer, (ouder, opdracht) in alle.items() if ouder == pid}
    for nummer in list(eerste):
        eerste |= kinderen(nummer)
    return eerste


def leeft(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_een_worker_verstuurt_wat_een_ander_proces_aankondigt(starten, worker, broker):
    proces = worker()
    wacht_tot(broker.pid)

    assert starten("manage.py", "shell", "--no-imports", "-c", KONDIG_AAN).wait(90) == 0

    wacht_tot(lambda: geadresseerden(broker.data))
    assert geadresseerden(broker.data) == {"jan@example.nl": 1}
    wacht_tot(lambda: not Bericht.objects.wachtend().exists())
    proces.terminate()
    assert proces.wait(90) == 0


@pytest.mark.vol
@pytest.mark.parametrize("keren", [20])
def test_een_broker_die_onder_last_wordt_gedood_komt_terug_met_zijn_worker(
    worker, starten, broker, tmp_path, keren
):
    """While mails are announced, some of them taken back. The broker only wakes: each goes out exactly once."""
    stop = tmp_path / "stop"
    worker()
    wacht_tot(broker.pid)
    schrijver = starten("-c", SCHRIJVER, str(stop))
    for _ in range(keren):
        oude = broker.pid()
        assert oude
        verstuurd = geadresseerden(broker.data).total()
        wacht_tot(lambda verstuurd=verstuurd: geadresseerden(broker.data).total() > verstuurd)
        os.kill(oude, signal.SIGKILL)
        wacht_tot(lambda oude=oude: broker.pid() not in (None, oude))
        aangekondigd = Bericht.objects.count()
        wacht_tot(lambda aangekondigd=aangekondigd: Bericht.objects.count() > aangekondigd)

        duw(broker)

    stop.touch()
    assert schrijver.wait(90) == 0
    duw(broker)
    wacht_tot(lambda: not Bericht.objects.wachtend().exists())
    aantal = Bericht.objects.count()
    assert aantal > keren
    assert geadresseerden(broker.data) == {f"{nummer}@example.nl": 1 for nummer in range(aantal)}


@pytest.mark.parametrize("keren", [1, pytest.param(20, marks=pytest.mark.vol)])
def test_na_kill_9_van_de_worker_is_geen_mail_verloren(worker, broker, keren):
    aantal = 60 * (keren + 1)
    Bericht.objects.bulk_create(
        Bericht(soort="proefmail", aan=f"{nummer}@example.nl") for nummer in range(aantal)
    )

    for _ in range(keren):
        doel = geadresseerden(broker.data).total() + random.randint(1, 40)
        proces = worker()
        wacht_tot(broker.pid)
        duw(broker)
        wacht_tot(lambda doel=doel: geadresseerden(broker.data).total() >= doel)
        proces.kill()
        assert proces.wait(90) == -signal.SIGKILL
    worker()
    Bericht.objects.wachtend().update(niet_voor=Now())
    duw(broker)

    wacht_tot(lambda: not Bericht.objects.wachtend().exists())
    gekregen = geadresseerden(broker.data)
    assert set(gekregen) == {f"{nummer}@example.nl" for nummer in range(aantal)}
    assert gekregen.total() <= aantal + 2 * keren


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="leest de processen uit /proc")
@pytest.mark.parametrize("einde", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.vol)])
def test_worker_en_beat_eindigen_met_wie_ze_startte(starten, broker, einde):
    starter = starten("-c", ACHTERGROND)

    def onderdelen() -> set[str]:
        return {
            woord
            for opdracht in kinderen(starter.pid).values()
            for woord in opdracht.split()
            if woord in ("worker", "beat")
        }

    wacht_tot(lambda: onderdelen() == {"worker", "beat"} and broker.pid() and broker.clients())
    onder = kinderen(starter.pid)

    starter.send_signal(einde)

    wacht_tot(lambda: not any(leeft(pid) for pid in onder))
    assert starter.wait(90) != 0


@pytest.mark.vol
def test_een_worker_die_omvalt_wordt_opnieuw_gestart(starten, broker):
    starter = starten("-c", ACHTERGROND)

    def pid_van(woord: str) -> int | None:
        gevonden = [pid for pid, opdracht in kinderen(starter.pid).items() if f" {woord} " in opdracht]
        return gevonden[0] if gevonden else None

    wacht_tot(lambda: pid_van("worker") and broker.pid())
    eerste = pid_van("worker")
    assert eerste
    os.kill(eerste, signal.SIGKILL)

    wacht_tot(lambda: pid_van("worker") not in (None, eerste))
    Bericht.objects.create(soort="proefmail", aan="jan@example.nl")
    wacht_tot(lambda: geadresseerden(broker.data))
