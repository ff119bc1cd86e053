"""The BSN: bound to its person, found by its index, and brought under new keys while everybody works on."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings

from config.demo.namen import proefnummers
from households import sleutels, workflow
from households.management.commands import sleutels as commando
from households.models import BSN_KOLOMMEN, Persoon
from households.zoeken import vind
from meldingen.models import Partij, PartijIdentificator, Partijsoort
from teams.geweigerd import Geweigerd
from teams.kluis import SOORTEN, VERSLEUTELEN, ZOEKEN, Beschadigd, OnbekendeSleutel, kluis, sleutelbestand
from teams.models import Medewerker
from teams.workflow.abonnementen import maak_abonnement
from teams.workflow.afnemers import maak_afnemer
from tests.conftest import EigenDatabase
from tests.factories import PersoonFactory
from tests.reservekopie import dump, leesbaar

EEN, TWEE, DRIE = "999990019", "999990020", "999990032"
VANDAAG = date(2026, 11, 22)
VEEL = [200, pytest.param(10_000, marks=pytest.mark.vol)]


@pytest.fixture(autouse=True)
def eigen_sleutels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of keys for this test alone, in which nobody else looks."""
    monkeypatch.setattr(sleutels, "RUST", 0.0)
    with override_settings(EENPLAN_SLEUTELS=tmp_path / "sleutels.json", SLEUTELS_ZELF_MAKEN=True):
        yield tmp_path / "sleutels.json"


@pytest.fixture
def per_twintig(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sleutels, "PER_KEER", 20)


def doe(naam: str, *args: str) -> str:
    """What a command prints."""
    uit = StringIO()
    call_command(naam, *args, stdout=uit, stderr=uit)
    return uit.getvalue()


def maak(aantal: int) -> dict[int, str]:
    """So many persons, and their BSN by key."""
    personen = [
        Persoon(achternaam=f"Jansen{nummer}", bsn=bsn)
        for nummer, bsn in enumerate(islice(cycle(proefnummers()), aantal))
    ]
    Persoon.objects.bulk_create(personen, batch_size=1000)
    return {persoon.pk: persoon.bsn for persoon in personen}


@pytest.mark.django_db
def test_een_bsn_leest_terug_zoals_het_was() -> None:
    jansen = Persoon.objects.create(achternaam="Jansen", bsn=EEN)
    leeg = Persoon.objects.create(achternaam="Bos")
    assert Persoon.objects.get(pk=jansen.pk).bsn == EEN
    assert Persoon.objects.get(pk=leeg.pk).bsn == ""
    assert list(Persoon.objects.met_bsn(EEN)) == [jansen]
    assert not Persoon.objects.met_bsn(TWEE)

    jansen.bsn = ""
    jansen.save(update_fields=BSN_KOLOMMEN)
    assert Persoon.objects.get(pk=jansen.pk).bsn == ""
    assert not Persoon.objects.met_bsn(EEN)


@pytest.mark.django_db
def test_het_bsn_van_een_ander_in_je_rij_is_een_fout_en_geen_bsn() -> None:
    een, ander = Persoon.objects.create(bsn=EEN), Persoon.objects.create(bsn=TWEE)
    Persoon.objects.filter(pk=ander.pk).update(bsn_versleuteld=een.bsn_versleuteld)
    ander.refresh_from_db()
    with pytest.raises(Beschadigd, match=f"rij {ander.pk}"):
        ander.bsn  # noqa: B018


@pytest.mark.django_db
def test_met_het_verkeerde_sleutelbestand_is_een_bsn_een_fout_en_niet_leeg(eigen_sleutels: Path) -> None:
    persoon = Persoon.objects.create(bsn=EEN)
    eigen_sleutels.unlink()
    with pytest.raises(OnbekendeSleutel, match="Zet die sleutel terug"):
        persoon.bsn  # noqa: B018
    with pytest.raises(CommandError, match="Van 2 waarden ontbreekt de sleutel"):
        doe("sleutels")
    with pytest.raises(CommandError, match="Niet klaar"):
        doe("vernieuw_sleutels")
    assert Persoon.objects.get().bsn_versleuteld == persoon.bsn_versleuteld


