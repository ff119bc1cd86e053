"""The verbs of a toets: somebody else than who wrote a besluit looks whether it is right (R14)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db.models.functions import Now
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from teams.geweigerd import Geweigerd, verplicht
from teams.kalender import DAG, is_werkdag
from teams.models import Instelling, Medewerker
from voorzieningen.models import (
    Besluit,
    Toets,
    Toetsstatus,
    Toetsvraag,
)
from voorzieningen.volledigheid import ontbreekt
from voorzieningen.workflow.besluiten import log_stap, vergrendel_besluit

TOETS_WERKDAGEN = "toets_werkdagen"


def vraag_toets(besluit: Besluit, *, door: Medewerker) -> Toets:
    """Hand a besluit to the toetsers; Geweigerd, naming what is missing, while it isn't complete (R5, R14)."""
    with vergrendel_besluit(besluit, door=door) as besluit:
        vandaag = timezone.localdate()
        besluit.leg_voor()
        if weg := ontbreekt(besluit, vandaag):
            raise Geweigerd(f"Dit ontbreekt nog voor de toets: {', '.join(weg)}.")
        besluit.save(update_fields=["status"])
        toets = Toets.objects.create(
            besluit=besluit, gevraagd_door=door, uiterlijk_op=toets_uiterlijk(vandaag)
        )
        log_stap(besluit, "toets gevraagd", door=door)
    return toets


def toets_uiterlijk(dag: date) -> date:
    """The last day of a toets that was asked for on a day: so many working days later."""
    over = int(Instelling.objects.waarde_op(TOETS_WERKDAGEN, dag))
    while over:
        dag += DAG
        over -= is_werkdag(dag)
    return dag


@contextmanager
def _toets(toets: Toets, *, door: Medewerker) -> Iterator[Toets]:
    """Lock the besluit and its toets."""
    with vergrendel_besluit(toets.besluit, door=door) as besluit:
        rij = Toets.objects.select_for_update().get(pk=toets.pk)
        rij.besluit = besluit
        try:
            yield rij
        except TransitionNotAllowed as fout:
            raise Geweigerd(
                f"Dit kan nu niet: deze toets staat op ‘{Toetsstatus(rij.status).label}’."
            ) from fout


def pak_toets_op(toets: Toets, *, door: Medewerker) -> Toets:
    """Take a toets; never of what one asked for or wrote oneself."""
    with _toets(toets, door=door) as toets:
        _vier_ogen(toets, door)
        toets.pak_op()
        toets.toetser = door
        toets.save(update_fields=["status", "toetser"])
        log_stap(toets.besluit, "toets opgepakt", door=door)
    return toets


def stel_toetsvraag(toets: Toets, *, vraag: str, door: Medewerker) -> Toetsvraag:
    """Ask the wijkwerker something; the term goes on."""
    vraag = verplicht(vraag, "een vraag")
    with _toets(toets, door=door) as toets:
        _eigen(toets, door)
        toets.stel_vraag()
        toets.save(update_fields=["status"])
        rij = Toetsvraag.objects.create(toets=toets, vraag=vraag, gesteld_door=door)
        log_stap(toets.besluit, "vraag van de toetser", toelichting=vraag, door=door)
    return rij


def beantwoord_toetsvraag(toets: Toets, *, antwoord: str, door: Medewerker) -> Toetsvraag:
    """Answer the question that is open; not by the toetser."""
    antwoord = verplicht(antwoord, "een antwoord")
    with _toets(toets, door=door) as toets:
        if toets.toetser_id == door.pk:
            raise Geweigerd("U stelde deze vraag zelf; iemand anders beantwoordt haar.")
        toets.beantwoord()
        toets.save(update_fields=["status"])
        rij = toets.vragen.select_for_update().get(antwoord="")
        rij.antwoord, rij.beantwoord_door, rij.beantwoord_op = antwoord, door, timezone.now()
        rij.save(update_fields=["antwoord", "beantwoord_door", "beantwoord_op"])
        log_stap(toets.besluit, "vraag beantwoord", toelichting=antwoord, door=door)
    return rij


def keur_toets_goed(toets: Toets, *, oordeel: str, door: Medewerker) -> Toets:
    """It is right in substance and in law; the besluit can be taken."""
    return _rond_af(toets, goed=True, oordeel=oordeel, door=door)


def keur_toets_af(toets: Toets, *, oordeel: str, door: Medewerker) -> Toets:
    """It isn't right; `oordeel` says why, and the besluit can be changed again."""
    return _rond_af(toets, goed=False, oordeel=oordeel, door=door)


def trek_toets_in(toets: Toets, *, reden: str, door: Medewerker) -> Toets:
    """Take back what was handed in, to change it."""
    reden = verplicht(reden)
    with _toets(toets, door=door) as toets:
        toets.trek_in()
        toets.besluit.geef_terug()
        toets.save(update_fields=["status"])
        toets.besluit.save(update_fields=["status"])
        log_stap(toets.besluit, "toets teruggenomen", toelichting=reden, door=door)
    return toets


def _rond_af(toets: Toets, *, goed: bool, oordeel: str, door: Medewerker) -> Toets:
    oordeel = verplicht(oordeel, "een oordeel in gewone woorden")
    with _toets(toets, door=door) as toets:
        _vier_ogen(toets, door)
        _eigen(toets, door)
        besluit = toets.besluit
        if goed:
            toets.keur_goed()
            besluit.keur_goed()
        else:
            toets.keur_af()
            besluit.geef_terug()
        toets.oordeel, toets.afgerond_op = oordeel, Now()
        toets.save(update_fields=["status", "oordeel", "afgerond_op"])
        besluit.save(update_fields=["status"])
        log_stap(
            besluit, "akkoord na toets" if goed else "niet akkoord na toets", toelichting=oordeel, door=door
        )
    return toets


def _vier_ogen(toets: Toets, door: Medewerker) -> None:
    """The toetser neither asked for it nor wrote any of it."""
    schreef = toets.besluit.stappen.filter(door=door, stap__in=["opgesteld", "gewijzigd"]).exists()
    if toets.gevraagd_door_id == door.pk or schreef:
        raise Geweigerd("U werkte zelf aan dit besluit; iemand anders toetst het.")


def _eigen(toets: Toets, door: Medewerker) -> None:
    if toets.toetser_id != door.pk:
        wie = toets.toetser.naam if toets.toetser else "nog niemand"
        raise Geweigerd(f"Deze toets is van {wie}.")
