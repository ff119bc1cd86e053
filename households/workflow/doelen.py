"""The verbs of what stands in a plan: goals, acties and afspraken, evaluations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from households.models import (
    Afspraak,
    Afspraaksoort,
    Deelnemer,
    Doel,
    Doelstand,
    Evaluatie,
    Levensgebied,
    Persoon,
    Plan,
    Planstap,
    Resultaat,
)
from households.planbeeld import van_afspraak, van_doel, van_evaluatie
from households.workflow.plan import moet_meedoen, schrijf_op, volgende_evaluatie, wijzigbaar
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker

NA_EVALUATIE = {Resultaat.BEREIKT: Doelstand.BEREIKT, Resultaat.NIET_MEER_NODIG: Doelstand.LOSGELATEN}
"""What an evaluation makes of the goal; after another result one looks at it again later."""


class Botsing(Geweigerd):
    """Somebody else changed the same row meanwhile; nothing is written, so that nobody's words get lost."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders heeft dit intussen gewijzigd. Uw tekst staat hieronder en is niet weg."
        )


def voeg_doel_toe(
    plan: Plan,
    *,
    tekst: str,
    eigenaar: Deelnemer,
    door: Medewerker,
    levensgebied: Levensgebied | None = None,
    voor_wie: Iterable[Persoon] = (),
    besloten: bool = False,
    begin: date | None = None,
    streefdatum: date | None = None,
) -> Doel:
    """What somebody wants to reach, from today unless `begin` says otherwise; its first evaluation is planned."""
    vandaag, voor_wie = timezone.localdate(), list(voor_wie)
    begin = begin or vandaag
    tekst = verplicht(tekst, "het doel")
    _past(begin, streefdatum, voor_wie, besloten)
    with wijzigbaar(plan) as plan:
        moet_meedoen(plan, eigenaar)
        doel = Doel.objects.create(
            plan=plan,
            tekst=tekst,
            eigenaar=eigenaar,
            levensgebied=levensgebied,
            besloten=besloten,
            begin=begin,
            streefdatum=streefdatum,
        )
        doel.voor_wie.set(voor_wie)
        _plan_evaluatie(doel, volgende_evaluatie(max(begin, vandaag)), door)
        schrijf_op(plan, Planstap.DOEL_TOEGEVOEGD, doel.pk, door=door, na=van_doel(doel, voor_wie))
    return doel


def wijzig_doel(
    doel: Doel,
    *,
    bewerking: int,
    tekst: str,
    eigenaar: Deelnemer,
    stand: Doelstand,
    door: Medewerker,
    levensgebied: Levensgebied | None = None,
    voor_wie: Iterable[Persoon] = (),
    besloten: bool = False,
    begin: date | None = None,
    streefdatum: date | None = None,
) -> Doel:
    """Write the goal anew, as seen at `bewerking`.

    Botsing when somebody wrote it since, Geweigerd when all is the same.
    """
    voor_wie = list(voor_wie)
    tekst = verplicht(tekst, "het doel")
    with wijzigbaar(doel.plan) as plan:
        doel = Doel.objects.select_related("levensgebied").get(pk=doel.pk)
        if doel.bewerking != bewerking:
            raise Botsing
        voor = van_doel(doel, doel.voor_wie.all())
        _past(begin or doel.begin, streefdatum, voor_wie, besloten)
        if eigenaar.pk != doel.eigenaar_id or stand == Doelstand.OPEN:
            moet_meedoen(plan, eigenaar)
        doel.tekst, doel.eigenaar, doel.stand = tekst, eigenaar, stand
        doel.levensgebied, doel.besloten = levensgebied, besloten
        doel.begin, doel.streefdatum = begin or doel.begin, streefdatum
        na = van_doel(doel, voor_wie)
        if voor == na:
            raise Geweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        doel.bewerking += 1
        doel.save()
        doel.voor_wie.set(voor_wie)
        schrijf_op(plan, Planstap.DOEL_GEWIJZIGD, doel.pk, door=door, voor=voor, na=na)
    return doel


def voeg_afspraak_toe(
    plan: Plan,
    *,
    soort: Afspraaksoort,
    tekst: str,
    wie: Deelnemer,
    door: Medewerker,
    doel: Doel | None = None,
    uiterlijk_op: date | None = None,
) -> Afspraak:
    """Somebody who takes part will do, or keep to, something; for a goal or for the whole plan."""
    tekst = verplicht(tekst, "wat u afspreekt")
    with wijzigbaar(plan) as plan:
        moet_meedoen(plan, wie)
        _van_plan(plan, doel)
        afspraak = Afspraak.objects.create(
            plan=plan, soort=soort, tekst=tekst, wie=wie, doel=doel, uiterlijk_op=uiterlijk_op
        )
        schrijf_op(plan, Planstap.AFSPRAAK_TOEGEVOEGD, afspraak.pk, door=door, na=van_afspraak(afspraak))
    return afspraak


