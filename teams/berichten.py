"""Announcing an effect in the transaction that gives rise to it, and bringing it about afterwards.

The row in the outbox is the truth; the broker only says that there may be work. An effect happens at least
once: whoever writes one makes it harmless to happen twice.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import NamedTuple

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from teams.models import Instelling, Medewerker
from teams.post import Bericht, BerichtQuerySet

BEWAARDAGEN = "bericht_bewaardagen"
"""Instelling: so many days a sent bericht is kept."""

EERSTE_WACHTTIJD = timedelta(seconds=5)
LANGSTE_WACHTTIJD = timedelta(hours=6)
EVEN = timedelta(seconds=1)
BROKER_MET_RUST = 30.0
AFGEBROKEN = "Afgebroken"
"""What `laatste_fout` says of an attempt whose process did not live to tell."""

log = logging.getLogger(__name__)
Gegevens = Mapping[str, str | int | None]
Uitvoering = Callable[[Bericht], None]
Nasleep = Callable[[Bericht, Exception], None]


class Baan(StrEnum):
    """What is done apart from the rest, so that software elsewhere that hangs, or a long file, keeps no mail waiting.

    The value is the task that delivers it.
    """

    POST = "teams.tasks.bezorg_berichten"
    WEBHOOKS = "teams.tasks.bezorg_webhooks"
    BESTANDEN = "reporting.tasks.maak_bestanden"

    @property
    def pogingen(self) -> str:
        """Instelling: after so many attempts a bericht is given up."""
        return {Baan.WEBHOOKS: "webhook_pogingen", Baan.BESTANDEN: "bestand_pogingen"}.get(
            self, "bericht_pogingen"
        )


TAAK = Baan.POST.value


class Onbezorgd(Exception):
    """An attempt that failed for this reason, which holds no personal data; `voorgoed` when another has no sense."""

    voorgoed = False


class Uitstel(Exception):
    """Not now, so this was no attempt: it comes back at `tot`."""

    def __init__(self, tot: datetime) -> None:
        super().__init__()
        self.tot = tot


@dataclass(frozen=True)
class Effect:
    """How berichten of one soort are brought about, and which `gegevens` that takes.

    `na_mislukking` is called after an attempt that failed, when what that wrote has been taken back.
    """

    velden: frozenset[str]
    voer_uit: Uitvoering
    baan: Baan = Baan.POST
    na_mislukking: Nasleep | None = None


class Mededeling(NamedTuple):
    """What is told to whom; see `kondig_aan`."""

    aan: str | Medewerker
    gegevens: Gegevens
    sleutel: str | None


class Ronde(NamedTuple):
    """What one round of delivering came to: numbers of attempts."""

    bezorgd: int
    niet_bezorgd: int


_effecten: dict[str, Effect] = {}


def effect(
    soort: str, *velden: str, baan: Baan = Baan.POST, na_mislukking: Nasleep | None = None
) -> Callable[[Uitvoering], Uitvoering]:
    """Decorator, in the `tasks.py` of an app: this function brings about berichten of `soort`.

    It runs in the transaction that marks the bericht as sent, and raises to be called again later: Onbezorgd with a
    reason that may be kept, Uitstel when it was no attempt. `velden` are the only names that `gegevens` may have, so
    that what leaves the house is declared in one place.
    """

    def registreer(voer_uit: Uitvoering) -> Uitvoering:
        if soort in _effecten:
            raise ValueError(f"Er is al een effect {soort}.")
        _effecten[soort] = Effect(frozenset(velden), voer_uit, baan, na_mislukking)
        return voer_uit

    return registreer


def kondig_aan(soort: str, *, aan: str | Medewerker, gegevens: Gegevens, sleutel: str | None = None) -> None:
    """Write a bericht in the transaction of the caller; a rollback leaves nothing of it.

    A `medewerker` is looked up again when the effect happens, so that who left gets nothing. `sleutel`
    (kind and numbers, no personal data) makes every later announcement with the same key do nothing.
    ValueError for an unknown soort, or for other gegevens than it declares.
    """
    kondig_alle_aan(soort, [Mededeling(aan, gegevens, sleutel)])


def kondig_alle_aan(soort: str, mededelingen: Iterable[Mededeling]) -> None:
    """As `kondig_aan`, for any number of them in one statement."""
    if soort not in _effecten:
        raise ValueError(f"Er is geen effect {soort}.")
    berichten = []
    for aan, gegevens, sleutel in mededelingen:
        if gegevens.keys() != _effecten[soort].velden:
            raise ValueError(f"{soort} vraagt {sorted(_effecten[soort].velden)}, niet {sorted(gegevens)}.")
        doel = f"medewerker:{aan.pk}" if isinstance(aan, Medewerker) else aan
        berichten.append(Bericht(soort=soort, aan=doel, gegevens=dict(gegevens), sleutel=sleutel))
    if not berichten:
        return
    Bericht.objects.bulk_create(berichten, ignore_conflicts=any(bericht.sleutel for bericht in berichten))
    wek = _wekkers[_effecten[soort].baan]
    if not any(wek in haak for haak in connection.run_on_commit):
        transaction.on_commit(wek, robust=True)


def bezorg(baan: Baan = Baan.POST, *, hoogstens: timedelta | None = None) -> Ronde:
    """Bring about what is due in this `baan`, until there is nothing left or the time is up.

    Any number of processes may do so at once. An attempt is counted and put off before it begins, so that a
    bericht that fells its process comes back later, behind the others, and is given up at last.
    """
    begin = monotonic()
    maximum = int(Instelling.objects.waarde_op(baan.pogingen, timezone.localdate()))
    gelukt = mislukt = 0
    while bericht := _neem(baan, maximum):
        uitkomst = _probeer(bericht, laatste=bericht.pogingen >= maximum)
        gelukt += uitkomst is True
        mislukt += uitkomst is False
        if hoogstens and monotonic() - begin > hoogstens.total_seconds():
            break
    return Ronde(gelukt, mislukt)


def probeer_mislukte_opnieuw(berichten: BerichtQuerySet | None = None) -> int:
    """Give what was given up, or those of it among `berichten`, all its attempts again; returns how many there are."""
    gekozen = Bericht.objects.all() if berichten is None else berichten
    return gekozen.mislukt().update(mislukt_op=None, pogingen=0, niet_voor=Now())


def wachttijd(poging: int) -> timedelta:
    """How long to wait after attempt number `poging`: twice as long each time, give or take a quarter."""
    verdubbeld: timedelta = EERSTE_WACHTTIJD * 2 ** min(poging - 1, 20)
    return min(verdubbeld, LANGSTE_WACHTTIJD) * random.uniform(0.75, 1.25)


def _in(baan: Baan) -> Q:
    """Which berichten are delivered there; one of a soort that is gone stays with the rest."""
    if baan is Baan.POST:
        return ~Q(soort__in=[soort for soort, effect in _effecten.items() if effect.baan is not baan])
    return Q(soort__in=[soort for soort, effect in _effecten.items() if effect.baan is baan])


def _neem(baan: Baan, maximum: int) -> Bericht | None:
    """The next bericht to try, its attempt counted; None when nothing is due."""
    wachtrij = Bericht.objects.aan_de_beurt().filter(_in(baan))
    with transaction.atomic(durable=True):
        while bericht := wachtrij.select_for_update(skip_locked=True).first():
            rij = Bericht.objects.filter(pk=bericht.pk)
            if bericht.pogingen >= maximum:
                rij.update(mislukt_op=Now())
                continue
            bericht.pogingen += 1
            later = Now() + wachttijd(bericht.pogingen)
            rij.update(pogingen=bericht.pogingen, niet_voor=later, laatste_fout=AFGEBROKEN)
            return bericht
    return None


def _probeer(bericht: Bericht, *, laatste: bool) -> bool | None:
    """Bring about this attempt and mark it in one transaction; False when it did not work out, None when it was none.

    It waits for the lock: a relay that looks for work holds a row for a moment, also one that it won't take.
    """
    poging = Bericht.objects.wachtend().filter(pk=bericht.pk, pogingen=bericht.pogingen)
    try:
        with transaction.atomic(durable=True):
            actueel = poging.select_for_update().first()
            if actueel is None:
                return False
            _effecten[actueel.soort].voer_uit(actueel)
            poging.update(verzonden_op=Now(), laatste_fout="")
    except Uitstel as later:
        eerst = max(later.tot, timezone.now() + EVEN)
        poging.update(pogingen=bericht.pogingen - 1, niet_voor=eerst, laatste_fout=bericht.laatste_fout)
        return None
    except Exception as fout:
        waarom = str(fout)[:100] if isinstance(fout, Onbezorgd) else type(fout).__name__
        log.warning("Bericht %s (%s), poging %s: %s", bericht.pk, bericht.soort, bericht.pogingen, waarom)
        laatste |= isinstance(fout, Onbezorgd) and fout.voorgoed
        poging.update(laatste_fout=waarom, **({"mislukt_op": Now()} if laatste else {}))
        soort = _effecten.get(bericht.soort)
        if soort and soort.na_mislukking:
            soort.na_mislukking(bericht, fout)
        return False
    return True


class _Broker:
    """Remembers for a while that the broker did not answer, so that not every request waits for it."""

    rust_tot = 0.0


def _duw(baan: Baan) -> None:
    """Tell a worker, where there is one, that there is post; the sweep finds what this misses."""
    if monotonic() < _Broker.rust_tot:
        return
    try:
        current_app.send_task(baan.value, expires=60, retry=False)
    except Exception as fout:
        _Broker.rust_tot = monotonic() + BROKER_MET_RUST
        log.warning("De broker antwoordt niet (%s); de berichten gaan mee met de ronde.", type(fout).__name__)


_wekkers = {baan: partial(_duw, baan) for baan in Baan}
"""Each the same thing every time, so that a transaction wakes a worker once."""
