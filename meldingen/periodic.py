"""Work that beat starts around meldingen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from meldingen.dagoverzicht import kondig_dagoverzichten_aan
from meldingen.herindicatie import maak_herindicaties
from meldingen.klantinteracties.ophalen import haal_op, kondig_verwerkte_taken_aan
from meldingen.models import Concept, Melding
from meldingen.postbus.ophalen import haal_post_op
from meldingen.termijnen import spoed_uiterlijk
from meldingen.workflow.post import verwijder_geweerde_post
from meldingen.workflow.vertellen import meld_te_laat
from teams.access import Actie, zichtbaar
from teams.berichten import Mededeling, kondig_alle_aan
from teams.gronden import Wie
from teams.models import IN_TEAM, Aanstelling, Instelling, Medewerker, Rol
from teams.periodic import periodiek

CONCEPT_DAGEN = "concept_dagen"
SOORT = "spoed_te_laat"
"""The mail; its `gegevens` are the number and the path of the melding, and nothing about anybody."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taak:
    """A job of the night: `doe` does what is due on a day and says how many; it may run twice, or beside itself.

    `een` and `meer` are what that number counts.
    """

    naam: str
    doe: Callable[[date], int]
    een: str
    meer: str

    def regel(self, aantal: int) -> str:
        """What it did, in one line."""
        return f"{self.naam}: {aantal} {self.een if aantal == 1 else self.meer}."


NACHTWERK = (
    Taak("Herindicaties", maak_herindicaties, "nieuwe melding", "nieuwe meldingen"),
    Taak("Dagoverzicht", kondig_dagoverzichten_aan, "mail aangekondigd", "mails aangekondigd"),
)
"""In this order: what comes in tonight stands in the overview of the morning."""


def doe_nachtwerk(op: date) -> Iterator[tuple[Taak, int | None]]:
    """Do all of `NACHTWERK` for the day `op`, and give each with what it did; None when it failed.

    Each is a transaction, or a savepoint in that of the caller, so one that fails doesn't stop the others.
    """
    for taak in NACHTWERK:
        try:
            with transaction.atomic():
                aantal: int | None = taak.doe(op)
        except Exception:
            log.exception("%s van %s is niet gelukt.", taak.naam, op)
            aantal = None
        yield taak, aantal


@periodiek
def nachtwerk() -> None:
    """Every night, for the day in the Netherlands that has begun."""
    for _ in doe_nachtwerk(timezone.localdate()):
        pass


@periodiek
def ruim_op() -> None:
    """Every night: what nobody came back for."""
    ruim_concepten_op(timezone.now())


@periodiek
def ruim_post_op() -> None:
    """Every night: mail that was kept out, and that nobody brought back."""
    aantal = verwijder_geweerde_post(timezone.now())
    if aantal:
        log.warning("Tegengehouden mails verwijderd: %d.", aantal)


@periodiek
def haal_taken_op() -> None:
    """Every few minutes: what does a register elsewhere ask, and what is done of that?"""
    haal_op()
    kondig_verwerkte_taken_aan()


@shared_task
def haal_post() -> None:
    """Every few minutes: what mail came in? Not in one transaction, since each mail is stored before it is marked."""
    haal_post_op()


@periodiek
def let_op_spoed() -> None:
    """Every few minutes: is there spoed that nobody took in time?"""
    alarmeer_spoed(timezone.now())


@periodiek
def let_op_terugbellen() -> None:
    """Every few minutes: is there a promise to call that software brought, and that wasn't kept in time?"""
    meld_te_laat(timezone.now())


def ruim_concepten_op(moment: datetime) -> int:
    """Throw away what at `moment` hasn't been typed in for `concept_dagen`; returns how many. Safe to run twice."""
    dagen = Instelling.objects.waarde_op(CONCEPT_DAGEN, timezone.localdate(moment))
    oud = Concept.objects.filter(gewijzigd_op__lt=moment - timedelta(days=float(dagen)))
    return oud.delete()[0]


def alarmeer_spoed(nu: datetime) -> int:
    """Tell who divides the work of spoed that nobody took within its hours, and again after as many hours (R8).

    Where a team has nobody who divides, everybody in it is told; a melding without a team goes to all who divide.
    Only who has a right to the melding is told of it. The key of a bericht names melding, round and reader, so
    running twice tells nobody twice. Returns for how many meldingen there is an alarm at `nu`.
    """
    te_laat = Melding.objects.open().zonder_behandelaar().filter(spoed=True)
    te_laat = te_laat.annotate(uiterlijk=spoed_uiterlijk()).filter(uiterlijk__lte=nu)
    verteld = _vertel(te_laat, Actie.VERDELEN, [Rol.COORDINATOR], nu)
    return len(verteld | _vertel(te_laat.exclude(pk__in=verteld), Actie.WERKEN, IN_TEAM, nu))


def _vertel(meldingen: QuerySet[Melding], actie: Actie, rollen: Iterable[Rol], nu: datetime) -> set[int]:
    """Tell everybody in one of these roles of the meldingen they may do `actie` with; returns which those were."""
    if not meldingen.exists():
        return set()
    werkt = Aanstelling.objects.op_dag(timezone.localdate(nu)).filter(rol__in=rollen)
    verteld: dict[tuple[int, int], Mededeling] = {}
    for lezer in Medewerker.objects.filter(is_active=True, pk__in=werkt.values("medewerker")).order_by("pk"):
        rijen: Iterable[Any] = zichtbaar(meldingen, Wie.van(lezer, nu), actie)
        for melding in rijen:
            begin = melding.geregistreerd_op
            ronde = (nu - begin) // (melding.uiterlijk - begin)
            verteld[melding.pk, lezer.pk] = Mededeling(
                aan=lezer,
                gegevens={"nummer": melding.nummer, "pad": reverse("melding", args=[melding.pk])},
                sleutel=f"{SOORT}:{melding.pk}:{ronde}:{lezer.pk}",
            )
    kondig_alle_aan(SOORT, verteld.values())
    return {melding for melding, _ in verteld}
