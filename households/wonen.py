"""Who lives together now, and what a household is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from households.models import Betrokkenheid, Betrokkenheidsoort, Rol, Verblijf
from teams.perioden import lopend

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


def contactpersonen(dag: date, teams: Collection[int]) -> QuerySet[Betrokkenheid]:
    """Every vaste contactpersoon of now of who lives in the area of one of `teams` on `dag`, called `woont_bij`.

    Without those of who is afgeschermd: that stays with the few who work there.
    """
    woont = Verblijf.objects.op_dag(dag).bekend_op(None).filter(huishouden=OuterRef("huishouden"))
    rijen = Betrokkenheid.objects.filter(
        lopend(), soort=Betrokkenheidsoort.CONTACTPERSOON, huishouden__afgeschermd=False
    )
    team = Subquery(woont.order_by("-vanaf", "-pk").values("team")[:1])
    return rijen.annotate(woont_bij=team).filter(woont_bij__in=teams)
