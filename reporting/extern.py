"""Figures that a named source delivered, shown instead of what would be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reporting.models import Cijferstatus, ExternCijfer
from reporting.telling import Telling
from reporting.vraag import Vraag
from teams.versies import VersieQuerySet

NNB = "n.n.b."
Cel: TypeAlias = tuple[str, str]
"""Key of the row, key of the column."""


def geleverd(vraag: Vraag, telling: Telling) -> VersieQuerySet[ExternCijfer]:
    """Every figure ever delivered for a cell of this table; none with filters: they are about all."""
    if vraag.filters:
        return ExternCijfer.objects.none()
    return ExternCijfer.objects.filter(
        tabel=vraag.tabel,
        rij__in=[regel.sleutel for regel in telling.rijen],
        periode__in=[kolom.sleutel for kolom in telling.kolommen],
    )


def externe_cellen(vraag: Vraag, telling: Telling) -> dict[Cel, ExternCijfer]:
    """The figure in force per cell, as known at `bekend_op`; of several for one cell the last delivered."""
    if vraag.filters:
        return {}
    in_kracht = geleverd(vraag, telling).bekend_op(vraag.bekend_op).order_by("geregistreerd_op", "pk")
    return {(cijfer.rij, cijfer.periode): cijfer for cijfer in in_kracht}


def waarde(cijfer: ExternCijfer) -> int | float | str:
    """What the cell shows: a whole number as integer, and `n.n.b.` when the source does not know yet."""
    if cijfer.waarde is None:
        return NNB
    heel = int(cijfer.waarde)
    return heel if heel == cijfer.waarde else float(cijfer.waarde)


def bronnen(cijfers: Iterable[ExternCijfer], labels: Mapping[str, str]) -> list[str]:
    """A sentence per source that names its cells, and which are not final."""
    per_bron: dict[str, list[str]] = {}
    for cijfer in cijfers:
        cel = f"{labels[cijfer.rij]} {cijfer.periode}"
        if cijfer.status != Cijferstatus.DEFINITIEF:
            cel += f" ({cijfer.get_status_display()})"
        per_bron.setdefault(cijfer.bron or "niet genoemd", []).append(cel)
    return [f"Uit een andere bron ({bron}): {', '.join(cellen)}." for bron, cellen in per_bron.items()]
