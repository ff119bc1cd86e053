"""Software elsewhere is told what changed: signed, at least once, and never where it shouldn't."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from ipaddress import ip_network

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from teams import uitgaand
from teams.berichten import Baan, Ronde, bezorg
from teams.geweigerd import Geweigerd
from teams.kluis import Beschadigd
from teams.models import (
    Aanstelling,
    Abonnement,
    Abonnementgeheim,
    Afnemer,
    Bericht,
    Instelling,
    Medewerker,
    Rol,
    Voorval,
)
from teams.periodic import ruim_berichten_op
from teams.webhooks import kondig_voorval_aan
from teams.workflow import abonnementen, afnemers
from tests.ontvanger import Ontvanger, ontvanger

HIER = [ip_network("127.0.0.0/8"), ip_network("::1/128")]


@pytest.fixture
def balie(settings) -> Iterator[Ontvanger]:
    """Where the afnemer listens."""
    settings.WEBHOOK_NETTEN = HIER
    with ontvanger() as hier:
        yield hier


@pytest.fixture
def afnemer(db: None) -> Afnemer:
    """One that does meldingen."""
    return afnemers.maak_afnemer(naam="KISS", scopes=["meldingen"])[0]


def abonneer(afnemer: Afnemer, adres: str) -> tuple[Abonnement, str]:
    return abonnementen.maak_abonnement(afnemer, adres=adres, voorvallen=Voorval.values)


def vertel(abonnement: Abonnement, nummer: str = "M000007") -> None:
    kondig_voorval_aan([abonnement], Voorval.MELDING_AFGEROND, nummer=nummer)


def bezorg_nu() -> Ronde:
    """As if the waits are over."""
    Bericht.objects.wachtend().update(niet_voor=Now())
    Abonnement.objects.filter(rust_tot__isnull=False).update(rust_tot=Now())
    return bezorg(Baan.WEBHOOKS)


def stel_in(sleutel: str, waarde: float) -> None:
    Instelling.objects.create(sleutel=sleutel, geldig_van=date(2000, 1, 1), waarde=waarde)


def test_een_bericht_komt_getekend_aan_en_zegt_alleen_nummers_en_momenten(afnemer, balie):
    abonnement, geheim = abonneer(afnemer, balie.adres)
    vertel(abonnement)

    assert bezorg() == Ronde(0, 0)
    assert bezorg(Baan.WEBHOOKS) == Ronde(1, 0)
    ((pad, koppen, inhoud),) = balie.gekregen
    gelezen = Webhook(geheim).verify(inhoud, koppen)
    assert pad == "/eenplan?kcc=1"
    assert gelezen.keys() == {"type", "timestamp", "data"}
    assert (gelezen["type"], gelezen["data"]) == ("melding.afgerond", {"nummer": "M000007"})
    with pytest.raises(WebhookVerificationError):
        Webhook(geheim).verify(inhoud.replace(b"7", b"8"), koppen)
    assert geheim.startswith("whsec_")
    assert geheim.encode() not in bytes(Abonnementgeheim.objects.get().versleuteld)


def test_een_geheim_hoort_bij_zijn_rij(afnemer):
    een, twee = (abonneer(afnemer, f"https://kcc.example.nl/{n}")[0].geheimen.get() for n in (1, 2))
    Abonnementgeheim.objects.filter(pk=een.pk).update(versleuteld=twee.versleuteld)
    een.refresh_from_db()
    with pytest.raises(Beschadigd):
        assert een.tekst


def test_met_een_nieuw_geheim_wordt_even_met_beide_getekend(afnemer, balie):
    abonnement, oud = abonneer(afnemer, balie.adres)
    nieuw = abonnementen.vernieuw_abonnementgeheim(abonnement)
    with pytest.raises(Geweigerd, match="tekenen wij nog tot"):
        abonnementen.vernieuw_abonnementgeheim(abonnement)
    vertel(abonnement)
    bezorg_nu()
    _, koppen, inhoud = balie.gekregen[0]
    for geheim in (oud, nieuw):
        Webhook(geheim).verify(inhoud, koppen)

    laatste = abonnementen.vernieuw_abonnementgeheim(abonnement, direct=True)
    vertel(abonnement)
    bezorg_nu()
    _, koppen, inhoud = balie.gekregen[1]
    Webhook(laatste).verify(inhoud, koppen)
    for geheim in (oud, nieuw):
        with pytest.raises(WebhookVerificationError):
            Webhook(geheim).verify(inhoud, koppen)


def test_wat_mislukt_komt_terug_met_hetzelfde_kenmerk_en_een_adres_dat_faalt_rust(afnemer, balie):
    abonnement, geheim = abonneer(afnemer, balie.adres)
    balie.antwoord = 500
    for nummer in ("M000001", "M000002", "M000003"):
        vertel(abonnement, nummer)

    assert bezorg(Baan.WEBHOOKS) == Ronde(0, 1)
    assert len(balie) == 1
    abonnement.refresh_from_db()
    assert abonnement.mislukt == 1
    assert timedelta(seconds=2) < abonnement.rust_tot - timezone.now() < timedelta(seconds=7)
    assert sorted(Bericht.objects.values_list("pogingen", "laatste_fout")) == [
        (0, ""),
        (0, ""),
        (1, "antwoord 500"),
    ]
    balie.antwoord = 200
    assert bezorg_nu() == Ronde(3, 0)

    abonnement.refresh_from_db()
    assert (abonnement.faalt_sinds, abonnement.mislukt, abonnement.rust_tot) == (None, 0, None)
    kenmerken = [koppen["webhook-id"] for _, koppen, _ in balie.gekregen]
    eerste = balie.gekregen[0][2]
    assert sum(inhoud == eerste for _, _, inhoud in balie.gekregen) == 2
    assert len(set(kenmerken)) == 3
    for _, koppen, inhoud in balie.gekregen:
        Webhook(geheim).verify(inhoud, koppen)


def test_wie_hangt_kost_een_wachttijd_en_houdt_een_ander_en_de_mail_niet_op(afnemer, balie, monkeypatch):
    monkeypatch.setattr(uitgaand, "HOOGSTENS", 0.4)
    balie.antwoord = None
    traag, _ = abonneer(afnemer, balie.adres)
    with ontvanger() as elders:
        vlot, _ = abonneer(afnemer, elders.adres)
        for _ in range(20):
            vertel(traag)
            vertel(vlot)
        begin = timezone.now()
        assert bezorg(Baan.WEBHOOKS) == Ronde(20, 1)
        assert timezone.now() - begin < timedelta(seconds=5)
        assert (len(balie), len(elders)) == (1, 20)
    fouten = Bericht.objects.filter(aan=traag.doel).exclude(laatste_fout="")
    assert [bericht.laatste_fout for bericht in fouten] == ["geen antwoord binnen 0 seconden"]


@pytest.mark.parametrize("status", [301, 307, 400, 404])
def test_een_ander_antwoord_dan_2xx_telt_niet_en_een_doorverwijzing_wordt_niet_gevolgd(
    afnemer, balie, status
):
    abonnement, _ = abonneer(afnemer, balie.adres)
    with ontvanger() as elders:
        balie.antwoord, balie.koppen = status, {"Location": elders.adres}
        vertel(abonnement)
        assert bezorg_nu() == Ronde(0, 1)
        assert (len(balie), len(elders)) == (1, 0)
    assert Bericht.objects.get().laatste_fout == f"antwoord {status}"


def test_na_genoeg_pogingen_ligt_het_bij_beheer_en_kan_het_opnieuw(afnemer, balie):
    stel_in("webhook_pogingen", 2)
    abonnement, _ = abonneer(afnemer, balie.adres)
    balie.antwoord = 503
    vertel(abonnement)
    vertel(abonnement, "M000008")
    for _ in range(6):
        bezorg_nu()
    dood = list(Bericht.objects.mislukt().order_by("pk"))
    assert [bericht.pogingen for bericht in dood] == [2, 2]

    balie.antwoord = 204
    abonnementen.stuur_opnieuw(dood[0])
    with pytest.raises(Geweigerd, match="al opnieuw"):
        abonnementen.stuur_opnieuw(dood[0])
    assert abonnementen.stuur_alles_opnieuw(afnemer) == 1
    with pytest.raises(Geweigerd, match="niets"):
        abonnementen.stuur_alles_opnieuw(afnemer)

    assert bezorg_nu() == Ronde(2, 0)
    assert len({koppen["webhook-id"] for _, koppen, _ in balie.gekregen}) == 2
    assert not Bericht.objects.mislukt().exists()


def test_410_zet_het_abonnement_uit_en_beheer_krijgt_een_mail(afnemer, balie):
    beheer = Medewerker.objects.create(username="beheer", email="beheer@example.nl")
    Aanstelling.objects.create(medewerker=beheer, rol=Rol.BEHEER, vanaf=timezone.localdate())
    abonnement, _ = abonneer(afnemer, balie.adres)
    balie.antwoord = 410
    vertel(abonnement)
    vertel(abonnement)

    assert bezorg_nu() == Ronde(0, 2)
    assert len(balie) == 1
    abonnement.refresh_from_db()
    assert "410" in abonnement.uitgezet_omdat
    laatste = afnemer.wijzigingen.select_related("door").first()
    assert str(laatste.door) == "webhooks"
    assert "410" in laatste.regels[0]
    assert Bericht.objects.mislukt().count() == 2
    assert not Abonnement.objects.voor(Voorval.MELDING_AFGEROND, afnemer.medewerker_id).exists()
    bezorg()
    assert [post.to for post in mail.outbox] == [["beheer@example.nl"]]
    assert f"/afnemers/{afnemer.pk}/webhooks" in mail.outbox[0].body

    with pytest.raises(Geweigerd, match="staat uit"):
        abonnementen.stuur_opnieuw(Bericht.objects.mislukt().first())
    with pytest.raises(Geweigerd, match="niets"):
        abonnementen.stuur_alles_opnieuw(afnemer)
    balie.antwoord = 200
    abonnementen.zet_abonnement_aan(abonnement)
    with pytest.raises(Geweigerd, match="al aan"):
        abonnementen.zet_abonnement_aan(abonnement)
    assert abonnementen.stuur_alles_opnieuw(afnemer) == 2
    assert bezorg_nu() == Ronde(2, 0)
    abonnementen.zet_abonnement_uit(abonnement)
    with pytest.raises(Geweigerd, match="al uit"):
        abonnementen.zet_abonnement_uit(abonnement)


def test_wie_te_lang_onbereikbaar_is_gaat_uit(afnemer, settings):
    settings.WEBHOOK_NETTEN = HIER
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        abonnement, _ = abonneer(afnemer, f"http://127.0.0.1:{dicht.getsockname()[1]}/")
    vertel(abonnement)
    bezorg_nu()
    abonnement.refresh_from_db()
    assert abonnement.uitgezet_op is None
    Abonnement.objects.update(faalt_sinds=timezone.now() - timedelta(hours=120))
    bezorg_nu()
    abonnement.refresh_from_db()
    assert abonnement.uitgezet_omdat == "geen verbinding (ConnectionRefusedError)"


def test_een_beeindigde_afnemer_hoort_niets_meer(afnemer, balie):
    abonnement, _ = abonneer(afnemer, balie.adres)
    vertel(abonnement)
    afnemers.beeindig_afnemer(afnemer)
    assert bezorg_nu() == Ronde(0, 1)
    assert len(balie) == 0
    with pytest.raises(Geweigerd, match="beëindigd"):
        abonnementen.wijzig_abonnement(abonnement, adres=abonnement.adres, voorvallen=Voorval.values)
    with pytest.raises(Geweigerd, match="beëindigd"):
        abonneer(afnemer, "https://kcc.example.nl/")
    Bericht.objects.update(mislukt_op=timezone.now() - timedelta(days=31))
    ruim_berichten_op()
    assert not Bericht.objects.exists()


def test_wat_niet_kan_wordt_geweigerd_ook_door_de_database(afnemer, balie):
    abonnement, _ = abonneer(afnemer, "https://kcc.example.nl/")
    twee, _ = abonneer(afnemer, "https://kcc.example.nl/2")
    contact, _ = afnemers.maak_afnemer(naam="Contact", scopes=["klantcontacten"])
    for weigering, stap in (
        ("er al", lambda: abonneer(afnemer, abonnement.adres)),
        (
            "er al",
            lambda: abonnementen.wijzig_abonnement(twee, adres=abonnement.adres, voorvallen=Voorval.values),
        ),
        ("Kies", lambda: abonnementen.wijzig_abonnement(twee, adres=twee.adres, voorvallen=["alles"])),
        ("niet de scope", lambda: abonneer(contact, "https://kcc.example.nl/")),
    ):
        with pytest.raises(Geweigerd, match=weigering):
            stap()
    for fout in (
        {"voorvallen": []},
        {"voorvallen": ["alles"]},
        {"adres": "ftp://x"},
        {"uitgezet_op": timezone.now()},
        {"mislukt": 1},
        {"adres": twee.adres},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Abonnement.objects.filter(pk=abonnement.pk).update(**fout)


def test_vier_werkers_tegelijk_bezorgen_alles_een_keer(eigen_database, balie):
    afnemer, _ = afnemers.maak_afnemer(naam="KISS", scopes=["meldingen"])
    abonnement, _ = abonneer(afnemer, balie.adres)
    with transaction.atomic():
        for nummer in range(40):
            vertel(abonnement, str(nummer))

    def werk(_: int) -> None:
        try:
            bezorg(Baan.WEBHOOKS)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        list(draden.map(werk, range(4)))
    nummers = [int(json.loads(inhoud)["data"]["nummer"]) for _, _, inhoud in balie.gekregen]
    assert sorted(nummers) == list(range(40))
