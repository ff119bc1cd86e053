"""A mail server of its own process that speaks IMAP, with a folder for these tests."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
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
