"""How long a case circles: since when, through how many hands, and how often it came back (R10).

What counts as one case: the meldingen of a household that follow each other without rest. A melding belongs to the same
case as the next when that came in while it was still open, or within `omloop_rust_dagen` (dated setting) after its
last fact. The case runs while one of them is open; meldingen that don't count any more (vervallen) are left out. Of a
case that runs count: the days from the day on which its first melding came in until today, the different teams and
medewerkers that had one of its meldingen, the opschalingen asked for since, and every melding after the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q

from meldingen.models import Melding, Opschaling, Soort, Status, Toewijzing
from teams.models import Instelling
from teams.perioden import begin_van

RUST_DAGEN = "omloop_rust_dagen"


@dataclass(frozen=True)
class Spanne:
    """A melding from the day it came in until its last fact; `tot` is None while it is open."""

    melding: int
    vanaf: date
    tot: date | None


@dataclass(frozen=True)
class Omloop:
    """How long the case that runs circles; `herhaald` are the meldingen after the first."""

    sinds: date
    dagen: int
    teams: int
    medewerkers: int
    opschalingen: int
    herhaald: int


def lopende_zaak(spannen: Iterable[Spanne], rust: timedelta) -> list[Spanne]:
    """The meldingen of the case that runs, the first first; none when no melding is open."""
    op_volgorde = sorted(spannen, key=lambda spanne: (spanne.vanaf, spanne.melding))
    zaak: list[Spanne] = []
    einde: date | None = None
    for spanne in op_volgorde:
        open_ = any(eerder.tot is None for eerder in zaak)
        if zaak and not open_ and einde is not None and spanne.vanaf > einde + rust:
            zaak, einde = [], None
        zaak.append(spanne)
        if spanne.tot is not None:
            einde = max(einde or spanne.tot, spanne.tot)
    return zaak if any(spanne.tot is None for spanne in zaak) else []


def dagen_rond(zaak: Iterable[Spanne], vandaag: date) -> int:
    """Days since the first melding of a case; nought on the day itself, and for no case."""
    eerste = min((spanne.vanaf for spanne in zaak), default=vandaag)
    return max((vandaag - eerste).days, 0)


def omloop(huishouden: int | None, vandaag: date) -> Omloop | None:
    """The meter of a household; None without a case that runs. Four queries, however long it circles."""
    if huishouden is None:
        return None
    van_kracht = Q(gebeurtenissen__vervallen_op__isnull=True)
    rijen = (
        Melding.objects.filter(huishouden=huishouden)
        .exclude(status=Status.VERVALLEN)
        .annotate(
            vanaf=Min("gebeurtenissen__datum", filter=van_kracht & Q(gebeurtenissen__soort=Soort.ONTVANGEN)),
            laatst=Max("gebeurtenissen__datum", filter=van_kracht),
        )
        .filter(vanaf__isnull=False)
    )
    rust = timedelta(days=float(Instelling.objects.waarde_op(RUST_DAGEN, vandaag)))
    zaak = lopende_zaak(
        [Spanne(rij.pk, rij.vanaf, rij.laatst if rij.is_klaar else None) for rij in rijen], rust
    )
    if not zaak:
        return None
    handen = Toewijzing.objects.filter(melding__in=[spanne.melding for spanne in zaak]).aggregate(
        teams=Count("team", distinct=True), medewerkers=Count("medewerker", distinct=True)
    )
    sinds = zaak[0].vanaf
    gevraagd = Opschaling.objects.filter(huishouden=huishouden, gevraagd_op__gte=begin_van(sinds))
    return Omloop(
        sinds=sinds,
        dagen=dagen_rond(zaak, vandaag),
        teams=handen["teams"],
        medewerkers=handen["medewerkers"],
        opschalingen=gevraagd.count(),
        herhaald=len(zaak) - 1,
    )
