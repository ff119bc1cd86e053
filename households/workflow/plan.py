"""The verbs of the plan. Each locks the plan, changes it, and writes one row of `Planwijziging`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import (
    Afspraak,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Doelstand,
    Evaluatie,
    Huishouden,
    Persoon,
    Plan,
    Planstap,
    Planwijziging,
    Regie,
    Regiesoort,
    Verblijf,
)
from households.planbeeld import naam_van, van_deelnemer, van_regie
from households.plannen import lopend_plan
from teams.geweigerd import Geweigerd
from teams.models import Instelling, Medewerker
from teams.perioden import lopend

EVALUATIE_WEKEN = "evaluatie_weken"


@contextmanager
def wijzigbaar(plan: Plan) -> Iterator[Plan]:
    """Lock the plan and hand it out; Geweigerd when it is closed."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        if plan.tot:
            raise Geweigerd(
                f"Dit plan is op {timezone.localtime(plan.tot):%d-%m-%Y} afgesloten en verandert niet meer. "
                "Begin een nieuw plan; u kunt de open doelen meenemen."
            )
        yield plan


def schrijf_op(
    plan: Plan, stap: Planstap, sleutel: int, *, door: Medewerker, voor: Any = None, na: Any = None
) -> None:
    """The one row that a step leaves behind; of a changed row only what differs."""
    voor, na = voor or {}, na or {}
    if voor and na:
        anders = [naam for naam in na if voor.get(naam) != na[naam]]
        voor, na = {naam: voor.get(naam) for naam in anders}, {naam: na[naam] for naam in anders}
    Planwijziging.objects.create(plan=plan, stap=stap, sleutel=sleutel, voor=voor, na=na, door=door)


def begin_plan(huishouden: Huishouden, *, door: Medewerker, neem_over: bool = False) -> Plan:
    """Begin the one plan of the household, with everybody who lives there and `door` taking part.

    `neem_over` takes the open goals of the plan that was closed last along. Geweigerd while a plan runs, also for the
    second of two at once.
    """
    with transaction.atomic():
        Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        if loopt := lopend_plan(huishouden):
            raise Geweigerd(
                f"Voor dit huishouden loopt al een plan, sinds {timezone.localtime(loopt.vanaf):%d-%m-%Y}. "
                "Een huishouden heeft één plan: werk daarin verder."
            )
        vorige = Plan.objects.filter(huishouden=huishouden).order_by("-tot").first() if neem_over else None
        plan = Plan.objects.create(huishouden=huishouden, vorige=vorige, door=door)
        wonend = Verblijf.objects.op_dag(timezone.localdate()).bekend_op(None).filter(huishouden=huishouden)
        personen = dict.fromkeys(wonend.order_by("rol", "pk").values_list("persoon", flat=True))
        for persoon in personen:
            Deelnemer.objects.create(plan=plan, soort=Deelnemersoort.BEWONER, persoon_id=persoon, door=door)
        Deelnemer.objects.create(plan=plan, soort=Deelnemersoort.MEDEWERKER, medewerker=door, door=door)
        if vorige:
            _neem_over(vorige, plan, door)
        schrijf_op(plan, Planstap.BEGONNEN, plan.pk, door=door, na={"vorige": vorige.pk} if vorige else {})
    return plan


def _neem_over(vorige: Plan, plan: Plan, door: Medewerker) -> None:
    """Open goals with their open acties and afspraken; who has one of those takes part again."""
    nieuw: dict[int, Deelnemer] = {}

    def deelnemer(oud: Deelnemer) -> Deelnemer:
        if oud.pk not in nieuw:
            velden = (
                "soort",
                "persoon_id",
                "medewerker_id",
                "naam",
                "organisatie",
                "rol",
                "telefoon",
                "email",
            )
            waarden = {veld: getattr(oud, veld) for veld in velden}
            zelfde = plan.deelnemers.filter(lopend())
            if oud.persoon_id or oud.medewerker_id:
                zelfde = zelfde.filter(persoon=oud.persoon_id, medewerker=oud.medewerker_id)
            else:
                zelfde = zelfde.none()
            nieuw[oud.pk] = zelfde.first() or Deelnemer.objects.create(plan=plan, door=door, **waarden)
        return nieuw[oud.pk]

    for oud in vorige.doelen.filter(stand=Doelstand.OPEN).select_related("eigenaar").order_by("pk"):
        doel = Doel.objects.create(
            plan=plan,
            tekst=oud.tekst,
            eigenaar=deelnemer(oud.eigenaar),
            levensgebied_id=oud.levensgebied_id,
            besloten=oud.besloten,
            begin=oud.begin,
            streefdatum=oud.streefdatum,
        )
        doel.voor_wie.set(oud.voor_wie.all())
        Evaluatie.objects.create(doel=doel, gepland_op=volgende_evaluatie(timezone.localdate()), door=door)
        openstaand = oud.afspraken.filter(gedaan_op__isnull=True, vervallen_op__isnull=True)
        for afspraak in openstaand.select_related("wie").order_by("pk"):
            Afspraak.objects.create(
                plan=plan,
                soort=afspraak.soort,
                tekst=afspraak.tekst,
                wie=deelnemer(afspraak.wie),
                doel=doel,
                uiterlijk_op=afspraak.uiterlijk_op,
            )


