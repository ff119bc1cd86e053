"""Who has a melding: taken, given, divided, handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import Huishouden
from households.wonen import contactpersonen
from households.workflow import maak_contactpersoon
from meldingen.models import Melding, Terugbelverzoek, Toewijzing
from meldingen.workflow.meelezen import betrek
from meldingen.workflow.stappen import StapGeweigerd, vergrendel
from teams.geweigerd import Geweigerd, verplicht
from teams.models import IN_TEAM, Aanstelling, Medewerker, Team
from teams.perioden import lopend


def wijs_toe(
    melding: Melding, *, team: Team | None, medewerker: Medewerker | None, door: Medewerker, reden: str = ""
) -> Melding:
    """`team`, and in it `medewerker` or nobody yet, has the melding from now on.

    Whoever has it works with the household. StapGeweigerd when it is closed, `medewerker` does not work in
    `team`, or nothing changes.
    """
    with vergrendel(melding, door=door) as melding:
        if (melding.team, melding.behandelaar) == (team, medewerker):
            raise StapGeweigerd("Deze melding staat daar al.")
        if waarom_niet := geen_toewijzing(melding):
            raise StapGeweigerd(waarom_niet)
        if medewerker and not _werkt_in(medewerker, team):
            raise StapGeweigerd(f"{medewerker.naam} werkt niet in {team.naam if team else 'een team'}.")
        lopende = Toewijzing.objects.filter(lopend(), melding=melding)
        lopende.update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)
        Toewijzing.objects.create(melding=melding, team=team, medewerker=medewerker, door=door, reden=reden)
        melding.team, melding.behandelaar = team, medewerker
        melding.save(update_fields=["team", "behandelaar"])
        if medewerker and melding.huishouden:
            betrek(melding.huishouden, medewerker, door=door)
    return melding


def geen_toewijzing(melding: Melding) -> str | None:
    """Why nobody can get the melding any more; None when somebody can."""
    return "Deze melding is afgerond en kan niet meer worden toegewezen." if melding.is_klaar else None


def pak_op(melding: Melding, *, door: Medewerker) -> Melding:
    """Take it oneself, in the team that has it, or in one's own where none has.

    StapGeweigerd when somebody was first.
    """
    with vergrendel(melding, door=door) as melding:
        if melding.behandelaar and melding.behandelaar != door:
            raise StapGeweigerd(f"{melding.behandelaar.naam} was net eerder: die heeft deze melding al.")
        team = melding.team or Team.objects.filter(aanstellingen__in=_aanstellingen(door)).first()
        return wijs_toe(melding, team=team, medewerker=door, door=door)


def verdeel(
    meldingen: Iterable[Melding], *, team: Team, medewerker: Medewerker | None, door: Medewerker, reden: str
) -> list[Melding]:
    """Give many at once, with a reason; all or none. StapGeweigerd names the one that can't be given."""
    reden = verplicht(reden)
    gegeven = []
    with transaction.atomic():
        for melding in sorted(meldingen, key=lambda melding: melding.pk):
            try:
                gegeven.append(wijs_toe(melding, team=team, medewerker=medewerker, door=door, reden=reden))
            except StapGeweigerd as fout:
                raise StapGeweigerd(f"{melding.nummer}: {fout} Er is niets verdeeld.") from fout
    return gegeven


@dataclass(frozen=True)
class Overgedragen:
    """What went from one to another."""

    meldingen: list[Melding]
    terugbelverzoeken: list[Terugbelverzoek]
    huishoudens: list[Huishouden]


def draag_alles_over(
    *, van: Medewerker, naar: Medewerker, team: Team, door: Medewerker, reden: str, op: date
) -> Overgedragen:
    """Everything open that `van` has in `team` goes to `naar`: for who leaves or falls ill.

    Promises to call back go along, and being the vaste contactpersoon of who lives there on the day `op` and isn't
    afgeschermd.
    Geweigerd when there is nothing, or `naar` can't have it.
    """
    with transaction.atomic():
        if not _werkt_in(naar, team):
            raise Geweigerd(f"{naar.naam} werkt niet in {team.naam}.")
        meldingen = verdeel(
            Melding.objects.open().filter(behandelaar=van, team=team),
            team=team,
            medewerker=naar,
            door=door,
            reden=reden,
        )
        beloftes = list(Terugbelverzoek.objects.open().select_for_update().filter(medewerker=van, team=team))
        Terugbelverzoek.objects.filter(pk__in=[belofte.pk for belofte in beloftes]).update(medewerker=naar)
        gezichten = contactpersonen(op, [team.pk]).filter(medewerker=van)
        huishoudens = [
            rij.huishouden for rij in gezichten.select_related("huishouden").order_by("huishouden")
        ]
        for huishouden in huishoudens:
            maak_contactpersoon(huishouden, naar, door=door, reden=reden)
    if not meldingen and not beloftes and not huishoudens:
        raise Geweigerd(f"{van.naam} heeft niets meer openstaan in {team.naam}.")
    return Overgedragen(meldingen, beloftes, huishoudens)


def _aanstellingen(medewerker: Medewerker) -> QuerySet[Aanstelling]:
    return Aanstelling.objects.op_dag(timezone.localdate()).filter(
        medewerker=medewerker, rol__in=IN_TEAM, medewerker__is_active=True
    )


def _werkt_in(medewerker: Medewerker, team: Team | None) -> bool:
    return _aanstellingen(medewerker).filter(team=team).exists()
