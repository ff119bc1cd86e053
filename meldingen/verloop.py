"""The terms of the law of meldingen, out of what is registered about them and the settings of that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from meldingen.models import Categorie, Gebeurtenis, Melding, Soort, Verslag
from meldingen.wettermijnen import (
    JEUGD_BESLUIT,
    ONDERZOEK,
    PERSOONLIJK_PLAN,
    WMO_BESLUIT,
    Lengte,
    Stilstand,
    Verloop,
    Wettermijn,
    wettermijnen,
)
from teams.models import Instelling
from voorzieningen.models import Aanvraag

EINDE = (Soort.VOORVELD, Soort.INGETROKKEN, Soort.DOORGEZET)
BESLOTEN = (Soort.TOEGEKEND, Soort.NIET_TOEGEKEND)
SLEUTELS = (PERSOONLIJK_PLAN, ONDERZOEK, WMO_BESLUIT, JEUGD_BESLUIT)


def lengtes() -> Lengte:
    """The length in days of every term, asked once; Instelling.DoesNotExist where none is set for a day."""
    per_sleutel: dict[str, list[Instelling]] = defaultdict(list)
    for rij in Instelling.objects.filter(sleutel__in=SLEUTELS).order_by("-geldig_van"):
        per_sleutel[rij.sleutel].append(rij)

    def lengte_van(sleutel: str, op: date) -> int:
        for rij in per_sleutel[sleutel]:
            if rij.geldig_van <= op:
                return int(rij.waarde)
        raise Instelling.DoesNotExist(f"{sleutel} op {op}")

    return lengte_van


def verlopen(meldingen: Collection[int]) -> dict[int, Verloop]:
    """What happened with each of these meldingen, as far as terms depend on it; without those that don't count.

    Six queries, for one as for a thousand.
    """
    feiten: dict[int, list[Gebeurtenis]] = defaultdict(list)
    for feit in Gebeurtenis.objects.bekend_op(None).filter(melding__in=meldingen):
        feiten[feit.melding_id].append(feit)
    rijen = Aanvraag.objects.filter(melding__in=meldingen).prefetch_related("opschortingen", "verdagingen")
    aanvragen = {rij.melding_id: rij for rij in rijen}
    verslagen = Verslag.objects.bekend_op(None).filter(melding__in=meldingen)
    plannen = dict(verslagen.values_list("melding", "persoonlijk_plan_op"))
    alle = {pk: _verloop(feiten[pk], aanvragen.get(pk), plannen.get(pk)) for pk in meldingen}
    return {pk: wat for pk, wat in alle.items() if wat}


def verloop(melding: Melding) -> Verloop | None:
    """What happened with a melding, as far as terms depend on it; None when it doesn't count."""
    return verlopen([melding.pk]).get(melding.pk)


def termijnen_van(melding: Melding) -> list[Wettermijn]:
    """Every term of the law that runs or ran for a melding; none when it doesn't count."""
    wat = verloop(melding)
    return wettermijnen(wat, lengtes()) if wat else []


def _verloop(
    feiten: Collection[Gebeurtenis], aanvraag: Aanvraag | None, persoonlijk_plan_op: date | None
) -> Verloop | None:
    dagen: dict[Soort, date] = {}
    categorie = None
    for feit in feiten:
        soort = Soort(feit.soort)
        dagen[soort] = min(feit.datum, dagen.get(soort, feit.datum))
        categorie = feit.categorie or categorie
    if Soort.ONTVANGEN not in dagen:
        return None
    return Verloop(
        jeugd=categorie == Categorie.JEUGD,
        gemeld_op=dagen[Soort.ONTVANGEN],
        persoonlijk_plan_op=persoonlijk_plan_op,
        afgezien_op=dagen.get(Soort.ONDERZOEK_GESTART),
        onderzocht_op=dagen.get(Soort.ONDERZOEK_AFGEROND),
        aangevraagd_op=aanvraag.datum if aanvraag else None,
        besloten_op=min((dagen[soort] for soort in BESLOTEN if soort in dagen), default=None),
        geeindigd_op=min((dagen[soort] for soort in EINDE if soort in dagen), default=None),
        stilstanden=[
            Stilstand(stil.van, stil.tot, f"Opgeschort: {stil.get_grond_display()}.")
            for stil in (aanvraag.opschortingen.all() if aanvraag else ())
        ],
        verdaagd_tot=[rij.tot for rij in (aanvraag.verdagingen.all() if aanvraag else ())],
    )
