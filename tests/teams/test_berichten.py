"""The outbox: nothing is announced that did not happen, and nothing that was announced is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from teams import berichten
from teams.berichten import Effect, Ronde, bezorg, kondig_aan, probeer_mislukte_opnieuw, wachttijd
from teams.models import Bericht, Instelling
from teams.periodic import SLOT, ruim_berichten_op
from tests.wachten import wacht_tot

ADRES = "jan@example.nl"
RELAY = """
import os, signal, sys, time
import django
django.setup()
from teams.berichten import bezorg, effect

@effect("naar_bestand", "nummer")
def schrijf(bericht):
    with open(sys.argv[1], "a") as bestand:
        bestand.write(f"{bericht.gegevens['nummer']}\\n")
    if bericht.gegevens["nummer"] == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.002)

bezorg()
"""

Registreer = Callable[..., None]


@pytest.fixture
def soort(monkeypatch: pytest.MonkeyPatch) -> Registreer:
    """Registers an effect for this test alone."""

    def registreer(naam: str, voer_uit: Callable[[Bericht], object], *velden: str) -> None:
        monkeypatch.setitem(
            berichten._effecten, naam, Effect(frozenset(velden), lambda bericht: voer_uit(bericht) and None)
        )

    return registreer


@pytest.fixture(autouse=True)
def zonder_broker(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nudges end here; the list holds what would have been sent."""
    gestuurd: list[str] = []
    monkeypatch.setattr(berichten.current_app, "send_task", lambda naam, **_: gestuurd.append(naam))
    monkeypatch.setattr(berichten._Broker, "rust_tot", 0.0)
    return gestuurd


def stel_in(sleutel: str, waarde: int) -> None:
    Instelling.objects.create(sleutel=sleutel, geldig_van=date(2000, 1, 1), waarde=waarde)


def maak_aan_de_beurt() -> None:
    Bericht.objects.wachtend().update(niet_voor=Now())


def relay(url: str, bestand: Path, dodelijk: int = -1) -> subprocess.Popen[bytes]:
    """A round of delivering in another process, which dies right after the effect of number `dodelijk`."""
    omgeving = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    opdracht = [sys.executable, "-c", RELAY, str(bestand), str(dodelijk)]
    return subprocess.Popen(opdracht, cwd=settings.BASE_DIR, env=omgeving)


def in_draden(aantal: int, werk: Callable[[], object]) -> None:
    """Does `werk` in so many threads at once; an error in any of them comes out here."""
    start = Barrier(aantal)

    def draad() -> None:
        start.wait()
        try:
            werk()
        finally:
            connection.close()

    with ThreadPoolExecutor(aantal) as draden:
        for klaar in [draden.submit(draad) for _ in range(aantal)]:
            klaar.result()


def test_een_mail_gaat_eenmaal_uit_nadat_de_stap_vaststaat(eigen_database, zonder_broker):
    with transaction.atomic():
        kondig_aan("proefmail", aan=ADRES, gegevens={})
        assert bezorg_in_andere_verbinding() == Ronde(0, 0)

    assert zonder_broker == [berichten.TAAK]
    assert bezorg() == Ronde(1, 0)
    assert bezorg() == Ronde(0, 0)
    assert [(post.to, post.subject) for post in mail.outbox] == [([ADRES], "Proefmail van Eenplan")]
    assert Bericht.objects.get().verzonden_op is not None


def bezorg_in_andere_verbinding() -> Ronde:
    uitkomst: list[Ronde] = []
    in_draden(1, lambda: uitkomst.append(bezorg()))
    return uitkomst[0]


def test_een_rollback_laat_geen_bericht_en_geen_mail_achter(eigen_database, zonder_broker):
    with transaction.atomic():
        kondig_aan("proefmail", aan=ADRES, gegevens={})
        transaction.set_rollback(True)

    assert bezorg() == Ronde(0, 0)
    assert not Bericht.objects.exists()
    assert zonder_broker == []
    assert mail.outbox == []


def test_een_transactie_met_veel_berichten_wekt_de_worker_eenmaal(eigen_database, zonder_broker):
    with transaction.atomic():
        for _ in range(20):
            kondig_aan("proefmail", aan=ADRES, gegevens={})

    assert zonder_broker == [berichten.TAAK]


