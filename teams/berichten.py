"""Announcing an effect in the transaction that gives rise to it, and bringing it about afterwards.

The row in the outbox is the truth; the broker only says that there may be work. An effect happens at least
once: whoever writes one makes it harmless to happen twice.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import NamedTuple

from celery import current_app
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from teams.models import Instelling, Medewerker
from teams.post import Bericht

POGINGEN = "bericht_pogingen"
"""Instelling: after so many attempts a bericht is given up."""
BEWAARDAGEN = "bericht_bewaardagen"
"""Instelling: so many days a sent bericht is kept."""

TAAK = "teams.tasks.bezorg_berichten"
EERSTE_WACHTTIJD = timedelta(seconds=5)
LANGSTE_WACHTTIJD = timedelta(hours=6)
BROKER_MET_RUST = 30.0
AFGEBROKEN = "Afgebroken"
"""What `laatste_fout` says of an attempt whose process did not live to tell."""

log = logging.getLogger(__name__)
Gegevens = Mapping[str, str | int | None]
Uitvoering = Callable[[Bericht], None]


@dataclass(frozen=True)
class Effect:
    """How berichten of one soort are brought about, and which `gegevens` that takes."""

    velden: frozenset[str]
    voer_uit: Uitvoering


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


def effect(soort: str, *velden: str) -> Callable[[Uitvoering], Uitvoering]:
    """Decorator, in the `tasks.py` of an app: this function brings about berichten of `soort`.

    It runs in the transaction that marks the bericht as sent, and raises to be called again later. `velden`
    are the only names that `gegevens` may have, so that what leaves the house is declared in one place.
    """

    def registreer(voer_uit: Uitvoering) -> Uitvoering:
        if soort in _effecten:
            raise ValueError(f"Er is al een effect {soort}.")
        _effecten[soort] = Effect(frozenset(velden), voer_uit)
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
    if not any(_duw in haak for haak in connection.run_on_commit):
        transaction.on_commit(_duw, robust=True)


def bezorg(*, hoogstens: timedelta | None = None) -> Ronde:
    """Bring about what is due, until there is nothing left or the time is up.

    Any number of processes may do so at once. An attempt is counted and put off before it begins, so that a
    bericht that fells its process comes back later, behind the others, and is given up at last.
    """
    begin = monotonic()
    maximum = int(Instelling.objects.waarde_op(POGINGEN, timezone.localdate()))
    gelukt = mislukt = 0
    while bericht := _neem(maximum):
        if _probeer(bericht, laatste=bericht.pogingen >= maximum):
            gelukt += 1
        else:
            mislukt += 1
        if hoogstens and monotonic() - begin > hoogstens.total_seconds():
            break
    return Ronde(gelukt, mislukt)


def probeer_mislukte_opnieuw() -> int:
    """Give what was given up all its attempts again; returns how many there are."""
    return Bericht.objects.mislukt().update(mislukt_op=None, pogingen=0, niet_voor=Now())


def wachttijd(poging: int) -> timedelta:
    """How long to wait after attempt number `poging`: twice as long each time, give or take a quarter."""
    verdubbeld: timedelta = EERSTE_WACHTTIJD * 2 ** min(poging - 1, 20)
    return min(verdubbeld, LANGSTE_WACHTTIJD) * random.uniform(0.75, 1.25)


def _neem(maximum: int) -> Bericht | None:
    """The next bericht to try, its attempt counted; None when nothing is due."""
    with transaction.atomic(durable=True):
        while bericht := Bericht.objects.aan_de_beurt().select_for_update(skip_locked=True).first():
            rij = Bericht.objects.filter(pk=bericht.pk)
            if bericht.pogingen >= maximum:
                rij.update(mislukt_op=Now())
                continue
            bericht.pogingen += 1
            later = Now() + wachttijd(bericht.pogingen)
            rij.update(pogingen=bericht.pogingen, niet_voor=later, laatste_fout=AFGEBROKEN)
            return bericht
    return None


def _probeer(bericht: Bericht, *, laatste: bool) -> bool:
    """Bring about this attempt and mark it in one transaction; False when it did not work out.

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
    except Exception as fout:
        naam = type(fout).__name__
        log.warning("Bericht %s (%s), poging %s: %s", bericht.pk, bericht.soort, bericht.pogingen, naam)
        poging.update(laatste_fout=naam, **({"mislukt_op": Now()} if laatste else {}))
        return False
    return True


class _Broker:
    """Remembers for a while that the broker did not answer, so that not every request waits for it."""

    rust_tot = 0.0


def _duw() -> None:
    """Tell a worker, where there is one, that there is post; the sweep finds what this misses."""
    if monotonic() < _Broker.rust_tot:
        return
    try:
        current_app.send_task(TAAK, expires=60, retry=False)
    except Exception as fout:
        _Broker.rust_tot = monotonic() + BROKER_MET_RUST
        log.warning("De broker antwoordt niet (%s); de berichten gaan mee met de ronde.", type(fout).__name__)
