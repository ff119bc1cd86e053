"""Reading a log of millions of lines: a page at a time from a line on, without ever counting them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from teams.models import Grond, Inzage

PER_PAGINA = 50
TERUGBLIK_DAGEN = 7
TEL_TOT = 1000


@dataclass(frozen=True)
class Bladzijde:
    """Lines, the newest first; `nieuwer` and `ouder` are the keys from which the next page goes on, or None."""

    regels: list[Inzage]
    nieuwer: int | None
    ouder: int | None


def blader(regels: QuerySet[Inzage], *, voor: int | None = None, na: int | None = None) -> Bladzijde:
    """The newest lines, those before line `voor`, or those after line `na`.

    A line that isn't among `regels` gives the newest; so does `na` when a page holds all that came after.
    """
    if na and (later := _vanaf(regels, na, ouder=False)) and len(later) > PER_PAGINA:
        return _bladzijde(later[:PER_PAGINA][::-1], nieuwer=True, ouder=True)
    eerder = _vanaf(regels, voor, ouder=True) if voor else None
    if eerder is None:
        eerder = list(regels.order_by("-op", "-pk")[: PER_PAGINA + 1])
        voor = None
    return _bladzijde(eerder[:PER_PAGINA], nieuwer=bool(voor), ouder=len(eerder) > PER_PAGINA)


def _vanaf(regels: QuerySet[Inzage], sleutel: int, *, ouder: bool) -> list[Inzage] | None:
    op = regels.filter(pk=sleutel).values_list("op", flat=True).first()
    if op is None:
        return None
    if ouder:
        gekozen = regels.filter(Q(op__lt=op) | Q(pk__lt=sleutel), op__lte=op).order_by("-op", "-pk")
    else:
        gekozen = regels.filter(Q(op__gt=op) | Q(pk__gt=sleutel), op__gte=op).order_by("op", "pk")
    return list(gekozen[: PER_PAGINA + 1])


def _bladzijde(regels: list[Inzage], *, nieuwer: bool, ouder: bool) -> Bladzijde:
    return Bladzijde(
        regels,
        regels[0].pk if regels and nieuwer else None,
        regels[-1].pk if regels and ouder else None,
    )


@dataclass(frozen=True)
class Opvallend:
    """How often in the last `TERUGBLIK_DAGEN`, counted up to `TEL_TOT`."""

    geweigerd: int
    noodtoegang: int


def opvallend(regels: QuerySet[Inzage]) -> Opvallend:
    """What the FG wants to see first: refusals, and what was read with noodtoegang."""
    recent = regels.filter(op__gte=timezone.now() - timedelta(days=TERUGBLIK_DAGEN))
    return Opvallend(
        recent.filter(toegestaan=False)[:TEL_TOT].count(),
        recent.filter(grond=Grond.NOODTOEGANG)[:TEL_TOT].count(),
    )
