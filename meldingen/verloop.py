"""The terms of the law of one melding, out of what is registered about it and the settings of that day."""

from __future__ import annotations

from datetime import date

from meldingen.models import Categorie, Melding, Soort
from meldingen.wettermijnen import Stilstand, Verloop, Wettermijn, wettermijnen
from teams.models import Instelling
from voorzieningen.models import Aanvraag

EINDE = (Soort.VOORVELD, Soort.INGETROKKEN, Soort.DOORGEZET)
BESLOTEN = (Soort.TOEGEKEND, Soort.NIET_TOEGEKEND)


def lengte(sleutel: str, op: date) -> int:
    """The length in days of a term that began on a day; Instelling.DoesNotExist when none is set."""
    return int(Instelling.objects.waarde_op(sleutel, op))


def verloop(melding: Melding) -> Verloop | None:
    """What happened with a melding, as far as terms depend on it; None when it doesn't count."""
    dagen: dict[Soort, date] = {}
    categorie = None
    for feit in melding.gebeurtenissen.bekend_op(None):
        soort = Soort(feit.soort)
        dagen[soort] = min(feit.datum, dagen.get(soort, feit.datum))
        categorie = feit.categorie or categorie
    if Soort.ONTVANGEN not in dagen:
        return None
    aanvraag = Aanvraag.objects.filter(melding=melding).prefetch_related("opschortingen").first()
    return Verloop(
        jeugd=categorie == Categorie.JEUGD,
        gemeld_op=dagen[Soort.ONTVANGEN],
        afgezien_op=dagen.get(Soort.ONDERZOEK_GESTART),
        onderzocht_op=dagen.get(Soort.ONDERZOEK_AFGEROND),
        aangevraagd_op=aanvraag.datum if aanvraag else None,
        besloten_op=min((dagen[soort] for soort in BESLOTEN if soort in dagen), default=None),
        geeindigd_op=min((dagen[soort] for soort in EINDE if soort in dagen), default=None),
        stilstanden=[
            Stilstand(stil.van, stil.tot, f"Opgeschort: {stil.get_grond_display()}.")
            for stil in (aanvraag.opschortingen.all() if aanvraag else ())
        ],
    )


def termijnen_van(melding: Melding) -> list[Wettermijn]:
    """Every term of the law that runs or ran for a melding; none when it doesn't count."""
    wat = verloop(melding)
    return wettermijnen(wat, lengte) if wat else []
