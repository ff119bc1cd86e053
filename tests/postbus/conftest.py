"""A mail server of its own process that speaks IMAP, with a folder for these tests."""

from __future__ import annotations

import imaplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

GEBRUIKER, WACHTWOORD = "post@gemeente.example", "g:eh/eim"
GEDULD = 30
PYMAP = "from pymap.main import main; main()"


@dataclass
class Mailserver:
    """Somebody else's program; `stuur` puts a mail in the folder."""

    poort: int

    def verbind(self, map_: str = "") -> imaplib.IMAP4:
        imap = imaplib.IMAP4("127.0.0.1", self.poort, timeout=GEDULD)
        imap.login(GEBRUIKER, WACHTWOORD)
        if map_:
            imap.select(map_)
        return imap

    def nieuw(self) -> None:
        """An empty folder with another UIDVALIDITY, as when a mailbox was put back."""
        imap = self.verbind()
        imap.delete("Post")
        imap.create("Post")
        imap.logout()

    def stuur(self, *mails: bytes | EmailMessage) -> None:
        imap = self.verbind()
        for mail in mails:
            ruw = mail if isinstance(mail, bytes) else mail.as_bytes()
            status, wat = imap.append("Post", "", "", ruw)
            assert status == "OK", wat
        imap.logout()

    def ongelezen(self) -> int:
        imap = self.verbind("Post")
        uids = imap.uid("SEARCH", "UNSEEN")[1][0].split()
        imap.logout()
        return len(uids)

    def zet_gelezen(self) -> None:
        """Somebody opens everything in a mail program."""
        imap = self.verbind("Post")
        imap.store("1:*", "+FLAGS", r"(\Seen)")
        imap.logout()


@pytest.fixture(scope="session")
def draaiende_mailserver() -> Iterator[Mailserver]:
    """Ready to be connected to."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    opdracht = [sys.executable, "-c", PYMAP, "--host", "127.0.0.1", "--port", str(poort), "--no-tls"]
    proces = subprocess.Popen(
        [*opdracht, "dict", "--demo-user", GEBRUIKER, "--demo-password", WACHTWOORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Mailserver(poort)
    try:
        einde = time.monotonic() + GEDULD
        while True:
            try:
                server.verbind().logout()
                break
            except OSError:
                assert proces.poll() is None, "de mailserver stopte"
                assert time.monotonic() < einde, "de mailserver kwam niet op gang"
                time.sleep(0.1)
        yield server
    finally:
        proces.kill()
        proces.wait()


@pytest.fixture
def adres(draaiende_mailserver: Mailserver) -> str:
    """For POSTBUS_URL."""
    return f"imap://post%40gemeente.example:g%3Aeh%2Feim@127.0.0.1:{draaiende_mailserver.poort}/Post"


@pytest.fixture
def mailserver(draaiende_mailserver: Mailserver, adres: str, settings: Settings) -> Mailserver:
    """With an empty folder, which is the postbus of the settings."""
    draaiende_mailserver.nieuw()
    settings.POSTBUS_URL = adres
    settings.DEFAULT_FROM_EMAIL = "Eenplan <eenplan@gemeente.example>"
    return draaiende_mailserver


def maak_certificaat(map_: Path, naam: str, *, dagen: int = 1) -> Path:
    """A file with a key and a certificate that vouches for itself, of `naam`; with `dagen` < 0 its time is over."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    wie = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mailserver van de test")])
    nu = datetime.now(UTC)
    certificaat = (
        x509.CertificateBuilder()
        .subject_name(wie)
        .issuer_name(wie)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=9))
        .not_valid_after(nu + timedelta(days=dagen))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(naam))]), critical=False)
        .sign(sleutel, hashes.SHA256())
    )
    prive = sleutel.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    bestand = map_ / f"{naam}-{dagen}.pem"
    bestand.write_bytes(prive + certificaat.public_bytes(serialization.Encoding.PEM))
    return bestand


@contextmanager
def met_tls(poort: int, certificaat: Path) -> Iterator[int]:
    """In front of the mail server at `poort`, as it speaks no TLS from the first byte itself; gives its own port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificaat)

    def breng_over(van: socket.socket, naar: socket.socket) -> None:
        with suppress(OSError):
            while stuk := van.recv(65536):
                naar.sendall(stuk)
        with suppress(OSError):
            naar.shutdown(socket.SHUT_RDWR)

    def bedien(binnen: socket.socket) -> None:
        with (
            suppress(OSError),
            context.wrap_socket(binnen, server_side=True) as beveiligd,
            socket.create_connection(("127.0.0.1", poort)) as achter,
        ):
            heen = Thread(target=breng_over, args=(beveiligd, achter), daemon=True)
            heen.start()
            breng_over(achter, beveiligd)
            heen.join()

    def luister() -> None:
        with suppress(OSError):
            while True:
                Thread(target=bedien, args=(balie.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as balie:
        Thread(target=luister, daemon=True).start()
        yield balie.getsockname()[1]
        balie.shutdown(socket.SHUT_RDWR)


def mail(
    tekst: str = "Mijn moeder kan niet meer alleen thuis.",
    *,
    van: str = "Jo Jansen <jo@voorbeeld.example>",
    onderwerp: str = "Hulp voor mijn moeder",
    **koppen: str,
) -> EmailMessage:
    """As somebody sends it; `koppen` with _ for -."""
    bericht = EmailMessage()
    bericht["From"], bericht["To"], bericht["Subject"] = van, GEBRUIKER, onderwerp
    bericht["Date"] = "Sun, 22 Nov 2026 10:00:00 +0100"
    for naam, waarde in koppen.items():
        bericht[naam.replace("_", "-")] = waarde
    bericht.set_content(tekst)
    return bericht
