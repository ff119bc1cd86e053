"""A round along the postbus: every mail that isn't here yet is stored, and then marked as seen there.

What is new is told by where it lies (folder, UIDVALIDITY, UID), not by whether it was seen: somebody who opens a mail
in a mail program doesn't keep it from us, and a process that dies between the two steps leaves nothing undone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, connection
from django.utils import timezone

from meldingen import workflow
from meldingen.models import Postplek
from meldingen.postbus.brievenbus import (
    STORINGEN,
    Brievenbus,
    Postbus,
    Ruw,
    open_brievenbus,
    postbus_van_instellingen,
    uitleg,
)
from meldingen.postbus.lezen import NIET_LEESBAAR, Gelezen, Grenzen, lees_mail
from teams.aanvoer import BRONNEN, Aanvoer
from teams.models import Instelling

MAIL_MB, BIJLAGE_MB = "postbus_mail_mb", "postbus_bijlage_mb"
MB = 1024 * 1024
EEN_RONDE = timedelta(minutes=5)
"""After this the next round goes on: a task that lasts too long would be begun again beside itself."""
SLOT = 0x706F7374  # "post"
LAATST, BEZIG, FOUT = "postbus:gelezen", "postbus:bezig", "postbus:fout"
KEREN, ONTHOUD = 3, 24 * 60 * 60
"""So often a mail is read again after a process died over it, and for so many seconds that is remembered."""

log = logging.getLogger(__name__)


def haal_post_op() -> int:
    """Returns how many mails were new. A mailbox that doesn't answer ends the round; what was stored stays.

    Not inside a transaction: each mail is stored in one of its own before it is marked as seen.
    """
    try:
        postbus = postbus_van_instellingen()
    except ImproperlyConfigured as fout:
        _onthoud(str(fout))
        raise
    if postbus is None:
        return 0
    aantal = 0
    with _slot() as vrij:
        if not vrij:
            return 0
        try:
            with open_brievenbus(postbus) as bus:
                for _ in _ronde(bus):
                    aantal += 1
            cache.set(LAATST, timezone.now(), timeout=None)
        except STORINGEN as fout:
            zin = uitleg(fout)
            log.warning("De postbus antwoordt niet goed: %s (%s)", zin, type(fout).__name__)
            _onthoud(zin)
    return aantal


def staat_van_postbus() -> Aanvoer | None:
    """When it was last read, and what last went wrong; None without a postbus."""
    if not settings.POSTBUS_URL:
        return None
    fout, fout_op = cache.get(FOUT, ("", None))
    return Aanvoer("Postbus", cache.get(LAATST), fout, fout_op)


BRONNEN.append(staat_van_postbus)


def _onthoud(fout: str) -> None:
    cache.set(FOUT, (fout, timezone.now()), timeout=None)


def _ronde(bus: Brievenbus) -> Iterator[int]:
    """Gives the UID of each mail that was new."""
    begin = monotonic()
    plekken = Postplek.objects.filter(postbus=bus.postbus.naam, uidvalidity=bus.uidvalidity)
    bekend = set(plekken.values_list("uid", flat=True))
    vandaag = timezone.localdate()
    hoogstens = int(Instelling.objects.waarde_op(MAIL_MB, vandaag) * MB)
    grenzen = Grenzen(
        bijlage_bytes=int(Instelling.objects.waarde_op(BIJLAGE_MB, vandaag) * MB),
        soorten={soort.lower().lstrip(".") for soort in settings.POSTBUS_BIJLAGEN},
    )
    eigen = _eigen_adressen(bus.postbus)
    bus.zet_gelezen(sorted(bekend & bus.ongelezen()))
    for uid in bus.uids():
        if uid in bekend:
            continue
        if monotonic() - begin > EEN_RONDE.total_seconds():
            return
        if ruw := bus.haal(uid, hoogstens=hoogstens):
            if _stierf_steeds_aan(bus, uid):
                gelezen = Gelezen(sha256(ruw.inhoud).hexdigest(), fouten=[NIET_LEESBAAR])
            else:
                gelezen = lees_mail(ruw.inhoud, grootte=ruw.grootte, grenzen=grenzen, eigen=eigen)
            if _bewaar(bus, uid, ruw, gelezen):
                yield uid
            bus.zet_gelezen([uid])


def _stierf_steeds_aan(bus: Brievenbus, uid: int) -> bool:
    """Whether rounds ended in this mail time and again; then it isn't read, so that those after it have their turn."""
    plek = f"{bus.uidvalidity}/{uid}"
    vorige, keren = cache.get(BEZIG, ("", 0))
    keren = keren + 1 if vorige == plek else 1
    cache.set(BEZIG, (plek, keren), timeout=ONTHOUD)
    return keren > KEREN


def _bewaar(bus: Brievenbus, uid: int, ruw: Ruw, gelezen: Gelezen) -> bool:
    """Whether it was new; what the database can't take is stored as a mail that can't be read."""
    plek = (bus.postbus.naam, bus.uidvalidity, uid)
    try:
        return workflow.neem_poststuk_aan(gelezen, plek=plek, ontvangen_op=ruw.ontvangen_op)
    except DataError:
        log.warning("Mail %s in de postbus is niet te bewaren zoals hij is.", uid)
        kaal = Gelezen(gelezen.vingerafdruk, fouten=[NIET_LEESBAAR])
        return workflow.neem_poststuk_aan(kaal, plek=plek, ontvangen_op=ruw.ontvangen_op)


def _eigen_adressen(postbus: Postbus) -> set[str]:
    """From which we mail ourselves."""
    adressen = [postbus.gebruiker, settings.DEFAULT_FROM_EMAIL, *settings.POSTBUS_EIGEN_ADRESSEN]
    return {parseaddr(adres)[1].lower() for adres in adressen if "@" in adres}


@contextmanager
def _slot() -> Iterator[bool]:
    """One round at a time; a round that dies lets go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SLOT])
        vrij = cursor.fetchone() == (True,)
    try:
        yield vrij
    finally:
        if vrij:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SLOT])
