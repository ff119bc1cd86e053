"""Who may be meant by what is typed, what runs there and who is on it: shown before anything is saved (R2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden, Persoon
from households.zoeken import Kandidaat, zoek
from households.zoekvraag import Zoekvraag
from meldingen.models import Categorie, Gebeurtenis, Melding
from teams.access import Actie, mag_ooit, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Grond, Handeling, Medewerker, Team
from teams.perioden import lopend

VOLWASSEN = 18
JEUGD_GEBIEDEN = {"opgroeien", "opvoeden"}


@dataclass
class Bekende:
    """Somebody known, with as much as the reader may know."""

    persoon: Persoon
    redenen: list[str]
    inhoud: bool
    team: int | None = None
    wijk: Team | None = None
    huishouden: int | None = None
    contactpersoon: Medewerker | None = None
    laatste_contact: date | None = None
    open: list[Melding] = field(default_factory=list)

    @property
    def naam(self) -> str:
        """The name, or what of it who may only know that somebody is known may see."""
        return self.persoon.naam if self.inhoud else self.persoon.gemaskeerd


def herken(vraag: Zoekvraag, *, op: date, spoor: Spoor, actie: Actie = Actie.ZIEN) -> list[Bekende]:
    """The likeliest known persons with whom one may do `actie`, best first; every one that is shown is logged.

    Eight statements, whatever the number: two to search, then rights, contact persons, last contact,
    meldingen, teams, log; one more when somebody lives where it is afgeschermd.
    """
    vindbaar = zichtbaar(Persoon, spoor.wie, actie).filter(zelfde_als__isnull=True)
    kandidaten = zoek(vindbaar, vraag, op=op)
    if not kandidaten:
        return []
    personen = vindbaar.in_bulk([kandidaat.persoon.pk for kandidaat in kandidaten])
    verborgen = _verborgen(kandidaten, spoor)
    bekenden = [
        _bekende(kandidaat, personen[kandidaat.persoon.pk], verborgen)
        for kandidaat in kandidaten
        if kandidaat.persoon.pk in personen
    ]
    _wat_loopt_er(bekenden, spoor)
    leg_vast((bekende.persoon for bekende in bekenden), spoor=spoor, handeling=Handeling.GEVONDEN)
    return bekenden


def _verborgen(kandidaten: list[Kandidaat], spoor: Spoor) -> set[int]:
    """The households that are afgeschermd for the reader, in which somebody lives whom they know from elsewhere."""
    afgeschermd = {k.huishouden.pk for k in kandidaten if k.huishouden and k.huishouden.afgeschermd}
    if not afgeschermd:
        return set()
    bekend = zichtbaar(Huishouden.objects.filter(pk__in=afgeschermd), spoor.wie, Actie.ZIEN)
    return afgeschermd - set(bekend.values_list("pk", flat=True))


def _bekende(kandidaat: Kandidaat, persoon: Persoon, verborgen: set[int]) -> Bekende:
    verblijf = kandidaat.verblijf
    if verblijf and verblijf.huishouden_id in verborgen:
        verblijf = None
    return Bekende(
        persoon=persoon,
        redenen=kandidaat.redenen,
        inhoud=getattr(persoon, "grond", Grond.BEKEND) != Grond.BEKEND,
        team=verblijf.team_id if verblijf else None,
        huishouden=verblijf.huishouden_id if verblijf else None,
    )


def _wat_loopt_er(bekenden: list[Bekende], spoor: Spoor) -> None:
    """Fill in, for all at once, who is on it and what is open, as far as the reader may know that."""
    sleutels = {bekende.huishouden for bekende in bekenden if bekende.huishouden}
    contact = {
        rij.huishouden_id: rij.medewerker
        for rij in Betrokkenheid.objects.filter(
            lopend(), huishouden__in=sleutels, soort=Betrokkenheidsoort.CONTACTPERSOON
        ).select_related("medewerker")
    }
    laatst = dict(
        Gebeurtenis.objects.bekend_op(None)
        .filter(melding__huishouden__in=sleutels)
        .values_list("melding__huishouden")
        .annotate(Max("datum"))
    )
    open_: dict[int | None, list[Melding]] = {}
    if mag_ooit(spoor.wie, Actie.ZIEN, Melding):
        rijen = zichtbaar(Melding.objects.open(), spoor.wie, Actie.ZIEN).filter(huishouden__in=sleutels)
        for melding in rijen.select_related("team", "behandelaar").order_by("-pk"):
            open_.setdefault(melding.huishouden_id, []).append(melding)
    teams = Team.objects.in_bulk({bekende.team for bekende in bekenden if bekende.team})
    for bekende in bekenden:
        bekende.wijk = teams.get(bekende.team or 0)
        bekende.contactpersoon = contact.get(bekende.huishouden or 0)
        bekende.laatste_contact = laatst.get(bekende.huishouden)
        bekende.open = open_.get(bekende.huishouden, [])


@dataclass(frozen=True)
class Voorstel:
    """A categorie that fits, and why; it is never set without somebody choosing it (R6)."""

    categorie: Categorie
    waarom: str


def stel_categorie_voor(geboren: date | None, gebieden: set[str], *, op: date) -> Voorstel | None:
    """From the age on the day `op`, else from the levensgebieden (their codes); None when nothing points anywhere."""
    if geboren:
        jaren = op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))
        categorie = Categorie.JEUGD if jaren < VOLWASSEN else Categorie.VOLWASSENEN
        return Voorstel(categorie, f"{jaren} jaar")
    if jeugd := sorted(gebieden & JEUGD_GEBIEDEN):
        return Voorstel(Categorie.JEUGD, " en ".join(jeugd))
    return None
