"""Software elsewhere is told what changed: signed, at least once, and never where it shouldn't."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from ipaddress import ip_network
from threading import Thread

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
from teams.uitgaand import GeenAdres, mag_naar, ontleed
from teams.webhooks import kondig_voorval_aan
from teams.workflow import abonnementen, afnemers
from tests.ontvanger import Ontvanger, ontvanger

AFGESCHERMD = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378::",
    "ff02::1",
    "2001:db8::1",
]
GEEN_ADRES = [
    "http://kcc.example.nl/",
    "ftp://kcc.example.nl/",
    "kcc.example.nl",
    "https://",
    "https://é.nl/",
    "https://a:b@kcc.nl/",
    "https://kcc.nl/#a",
    "https://kcc.nl:99999/",
    "http://localhost/",
    "http://127.0.0.1:8000/",
    "javascript:alert(1)",
    "https://[::1",
]
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


def test_een_afgeschermd_netwerk_wordt_niet_bereikt(settings):
    assert [ip for ip in AFGESCHERMD if mag_naar(ip)] == []
    assert mag_naar("93.184.215.14")
    assert mag_naar("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    settings.WEBHOOK_NETTEN = [ip_network("10.1.0.0/16")]
    assert [ip for ip in AFGESCHERMD if mag_naar(ip)] == ["10.1.2.3"]


def test_ook_een_naam_die_daarheen_wijst_krijgt_geen_verbinding(afnemer, monkeypatch):
    """Also when only one of its addresses does; what is judged is what is connected to."""
    abonnement, _ = abonneer(afnemer, "https://kcc.example.nl/")
    rijen = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rijen)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("er is verbonden"))
    vertel(abonnement)
    assert bezorg_nu() == Ronde(0, 1)
    assert Bericht.objects.get().laatste_fout == "dit adres ligt in een afgeschermd netwerk"


def test_een_adres_dat_niet_kan_wordt_geweigerd(afnemer):
    for adres in GEEN_ADRES:
        with pytest.raises(Geweigerd, match="Verwacht"):
            abonneer(afnemer, adres)
        with pytest.raises(GeenAdres):
            ontleed(adres + " ")


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


def test_een_certificaat_dat_niet_klopt_krijgt_niets(afnemer, settings, tmp_path):
    settings.WEBHOOK_NETTEN = HIER
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_zelfgetekend(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as luisterend:

        def groet() -> None:
            verbinding, _ = luisterend.accept()
            with verbinding, pytest.raises(ssl.SSLError):
                context.wrap_socket(verbinding, server_side=True)

        draad = Thread(target=groet)
        draad.start()
        abonnement, _ = abonneer(afnemer, f"https://localhost:{luisterend.getsockname()[1]}/")
        vertel(abonnement)
        assert bezorg_nu() == Ronde(0, 1)
        draad.join()
    assert Bericht.objects.get().laatste_fout == "het certificaat klopt niet"


def _zelfgetekend(map_) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    nu = timezone.now()
    certificaat = (
        x509.CertificateBuilder(naam, naam, sleutel.public_key(), x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .sign(sleutel, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    bestand = map_ / "server.pem"
    bestand.write_bytes(
        sleutel.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificaat.public_bytes(pem)
    )
    return str(bestand)


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
