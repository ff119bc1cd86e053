"""The work of the night: by hand and by beat, twice, at once, and killed halfway."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldingen import periodic
from meldingen.dagoverzicht import kondig_dagoverzichten_aan
from meldingen.herindicatie import maak_herindicaties
from meldingen.models import Gebeurtenis, Koppeling, Melding, Stand
from teams.berichten import bezorg
from teams.models import Medewerker, Rol, Team
from teams.post import Bericht
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, PersoonFactory, TeamFactory, stel_aan
from tests.meldingen.indicaties import OP, indicatie, voorziening
from tests.meldingen_web.werk import geef, maak_melding, vandaag
from voorzieningen.models import Beschikking

Zeg = Callable[..., list[str]]


@pytest.fixture
def nachtwerk(capsys: pytest.CaptureFixture[str]) -> Zeg:
    """Does it by hand; what it says, line by line."""

    def doe(*opties: str) -> list[str]:
        call_command("nachtwerk", *opties)
        return capsys.readouterr().out.splitlines()

    return doe


@pytest.fixture
def haven(db: None) -> Team:
    return TeamFactory(naam="Haven")


@pytest.fixture
def sanne(haven: Team) -> Medewerker:
    medewerker = MedewerkerFactory(first_name="Sanne", email="sanne@example.nl")
    return stel_aan(medewerker, Rol.WIJKWERKER, haven)


@pytest.fixture
def marijke(haven: Team) -> Medewerker:
    return stel_aan(MedewerkerFactory(email="marijke@example.nl"), Rol.COORDINATOR, haven)


# met de hand


@pytest.mark.django_db
def test_het_zegt_per_taak_wat_er_is_gedaan_en_een_tweede_keer_niets_meer(nachtwerk: Zeg) -> None:
    indicatie()
    coordinator = stel_aan(MedewerkerFactory(), Rol.COORDINATOR, TeamFactory())
    maak_melding(coordinator.aanstellingen.get().team, dagen=400)
    eerste = nachtwerk("--op", f"{OP}")
    assert eerste == ["Herindicaties: 1 nieuwe melding.", "Dagoverzicht: 1 mail aangekondigd."]
    tweede = nachtwerk("--op", f"{OP}")
    assert tweede == ["Herindicaties: 0 nieuwe meldingen.", "Dagoverzicht: 0 mails aangekondigd."]


@pytest.mark.django_db
def test_zonder_dag_gaat_het_om_vandaag(nachtwerk: Zeg) -> None:
    indicatie(einddatum=vandaag() + timedelta(days=70))
    assert nachtwerk()[0] == "Herindicaties: 1 nieuwe melding."
    assert Gebeurtenis.objects.get().datum == vandaag()


@pytest.mark.django_db
@pytest.mark.parametrize("tekst", ["2026-02-30", "morgen", "20260302", "2026-W10-1", "02-03-2026", ""])
def test_een_dag_die_er_niet_is_geeft_een_duidelijke_fout(nachtwerk: Zeg, tekst: str) -> None:
    with pytest.raises(CommandError, match="is geen dag; typ jaar, maand en dag") as fout:
        nachtwerk("--op", tekst)
    assert fout.value.returncode == 1


@pytest.mark.django_db
def test_een_taak_die_mislukt_houdt_de_andere_niet_op(
    nachtwerk: Zeg, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def kapot(op: date) -> int:
        Bericht.objects.create(soort="half", aan="niemand")
        raise ZeroDivisionError

    stuk = replace(periodic.NACHTWERK[0], naam="Kapot", doe=kapot)
    monkeypatch.setattr(periodic, "NACHTWERK", (stuk, *periodic.NACHTWERK))
    indicatie()
    with pytest.raises(CommandError, match="Niet gelukt: Kapot") as fout:
        nachtwerk("--op", f"{OP}")
    assert fout.value.returncode == 1
    assert "Herindicaties: 1 nieuwe melding." in capsys.readouterr().out
    assert not Bericht.objects.filter(soort="half").exists()


# elke nacht


@pytest.mark.django_db
def test_beat_doet_elke_nacht_hetzelfde_voor_de_dag_die_begonnen_is() -> None:
    [rooster] = [regel for regel in settings.CELERY_BEAT_SCHEDULE.values() if "nachtwerk" in regel["task"]]
    assert rooster["task"] == periodic.nachtwerk.name
    assert rooster["schedule"].hour == {3}
    indicatie(einddatum=vandaag())
    periodic.nachtwerk()
    assert Gebeurtenis.objects.get().datum == vandaag()


# het dagoverzicht


def test_wie_signalen_heeft_krijgt_een_mail_met_getallen_en_een_adres(
    haven: Team, sanne: Medewerker, marijke: Medewerker
) -> None:
    for _ in range(2):
        geef(maak_melding(haven, dagen=45, naam="Kanarie", vraag="kanarievraag"), sanne, haven)
    assert kondig_dagoverzichten_aan(vandaag()) == 1
    [bericht] = Bericht.objects.all()
    assert bericht.sleutel == f"dagoverzicht:{vandaag()}:{sanne.pk}"
    assert bericht.gegevens == {
        "aantal": 4,
        "regels": "2 keer: Termijn bijna om of voorbij\n2 keer: Lang geen stap gezet",
        "pad": "/signalen",
    }


def test_een_dag_zonder_signalen_geeft_geen_mail(haven: Team, sanne: Medewerker, marijke: Medewerker) -> None:
    geef(maak_melding(haven, dagen=1), sanne, haven)
    assert kondig_dagoverzichten_aan(vandaag()) == 0
    assert not Bericht.objects.exists()


def test_een_keer_per_dag_en_de_volgende_dag_opnieuw(haven: Team, sanne: Medewerker) -> None:
    geef(maak_melding(haven, dagen=20), sanne, haven)
    aantallen = [kondig_dagoverzichten_aan(vandaag() + timedelta(days=dagen)) for dagen in (0, 0, 1, 1)]
    assert aantallen == [1, 0, 1, 0]
    geef(maak_melding(haven, dagen=20), sanne, haven)
    assert kondig_dagoverzichten_aan(vandaag()) == 0


def test_wie_er_niet_meer_werkt_krijgt_niets(haven: Team, sanne: Medewerker, marijke: Medewerker) -> None:
    geef(maak_melding(haven, dagen=20), sanne, haven)
    Medewerker.objects.filter(pk=sanne.pk).update(is_active=False)
    kondig_dagoverzichten_aan(vandaag())
    assert [bericht.aan for bericht in Bericht.objects.all()] == [f"medewerker:{marijke.pk}"]


def test_hoeveel_opdrachten_het_kost_hangt_niet_af_van_hoeveel_er_zijn(haven: Team) -> None:
    kondig_dagoverzichten_aan(vandaag())
    aantallen = []
    for _ in range(3):
        for _ in range(4):
            collega = stel_aan(MedewerkerFactory(), Rol.WIJKWERKER, haven)
            geef(maak_melding(haven, dagen=20), collega, haven)
        Bericht.objects.all().delete()
        with CaptureQueriesContext(connection) as gedaan:
            assert (
                kondig_dagoverzichten_aan(vandaag())
                == Medewerker.objects.filter(aanstellingen__isnull=False).count()
            )
        aantallen.append((Bericht.objects.count(), len(gedaan)))
    assert [aantal for aantal, _ in aantallen] == [4, 8, 12]
    assert len({opdrachten for _, opdrachten in aantallen}) == 1


def test_de_mail_komt_aan_als_tekst(eigen_database: EigenDatabase) -> None:
    haven = TeamFactory()
    sanne = stel_aan(MedewerkerFactory(email="sanne@example.nl"), Rol.WIJKWERKER, haven)
    geef(maak_melding(haven, dagen=20), sanne, haven)
    kondig_dagoverzichten_aan(vandaag())
    bezorg()
    [bericht] = mail.outbox
    assert bericht.to == ["sanne@example.nl"]
    assert bericht.subject == "U heeft 1 signaal in Eenplan"
    assert "1 keer: Lang geen stap gezet" in bericht.body
    assert f"{settings.SITE_URL}/signalen" in bericht.body


# tegelijk, en halverwege gestorven


def aflopende(hoeveel: int) -> None:
    """So many indicaties that end soon, of a few persons."""
    product = voorziening()
    personen = [PersoonFactory() for _ in range(5)]
    Beschikking.objects.bulk_create(
        Beschikking(
            ref=f"b{nummer}",
            persoon=personen[nummer % 5],
            voorziening=product,
            ingangsdatum=date(2025, 1, 1),
            einddatum=OP + timedelta(days=30),
        )
        for nummer in range(hoeveel)
    )


def elk_precies_een(hoeveel: int) -> None:
    """Of each indicatie one melding, with all that belongs to it."""
    assert Melding.objects.values("herindicatie_van").distinct().count() == Melding.objects.count() == hoeveel
    for model in (Gebeurtenis, Koppeling, Stand):
        assert model._base_manager.count() == hoeveel
    assert set(Melding.objects.values_list("status", flat=True)) == {"ontvangen"}


def test_twee_tegelijk_maken_er_samen_van_elk_een(eigen_database: EigenDatabase) -> None:
    aflopende(200)
    start, gemaakt = Barrier(2), []

    def doe() -> None:
        try:
            connection.ensure_connection()
            start.wait(60)
            gemaakt.append(maak_herindicaties(OP))
        finally:
            connection.close()

    draden = [Thread(target=doe) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(120)
    assert sorted(gemaakt) == [0, 200]
    elk_precies_een(200)


@pytest.mark.vol
@pytest.mark.parametrize("keren", [20])
def test_na_kill_9_op_willekeurige_momenten_is_er_van_elk_een(
    eigen_database: EigenDatabase, keren: int
) -> None:
    hoeveel = 3000
    aflopende(hoeveel)
    gedood = 0
    for _ in range(keren):
        proces = draai(eigen_database)
        assert proces.stdout
        proces.stdout.readline()
        time.sleep(random.uniform(0, 1.5) if keren > 1 else 0)
        proces.kill()
        gedood += proces.wait(60) == -9
        assert Melding.objects.count() in (0, hoeveel)
    laatste = draai(eigen_database)
    uitvoer, _ = laatste.communicate(timeout=300)
    assert laatste.returncode == 0, uitvoer
    assert gedood
    elk_precies_een(hoeveel)


def draai(database: EigenDatabase) -> subprocess.Popen[str]:
    """The command in a process of its own, which says a line when it begins."""
    code = (
        "import django; django.setup(); from django.core.management import call_command as doe; "
        f"print('begin', flush=True); doe('nachtwerk', '--op', '{OP}')"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