@pytest.mark.django_db
def test_met_het_verkeerde_sleutelbestand_krijgt_niemand_een_bsn(eigen_sleutels: Path) -> None:
    Persoon.objects.create(bsn=EEN)
    ander = Persoon.objects.create()
    for _ in range(3):
        doe("sleutels", "--nieuw", ZOEKEN)
    workflow.vul_persoon_aan(ander, bsn=TWEE)
    eigen_sleutels.unlink()
    for bsn in (EEN, DRIE):
        with pytest.raises(OnbekendeSleutel, match="Zet die sleutel terug"):
            workflow.vul_persoon_aan(ander, bsn=bsn)
        with pytest.raises(OnbekendeSleutel, match="Zet die sleutel terug"):
            vind(Persoon.objects.all(), bsn, op=VANDAAG)
        with pytest.raises(OnbekendeSleutel, match="Zet die sleutel terug"):
            PartijIdentificator.objects.met_object_id(bsn)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as vragen:
        cursor.execute("SET LOCAL enable_seqscan = off")
        with pytest.raises(OnbekendeSleutel):
            sleutels.eis_zoeksleutels()
        cursor.execute(f"EXPLAIN {vragen[-1]['sql']}")
        assert "persoon_bsn" in str(cursor.fetchall())


@pytest.mark.django_db
def test_het_bsn_dat_een_kcc_doorgaf_gaat_mee_naar_de_nieuwe_sleutels() -> None:
    van = Medewerker.objects.create(username="kcc")
    partij = Partij.objects.create(van=van, soort=Partijsoort.PERSOON)
    rij = PartijIdentificator(van=van, partij=partij, code_soort_object_id="bsn")
    rij.sleutel = EEN
    rij.save()
    eerst = (bytes(rij.bsn_versleuteld), bytes(rij.bsn_index))
    doe("sleutels", "--nieuw", ZOEKEN)
    doe("sleutels", "--nieuw", VERSLEUTELEN)

    doe("vernieuw_sleutels")

    rij.refresh_from_db()
    assert rij.sleutel == EEN
    assert bytes(rij.bsn_versleuteld) != eerst[0]
    assert bytes(rij.bsn_index) != eerst[1]
    assert list(PartijIdentificator.objects.met_object_id(EEN)) == [rij]


@pytest.mark.django_db
def test_zoeken_op_bsn_vindt_ook_wie_nog_onder_de_oude_sleutel_staat() -> None:
    oud = Persoon.objects.create(achternaam="Oud", bsn=EEN)
    doe("sleutels", "--nieuw", ZOEKEN)
    nieuw = Persoon.objects.create(achternaam="Nieuw", bsn=EEN)
    with CaptureQueriesContext(connection) as vragen:
        gevonden = vind(Persoon.objects.all(), EEN, op=VANDAAG)
    assert {kandidaat.persoon for kandidaat in gevonden} == {oud, nieuw}
    assert all("zelfde burgerservicenummer" in kandidaat.redenen for kandidaat in gevonden)
    assert len(vragen) <= 2


@pytest.mark.django_db
def test_een_bsn_zoekt_langs_de_index() -> None:
    maak(300)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "persoon_bsn" in Persoon.objects.met_bsn(EEN).explain()


@pytest.mark.django_db
def test_een_sleutel_gaat_pas_weg_als_er_niets_meer_onder_staat() -> None:
    maak(5)
    oud = {soort: kluis().nummers[soort][0].hex() for soort in SOORTEN}
    for soort in SOORTEN:
        with pytest.raises(CommandError, match="in gebruik"):
            doe("sleutels", "--verwijder", oud[soort])
        doe("sleutels", "--nieuw", soort)
    for soort in SOORTEN:
        with pytest.raises(CommandError, match="nog 5 waarden"):
            doe("sleutels", "--verwijder", oud[soort])
    assert re.search(rf"{oud[VERSLEUTELEN]} +5  wordt nog gelezen", doe("sleutels"))

    assert doe("vernieuw_sleutels").startswith("5 waarden vernieuwd.\nKlaar")
    assert doe("vernieuw_sleutels").startswith("0 waarden vernieuwd.\nKlaar")
    for soort in SOORTEN:
        assert oud[soort] not in doe("sleutels", "--verwijder", oud[soort])
    with pytest.raises(CommandError, match="Er is geen sleutel"):
        doe("sleutels", "--verwijder", oud[VERSLEUTELEN])
    with pytest.raises(CommandError, match="is er al"):
        doe("sleutels", "--nieuw")