def test_een_broker_die_weg_is_houdt_geen_enkele_stap_tegen(eigen_database, monkeypatch):
    pogingen: list[str] = []

    def weg(naam: str, **_: object) -> None:
        pogingen.append(naam)
        raise ConnectionError

    monkeypatch.setattr(berichten.current_app, "send_task", weg)

    for _ in range(3):
        kondig_aan("proefmail", aan=ADRES, gegevens={})

    assert len(pogingen) == 1
    assert bezorg() == Ronde(3, 0)


def test_een_onbekende_soort_of_ander_gegeven_wordt_geweigerd(db, soort):
    soort("bel", print, "nummer")

    with pytest.raises(ValueError, match="geen effect"):
        kondig_aan("bestaat_niet", aan=ADRES, gegevens={})
    with pytest.raises(ValueError, match="nummer"):
        kondig_aan("bel", aan=ADRES, gegevens={"nummer": 3, "naam": "Jansen"})
    assert not Bericht.objects.exists()


def test_een_medewerker_krijgt_de_mail_op_zijn_adres_van_nu(db, wijkwerker, buitenstaander):
    for medewerker in (wijkwerker, buitenstaander):
        medewerker.email = f"oud-{medewerker.username}@example.nl"
        medewerker.save()
        kondig_aan("proefmail", aan=medewerker, gegevens={})
    wijkwerker.email = "nieuw@example.nl"
    wijkwerker.save()

    bezorg()

    assert [post.to for post in mail.outbox] == [["nieuw@example.nl"]]
    assert not Bericht.objects.wachtend().exists()
    assert not Bericht.objects.filter(aan__contains="@").exists()


def test_een_mail_is_gewone_tekst_met_een_volledig_adres(db, soort, settings):
    motor = settings.TEMPLATES[0]
    sjabloon = "Onderwerp: Melding {{ nummer }}\n\nBel {{ wie }}: {{ site }}{{ pad }}\n"
    laders = [("django.template.loaders.locmem.Loader", {"post/bel.txt": sjabloon})]
    opties = {**motor["OPTIONS"], "loaders": laders}
    settings.TEMPLATES = [{**motor, "APP_DIRS": False, "OPTIONS": opties}]
    settings.SITE_URL = "https://eenplan.example.nl"
    soort("bel", berichten._effecten["proefmail"].voer_uit, "nummer", "wie", "pad")
    kondig_aan("bel", aan=ADRES, gegevens={"nummer": 7, "wie": "O'Neill & <zoon>", "pad": "/meldingen/7"})

    bezorg()

    assert mail.outbox[0].subject == "Melding 7"
    assert mail.outbox[0].body == "Bel O'Neill & <zoon>: https://eenplan.example.nl/meldingen/7\n"


def test_een_mail_die_nog_eens_gaat_heeft_hetzelfde_kenmerk(db):
    kondig_aan("proefmail", aan=ADRES, gegevens={})
    bezorg()
    Bericht.objects.update(verzonden_op=None, niet_voor=Now())

    bezorg()

    eerste, tweede = (post.extra_headers["Message-ID"] for post in mail.outbox)
    assert eerste == tweede


def test_een_giftig_bericht_houdt_de_andere_niet_op_en_wordt_opgegeven(db, soort):
    stel_in("bericht_pogingen", 3)
    soort("giftig", lambda bericht: int("geheim 123456782"))
    kondig_aan("giftig", aan=ADRES, gegevens={})
    for _ in range(3):
        kondig_aan("proefmail", aan=ADRES, gegevens={})

    assert bezorg() == Ronde(3, 1)
    giftig = Bericht.objects.get(soort="giftig")
    assert giftig.niet_voor > timezone.now()
    assert giftig.laatste_fout == "ValueError"
    for _ in range(4):
        maak_aan_de_beurt()
        bezorg()

    giftig.refresh_from_db()
    assert (giftig.pogingen, giftig.verzonden_op) == (3, None)
    assert list(Bericht.objects.mislukt()) == [giftig]


