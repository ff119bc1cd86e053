"""Files with every table: asked for, made once, cancelled, too large, failed, kept for a while, taken along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meldingen.pdf import kan_pdf
from reporting import bestanden
from reporting.antwoord import beantwoord
from reporting.bestanden import OPGEGEVEN, bestandsnaam, breek_af, log_meegenomen, maak, vraag_aan
from reporting.fouten import Invoerfout
from reporting.models import Bestand, Bestandsstand, Meegenomen
from reporting.models.bestand import SOORT
from reporting.periodic import ruim_bestanden_op
from reporting.register import TABELLEN
from reporting.tasks import maak_bestanden
from reporting.vraag import Vraag
from teams.berichten import Baan, Ronde, bezorg
from teams.lezen import Spoor
from teams.models import Bericht, Instelling, Medewerker, Team
from tests.conftest import EigenDatabase
from tests.draden import Draden
from tests.factories import TeamFactory
from tests.wachten import wacht_tot

from .lezers import cijfers, lees_ods, lees_pdf, lees_xlsx, lees_zip, verwacht


def _vraag(**meer: Any) -> Vraag:
    return Vraag.van_invoer(next(iter(TABELLEN)), periode="2015-Q2", **meer)


def vraag(door: Medewerker, formaat: str = "csv", **meer: Any) -> Bestand:
    return vraag_aan(_vraag(**meer), formaat, door=door, sleutel=uuid4())


@pytest.fixture
def team(eigen_database: EigenDatabase) -> Team:
    """In a database of one's own: making a file takes transactions that are real."""
    return TeamFactory(code="noord", naam="Wijkteam Noord")


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("formaat", ["csv", "xlsx", "ods", "pdf"])
def test_het_bestand_heeft_elke_tabel_zoals_zij_bekend_was_bij_het_vragen(
    wijkwerker: Medewerker, formaat: str
) -> None:
    if formaat == "pdf" and not kan_pdf():
        pytest.skip("Pango is er niet")
    bestand = vraag(wijkwerker, formaat, vergelijk="2015-Q1")
    assert bestand.stand == Bestandsstand.BEZIG
    maak_bestanden()
    bestand.refresh_from_db()
    assert bestand.stand == Bestandsstand.KLAAR
    assert bestand.gedaan == bestand.totaal == len(TABELLEN)
    inhoud = bytes(bestand.inhoud or b"")
    assert bestand.omvang == len(inhoud)
    antwoord = beantwoord(Vraag.van_invoer("2.5", periode="2015-Q2", vergelijk="2015-Q1"))
    if formaat == "pdf":
        assert f"2.5 {antwoord.tabel.titel}" in lees_pdf(inhoud)
        return
    bladen = {"csv": lees_zip, "xlsx": lees_xlsx, "ods": lees_ods}[formaat](inhoud)
    blad = bladen["monitor-2.5-2015-Q1-en-2015-Q2.csv" if formaat == "csv" else "2.5"]
    assert cijfers(blad) == verwacht(antwoord, formaat)
    assert bestandsnaam(bestand) == f"monitor-2015-Q1-en-2015-Q2.{'zip' if formaat == 'csv' else formaat}"


@pytest.mark.parametrize("formaat", ["svg", "png", "json", "tekst", "exe", ""])
def test_een_formaat_voor_een_tabel_wordt_geweigerd(wijkwerker: Medewerker, formaat: str) -> None:
    with pytest.raises(Invoerfout, match=r"passen niet alle tabellen\. Kies uit: csv, xlsx, ods, pdf"):
        vraag(wijkwerker, formaat)
    assert not Bestand.objects.exists()


def test_twee_klikken_geven_een_bestand(wijkwerker: Medewerker, collega: Medewerker) -> None:
    klik = uuid4()
    eerste, tweede = (vraag_aan(_vraag(), "csv", door=wijkwerker, sleutel=klik) for _ in range(2))
    assert eerste == tweede
    assert vraag(wijkwerker) == eerste, "dezelfde vraag, terwijl dat bestand nog wordt gemaakt"
    assert vraag(collega) != eerste
    assert vraag(wijkwerker, "xlsx") != eerste
    assert Bericht.objects.filter(soort=SOORT, gegevens={"bestand": eerste.pk}).count() == 1


