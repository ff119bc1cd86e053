"""Who belongs to a household and who works with it, each as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from django.db.models import Model, QuerySet
from django.utils import timezone

from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Noodtoegang, Persoon, Verblijf
from households.wonen import bewoners
from meldingen.models import Melding
from teams.access import Actie, zichtbaar
from teams.gronden import Wie
from teams.lezen import OverIemand, Spoor, leg_vast
from teams.models import Grond, Handeling
from teams.perioden import geldt_op, lopend

R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class Gezien(Generic[R]):
    """A row that the reader may know of; `leesbaar` says whether what stands in it, too.

    `ook_in` are the keys of other households in which a person lives, too, as far as the reader may know.
    """

    rij: R
    leesbaar: bool
    ook_in: tuple[int, ...] = ()


@dataclass(frozen=True)
class Mensen:
    """The people around a household; empty where there is none."""

    bewoners: list[Gezien[Verblijf]] = field(default_factory=list)
    contactpersoon: Betrokkenheid | None = None
    betrokkenen: list[Betrokkenheid] = field(default_factory=list)
    meldingen: list[Gezien[Melding]] = field(default_factory=list)


def mensen(huishouden: int | None, spoor: Spoor, *, behalve: Melding | None = None) -> Mensen:
    """The people around a household and its meldingen, in nine queries and one for the log.

    `behalve` is the melding on whose page this stands: it and its person are logged already.
    """
    if huishouden is None:
        return Mensen()
    verblijven = bewoners([huishouden], timezone.localdate()).get(huishouden, [])
    personen = Persoon.objects.filter(pk__in=[verblijf.persoon_id for verblijf in verblijven])
    gelezen, bekend = _lees(personen, spoor.wie)
    andere = Melding.objects.filter(huishouden=huishouden).select_related("team", "behandelaar")
    if behalve:
        andere = andere.exclude(pk=behalve.pk)
    leesbaar, gezien = _lees(andere.order_by("-pk"), spoor.wie)
    te_loggen = [rij for pk, rij in gelezen.items() if behalve is None or pk != behalve.persoon_id]
    leg_vast([*te_loggen, *leesbaar.values()], spoor=spoor, handeling=Handeling.IN_LIJST)
    betrokkenen = list(
        Betrokkenheid.objects.filter(lopend(), huishouden=huishouden)
        .select_related("medewerker", "team")
        .order_by("soort", "vanaf")
    )
    elders = _woont_ook(huishouden, bekend, spoor.wie)
    return Mensen(
        bewoners=[
            Gezien(verblijf, verblijf.persoon_id in gelezen, elders.get(verblijf.persoon_id, ()))
            for verblijf in verblijven
            if verblijf.persoon_id in bekend
        ],
        contactpersoon=next(
            (rij for rij in betrokkenen if rij.soort == Betrokkenheidsoort.CONTACTPERSOON), None
        ),
        betrokkenen=[rij for rij in betrokkenen if rij.soort != Betrokkenheidsoort.CONTACTPERSOON],
        meldingen=[Gezien(leesbaar.get(pk, rij), pk in leesbaar) for pk, rij in gezien.items()],
    )


def _woont_ook(huishouden: int, personen: Iterable[int], wie: Wie) -> dict[int, tuple[int, ...]]:
    """The other households in which each of these people lives now: a child with two homes, for one."""
    rijen = (
        Verblijf.objects.op_dag(wie.dag)
        .bekend_op(None)
        .filter(
            persoon__in=list(personen), huishouden__in=zichtbaar(Huishouden, wie, Actie.ZIEN).values("pk")
        )
        .exclude(huishouden=huishouden)
        .order_by("huishouden")
    )
    elders: dict[int, tuple[int, ...]] = {}
    for persoon, ander in rijen.values_list("persoon", "huishouden").distinct():
        elders[persoon] = (*elders.get(persoon, ()), ander)
    return elders


def grond(rij: Model) -> int:
    """On which ground the reader is in, of a row that `lees` gave."""
    return cast(OverIemand, rij).grond


def lopende_noodtoegang(huishouden: int | None, grond: int, spoor: Spoor) -> Noodtoegang | None:
    """By which the reader is in, when it is by that and nothing else."""
    if grond != Grond.NOODTOEGANG:
        return None
    mijn = Noodtoegang.objects.filter(
        geldt_op(spoor.wie.moment), huishouden=huishouden, medewerker=spoor.wie.medewerker
    )
    return mijn.order_by("-tot").first()


def _lees(rijen: QuerySet[R], wie: Wie) -> tuple[dict[int, R], dict[int, R]]:
    """What may be read, and what may be known of, by key; the second holds the first."""

    def per_sleutel(gevonden: Iterable[R]) -> dict[int, R]:
        return {rij.pk: rij for rij in gevonden}

    return per_sleutel(zichtbaar(rijen, wie, Actie.LEZEN)), per_sleutel(zichtbaar(rijen, wie, Actie.ZIEN))
