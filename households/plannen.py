"""Questions about plans: which one runs, who agreed, and what is due."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from households.gezag import gezag_over
from households.models import (
    Afsluiting,
    Akkoord,
    Antwoord,
    Doelstand,
    Evaluatie,
    Huishouden,
    Persoon,
    Plan,
    Planversie,
)
from households.planbeeld import anders_dan, beeld


def lopend_plan(huishouden: Huishouden) -> Plan | None:
    """The one plan that runs for the household; None when there is none."""
    return Plan.objects.lopend().filter(huishouden=huishouden).first()


def laatste_plan(huishouden: Huishouden) -> Plan | None:
    """The plan that runs, else the one that was closed last."""
    return lopend_plan(huishouden) or Plan.objects.filter(huishouden=huishouden).order_by("-tot").first()


def laatste_versie(plan: Plan) -> Planversie | None:
    """The version with the highest number; None when nothing was set down yet."""
    return plan.versies.order_by("-nummer").first()


def meningen(plan: Plan) -> list[Akkoord]:
    """What each deelnemer said last about the LATEST version, the most recent first."""
    versie = laatste_versie(plan)
    if versie is None:
        return []
    rijen = versie.akkoorden.select_related("deelnemer__persoon", "deelnemer__medewerker", "door")
    laatste: dict[int, Akkoord] = {}
    for rij in rijen.order_by("-pk"):
        laatste.setdefault(rij.deelnemer_id, rij)
    return list(laatste.values())


def laatste_akkoord(plan: Plan, *personen: Persoon) -> Akkoord | None:
    """The agreement with the LATEST version of `personen`, or of any resident; None when nobody agrees with it.

    Who agreed and later said no, doesn't agree. One of them who says no is enough for None: a plan isn't agreed on
    over somebody's head (complaint R23). An agreement with an earlier version doesn't count, and one with a version
    stays when the plan was changed after it: see `gewijzigd_na_versie`. Any number of a person is that person.
    """
    wie = {persoon.zelfde_als_id or persoon.pk for persoon in personen}
    gezegd = []
    for rij in meningen(plan):
        bewoner = rij.deelnemer.persoon
        if bewoner and (not wie or (bewoner.zelfde_als_id or bewoner.pk) in wie):
            gezegd.append(rij)
    if any(rij.antwoord == Antwoord.NEE for rij in gezegd):
        return None
    return next(iter(gezegd), None)


def akkoord_voor(plan: Plan, persoon: Persoon, dag: date) -> Akkoord | None:
    """The agreement with the latest version by which help for `persoon` can be granted on a day; None without.

    That of the person, of who has gezag over them until 16, or of their curator, bewindvoerder or mentor; none of
    these may have said no.
    """
    wie = gezag_over(persoon, dag)
    return laatste_akkoord(plan, persoon, *wie.gezagdragers, *(rij.van for rij in wie.vertegenwoordigers))


def gewijzigd_na_versie(plan: Plan) -> bool:
    """Whether something in the plan isn't in its latest version; also True while there is no version."""
    return anders_dan(beeld(plan), laatste_versie(plan))


def evaluaties_te_doen(op: date) -> QuerySet[Evaluatie]:
    """Evaluations planned for `op` or before that weren't held, of open goals in running plans."""
    return Evaluatie.objects.filter(
        gehouden_op__isnull=True,
        gepland_op__lte=op,
        doel__stand=Doelstand.OPEN,
        doel__plan__tot__isnull=True,
    )


def waakvlam_te_doen(op: date) -> QuerySet[Afsluiting]:
    """Closed plans whose waakvlamcontact was planned for `op` or before, and wasn't had yet."""
    return Afsluiting.objects.filter(waakvlam_op__lte=op, waakvlam_gehad_op__isnull=True)
