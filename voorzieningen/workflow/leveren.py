"""The verbs of the help that was granted: it starts, changes within the bandwidth, and stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db.models.functions import Now
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from voorzieningen.models import (
    Besluit,
    Besluitstatus,
    Bijstelling,
    Levering,
    Leveringstatus,
)
from voorzieningen.workflow.besluiten import log_stap, vergrendel_besluit


@contextmanager
def _levering(levering: Levering, *, door: Medewerker) -> Iterator[Levering]:
    with vergrendel_besluit(levering.besluit, door=door) as besluit:
        rij = Levering.objects.select_for_update().get(pk=levering.pk)
        rij.besluit = besluit
        try:
            yield rij
        except TransitionNotAllowed as fout:
            raise Geweigerd(f"Dit kan nu niet: deze hulp staat op ‘{rij.get_status_display()}’.") from fout


def start_levering(levering: Levering, *, op: date, door: Medewerker) -> Levering:
    """The help began on the day `op`; the days since the besluit are the waiting time (R15)."""
    with _levering(levering, door=door) as levering:
        levering.start()
        _niet_in_de_toekomst(op)
        if op < levering.opgedragen_op:
            raise Geweigerd(f"De hulp is pas op {levering.opgedragen_op:%d-%m-%Y} opgedragen.")
        if op < levering.besluit.ingangsdatum:
            raise Geweigerd(f"De hulp gaat pas in op {levering.besluit.ingangsdatum:%d-%m-%Y}.")
        levering.gestart_op = op
        levering.start_geregistreerd_op = Now()
        levering.save(update_fields=["status", "gestart_op", "start_geregistreerd_op"])
        levering.refresh_from_db(fields=["start_geregistreerd_op"])
        log_stap(levering.besluit, "hulp gestart", toelichting=f"op {op:%d-%m-%Y}", door=door)
    return levering


def stop_levering(levering: Levering, *, op: date, reden: str, door: Medewerker) -> Levering:
    """The help ended on the day `op`; never before it began."""
    reden = verplicht(reden)
    with _levering(levering, door=door) as levering:
        levering.stop()
        _niet_in_de_toekomst(op)
        if levering.gestart_op and op < levering.gestart_op:
            raise Geweigerd(f"De hulp begon pas op {levering.gestart_op:%d-%m-%Y}.")
        levering.gestopt_op, levering.stopreden = op, reden
        levering.save(update_fields=["status", "gestopt_op", "stopreden"])
        log_stap(levering.besluit, "hulp gestopt", toelichting=reden, door=door)
    return levering


def laat_levering_vervallen(levering: Levering, *, reden: str, door: Medewerker) -> Levering:
    """The help never began, and won't."""
    reden = verplicht(reden)
    with _levering(levering, door=door) as levering:
        levering.verval()
        levering.stopreden = reden
        levering.save(update_fields=["status", "stopreden"])
        log_stap(levering.besluit, "hulp vervallen", toelichting=reden, door=door)
    return levering


def stel_bij(
    besluit: Besluit, *, aantal: Decimal, vanaf: date, tot: date | None, reden: str, door: Medewerker
) -> Bijstelling:
    """Another volume for a while, in one step (R13).

    Geweigerd outside the bandwidth or the period of the besluit, where a new besluit is needed, where nothing was
    granted, and when the help stopped or never began.
    """
    reden = verplicht(reden)
    with vergrendel_besluit(besluit, door=door) as besluit:
        if besluit.status != Besluitstatus.TOEGEKEND:
            raise Geweigerd("Bijstellen kan alleen wat is toegekend.")
        levering = Levering.objects.get(besluit=besluit)
        if levering.status not in (Leveringstatus.OPGEDRAGEN, Leveringstatus.GESTART):
            raise Geweigerd(f"Dit kan nu niet: deze hulp {levering.get_status_display()}.")
        if tot and tot < vanaf:
            raise Geweigerd("De laatste dag ligt voor de eerste.")
        laatste = besluit.einddatum
        if vanaf < besluit.ingangsdatum or (laatste and (tot or vanaf) > laatste):
            raise Geweigerd(
                "De bijstelling valt buiten de periode van de beschikking; neem een nieuw besluit."
            )
        marge = besluit.aantal * besluit.bandbreedte / 100
        if abs(aantal - besluit.aantal) > marge or aantal <= 0:
            laagst, hoogst = besluit.aantal - marge, besluit.aantal + marge
            raise Geweigerd(
                f"Bijstellen kan van {laagst.normalize():f} tot en met {hoogst.normalize():f} "
                f"{besluit.get_eenheid_display()} {besluit.get_per_display()}; daarbuiten is een nieuw besluit nodig."
            )
        rij = Bijstelling.objects.create(
            besluit=besluit, aantal=aantal, vanaf=vanaf, tot=tot, reden=reden, door=door
        )
        log_stap(besluit, "bijgesteld", toelichting=reden, door=door)
    return rij


def _niet_in_de_toekomst(op: date) -> None:
    vandaag = timezone.localdate()
    if op > vandaag:
        raise Geweigerd(f"{op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
