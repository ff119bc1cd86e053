"""Sending something to an address that somebody else chose: only to the public internet, and never for long."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from teams.berichten import Onbezorgd

HOOGSTENS = 10.0
"""Seconds from connecting until the answer has begun; what drips takes no longer."""
THUIS = ("localhost", "127.0.0.1", "::1")
POORTEN = {"https": 443, "http": 80}
OPENBAAR = ip_network("2000::/3")
MET_IPV4_ERIN = (IPv6Network("2002::/16"),)
"""Parts of it that lead to an IPv4 address, which may be a private one."""


class GeenAdres(ValueError):
    """This can't be the address of a webhook; the text says what was expected."""


def ontleed(adres: str) -> SplitResult:
    """The parts of an address that may be sent to; GeenAdres for another.

    https alone, and http only to this machine where its own addresses are listed in WEBHOOK_NETTEN, as in the demo.
    """
    try:
        delen = urlsplit(adres)
        host, _ = delen.hostname or "", delen.port
    except ValueError:
        host = ""
    if not (host and adres.isascii() and adres.isprintable() and " " not in adres):
        raise GeenAdres("Verwacht een adres als https://kcc.example.nl/eenplan, zonder spaties of é.")
    if delen.username is not None or delen.password is not None or "#" in adres:
        raise GeenAdres("Verwacht een adres zonder naam, wachtwoord of # erin.")
    in_huis = delen.scheme == "http" and host in THUIS and mag_naar("127.0.0.1")
    if delen.scheme != "https" and not in_huis:
        raise GeenAdres("Verwacht een adres dat met https:// begint.")
    return delen


def mag_naar(ip: str) -> bool:
    """Whether a connection may be made to this address: on the public internet, or in WEBHOOK_NETTEN."""
    gelezen = ip_address(ip.partition("%")[0])
    echt: IPv4Address | IPv6Address = getattr(gelezen, "ipv4_mapped", None) or gelezen
    if any(echt in net for net in settings.WEBHOOK_NETTEN):
        return True
    if isinstance(echt, IPv6Address) and (echt not in OPENBAAR or any(echt in net for net in MET_IPV4_ERIN)):
        return False
    return echt.is_global and not echt.is_multicast and not echt.is_reserved


def stuur(adres: str, inhoud: bytes, koppen: Mapping[str, str]) -> int:
    """POST, and the status of the answer, of which nothing more is read; Onbezorgd when there is none.

    The name is looked up once, and the connection made to what was judged. No redirect is followed.
    """
    try:
        delen = ontleed(adres)
    except GeenAdres:
        raise Onbezorgd("adres mag niet") from None
    host = delen.hostname or ""
    einde = monotonic() + HOOGSTENS
    try:
        with closing(_verbind(host, delen.port or POORTEN[delen.scheme], einde)) as open_:
            kanaal = _om_te_versleutelen(open_, host) if delen.scheme == "https" else open_
            # Each read has a time of its own; this ends them all together.
            wekker = Timer(max(0.0, einde - monotonic()), _breek_af, (kanaal,))
            wekker.daemon = True
            wekker.start()
            try:
                return _vraag(kanaal, delen, inhoud, koppen)
            finally:
                wekker.cancel()
    except ssl.SSLCertVerificationError:
        raise Onbezorgd("het certificaat klopt niet") from None
    except (OSError, HTTPException, UnicodeError) as fout:
        if monotonic() >= einde or isinstance(fout, TimeoutError):
            raise Onbezorgd(f"geen antwoord binnen {HOOGSTENS:.0f} seconden") from None
        raise Onbezorgd(f"geen verbinding ({type(fout).__name__})") from None


def _verbind(host: str, poort: int, einde: float) -> socket.socket:
    """To the first address of `host` that answers; Onbezorgd when any of them may not be connected to."""
    adressen = [rij[4] for rij in socket.getaddrinfo(host, poort, type=socket.SOCK_STREAM)]
    if not all(mag_naar(str(adres[0])) for adres in adressen):
        raise Onbezorgd("dit adres ligt in een afgeschermd netwerk")
    fout: OSError = ConnectionRefusedError()
    for ip, *_ in adressen:
        try:
            return socket.create_connection((str(ip), poort), timeout=max(0.1, einde - monotonic()))
        except OSError as deze:
            fout = deze
    raise fout


def _om_te_versleutelen(open_: socket.socket, host: str) -> ssl.SSLSocket:
    """Not greeted yet, as that may take long, too."""
    return ssl.create_default_context().wrap_socket(
        open_, server_hostname=host, do_handshake_on_connect=False
    )


def _breek_af(kanaal: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(kanaal, socket.SHUT_RDWR)


def _vraag(kanaal: socket.socket, delen: SplitResult, inhoud: bytes, koppen: Mapping[str, str]) -> int:
    verbinding = HTTPConnection(delen.hostname or "")
    verbinding.auto_open = 0
    verbinding.sock = kanaal
    pad = (delen.path or "/") + (f"?{delen.query}" if delen.query else "")
    with closing(verbinding):
        if isinstance(kanaal, ssl.SSLSocket):
            kanaal.do_handshake()
        verbinding.request("POST", pad, inhoud, {"Host": delen.netloc, "Connection": "close", **koppen})
        return verbinding.getresponse().status
