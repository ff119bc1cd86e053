"""Where a webhook may go: the public internet, by https, to who can prove who it is."""

from __future__ import annotations

import socket
import ssl
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from teams.berichten import Ronde
from teams.geweigerd import Geweigerd
from teams.models import Bericht
from teams.uitgaand import GeenAdres, mag_naar, ontleed
from tests.teams.test_webhooks import HIER, abonneer, afnemer, bezorg_nu, vertel  # noqa: F401

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


def test_een_afgeschermd_netwerk_wordt_niet_bereikt(settings):
    assert [ip for ip in AFGESCHERMD if mag_naar(ip)] == []
    assert mag_naar("93.184.215.14")
    assert mag_naar("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    settings.WEBHOOK_NETTEN = [ip_network("10.1.0.0/16")]
    assert [ip for ip in AFGESCHERMD if mag_naar(ip)] == ["10.1.2.3"]


def test_ook_een_naam_die_daarheen_wijst_krijgt_geen_verbinding(afnemer, monkeypatch):  # noqa: F811
    """Also when only one of its addresses does; what is judged is what is connected to."""
    abonnement, _ = abonneer(afnemer, "https://kcc.example.nl/")
    rijen = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rijen)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("er is verbonden"))
    vertel(abonnement)
    assert bezorg_nu() == Ronde(0, 1)
    assert Bericht.objects.get().laatste_fout == "dit adres ligt in een afgeschermd netwerk"


def test_een_adres_dat_niet_kan_wordt_geweigerd(afnemer):  # noqa: F811
    for adres in GEEN_ADRES:
        with pytest.raises(Geweigerd, match="Verwacht"):
            abonneer(afnemer, adres)
        with pytest.raises(GeenAdres):
            ontleed(adres + " ")


def test_een_certificaat_dat_niet_klopt_krijgt_niets(afnemer, settings, tmp_path):  # noqa: F811
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


def _zelfgetekend(map_: Path) -> str:
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
