"""The besluiten of a household, under its plan (R12), with what they cost this year (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from households.models import Huishouden
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling
from voorzieningen.kosten import totaal
from voorzieningen.models import Besluit, Besluitstatus


@dataclass(frozen=True)
class Beschikkingen:
    """What was asked for and granted; `kosten` in euros, of what was granted, over the whole of `jaar`."""

    rijen: list[Besluit]
    jaar: int
    kosten: Decimal


def beschikkingen(huishouden: Huishouden, spoor: Spoor) -> Beschikkingen:
    """Those that the reader may read, the latest first, logged; two statements and the log."""
    rijen = Besluit.objects.filter(huishouden=huishouden).select_related(
        "persoon", "voorziening__groep", "levering"
    )
    gelezen = list(zichtbaar(rijen.prefetch_related("bijstellingen"), spoor.wie, Actie.LEZEN).order_by("-pk"))
    leg_vast(gelezen, spoor=spoor, handeling=Handeling.IN_LIJST)
    dag = spoor.wie.dag
    toegekend = [besluit for besluit in gelezen if besluit.status == Besluitstatus.TOEGEKEND]
    kosten = totaal(toegekend, dag.replace(month=1, day=1), dag.replace(month=12, day=31))
    return Beschikkingen(gelezen, dag.year, kosten)
