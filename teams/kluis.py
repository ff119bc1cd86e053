"""Secrets of residents, encrypted with keys that the database never sees (docs/adr/0015-geheimen.md).

A value is bound to its place and row: moved to another row or column it can't be read. What must be found back
exactly also gets a search value, which says nothing to who lacks its key. A key is named by what follows from it, so
a wrong key is always an unknown one, and two can't be taken for each other.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SLEUTEL_BYTES, NUMMER_BYTES, NONCE_BYTES, TAG_BYTES, AFDRUK_BYTES = 32, 4, 12, 16, 16
VORM = b"\x01"
"""The first byte of what is encrypted, for when the way of encrypting changes."""
VERSLEUTELEN, ZOEKEN = "versleutelen", "zoeken"
SOORTEN = (VERSLEUTELEN, ZOEKEN)
"""The two kinds of key; in the file each has a list, the first of which is in use and the others still read."""

Sleutels = dict[str, list[bytes]]


class KluisFout(Exception):
    """A secret can't be written or read; the text says why, and holds nothing of it."""


class GeenSleutels(KluisFout):
    """There is no file of keys, or it can't be used."""


class OnbekendeSleutel(KluisFout):
    """The value was encrypted with a key that is not in the file: it is the wrong file, or too much was removed."""


class Beschadigd(KluisFout):
    """The value is not what was encrypted for this row: damaged, or taken from another."""


class Kluis:
    """The keys of one moment, ready for use."""

    def __init__(self, sleutels: Sleutels) -> None:
        self._sloten = {nummer(sleutel): AESGCM(sleutel) for sleutel in sleutels[VERSLEUTELEN]}
        self._afdrukken = {nummer(sleutel): sleutel for sleutel in sleutels[ZOEKEN]}
        self._begonnen: dict[tuple[bytes, str], Any] = {}
        self.sleutel = next(iter(self._sloten))
        self.zoeksleutel = next(iter(self._afdrukken))
        self.nummers = {VERSLEUTELEN: list(self._sloten), ZOEKEN: list(self._afdrukken)}

    def versleutel(self, tekst: str, plaats: str, rij: int) -> bytes:
        """`tekst` for row `rij` of `plaats` (table.column), under the key in use; some 4 microseconds.

        AES-256-GCM: form (1 byte), key (4), nonce (12), text, tag (16). Another time gives other bytes.
        """
        kop = VORM + self.sleutel
        nonce = os.urandom(NONCE_BYTES)
        slot = self._sloten[self.sleutel]
        return kop + nonce + slot.encrypt(nonce, tekst.encode(), _bij(plaats, rij, kop))

    def ontsleutel(self, waarde: bytes, plaats: str, rij: int) -> str:
        """What `versleutel` was given; OnbekendeSleutel or Beschadigd when it can't be read, never something else."""
        kop, nonce, rest = waarde[:5], waarde[5 : 5 + NONCE_BYTES], waarde[5 + NONCE_BYTES :]
        if kop[:1] != VORM or len(rest) < TAG_BYTES:
            raise Beschadigd(f"{plaats} van rij {rij} is beschadigd.")
        slot = self._sloten.get(kop[1:])
        if slot is None:
            raise OnbekendeSleutel(
                f"{plaats} van rij {rij} is versleuteld met sleutel {kop[1:].hex()}, en die staat niet in"
                f" {sleutelbestand()}. Zet die sleutel terug."
            )
        try:
            return slot.decrypt(nonce, rest, _bij(plaats, rij, kop)).decode()
        except InvalidTag:
            raise Beschadigd(f"{plaats} van rij {rij} is beschadigd, of hoort bij een andere rij.") from None

    def zoekwaarde(self, tekst: str, plaats: str) -> bytes:
        """By which an equal `tekst` is found: key (4 bytes) and the half of its HMAC-SHA-256 (16); 3 microseconds."""
        return self._afdruk(self.zoeksleutel, tekst, plaats)

    def zoekwaarden(self, tekst: str, plaats: str) -> list[bytes]:
        """The same under every key, since rows may still have the one of an older key."""
        return [self._afdruk(sleutel, tekst, plaats) for sleutel in self._afdrukken]

    def _afdruk(self, sleutel: bytes, tekst: str, plaats: str) -> bytes:
        begonnen = self._begonnen.get((sleutel, plaats))
        if begonnen is None:
            begonnen = hmac.new(self._afdrukken[sleutel], plaats.encode() + b"\0", "sha256")
            self._begonnen[sleutel, plaats] = begonnen
        som = begonnen.copy()
        som.update(tekst.encode())
        return sleutel + bytes(som.digest()[:AFDRUK_BYTES])


_open: tuple[tuple[Any, ...], Kluis] | None = None


