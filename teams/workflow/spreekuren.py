"""The open hours of a team: since when, until when, and never overlapping themselves at one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from teams.geweigerd import Geweigerd
from teams.models import Spreekuur, Team

SPREEKUURVELDEN = ("team", "locatie", "dag", "van", "tot", "frequentie")


@transaction.atomic
def plan_spreekuur(*, geldig_van: date | None, geldig_tot: date | None = None, **velden: Any) -> Spreekuur:
    """A new open hour with `SPREEKUURVELDEN`, from a day on until another (exclusive).

    Geweigerd when it ends before it begins, or the team has one there that begins at that time on such a day.
    """
    _vergrendel(velden["team"])
    rij = Spreekuur(geldig_van=geldig_van, geldig_tot=geldig_tot, **velden)
    _controleer(rij)
    rij.save(force_insert=True)
    return rij


@transaction.atomic
def wijzig_spreekuur(spreekuur: Spreekuur, *, per: date, **velden: Any) -> Spreekuur:
    """From the day `per` on it is otherwise; until then it was as it was, so that figures of then stay.

    With the first day of it, or an earlier one, it never was otherwise. Geweigerd as in `plan_spreekuur`, and for one
    that has ended by then.
    """
    oud = _vergrendeld(spreekuur)
    _niet_voorbij(oud, per)
    if oud.geldig_van is not None and per <= oud.geldig_van:
        for veld, waarde in velden.items():
            setattr(oud, veld, waarde)
        oud.geldig_van = per
        _controleer(oud)
        oud.save()
        return oud
    einde = oud.geldig_tot
    oud.geldig_tot = per
    oud.save(update_fields=["geldig_tot"])
    zoals = {veld: getattr(oud, veld) for veld in SPREEKUURVELDEN}
    nieuw = Spreekuur(**{**zoals, **velden}, geldig_van=per, geldig_tot=einde)
    _controleer(nieuw)
    nieuw.save(force_insert=True)
    return nieuw


@transaction.atomic
def beeindig_spreekuur(spreekuur: Spreekuur, *, per: date) -> None:
    """From the day `per` on there is none any more; with its first day it never was. Geweigerd for one that ended."""
    rij = _vergrendeld(spreekuur)
    _niet_voorbij(rij, per)
    if rij.geldig_van is not None and per < rij.geldig_van:
        raise Geweigerd(f"Dit spreekuur begint op {rij.geldig_van:%d-%m-%Y}; kies die dag of een latere.")
    if per == rij.geldig_van:
        rij.delete()
    else:
        rij.geldig_tot = per
        rij.save(update_fields=["geldig_tot"])


def _vergrendel(team: Team) -> None:
    """Who plans for one team waits for each other."""
    Team.objects.select_for_update().get(pk=team.pk)


def _vergrendeld(spreekuur: Spreekuur) -> Spreekuur:
    _vergrendel(spreekuur.team)
    return Spreekuur.objects.select_related("team").get(pk=spreekuur.pk)


def _niet_voorbij(rij: Spreekuur, per: date) -> None:
    if rij.geldig_tot is not None and rij.geldig_tot <= per:
        raise Geweigerd(f"Dit spreekuur is al geëindigd op {rij.geldig_tot:%d-%m-%Y}.")


def _controleer(rij: Spreekuur) -> None:
    if rij.tot <= rij.van:
        raise Geweigerd("Het spreekuur eindigt niet later dan het begint; controleer de tijden.")
    if rij.geldig_van and rij.geldig_tot and rij.geldig_tot < rij.geldig_van:
        raise Geweigerd("De laatste dag ligt voor de eerste.")
    zelfde = Spreekuur.objects.exclude(pk=rij.pk).filter(
        team=rij.team, locatie=rij.locatie, dag=rij.dag, van=rij.van
    )
    if rij.geldig_van:
        zelfde = zelfde.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=rij.geldig_van))
    if rij.geldig_tot:
        zelfde = zelfde.filter(Q(geldig_van__isnull=True) | Q(geldig_van__lt=rij.geldig_tot))
    if zelfde.exists():
        raise Geweigerd("Dit team heeft op die plek, dag en tijd al een spreekuur.")
