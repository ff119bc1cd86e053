"""Who looked at a resident, as the resident may know it: by day, in plain words, refusals left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from households.models import Persoon, Verblijf
from teams.models import Grond, Handeling, Inzage, Rol

WAT = {
    Handeling.GEOPEND: "bekeek uw gegevens",
    Handeling.IN_LIJST: "zag u in een lijst staan",
    Handeling.GEVONDEN: "vond u bij het zoeken",
    Handeling.AFGEDRUKT: "drukte uw gegevens af",
    Handeling.GEEXPORTEERD: "nam uw gegevens over in een bestand",
    Handeling.GEWIJZIGD: "vulde uw gegevens aan of wijzigde ze",
}
WAAROM = {
    Grond.BEKEND: "mag weten dat u bij ons bekend bent",
    Grond.EIGEN_TEAM: "werkt in uw wijkteam",
    Grond.BETROKKEN: "is betrokken bij uw huishouden",
    Grond.OPGESCHAALD: "is door uw wijkteam om advies gevraagd",
    Grond.NOODTOEGANG: "had met spoed toegang nodig",
    Grond.TEAM_VAN_MELDING: "werkt in het team dat uw melding behandelt",
    Grond.BEHANDELAAR: "behandelt uw melding",
    Grond.TOETS: "controleert besluiten",
    Grond.TOEZICHT: "ziet toe op uw privacy",
    Grond.ALLES: "mag dat in deze functie",
    Grond.ZELF: "legde dit zelf vast",
    Grond.IN_DE_RIJ: "werkt in het team dat uw melding behandelt",
    Grond.ZONDER_TEAM: "verdeelt nieuwe meldingen",
    Grond.VERDEELT: "verdeelt het werk van het team",
}


@dataclass
class Blik:
    """One look, or several alike on one day."""

    wie: str
    wat: str
    waarom: str
    reden: str
    eerst: datetime
    keer: int = 1


@dataclass
class Dag:
    """What happened on a day, the earliest first."""

    dag: date
    blikken: list[Blik] = field(default_factory=list)


def wie_keek_er(persoon: Persoon, regels: QuerySet[Inzage]) -> list[Dag]:
    """The days on which somebody saw the person or their household while they lived in it, latest first.

    Looks of one person for one reason on one day are told once, with their number. `regels` is what the reader may see
    of the log.
    """
    bewoond = Q(persoon=persoon.pk)
    for verblijf in Verblijf.objects.bekend_op(None).filter(persoon=persoon, huishouden__isnull=False):
        erin = Q(huishouden=verblijf.huishouden_id, persoon__isnull=True, op__date__gte=verblijf.vanaf)
        bewoond |= erin & Q(op__date__lt=verblijf.tot) if verblijf.tot else erin
    gezien = regels.filter(bewoond, toegestaan=True).select_related("medewerker", "team")
    return _per_dag(gezien.order_by("op", "pk").iterator(1000))


def _per_dag(regels: Iterable[Inzage]) -> list[Dag]:
    dagen: dict[date, dict[tuple[str, ...], Blik]] = {}
    for regel in regels:
        blik = Blik(
            _wie(regel),
            WAT[Handeling(regel.handeling)],
            WAAROM[Grond(regel.grond)] if regel.grond else "",
            regel.reden,
            regel.op,
        )
        alles = dagen.setdefault(timezone.localdate(regel.op), {})
        eerder = alles.setdefault((blik.wie, blik.wat, blik.waarom, blik.reden), blik)
        if eerder is not blik:
            eerder.keer += 1
    return [Dag(dag, list(alles.values())) for dag, alles in sorted(dagen.items(), reverse=True)]


def _wie(regel: Inzage) -> str:
    naam = regel.medewerker.naam if regel.medewerker else "een systeem"
    rollen = [Rol.codes()[code].label for code in regel.rollen.split(", ") if code in Rol.codes()]
    waar = f", {regel.team.naam}" if regel.team else ""
    return f"{naam} ({', '.join(rollen)}{waar})" if rollen or waar else naam
