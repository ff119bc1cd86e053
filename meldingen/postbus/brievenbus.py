"""A mailbox over IMAP: what lies there, the bytes of one mail, and marking it as seen; nothing is decided here."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

STORINGEN = (IMAP4.error, ImapToolsError, OSError)
"""What a mailbox that doesn't answer well raises."""
TIJD = 30
"""Seconds to wait for an answer."""
SCHEMAS = {"imaps": 993, "imap": 143}
VERLOPEN, ANDERE_NAAM, ANDER_ADRES = 10, 62, 64
"""What OpenSSL has against a certificate (X509_V_ERR_*)."""
GROOTTE = re.compile(rb"RFC822\.SIZE (\d+)")
MOMENT = re.compile(rb'INTERNALDATE "\s?([^"]+)"')


class GeenCertificaten(OSError):
    """POSTBUS_CA names no file with certificates."""


@dataclass(frozen=True)
class Postbus:
    """Where the mail lies; `naam` holds no password."""

    schema: str
    host: str
    poort: int
    gebruiker: str
    wachtwoord: str
    map: str

    @property
    def naam(self) -> str:
        """By which what was fetched from it is known."""
        return f"{self.gebruiker}@{self.host}/{self.map}"


@dataclass(frozen=True)
class Ruw:
    """A mail as bytes: the first of them where it is larger than one asked for. `grootte` is that of the whole."""

    inhoud: bytes
    grootte: int
    ontvangen_op: datetime

    @property
    def is_heel(self) -> bool:
        """Whether nothing was left out."""
        return len(self.inhoud) >= self.grootte


def postbus_van_instellingen() -> Postbus | None:
    """The one that `POSTBUS_URL` names; None without it, ImproperlyConfigured when it can't be one."""
    if not settings.POSTBUS_URL:
        return None
    try:
        delen = urlsplit(settings.POSTBUS_URL)
        poort = delen.port or SCHEMAS.get(delen.scheme, 0)
    except ValueError:
        raise ImproperlyConfigured(VERWACHT) from None
    if delen.scheme not in SCHEMAS or not (delen.hostname and delen.username and delen.password):
        raise ImproperlyConfigured(VERWACHT)
    return Postbus(
        schema=delen.scheme,
        host=delen.hostname,
        poort=poort,
        gebruiker=unquote(delen.username),
        wachtwoord=unquote(delen.password),
        map=unquote(delen.path.strip("/")) or "INBOX",
    )


VERWACHT = "POSTBUS_URL is imaps://gebruiker:wachtwoord@host/INBOX, met tekens als @ in de naam als %40."


class Brievenbus:
    """An open mailbox; every method may raise one of `STORINGEN`."""

    def __init__(self, postbus: Postbus, box: BaseMailBox) -> None:
        """With the folder selected, whose answer holds its validity."""
        self.postbus, self._box = postbus, box
        _, waarden = box.client.response("UIDVALIDITY")
        if not waarden or waarden[0] is None:
            raise IMAP4.error("zonder UIDVALIDITY")
        self.uidvalidity = int(waarden[0])

    def uids(self) -> list[int]:
        """Everything that lies there, read by others or not, the oldest first."""
        return sorted(map(int, self._box.uids("ALL", None)))

    def ongelezen(self) -> set[int]:
        """What isn't marked as seen."""
        return set(map(int, self._box.uids("UNSEEN", None)))

    def haal(self, uid: int, *, hoogstens: int) -> Ruw | None:
        """The first `hoogstens` bytes of a mail, which stays as unread as it was; None when it is gone."""
        wat = f"(RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.{hoogstens}>)"
        status, delen = self._box.client.uid("FETCH", str(uid), wat)
        if status != "OK":
            raise IMAP4.error("FETCH")
        inhoud = next((deel[1] for deel in delen if isinstance(deel, tuple)), None)
        if inhoud is None:
            return None
        om = b" ".join(deel[0] if isinstance(deel, tuple) else deel or b"" for deel in delen)
        grootte = GROOTTE.search(om)
        return Ruw(inhoud, int(grootte[1]) if grootte else len(inhoud), _moment(om))

    def zet_gelezen(self, uids: Iterable[int]) -> None:
        """Mark as seen; nothing else in the folder changes, what somebody put ready to be deleted stays."""
        for uid in uids:
            self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")


@contextmanager
def open_brievenbus(postbus: Postbus) -> Iterator[Brievenbus]:
    """Sign in and open the folder; one of `STORINGEN` when that can't be done."""
    with _verbind(postbus) as box:
        box.login(postbus.gebruiker, postbus.wachtwoord, initial_folder=postbus.map)
        yield Brievenbus(postbus, box)


def uitleg(fout: Exception) -> str:
    """What one of `STORINGEN` says to who manages the postbus: no name, password or word of the server is in it."""
    if isinstance(fout, ssl.SSLCertVerificationError):
        return _over_certificaat(fout.verify_code)
    for soort, zin in ZINNEN.items():
        if isinstance(fout, soort):
            return zin
    return "De mailserver antwoordt niet zoals verwacht."


ZINNEN: dict[type[Exception], str] = {
    GeenCertificaten: "POSTBUS_CA wijst geen bestand met certificaten aan; verwacht wordt PEM.",
    ssl.SSLError: "De mailserver spreekt op deze poort geen TLS dat wij kennen.",
    MailboxLoginError: "De mailserver neemt de gebruiker of het wachtwoord in POSTBUS_URL niet aan.",
    MailboxFolderSelectError: "De map die POSTBUS_URL noemt, is er niet.",
    OSError: "De mailserver is niet te bereiken.",
}
"""The first that fits."""


def _over_certificaat(code: int) -> str:
    if code == VERLOPEN:
        return "Het certificaat van de mailserver is verlopen."
    if code in (ANDERE_NAAM, ANDER_ADRES):
        return "Het certificaat van de mailserver is niet van de server die POSTBUS_URL noemt."
    return (
        "Het certificaat van de mailserver komt van een uitgever die wij niet vertrouwen. Is hij van uzelf, "
        "zet zijn certificaat dan in een bestand en noem dat in POSTBUS_CA."
    )


def _verbind(postbus: Postbus) -> BaseMailBox:
    if postbus.schema == "imap":
        return MailBoxUnencrypted(postbus.host, postbus.poort, timeout=TIJD)
    return MailBox(postbus.host, postbus.poort, timeout=TIJD, ssl_context=_vertrouwd())


def _vertrouwd() -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.POSTBUS_CA or None)
    except OSError:
        raise GeenCertificaten from None


def _moment(om: bytes) -> datetime:
    """When the server got it; now when it doesn't say, or says something that is still to come."""
    nu = datetime.now(UTC)
    gevonden = MOMENT.search(om)
    if not gevonden:
        return nu
    try:
        return min(parsedate_to_datetime(gevonden[1].decode("ascii").replace("-", " ", 2)), nu)
    except (ValueError, TypeError):
        return nu
