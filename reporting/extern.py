"""Figures that a named source delivered, shown instead of what would be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reporting.models import Cijferstatus, ExternCijfer
from reporting.onderdrukking import NNB
from reporting.telling import Kolom, Telling
from reporting.vraag import Vraag
from teams.versies import VersieQuerySet

Cel: TypeAlias = tuple[str, str]
"""Key of the row, key of the column."""


def geleverd(vraag: Vraag, telling: Telling) -> VersieQuerySet[ExternCijfer]:
    """Every figure ever delivered for a cell of this table; none with filters: they are about all."""
    if vraag.filters:
        return ExternCijfer.objects.none()
    return ExternCijfer.objects.filter(
        tabel=vraag.tabel,
        rij__in=[regel.sleutel for regel in telling.rijen],
        periode__in={periode for kolom in telling.kolommen for periode, _ in _geleverd_als(kolom, vraag)},
    )


def externe_cellen(vraag: Vraag, telling: Telling) -> dict[Cel, ExternCijfer]:
    """The figure in force per cell, as known at `bekend_op`; of several for one cell the last delivered."""
    if vraag.filters:
        return {}
    in_kracht = geleverd(vraag, telling).bekend_op(vraag.bekend_op).order_by("geregistreerd_op", "pk")
    return {cel: cijfer for cijfer in in_kracht for cel in cellen_van(cijfer, vraag, telling)}


def cellen_van(cijfer: ExternCijfer, vraag: Vraag, telling: Telling) -> list[Cel]:
    """The cell for which a figure was delivered, or nothing."""
    zo = ((cijfer.periode, None), (cijfer.periode, cijfer.kolom))
    return [
        (cijfer.rij, kolom.sleutel)
        for kolom in telling.kolommen
        if any(als in zo for als in _geleverd_als(kolom, vraag))
    ]


def _geleverd_als(kolom: Kolom, vraag: Vraag) -> tuple[tuple[str, str | None], ...]:
    """The period and column of figures for a column: of one named after its period, any column."""
    if kolom.geleverd:
        return (kolom.geleverd,)
    return (kolom.sleutel, None), (vraag.periode.sleutel, kolom.sleutel)


def waarde(cijfer: ExternCijfer) -> int | float | str:
    """What the cell shows: a whole number as integer, and `n.n.b.` when the source does not know yet."""
    if cijfer.waarde is None:
        return NNB
    heel = int(cijfer.waarde)
    return heel if heel == cijfer.waarde else float(cijfer.waarde)


def bronnen(cijfers: Iterable[ExternCijfer], labels: Mapping[str, str], *, alles: bool) -> list[str]:
    """A sentence per source that names its cells, and which are not final.

    Where `alles` of a table was delivered, only those that are not final are named.
    """
    per_bron: dict[str, list[str]] = {}
    for cijfer in cijfers:
        cellen = per_bron.setdefault(cijfer.bron or "niet genoemd", [])
        cel = f"{labels[cijfer.rij]} {cijfer.periode}"
        if cijfer.status != Cijferstatus.DEFINITIEF:
            cellen.append(f"{cel} ({cijfer.get_status_display()})")
        elif not alles:
            cellen.append(cel)
    if not alles:
        return [f"Uit een andere bron ({bron}): {', '.join(cellen)}." for bron, cellen in per_bron.items()]
    return [
        f"Geleverd door {bron}{': ' if cellen else ''}{', '.join(cellen)}."
        for bron, cellen in per_bron.items()
    ]
