"""The rondetafel of a brandpuntfunctionaris, and looking back at its afspraken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from households.models import Ketenpartner, Persoon, Resultaat, Verblijf
from meldingen.models import (
    Opschaling,
    Opschalingsoort,
    Opschalingstap,
    Opschalingstapsoort,
    Opschalingstatus,
    Rondetafel,
    Tafelafspraak,
    Tafelevaluatie,
    Tafelgenoot,
    Tafelresultaat,
)
from meldingen.workflow.stappen import StapGeweigerd
from teams.geweigerd import verplicht
from teams.models import Instelling, Medewerker

EVALUATIES = "rondetafel_evaluatie_"
"""Begin of the keys of the instellingen that say after how many weeks there is an evaluatie: one for each."""
MINSTENS = 2


def evaluatieweken(dag: date) -> list[int]:
    """After how many weeks a rondetafel of this day is evaluated."""
    rijen = Instelling.objects.filter(sleutel__startswith=EVALUATIES, geldig_van__lte=dag).order_by(
        "geldig_van"
    )
    geldend = dict(rijen.values_list("sleutel", "waarde"))
    return sorted({int(weken) for weken in geldend.values()})


def leg_rondetafel_vast(
    opschaling: Opschaling,
    *,
    datum: date,
    plaats: str,
    medewerkers: Collection[Medewerker] = (),
    ketenpartners: Collection[Ketenpartner] = (),
    personen: Collection[Persoon] = (),
    door: Medewerker,
) -> Rondetafel:
    """Who sat together where and when; the evaluaties of what was agreed are planned at once.

    StapGeweigerd on an opschaling without a brandpuntfunctionaris who took it, for a day that is still to come or was
    before the question, with fewer than two at the table, or with somebody who doesn't belong to the household then.
    """
    plaats = verplicht(plaats, "een plaats")
    with transaction.atomic():
        rij = Opschaling.objects.select_for_update().get(pk=opschaling.pk)
        if rij.soort != Opschalingsoort.BRANDPUNT:
            raise StapGeweigerd("Een rondetafel hoort bij een vraag aan de brandpuntfunctionaris.")
        if rij.status not in (Opschalingstatus.OPGEPAKT, Opschalingstatus.BEANTWOORD):
            raise StapGeweigerd("Een rondetafel kan zolang de brandpuntfunctionaris de vraag heeft opgepakt.")
        _dag_kan(datum, timezone.localdate(rij.gevraagd_op))
        if len(medewerkers) + len(ketenpartners) + len(personen) < MINSTENS:
            raise StapGeweigerd("Aan een rondetafel zitten er minstens twee.")
        if any(partner.huishouden_id != rij.huishouden_id for partner in ketenpartners):
            raise StapGeweigerd("Deze ketenpartner hoort bij een ander huishouden.")
        woont = Verblijf.objects.op_dag(datum).bekend_op(None).filter(huishouden=rij.huishouden_id)
        if {persoon.pk for persoon in personen} - set(woont.values_list("persoon", flat=True)):
            raise StapGeweigerd("Wie als bewoner aan tafel zat, woonde toen niet in dit huishouden.")
        if rij.rondetafels.filter(datum=datum).exists():
            raise StapGeweigerd(f"De rondetafel van {datum:%d-%m-%Y} is al vastgelegd.")
        tafel = Rondetafel.objects.create(opschaling=rij, datum=datum, plaats=plaats, door=door)
        Tafelgenoot.objects.bulk_create(
            [
                *(Tafelgenoot(rondetafel=tafel, medewerker=wie) for wie in medewerkers),
                *(Tafelgenoot(rondetafel=tafel, ketenpartner=wie) for wie in ketenpartners),
                *(Tafelgenoot(rondetafel=tafel, persoon=wie) for wie in personen),
            ]
        )
        Tafelevaluatie.objects.bulk_create(
            Tafelevaluatie(rondetafel=tafel, weken=weken, gepland_op=datum + timedelta(weeks=weken))
            for weken in evaluatieweken(datum)
        )
        wat = f"op {datum:%d-%m-%Y}, {plaats}"
        Opschalingstap.objects.create(
            opschaling=rij, stap=Opschalingstapsoort.RONDETAFEL, toelichting=wat, door=door
        )
    return tafel


def maak_tafelafspraak(
    rondetafel: Rondetafel, *, wie: Tafelgenoot, tekst: str, uiterlijk_op: date, door: Medewerker
) -> Tafelafspraak:
    """Who sat at the table does something by a day; until the last evaluatie was held."""
    tekst = verplicht(tekst, "wat er is afgesproken")
    with transaction.atomic():
        tafel = Rondetafel.objects.select_for_update().get(pk=rondetafel.pk)
        if wie.rondetafel_id != tafel.pk:
            raise StapGeweigerd("Wie iets doet, zat aan deze rondetafel.")
        if uiterlijk_op < tafel.datum:
            raise StapGeweigerd(f"De rondetafel was pas op {tafel.datum:%d-%m-%Y}.")
        if not tafel.evaluaties.filter(gehouden_op__isnull=True).exists():
            raise StapGeweigerd("De laatste evaluatie van deze rondetafel is geweest.")
        afspraak = Tafelafspraak.objects.create(
            rondetafel=tafel, wie=wie, tekst=tekst, uiterlijk_op=uiterlijk_op, door=door
        )
        Opschalingstap.objects.create(
            opschaling=tafel.opschaling, stap=Opschalingstapsoort.AFSPRAAK, toelichting=tekst, door=door
        )
    return afspraak


def houd_tafelevaluatie(
    evaluatie: Tafelevaluatie,
    *,
    op: date,
    resultaten: Mapping[Tafelafspraak, tuple[Resultaat, str]],
    door: Medewerker,
) -> Tafelevaluatie:
    """What came of each afspraak, with a word about it; also after the afschaling.

    StapGeweigerd when it was held already or an earlier one wasn't, on a day that is still to come, or without a
    result for every afspraak.
    """
    with transaction.atomic():
        tafel = Rondetafel.objects.select_for_update().get(pk=evaluatie.rondetafel_id)
        rij = Tafelevaluatie.objects.get(pk=evaluatie.pk)
        if rij.gehouden_op:
            raise StapGeweigerd(f"Deze evaluatie is al gehouden op {rij.gehouden_op:%d-%m-%Y}.")
        eerder = (
            tafel.evaluaties.filter(gehouden_op__isnull=True, weken__lt=rij.weken).order_by("weken").first()
        )
        if eerder:
            raise StapGeweigerd(f"Leg eerst de evaluatie na {eerder.weken} weken vast.")
        _dag_kan(op, tafel.datum)
        if {afspraak.pk for afspraak in resultaten} != set(tafel.afspraken.values_list("pk", flat=True)):
            raise StapGeweigerd("Leg van elke afspraak een resultaat vast, en van geen andere.")
        rij.gehouden_op, rij.door = op, door
        rij.save(update_fields=["gehouden_op", "door"])
        Tafelresultaat.objects.bulk_create(
            Tafelresultaat(evaluatie=rij, afspraak=afspraak, resultaat=resultaat, toelichting=toelichting)
            for afspraak, (resultaat, toelichting) in resultaten.items()
        )
        wat = f"{rij.weken} weken na de rondetafel van {tafel.datum:%d-%m-%Y}"
        Opschalingstap.objects.create(
            opschaling=tafel.opschaling, stap=Opschalingstapsoort.EVALUATIE, toelichting=wat, door=door
        )
    return rij


def _dag_kan(op: date, begin: date) -> None:
    vandaag = timezone.localdate()
    if op > vandaag:
        raise StapGeweigerd(f"Op {op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
    if op < begin:
        raise StapGeweigerd(f"Op {op:%d-%m-%Y} kan niet: dat is voor {begin:%d-%m-%Y}.")
