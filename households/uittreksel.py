"""Who looked at a resident, as the resident may know it: by day, in plain words, refusals left out.

What a medewerker typed as a reason stays out: it may name somebody else (AVG art. 15, fourth paragraph).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from households.models import Persoon, Verblijf
from teams.gronden import HUISHOUDEN, INZAGE, MELDING, NOODTOEGANG, TERUGBELVERZOEK
from teams.models import Grond, Handeling, Inzage, Medewerker, Rol, Team
from teams.perioden import begin_van

WAT = {
    Handeling.GEOPEND: "bekeek {}",
    Handeling.IN_LIJST: "zag {} in een lijst staan",
    Handeling.GEVONDEN: "vond {} bij het zoeken",
    Handeling.AFGEDRUKT: "drukte {} af",
    Handeling.GEEXPORTEERD: "nam {} over in een bestand",
    Handeling.GEWIJZIGD: "wijzigde iets in {}",
}
WAARVAN = {
    HUISHOUDEN: "het dossier van uw huishouden",
    MELDING: "uw melding",
    TERUGBELVERZOEK: "uw verzoek om terug te bellen",
    NOODTOEGANG: "wie met spoed in uw dossier keek",
    INZAGE: "wie er in uw gegevens keek",
}
WAAROM = {
    Grond.BEKEND: "mag weten dat u bij ons bekend bent, en wie u helpt",
    Grond.EIGEN_TEAM: "werkt in uw wijkteam",
    Grond.BETROKKEN: "helpt uw huishouden",
    Grond.OPGESCHAALD: "is door uw wijkteam om advies gevraagd",
    Grond.NOODTOEGANG: "had met spoed toegang nodig. Wij controleren achteraf of dat klopte",
    Grond.TEAM_VAN_MELDING: "werkt in het team dat uw melding behandelt",
    Grond.BEHANDELAAR: "behandelt uw melding",
    Grond.TOETS: "controleert of een besluit klopt",
    Grond.TOEZICHT: "let op uw privacy",
    Grond.ALLES: "doet dit voor het werk",
    Grond.ZELF: "schreef dit zelf op",
    Grond.IN_DE_RIJ: "werkt in het team dat uw melding behandelt",
    Grond.ZONDER_TEAM: "kijkt welk team nieuwe meldingen krijgt",
    Grond.VERDEELT: "verdeelt het werk van het team",
    Grond.LEIDT: "leidt het team",
}


@dataclass
class Blik:
    """One look, or several alike on one day."""

    wie: str
    wat: str
    waarom: str
    eerst: datetime
    keer: int = 1


@dataclass
class Dag:
    """What happened on a day, the earliest first."""

    dag: date
    blikken: list[Blik] = field(default_factory=list)


def wie_keek_er(persoon: Persoon, regels: QuerySet[Inzage]) -> list[Dag]:
    """The days on which somebody saw the person or their household while they lived in it, latest first.

    Alike looks on one day are told once, with their number. `regels` is what the reader may see of the log. Five
    statements; the database adds up the looks, so that their number costs no memory.
    """
    zelfde = [persoon.pk, *persoon.dubbelen.values_list("pk", flat=True)]
    over = Q(persoon__in=zelfde)
    for verblijf in Verblijf.objects.bekend_op(None).filter(persoon__in=zelfde, huishouden__isnull=False):
        erin = Q(huishouden=verblijf.huishouden_id, persoon__isnull=True, op__gte=begin_van(verblijf.vanaf))
        over |= erin & Q(op__lt=begin_van(verblijf.tot)) if verblijf.tot else erin
    return _per_dag(
        regels.filter(over, toegestaan=True)
        .values("medewerker", "rollen", "team", "onderwerp", "handeling", "grond", dag=TruncDate("op"))
        .annotate(eerst=Min("op"), keer=Count("pk"))
        .order_by("eerst", "medewerker", "onderwerp", "handeling", "grond")
    )


def _per_dag(gezien: Iterable[Any]) -> list[Dag]:
    rijen = list(gezien)
    namen = {
        medewerker.pk: medewerker.naam
        for medewerker in Medewerker.objects.filter(pk__in={rij["medewerker"] for rij in rijen})
    }
    teams = Team.objects.in_bulk({rij["team"] for rij in rijen if rij["team"]})
    dagen: dict[date, dict[tuple[str, ...], Blik]] = {}
    for rij in rijen:
        wat = WAT[Handeling(rij["handeling"])].format(WAARVAN.get(rij["onderwerp"], "uw gegevens"))
        wie = _wie(namen.get(rij["medewerker"]), rij["rollen"], teams.get(rij["team"]))
        waarom = WAAROM[Grond(rij["grond"])]
        alles = dagen.setdefault(rij["dag"], {})
        if blik := alles.get((wie, wat, waarom)):
            blik.keer += rij["keer"]
        else:
            alles[wie, wat, waarom] = Blik(wie, wat, waarom, rij["eerst"], rij["keer"])
    return [Dag(dag, list(alles.values())) for dag, alles in sorted(dagen.items(), reverse=True)]


def _wie(naam: str | None, rollen: str, team: Team | None) -> str:
    """The name, and in which role and team somebody then worked."""
    codes = Rol.codes()
    delen = [codes[code].label for code in rollen.split(", ") if code in codes]
    delen += [team.naam] if team else []
    return ", ".join([naam or "een computersysteem", *delen])