def test_wat_is_opgegeven_gaat_op_verzoek_opnieuw_mee(db, soort):
    stel_in("bericht_pogingen", 1)
    soort("giftig", lambda bericht: 1 / 0)
    kondig_aan("giftig", aan=ADRES, gegevens={})
    bezorg()
    soort("giftig", lambda bericht: 0)

    assert probeer_mislukte_opnieuw() == 1

    assert bezorg() == Ronde(1, 0)
    assert not Bericht.objects.mislukt().exists()


def test_wat_een_mislukt_effect_in_de_database_schreef_is_weg(eigen_database, soort):
    def half(bericht: Bericht) -> None:
        stel_in("half", 1)
        raise RuntimeError

    soort("half", half)
    kondig_aan("half", aan=ADRES, gegevens={})

    assert bezorg() == Ronde(0, 1)
    assert not Instelling.objects.filter(sleutel="half").exists()


def test_de_wachttijd_verdubbelt_tot_een_kwart_dag():
    for poging in range(1, 100):
        verwacht = timedelta(seconds=min(5 * 2 ** (poging - 1), 6 * 60 * 60))
        assert 0.75 * verwacht <= wachttijd(poging) <= 1.25 * verwacht
    assert len({wachttijd(3) for _ in range(10)}) > 1


def test_acht_relays_tegelijk_bezorgen_alles_precies_eenmaal(eigen_database, soort):
    bezorgd: list[int] = []
    soort("tel", lambda bericht: bezorgd.append(bericht.pk))
    with transaction.atomic():
        for _ in range(200):
            kondig_aan("tel", aan=ADRES, gegevens={})

    in_draden(8, bezorg)

    assert sorted(bezorgd) == sorted(Bericht.objects.values_list("pk", flat=True))
    assert not Bericht.objects.wachtend().exists()


def test_wat_een_ander_onder_handen_heeft_wordt_overgeslagen(eigen_database, soort, monkeypatch):
    monkeypatch.setattr(berichten, "wachttijd", lambda poging: timedelta(0))
    bezig, klaar = Event(), Event()
    soort("traag", lambda bericht: (bezig.set(), klaar.wait(60)))
    kondig_aan("traag", aan=ADRES, gegevens={})
    draad = Thread(target=lambda: (bezorg(), connection.close()))
    draad.start()
    assert bezig.wait(60)

    try:
        assert bezorg() == Ronde(0, 0)
    finally:
        klaar.set()
        draad.join()

    assert Bericht.objects.get().pogingen == 1
    assert Bericht.objects.get().verzonden_op is not None


