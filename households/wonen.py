"""Who lives together now, and what a household is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from households.models import Rol, Verblijf

NAAMGEVERS = (Rol.HOOFD, Rol.PARTNER)


def bewoners(huishoudens: Collection[int], dag: date) -> dict[int, list[Verblijf]]:
    """The stays in these households on a day, the head first, each with its person; one query.

    A household in which nobody lives any more is not in it.
    """
    rijen = (
        Verblijf.objects.op_dag(dag)
        .bekend_op(None)
        .filter(huishouden__in=huishoudens)
        .select_related("persoon", "team")
        .order_by("rol", "persoon__geboortedatum", "pk")
    )
    per_huishouden = defaultdict(list)
    for verblijf in rijen:
        per_huishouden[verblijf.huishouden_id or 0].append(verblijf)
    return dict(per_huishouden)


def huishoudnaam(verblijven: Iterable[Verblijf]) -> str:
    """The surnames of the head and partner, each once; without those, everybody's."""
    verblijven = list(verblijven)
    hoofden = [verblijf for verblijf in verblijven if verblijf.rol in NAAMGEVERS] or verblijven
    namen = dict.fromkeys(
        " ".join(filter(None, (verblijf.persoon.tussenvoegsel, verblijf.persoon.achternaam)))
        for verblijf in hoofden
    )
    return " – ".join(filter(None, namen)) or "naam onbekend"