def voeg_deelnemer_toe(
    plan: Plan,
    *,
    soort: Deelnemersoort,
    door: Medewerker,
    persoon: Persoon | None = None,
    medewerker: Medewerker | None = None,
    **velden: str,
) -> Deelnemer:
    """Somebody takes part from now on: `velden` are naam, organisatie, rol, telefoon and email.

    Geweigerd for who does already, and for nobody.
    """
    velden = {naam: waarde.strip() for naam, waarde in velden.items()}
    if not (persoon or medewerker or velden.get("naam") or velden.get("organisatie")):
        raise Geweigerd("Vul een naam of een organisatie in.")
    with wijzigbaar(plan) as plan:
        zelfde = plan.deelnemers.filter(lopend(), persoon=persoon, medewerker=medewerker)
        if (persoon or medewerker) and zelfde.exists():
            raise Geweigerd("Deze persoon doet al mee.")
        rij = Deelnemer.objects.create(
            plan=plan, soort=soort, persoon=persoon, medewerker=medewerker, door=door, **velden
        )
        schrijf_op(plan, Planstap.DEELNEMER_TOEGEVOEGD, rij.pk, door=door, na=van_deelnemer(rij))
    return rij


def beeindig_deelnemer(deelnemer: Deelnemer, *, door: Medewerker) -> None:
    """Somebody takes part no longer; Geweigerd while there is still something of theirs to do."""
    with wijzigbaar(deelnemer.plan) as plan:
        deelnemer = Deelnemer.objects.get(pk=deelnemer.pk)
        if deelnemer.tot:
            raise Geweigerd("Deze persoon doet al niet meer mee.")
        nog = [
            naam
            for naam, rijen in (
                ("een open doel", deelnemer.doelen.filter(stand=Doelstand.OPEN)),
                (
                    "een open actie of afspraak",
                    deelnemer.afspraken.filter(gedaan_op__isnull=True, vervallen_op__isnull=True),
                ),
                ("regie", deelnemer.regie.filter(lopend())),
            )
            if rijen.exists()
        ]
        if nog:
            raise Geweigerd(
                f"{naam_van(deelnemer)} heeft nog {' en '.join(nog)}. Geef dat eerst aan iemand anders."
            )
        Deelnemer.objects.filter(pk=deelnemer.pk).update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)
        schrijf_op(plan, Planstap.DEELNEMER_BEEINDIGD, deelnemer.pk, door=door, voor=van_deelnemer(deelnemer))


def leg_regie_vast(
    plan: Plan, soort: Regiesoort, deelnemer: Deelnemer, *, door: Medewerker, reden: str = ""
) -> Regie:
    """`deelnemer` holds this kind of regie from now on; who held it before is ended, and stays in the history."""
    with wijzigbaar(plan) as plan:
        moet_meedoen(plan, deelnemer)
        huidig = plan.regie.filter(lopend(), soort=soort)
        was = huidig.first()
        if was and was.deelnemer_id == deelnemer.pk:
            raise Geweigerd("Deze persoon heeft deze regie al.")
        huidig.update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)
        regie = Regie.objects.create(
            plan=plan, soort=soort, deelnemer=deelnemer, reden=reden.strip(), door=door
        )
        schrijf_op(
            plan,
            Planstap.REGIE_OVERGEDRAGEN,
            regie.pk,
            door=door,
            voor=van_regie(was) if was else None,
            na=van_regie(regie) | {"reden": regie.reden},
        )
    return regie


def moet_meedoen(plan: Plan, deelnemer: Deelnemer) -> None:
    """Geweigerd for who takes part no longer, or in another plan."""
    if not plan.deelnemers.filter(lopend(), pk=deelnemer.pk).exists():
        raise Geweigerd("Deze persoon doet niet (meer) mee aan dit plan. Voeg de persoon eerst toe.")


def volgende_evaluatie(vanaf: date) -> date:
    """On which day one looks at a goal (again) when nothing else is agreed; dated setting `evaluatie_weken`."""
    return vanaf + timedelta(weeks=int(Instelling.objects.waarde_op(EVALUATIE_WEKEN, vanaf)))