@pytest.mark.usefixtures("team")
def test_tien_klikken_tegelijk_geven_een_bestand(wijkwerker: Medewerker) -> None:
    gegeven: list[int] = []
    with Draden(10) as draden:
        draden.doe(*[lambda: gegeven.append(vraag(wijkwerker).pk)] * 10)
    assert len(gegeven) == 10
    assert len(set(gegeven)) == 1
    assert bezorg(Baan.BESTANDEN) == Ronde(1, 0)
    assert Bestand.objects.get().stand == Bestandsstand.KLAAR


@pytest.mark.usefixtures("team")
def test_na_een_klaar_bestand_geeft_dezelfde_klik_dat_en_een_nieuwe_een_nieuw(wijkwerker: Medewerker) -> None:
    klik = uuid4()
    eerste = vraag_aan(_vraag(), "csv", door=wijkwerker, sleutel=klik)
    maak_bestanden()
    assert vraag_aan(_vraag(), "csv", door=wijkwerker, sleutel=klik) == eerste
    assert vraag(wijkwerker) != eerste


@pytest.mark.usefixtures("team")
def test_halverwege_ziet_een_ander_hoe_ver_het_is_en_kan_het_worden_afgebroken(
    wijkwerker: Medewerker, monkeypatch: pytest.MonkeyPatch
) -> None:
    bestand = vraag(wijkwerker)
    stand: list[int] = []

    def tel(een: Vraag) -> Any:
        def kijk() -> None:
            stand.append(Bestand.objects.get().gedaan)
            if len(stand) == 3:
                assert breek_af(Bestand.objects.all()) == 1
            connection.close()

        ander = threading.Thread(target=kijk)
        ander.start()
        ander.join()
        return beantwoord(een)

    monkeypatch.setattr(bestanden, "antwoord_met_noten", tel)
    maak_bestanden()
    assert stand == [0, 1, 2]
    bestand.refresh_from_db()
    assert (bestand.stand, bestand.inhoud) == (Bestandsstand.AFGEBROKEN, None)
    assert Bericht.objects.get().verzonden_op


@pytest.mark.usefixtures("team")
def test_wat_klaar_is_valt_niet_meer_af_te_breken(wijkwerker: Medewerker) -> None:
    vraag(wijkwerker)
    maak_bestanden()
    assert breek_af(Bestand.objects.all()) == 0
    assert Bestand.objects.get().stand == Bestandsstand.KLAAR


WORKER = """
import os, signal, sys
import django
django.setup()
from reporting import bestanden
from reporting.tasks import maak_bestanden

echt = bestanden.antwoord_met_noten
def tel(vraag):
    if vraag.tabel == "2.4" and sys.argv[1] == "sterf":
        os.kill(os.getpid(), signal.SIGKILL)
    return echt(vraag)
bestanden.antwoord_met_noten = tel
maak_bestanden()
"""


@pytest.mark.usefixtures("team")
def test_een_worker_die_halverwege_wordt_gedood_begint_opnieuw_en_het_bestand_is_er_eenmaal(
    wijkwerker: Medewerker, eigen_database: EigenDatabase
) -> None:
    vraag(wijkwerker)
    omgeving = {**os.environ, "DATABASE_URL": eigen_database.url, "DJANGO_SETTINGS_MODULE": "config.settings"}

    def worker(hoe: str) -> int:
        return subprocess.run([sys.executable, "-c", WORKER, hoe], env=omgeving, check=False).returncode

    assert worker("sterf") == -signal.SIGKILL
    halverwege = Bestand.objects.get()
    assert halverwege.stand == Bestandsstand.BEZIG
    assert 0 < halverwege.gedaan < halverwege.totaal
    wacht_tot(lambda: Bericht.objects.aan_de_beurt().exists())
    assert worker("leef") == 0
    assert worker("leef") == 0
    (bestand,) = Bestand.objects.all()
    assert bestand.stand == Bestandsstand.KLAAR
    assert len(lees_zip(bytes(bestand.inhoud or b""))) == len(TABELLEN) + 1