def wijzig_afspraak(
    afspraak: Afspraak,
    *,
    bewerking: int,
    soort: Afspraaksoort,
    tekst: str,
    wie: Deelnemer,
    door: Medewerker,
    uiterlijk_op: date | None = None,
    gedaan_op: date | None = None,
    vervallen: bool = False,
) -> Afspraak:
    """Write it anew, as `wijzig_doel`; `vervallen` says that it holds no longer."""
    tekst = verplicht(tekst, "wat u afspreekt")
    if gedaan_op and vervallen:
        raise Geweigerd("Iets is gedaan of vervallen, niet allebei.")
    _niet_later(gedaan_op, "Gedaan")
    with wijzigbaar(afspraak.plan) as plan:
        afspraak = Afspraak.objects.get(pk=afspraak.pk)
        if afspraak.bewerking != bewerking:
            raise Botsing
        voor = van_afspraak(afspraak)
        if wie.pk != afspraak.wie_id:
            moet_meedoen(plan, wie)
        afspraak.soort, afspraak.tekst, afspraak.wie = soort, tekst, wie
        afspraak.uiterlijk_op, afspraak.gedaan_op = uiterlijk_op, gedaan_op
        afspraak.vervallen_op = (afspraak.vervallen_op or timezone.localdate()) if vervallen else None
        na = van_afspraak(afspraak)
        if voor == na:
            raise Geweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        afspraak.bewerking += 1
        afspraak.save()
        schrijf_op(plan, Planstap.AFSPRAAK_GEWIJZIGD, afspraak.pk, door=door, voor=voor, na=na)
    return afspraak


def vink_af(afspraak: Afspraak, *, door: Medewerker) -> Afspraak:
    """It was done today; Geweigerd when it was already, or holds no longer."""
    with wijzigbaar(afspraak.plan) as plan:
        afspraak = Afspraak.objects.get(pk=afspraak.pk)
        if afspraak.gedaan_op or afspraak.vervallen_op:
            raise Geweigerd("Dit was al gedaan of vervallen.")
        voor = van_afspraak(afspraak)
        afspraak.gedaan_op = timezone.localdate()
        afspraak.bewerking += 1
        afspraak.save()
        schrijf_op(
            plan,
            Planstap.AFSPRAAK_GEWIJZIGD,
            afspraak.pk,
            door=door,
            voor=voor,
            na=van_afspraak(afspraak),
        )
    return afspraak


def plan_evaluatie(doel: Doel, *, op: date, door: Medewerker) -> Evaluatie:
    """Agree on which day one looks together at the goal; Geweigerd for a day that is past or planned already."""
    if op < timezone.localdate():
        raise Geweigerd("Deze dag is al voorbij; kies een dag die nog komt.")
    with wijzigbaar(doel.plan) as plan:
        doel = Doel.objects.get(pk=doel.pk)
        if doel.stand != Doelstand.OPEN:
            raise Geweigerd(f"Dit doel is {doel.get_stand_display()}; een evaluatie is niet meer nodig.")
        if doel.evaluaties.filter(gepland_op=op, gehouden_op__isnull=True).exists():
            raise Geweigerd("Op deze dag is al een evaluatie van dit doel gepland.")
        rij = _plan_evaluatie(doel, op, door)
        schrijf_op(plan, Planstap.EVALUATIE_GEPLAND, rij.pk, door=door, na=van_evaluatie(rij))
    return rij


def houd_evaluatie(
    evaluatie: Evaluatie,
    *,
    op: date,
    resultaat: Resultaat,
    toelichting: str = "",
    volgende_op: date | None = None,
    door: Medewerker,
) -> Evaluatie:
    """One looked at the goal on `op`. A goal that is reached or not needed any more is closed by it; for another the
    next evaluation is planned, on `volgende_op` or after the usual time."""
    _niet_later(op, "De evaluatie")
    with wijzigbaar(evaluatie.doel.plan) as plan:
        evaluatie = Evaluatie.objects.select_related("doel").get(pk=evaluatie.pk)
        doel = evaluatie.doel
        if evaluatie.gehouden_op:
            raise Geweigerd("Deze evaluatie was al gehouden.")
        if doel.stand != Doelstand.OPEN:
            raise Geweigerd(f"Dit doel is {doel.get_stand_display()}; een evaluatie is niet meer nodig.")
        voor = van_evaluatie(evaluatie)
        evaluatie.gehouden_op, evaluatie.resultaat = op, resultaat
        evaluatie.toelichting, evaluatie.door = toelichting.strip(), door
        evaluatie.save()
        if stand := NA_EVALUATIE.get(resultaat):
            doel.stand, doel.bewerking = stand, doel.bewerking + 1
            doel.save(update_fields=["stand", "bewerking"])
        elif volgende_op or not doel.evaluaties.filter(gehouden_op__isnull=True).exists():
            volgende = volgende_op or volgende_evaluatie(timezone.localdate())
            if volgende < timezone.localdate():
                raise Geweigerd("De volgende evaluatie is op een dag die nog komt.")
            if not doel.evaluaties.filter(gehouden_op__isnull=True, gepland_op=volgende).exists():
                _plan_evaluatie(doel, volgende, door)
        schrijf_op(
            plan,
            Planstap.EVALUATIE_GEHOUDEN,
            evaluatie.pk,
            door=door,
            voor=voor,
            na=van_evaluatie(evaluatie),
        )
    return evaluatie


def _plan_evaluatie(doel: Doel, op: date, door: Medewerker) -> Evaluatie:
    return Evaluatie.objects.create(doel=doel, gepland_op=op, door=door)


def _van_plan(plan: Plan, doel: Doel | None) -> None:
    if doel and not plan.doelen.filter(Q(pk=doel.pk), stand=Doelstand.OPEN).exists():
        raise Geweigerd("Dit doel is niet (meer) open. Kies een ander doel, of maak de afspraak zonder doel.")


def _past(begin: date, streefdatum: date | None, voor_wie: list[Persoon], besloten: bool) -> None:
    if streefdatum and streefdatum < begin:
        raise Geweigerd("De streefdatum ligt voor de begindatum.")
    if besloten and not voor_wie:
        raise Geweigerd("Een besloten doel is van iemand: kies voor wie het is.")


def _niet_later(op: date | None, wat: str) -> None:
    if op and op > timezone.localdate():
        raise Geweigerd(f"{wat} kan niet op een dag die nog komt.")