def test_twintig_tegelijk_met_een_sleutel_geven_een_bericht(eigen_database):
    in_draden(20, lambda: kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:1"))
    kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:1")
    kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:2")

    assert sorted(Bericht.objects.values_list("sleutel", flat=True)) == ["proef:1", "proef:2"]


def test_een_sleutel_van_een_teruggedraaide_stap_is_weer_vrij(eigen_database):
    with transaction.atomic():
        kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:1")
        transaction.set_rollback(True)

    kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:1")

    assert Bericht.objects.count() == 1


def test_een_bericht_is_niet_verzonden_en_mislukt_tegelijk(db):
    with pytest.raises(IntegrityError, match="bericht_verzonden_of_mislukt"):
        Bericht.objects.create(soort="proefmail", aan=ADRES, verzonden_op=Now(), mislukt_op=Now())


def test_sterven_tussen_effect_en_vinkje_geeft_het_effect_nog_eens(eigen_database, tmp_path):
    bestand = tmp_path / "bezorgd"
    Bericht.objects.bulk_create(naar_bestand(nummer) for nummer in range(3))

    assert relay(eigen_database.url, bestand, dodelijk=1).wait(60) == -9
    afgebroken = Bericht.objects.get(gegevens__nummer=1)
    assert (afgebroken.pogingen, afgebroken.verzonden_op) == (1, None)
    assert afgebroken.laatste_fout == berichten.AFGEBROKEN
    maak_aan_de_beurt()
    assert relay(eigen_database.url, bestand).wait(60) == 0

    assert Counter(bestand.read_text().split()) == {"0": 1, "1": 2, "2": 1}
    assert not Bericht.objects.wachtend().exists()


def test_een_bericht_dat_elk_proces_doodt_wordt_opgegeven_en_de_rest_komt_aan(eigen_database, tmp_path):
    stel_in("bericht_pogingen", 2)
    bestand = tmp_path / "bezorgd"
    Bericht.objects.bulk_create(naar_bestand(nummer) for nummer in range(3))

    for uitkomst in (-9, -9, 0):
        assert relay(eigen_database.url, bestand, dodelijk=0).wait(60) == uitkomst
        maak_aan_de_beurt()

    assert Bericht.objects.mislukt().get().gegevens == {"nummer": 0}
    assert set(bestand.read_text().split()) == {"0", "1", "2"}
    assert not Bericht.objects.wachtend().exists()


@pytest.mark.parametrize("keren", [1, pytest.param(20, marks=pytest.mark.vol)])
def test_na_kill_9_van_de_relay_is_geen_bericht_verloren(eigen_database, tmp_path, keren):
    bestand = tmp_path / "bezorgd"
    aantal = 60 * (keren + 1)
    Bericht.objects.bulk_create(naar_bestand(nummer) for nummer in range(aantal))

    def geschreven() -> list[str]:
        return bestand.read_text().split() if bestand.exists() else []

    for _ in range(keren):
        doel = len(geschreven()) + random.randint(1, 40)
        proces = relay(eigen_database.url, bestand)
        wacht_tot(lambda doel=doel: len(geschreven()) >= doel)
        proces.kill()
        assert proces.wait(60) == -9
    maak_aan_de_beurt()
    assert relay(eigen_database.url, bestand).wait(60) == 0

    assert set(geschreven()) == {str(nummer) for nummer in range(aantal)}
    assert len(geschreven()) <= aantal + keren
    assert not Bericht.objects.wachtend().exists()


def naar_bestand(nummer: int) -> Bericht:
    return Bericht(soort="naar_bestand", aan=ADRES, gegevens={"nummer": nummer})


def test_verzonden_berichten_gaan_weg_na_de_bewaartermijn(db, soort):
    stel_in("bericht_bewaardagen", 7)
    nu = timezone.now()
    for sleutel, verzonden_op in [
        (None, nu - timedelta(days=8)),
        ("proef:oud", nu - timedelta(days=8)),
        ("proef:kort", nu - timedelta(days=6)),
        ("proef:wacht", None),
    ]:
        Bericht.objects.create(soort="proefmail", aan=ADRES, sleutel=sleutel, verzonden_op=verzonden_op)

    for _ in range(2):
        ruim_berichten_op()

    assert dict(Bericht.objects.values_list("sleutel", "aan")) == {
        "proef:oud": "",
        "proef:kort": ADRES,
        "proef:wacht": ADRES,
    }
    kondig_aan("proefmail", aan=ADRES, gegevens={}, sleutel="proef:oud")
    assert Bericht.objects.count() == 3


def test_opruimen_gaat_niet_door_zolang_een_ander_het_doet(eigen_database):
    lang_geleden = timezone.now() - timedelta(days=400)
    Bericht.objects.create(soort="proefmail", aan=ADRES, verzonden_op=lang_geleden)
    bezig, klaar = Event(), Event()

    def ander() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SLOT, ["teams.periodic.ruim_berichten_op"])
            bezig.set()
            klaar.wait(60)
        connection.close()

    draad = Thread(target=ander)
    draad.start()
    assert bezig.wait(60)
    ruim_berichten_op()
    assert Bericht.objects.count() == 1
    klaar.set()
    draad.join()

    ruim_berichten_op()

    assert Bericht.objects.count() == 0


def test_met_de_hand_versturen_zegt_wat_er_is_gebeurd(db, soort, capsys):
    soort("giftig", lambda bericht: 1 / 0)
    kondig_aan("giftig", aan=ADRES, gegevens={})

    call_command("verstuur_berichten", "--opnieuw", proef=ADRES)

    assert capsys.readouterr().out.splitlines() == [
        "0 opgegeven berichten gaan opnieuw mee.",
        "1 berichten verstuurd, 1 pogingen mislukt.",
    ]
    assert [post.to for post in mail.outbox] == [[ADRES]]
