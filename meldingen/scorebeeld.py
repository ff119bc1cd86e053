"""Scores side by side over time: per person, the days beside each other and the leefgebieden below each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from households.models import Persoon
from meldingen.models import Score


@dataclass
class Cel:
    """What was scored for one day: what holds, and what stood there before it was corrected."""

    nu: str = ""
    eerder: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scoretabel:
    """One person: `rijen` are leefgebieden, with a cell per day of `dagen`."""

    persoon: Persoon
    dagen: list[date]
    rijen: list[tuple[str, list[Cel]]]


def scorebeeld(personen: Iterable[Persoon]) -> list[Scoretabel]:
    """A table for everybody who was ever scored; one query. Leefgebieden of the same name stand in one row."""
    wie = {persoon.pk: persoon for persoon in personen}
    scores = Score.objects.filter(persoon__in=wie).select_related("leefgebied", "scoresoort")
    per_persoon: dict[int, dict[str, dict[date, Cel]]] = {}
    for score in scores.order_by("datum", "leefgebied__volgorde", "pk"):
        gebieden = per_persoon.setdefault(score.persoon_id, {})
        cel = gebieden.setdefault(score.leefgebied.naam, defaultdict(Cel))[score.datum]
        if score.vervallen_op:
            cel.eerder.append(str(score.scoresoort))
        else:
            cel.nu = str(score.scoresoort)
    tabellen = []
    for pk, gebieden in per_persoon.items():
        dagen = sorted({dag for cellen in gebieden.values() for dag in cellen})
        rijen = [(naam, [cellen.get(dag, Cel()) for dag in dagen]) for naam, cellen in gebieden.items()]
        tabellen.append(Scoretabel(wie[pk], dagen, rijen))
    return tabellen
