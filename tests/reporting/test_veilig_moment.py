"""What is being registered at the moment of freezing is waited for, with a second connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction

from config.overdracht.importeren import SLOT
from meldingen.models import Contactkanaal, Klantcontact
from reporting.edities import controleer, stel_vast
from reporting.models import Editie
from reporting.moment import veilig_moment
from reporting.periode import Periode
from teams.geweigerd import Geweigerd

Q1 = Periode.van_tekst("2015-Q1")
KORT = timedelta(seconds=0.3)


def registreer() -> None:
    Klantcontact.objects.create(datum="2015-01-05", kanaal=Contactkanaal.TELEFOON)


@contextmanager
def elders(doe: Callable[[], object]) -> Iterator[Event]:
    """On a connection of its own somebody did something and didn't commit yet; set the event, and they do."""
    gedaan, klaar = Event(), Event()

    def werk() -> None:
        try:
            with transaction.atomic():
                doe()
                gedaan.set()
                klaar.wait(60)
        finally:
            gedaan.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        bezig = pool.submit(werk)
        gedaan.wait(60)
        try:
            yield klaar
        finally:
            klaar.set()
            bezig.result(60)


def telefoon(editie: Editie) -> int:
    inhoud = bytes(editie.tabellen.get().inhoud).decode()
    return int(inhoud.split('"sleutel":"telefoon","waarden":[')[1].split("]")[0])


@pytest.mark.usefixtures("eigen_database")
def test_een_registratie_die_nog_niet_vastlag_zit_erin_zodra_zij_vastligt():
    with elders(registreer) as klaar, ThreadPoolExecutor(1) as pool:

        def vast() -> Editie:
            try:
                return stel_vast(["1.1"], periode=Q1, titel="Q1")
            finally:
                connection.close()

        bezig: Future[Editie] = pool.submit(vast)
        with pytest.raises(TimeoutError):
            bezig.result(0.5)
        klaar.set()
        editie = bezig.result(60)

    contact = Klantcontact.objects.get()
    assert contact.geregistreerd_op < editie.bekend_op
    assert telefoon(editie) == 1
    assert controleer(editie).gelijk


@pytest.mark.usefixtures("eigen_database")
def test_wie_te_lang_bezig_is_houdt_het_vaststellen_tegen_met_een_zin():
    with elders(registreer):
        begin = monotonic()
        with (
            transaction.atomic(),
            pytest.raises(Geweigerd, match="Er wordt nog iets geregistreerd, al sinds"),
        ):
            veilig_moment(KORT)
        assert monotonic() - begin < 5
    veilig_moment(KORT)


@pytest.mark.usefixtures("eigen_database")
def test_een_overdracht_die_nog_niets_schreef_houdt_het_ook_tegen():
    """It gives everything the moment at which its transaction began, and holds its lock from then on."""

    def begin() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])

    with elders(begin), pytest.raises(Geweigerd):
        veilig_moment(KORT)


@pytest.mark.usefixtures("eigen_database")
def test_wie_alleen_leest_houdt_niemand_op_en_wie_later_begint_ook_niet():
    with elders(lambda: Klantcontact.objects.count()):
        veilig_moment(KORT)
        gezien: list[float] = []

        def en_dan(seconden: float) -> None:
            """While one waits, another begins."""
            if not gezien:
                begonnen.append(later.__enter__())
            gezien.append(seconden)

        begonnen: list[Event] = []
        later = elders(registreer)
        try:
            moment = veilig_moment(KORT, slaap=en_dan)
        finally:
            later.__exit__(None, None, None)
    assert Klantcontact.objects.get().geregistreerd_op > moment


@pytest.mark.usefixtures("eigen_database")
def test_twee_tegelijk_stellen_allebei_vast():
    def vast(titel: str) -> Editie:
        try:
            return stel_vast(["1.1", "2.4"], periode=Q1, titel=titel)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        edities = list(pool.map(vast, ("een", "twee")))
    assert {editie.titel for editie in edities} == {"een", "twee"}
    for editie in edities:
        assert controleer(Editie.objects.get(pk=editie.pk)).gelijk