def test_een_sleutel_die_erbij_komt_terwijl_een_andere_weggaat_blijft(
    eigen_database: EigenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = kluis().sleutel.hex()
    doe("sleutels", "--nieuw", VERSLEUTELEN)
    tijdens = kluis().sleutel

    def voeg_toe() -> None:
        doe("sleutels", "--nieuw", VERSLEUTELEN)
        connection.close()

    draad = Thread(target=voeg_toe)

    def tel_langzaam() -> sleutels.Tellingen:
        draad.start()
        draad.join(1)
        return sleutels.tel_stil()

    monkeypatch.setattr(commando, "tel_stil", tel_langzaam)
    doe("sleutels", "--verwijder", oud)
    draad.join(30)
    nummers = kluis().nummers[VERSLEUTELEN]
    assert len(nummers) == 2
    assert nummers[0] != tijdens == nummers[1]


@pytest.mark.django_db
def test_wat_onleesbaar_is_houdt_de_rest_niet_op_en_wordt_genoemd(per_twintig: None) -> None:
    bsns = maak(50)
    stuk, dief = list(bsns)[10], list(bsns)[40]
    vreemd = Persoon.objects.get(pk=dief).bsn_versleuteld
    Persoon.objects.filter(pk=stuk).update(bsn_versleuteld=vreemd)
    doe("sleutels", "--nieuw", VERSLEUTELEN)
    uit = StringIO()
    with pytest.raises(CommandError, match="1 keer staat er nog een andere sleutel, waarvan 1 onleesbare"):
        call_command("vernieuw_sleutels", stdout=uit, stderr=uit)
    assert "49 waarden vernieuwd." in uit.getvalue()
    assert f"rij {stuk} is beschadigd" in uit.getvalue()
    assert Persoon.objects.get(pk=stuk).bsn_versleuteld == vreemd


def test_van_hetzelfde_bsn_voor_twee_mensen_tegelijk_wint_er_een(eigen_database: EigenDatabase) -> None:
    for _ in range(5):
        Persoon.objects.update(bsn_versleuteld=None, bsn_index=None)
        twee = [Persoon.objects.create(achternaam=naam) for naam in ("Een", "Twee")]
        start, uitkomsten = Barrier(2), []

        def vul(persoon: Persoon, start: Barrier = start, uitkomsten: list[str] = uitkomsten) -> None:
            try:
                start.wait(30)
                workflow.vul_persoon_aan(persoon, bsn=EEN)
                uitkomsten.append("")
            except Geweigerd as fout:
                uitkomsten.append(str(fout))
            finally:
                connection.close()

        samen([lambda persoon=persoon: vul(persoon) for persoon in twee])
        assert [bool(uitkomst) for uitkomst in sorted(uitkomsten)] == [False, True]
        assert "hoort al bij iemand anders" in max(uitkomsten)
        assert Persoon.objects.met_bsn(EEN).count() == 1


def test_het_bsn_van_een_dubbele_is_en_blijft_van_de_persoon_zelf(wijkwerker: Medewerker) -> None:
    dubbel, tweede = PersoonFactory(bsn=EEN), PersoonFactory()
    persoon, vreemde = PersoonFactory(), PersoonFactory()
    workflow.stel_gelijk(dubbel, persoon, reden="zelfde telefoon", door=wijkwerker)
    workflow.stel_gelijk(tweede, persoon, reden="zelfde telefoon", door=wijkwerker)
    with pytest.raises(Geweigerd, match="hoort al bij iemand anders"):
        workflow.vul_persoon_aan(vreemde, bsn=EEN)
    for nummer in (persoon, tweede, dubbel):
        assert workflow.vul_persoon_aan(nummer, bsn=EEN).bsn == EEN
    with pytest.raises(Geweigerd, match="hoort al bij iemand anders"):
        workflow.vul_persoon_aan(vreemde, bsn=EEN)


def test_na_het_losmaken_heeft_elk_weer_het_bsn_van_daarvoor(wijkwerker: Medewerker) -> None:
    for van_dubbel, van_persoon in (("", EEN), (EEN, ""), ("", "")):
        Persoon.objects.update(bsn_versleuteld=None, bsn_index=None)
        dubbel, persoon = PersoonFactory(bsn=van_dubbel), PersoonFactory(bsn=van_persoon)
        stand = workflow.stel_gelijk(dubbel, persoon, reden="zelfde telefoon", door=wijkwerker)
        for nummer in (dubbel, persoon):
            workflow.vul_persoon_aan(nummer, bsn=EEN)
        workflow.maak_los(stand, door=wijkwerker)
        na = [Persoon.objects.get(pk=nummer.pk).bsn for nummer in (dubbel, persoon)]
        assert na == [van_dubbel, van_persoon or ("" if van_dubbel else EEN)]
        assert Persoon.objects.met_bsn(EEN).count() == 1


def test_wie_met_hetzelfde_bsn_kwamen_gaan_niet_uit_elkaar(wijkwerker: Medewerker) -> None:
    dubbel, persoon = PersoonFactory(bsn=EEN), PersoonFactory(bsn=EEN)
    stand = workflow.stel_gelijk(dubbel, persoon, reden="zelfde telefoon", door=wijkwerker)
    with pytest.raises(Geweigerd, match="hetzelfde burgerservicenummer"):
        workflow.maak_los(stand, door=wijkwerker)
    assert Persoon.objects.get(pk=dubbel.pk).zelfde_als == persoon
    workflow.vul_persoon_aan(dubbel, bsn=TWEE)
    assert workflow.maak_los(stand, door=wijkwerker).bsn == TWEE
    assert Persoon.objects.get(pk=persoon.pk).bsn == EEN


def test_wie_een_ander_bsn_heeft_dan_een_dubbele_is_niet_dezelfde(wijkwerker: Medewerker) -> None:
    dubbel, persoon = PersoonFactory(bsn=EEN), PersoonFactory()
    ander, zonder = PersoonFactory(bsn=TWEE), PersoonFactory()
    workflow.stel_gelijk(dubbel, persoon, reden="zelfde telefoon", door=wijkwerker)
    with pytest.raises(Geweigerd, match="ander burgerservicenummer"):
        workflow.stel_gelijk(ander, persoon, reden="zelfde telefoon", door=wijkwerker)
    workflow.stel_gelijk(zonder, persoon, reden="zelfde telefoon", door=wijkwerker)
    zelfde = PersoonFactory(bsn=EEN)
    workflow.stel_gelijk(zelfde, persoon, reden="zelfde telefoon", door=wijkwerker)


def samen(taken: list[Callable[[], None]]) -> None:
    """All at once, to the end."""
    draden = [Thread(target=taak) for taak in taken]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(120)
        assert not draad.is_alive()


def test_terwijl_iemand_schrijft_zegt_niemand_dat_het_klaar_is(
    eigen_database: EigenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sleutels, "WACHT_OP_SCHRIJVERS", "200ms")
    maak(3)
    doe("sleutels", "--nieuw", VERSLEUTELEN)
    bezig, klaar = Event(), Event()

    def schrijver() -> None:
        with transaction.atomic():
            Persoon.objects.create(achternaam="Import")
            bezig.set()
            klaar.wait(30)
        connection.close()

    draad = Thread(target=schrijver)
    draad.start()
    assert bezig.wait(30)
    with pytest.raises(CommandError, match="Iemand is al langer bezig personen te schrijven"):
        doe("vernieuw_sleutels")
    klaar.set()
    draad.join(30)
    assert "Klaar" in doe("vernieuw_sleutels")


def test_een_gewijzigd_bestand_wordt_even_met_rust_gelaten(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sleutels, "RUST", 60.0)
    geslapen: list[float] = []
    monkeypatch.setattr(sleutels.time, "sleep", geslapen.append)
    doe("vernieuw_sleutels")
    assert 50 < geslapen[0] <= 60
    os.utime(sleutelbestand(), (0, 0))
    doe("vernieuw_sleutels")
    assert geslapen[1:] == [0.0]


@pytest.mark.parametrize("aantal", VEEL)
def test_sleutels_wisselen_terwijl_iedereen_leest_zoekt_en_schrijft(
    eigen_database: EigenDatabase, aantal: int, per_twintig: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers read old and new, writers write new; a run that is broken off is done by the next."""
    monkeypatch.setattr(sleutels, "RUST", 3.0)
    bsns = maak(aantal)
    vrij = sorted(bsns)[::4]
    vast = sorted(bsns.keys() - set(vrij))
    stop, fouten, gedaan = Event(), [], {"gelezen": 0, "gezocht": 0, "geschreven": 0}
    nummers = [nummer for nummer in islice(proefnummers(), 8800, 9080) if nummer not in bsns.values()]

    def draai(wat: str, taak: Callable[[random.Random], None], zaad: int) -> None:
        toeval = random.Random(zaad)
        try:
            while not stop.is_set():
                taak(toeval)
                gedaan[wat] += 1
        except BaseException as fout:  # whatever it is, the test says it
            fouten.append(fout)
        finally:
            connection.close()

    def lees_een(toeval: random.Random) -> None:
        pk = toeval.choice(vast)
        assert Persoon.objects.get(pk=pk).bsn == bsns[pk]

    def zoek_een(toeval: random.Random) -> None:
        pk = toeval.choice(vast)
        assert Persoon.objects.met_bsn(bsns[pk]).filter(pk=pk).exists()

    def schrijf_een(toeval: random.Random) -> None:
        pk = toeval.choice(vrij)
        if nummers and toeval.random() < 0.2:
            workflow.vul_persoon_aan(Persoon(pk=pk), bsn=(nieuw := nummers.pop()))
            bsns[pk] = nieuw
        else:
            with transaction.atomic():
                persoon = Persoon.objects.select_for_update().get(pk=pk)
                persoon.bsn = bsns[pk]
                persoon.save(update_fields=BSN_KOLOMMEN)

    taken = [("gelezen", lees_een), ("gelezen", lees_een), ("gezocht", zoek_een), ("geschreven", schrijf_een)]
    draden = [Thread(target=draai, args=(*taak, zaad)) for zaad, taak in enumerate(taken)]
    for draad in draden:
        draad.start()
    try:
        oud = kluis().nummers
        for soort in SOORTEN:
            doe("sleutels", "--nieuw", soort)
        with pytest.raises(KeyboardInterrupt):
            sleutels.vernieuw(lambda aantal: breek_af(aantal))
        over = sum(sleutels.tel()[VERSLEUTELEN].get(nummer, 0) for nummer in oud[VERSLEUTELEN])
        assert 0 < over < aantal
        assert "Klaar" in doe("vernieuw_sleutels")
        for soort in SOORTEN:
            doe("sleutels", "--verwijder", oud[soort][0].hex())
        tussenstand = dict(gedaan)
        stop.wait(0.5)
    finally:
        stop.set()
        for draad in draden:
            draad.join(60)
    assert not fouten
    assert all(gedaan[wat] > tussenstand[wat] > 0 for wat in gedaan), (tussenstand, gedaan)
    assert {soort: list(nummers) for soort, nummers in sleutels.tel().items()} == kluis().nummers
    assert {persoon.pk: persoon.bsn for persoon in Persoon.objects.iterator()} == bsns


def breek_af(aantal: int) -> None:
    """As Ctrl-C does, after a few rounds."""
    if aantal >= 40:
        raise KeyboardInterrupt


@pytest.mark.parametrize("aantal", VEEL)
def test_een_reservekopie_bevat_geen_leesbaar_bsn(eigen_database: EigenDatabase, aantal: int) -> None:
    """Neither as text nor as bytes; random digits of what is encrypted don't count as a number."""
    bsns = set(maak(aantal).values())
    kopie = dump(eigen_database)
    assert f"Jansen{aantal - 1}\t" in kopie
    assert not leesbaar(kopie, bsns)

    # The same look finds one that somebody typed into a note, so it does look.
    Persoon.objects.create(achternaam=f"zei dat het {EEN} was")
    assert leesbaar(dump(eigen_database), bsns | {EEN}) == {EEN}


def test_een_sleutelbestand_dat_niet_deugt_zegt_elk_commando(eigen_sleutels: Path) -> None:
    eigen_sleutels.write_text("{}")
    for opdracht in (["sleutels"], ["vernieuw_sleutels"], ["sleutels", "--nieuw", ZOEKEN]):
        with pytest.raises(CommandError, match="verwacht JSON"):
            doe(*opdracht)


def test_een_bestand_van_nul_af(eigen_sleutels: Path, db: None) -> None:
    with override_settings(SLEUTELS_ZELF_MAKEN=False):
        with pytest.raises(CommandError, match="Er is geen sleutelbestand"):
            doe("sleutels")
        assert doe("sleutels", "--nieuw").count("in gebruik") == 2


@pytest.mark.django_db
def test_ook_het_geheim_van_een_webhook_gaat_naar_de_nieuwe_sleutel() -> None:
    afnemer, _ = maak_afnemer(naam="KISS", scopes=["meldingen"])
    adres = "https://kcc.example.nl/"
    abonnement, geheim = maak_abonnement(afnemer, adres=adres, voorvallen=["melding.afgerond"])
    oud = kluis().sleutel.hex()
    doe("sleutels", "--nieuw", VERSLEUTELEN)
    with pytest.raises(CommandError, match="nog 1 waarden"):
        doe("sleutels", "--verwijder", oud)
    assert doe("vernieuw_sleutels").startswith("1 waarden vernieuwd.\nKlaar")
    doe("sleutels", "--verwijder", oud)
    assert abonnement.geheimen.get().tekst == geheim