def kluis() -> Kluis:
    """The keys as the file holds them now: it is read again when it has changed, so nothing need be restarted.

    GeenSleutels when there is no file or it can't be used.
    """
    global _open
    bestand = sleutelbestand()
    try:
        staat = bestand.stat()
    except FileNotFoundError:
        if not settings.SLEUTELS_ZELF_MAKEN:
            raise GeenSleutels(
                f"Er is geen sleutelbestand {bestand}. Wijs het aan met EENPLAN_SLEUTELS, of maak het met:"
                " manage.py sleutels --nieuw"
            ) from None
        maak_sleutels()
        staat = bestand.stat()
    except OSError as fout:
        raise GeenSleutels(
            f"Het sleutelbestand {bestand} kan niet worden gelezen: {fout.strerror}."
        ) from None
    kenmerk = (bestand, staat.st_mtime_ns, staat.st_size, staat.st_ino)
    if _open is None or _open[0] != kenmerk:
        _open = (kenmerk, Kluis(lees_sleutels()))
    return _open[1]


def maak_sleutels() -> bool:
    """Makes the file with a new key of each kind; False where there was one, which stays as it is."""
    if sleutelbestand().exists():
        return False
    schrijf_sleutels({soort: [nieuwe_sleutel()] for soort in SOORTEN}, nieuw=True)
    return True


def sleutelbestand() -> Path:
    """Where the keys are."""
    return Path(settings.EENPLAN_SLEUTELS)


def nieuwe_sleutel() -> bytes:
    """A random key."""
    return secrets.token_bytes(SLEUTEL_BYTES)


def nummer(sleutel: bytes) -> bytes:
    """By what a key is named; it says nothing about the key."""
    return hmac.digest(sleutel, b"nummer van een sleutel van Eenplan", "sha256")[:NUMMER_BYTES]


def lees_sleutels() -> Sleutels:
    """The keys of the file per kind, the one in use first; GeenSleutels, which says what was expected."""
    bestand = sleutelbestand()
    verwacht = (
        f"Het sleutelbestand {bestand} kan niet worden gebruikt; verwacht JSON met onder ‘{VERSLEUTELEN}’ en"
        f" ‘{ZOEKEN}’ elk een lijst van ten minste een sleutel van {SLEUTEL_BYTES} bytes in base64, alle verschillend."
    )
    try:
        inhoud = json.loads(bestand.read_text(encoding="utf-8"))
        gelezen = {
            soort: [base64.b64decode(rij, validate=True) for rij in inhoud[soort]] for soort in SOORTEN
        }
    except OSError as fout:
        raise GeenSleutels(
            f"Het sleutelbestand {bestand} kan niet worden gelezen: {fout.strerror}."
        ) from None
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise GeenSleutels(verwacht) from None
    alle = [sleutel for lijst in gelezen.values() for sleutel in lijst]
    if (
        len(inhoud) != len(SOORTEN)
        or not all(gelezen.values())
        or any(len(sleutel) != SLEUTEL_BYTES for sleutel in alle)
        or len({nummer(sleutel) for sleutel in alle}) != len(alle)
    ):
        raise GeenSleutels(verwacht)
    return gelezen


def schrijf_sleutels(sleutels: Sleutels, *, nieuw: bool = False) -> None:
    """Puts these keys in the file, whole or not at all, for its owner alone (mode 0600).

    `nieuw` leaves a file that is already there as it is: of two processes that make it at once, the first one's stays.
    """
    bestand = sleutelbestand()
    bestand.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    inhoud = {soort: [base64.b64encode(sleutel).decode() for sleutel in sleutels[soort]] for soort in SOORTEN}
    ernaast = bestand.with_name(f"{bestand.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(ernaast, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stroom:
        json.dump(inhoud, stroom, indent=2)
        stroom.write("\n")
        stroom.flush()
        os.fsync(stroom.fileno())
    try:
        if nieuw:
            os.link(ernaast, bestand)
        else:
            os.replace(ernaast, bestand)
    except FileExistsError:
        pass
    finally:
        ernaast.unlink(missing_ok=True)


@contextmanager
def wijzig_sleutels() -> Iterator[Sleutels]:
    """The keys to be changed, which are written at the end; nothing is when something goes wrong on the way.

    Who changes them at the same time waits, in whatever process, so that nobody writes back a list without the key
    that another just added. The lock is on a file beside it, since the file itself is replaced. GeenSleutels when
    there is no file or it can't be used.
    """
    kluis()
    bestand = sleutelbestand()
    slot = os.open(bestand.with_name(f"{bestand.name}.slot"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX)
        sleutels = lees_sleutels()
        yield sleutels
        schrijf_sleutels(sleutels)
    finally:
        os.close(slot)


def _bij(plaats: str, rij: int, kop: bytes) -> bytes:
    """What a value is bound to: where it stands, and by which form and key it was written."""
    return plaats.encode() + b"\0" + rij.to_bytes(8, "big") + kop