@pytest.mark.usefixtures("team")
def test_wat_telkens_mislukt_wordt_opgegeven_en_mag_dan_opnieuw(
    wijkwerker: Medewerker, monkeypatch: pytest.MonkeyPatch
) -> None:
    eerste = vraag(wijkwerker)

    def breek(_: Vraag) -> Any:
        raise RuntimeError

    with monkeypatch.context() as stuk:
        stuk.setattr(bestanden, "antwoord_met_noten", breek)
        for _ in range(3):
            Bericht.objects.update(niet_voor=timezone.now())
            assert bezorg(Baan.BESTANDEN) == Ronde(0, 1)
    assert list(Bestand.objects.opgegeven()) == [eerste]
    tweede = vraag(wijkwerker)
    eerste.refresh_from_db()
    assert (eerste.stand, eerste.waarom) == (Bestandsstand.MISLUKT, OPGEGEVEN)
    assert tweede != eerste
    maak_bestanden()
    tweede.refresh_from_db()
    assert tweede.stand == Bestandsstand.KLAAR


@pytest.mark.usefixtures("team")
def test_een_te_groot_bestand_wordt_niet_bewaard_en_zegt_waarom(wijkwerker: Medewerker) -> None:
    Instelling.objects.create(
        sleutel="bestand_hoogstens_mb", geldig_van=timezone.localdate(), waarde="0.0001"
    )
    vraag(wijkwerker)
    maak_bestanden()
    bestand = Bestand.objects.get()
    assert (bestand.stand, bestand.inhoud) == (Bestandsstand.MISLUKT, None)
    assert "wordt niet bewaard" in bestand.waarom


@pytest.mark.usefixtures("team")
def test_zonder_pango_zegt_een_pdf_dat_het_niet_kan(
    wijkwerker: Medewerker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    vraag(wijkwerker, "pdf")
    maak_bestanden()
    assert "Pango" in Bestand.objects.get().waarom


@pytest.mark.usefixtures("team")
def test_na_de_bewaartermijn_is_het_bestand_weg(wijkwerker: Medewerker) -> None:
    Instelling.objects.create(sleutel="bestand_bewaardagen", geldig_van=timezone.localdate(), waarde=2)
    vraag(wijkwerker)
    maak_bestanden()
    bestand = Bestand.objects.get()
    assert bestand.vervalt_op
    assert timedelta(days=1, hours=23) < bestand.vervalt_op - timezone.now() <= timedelta(days=2)
    nooit, vers = vraag(wijkwerker, "xlsx"), vraag(wijkwerker, "ods")
    Bestand.objects.filter(pk=nooit.pk).update(aangevraagd_op=timezone.now() - timedelta(days=3))
    ruim_bestanden_op()
    assert set(Bestand.objects.all()) == {bestand, vers}
    Bestand.objects.filter(pk=bestand.pk).update(vervalt_op=timezone.now())
    assert not Bestand.objects.af_te_halen().exists()
    ruim_bestanden_op()
    ruim_bestanden_op()
    assert set(Bestand.objects.all()) == {vers}
    maak(bestand.pk)


def test_het_log_van_wat_is_meegenomen_verandert_nooit(wijkwerker: Medewerker) -> None:
    log_meegenomen("2.4", {"periode": "2015-Q2"}, "csv", spoor=Spoor.van(wijkwerker))
    with pytest.raises(IntegrityError, match="wordt niet gewijzigd of verwijderd"), transaction.atomic():
        Meegenomen.objects.update(formaat="pdf")
    with pytest.raises(IntegrityError, match="wordt niet gewijzigd of verwijderd"), transaction.atomic():
        Meegenomen.objects.all().delete()


def test_een_bestand_is_klaar_met_inhoud_of_geen_van_beide(wijkwerker: Medewerker) -> None:
    bestand = vraag(wijkwerker)
    for velden in ({"klaar_op": timezone.now()}, {"inhoud": b"x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bestand.objects.filter(pk=bestand.pk).update(**velden)
