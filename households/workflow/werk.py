"""Who works with a household, who may look in, and who turned out to be the same person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import (
    BSN_KOLOMMEN,
    Betrokkenheid,
    Betrokkenheidsoort,
    Gelijkstelling,
    Huishouden,
    Noodtoegang,
    Oordeel,
    Persoon,
    Rol,
    Verblijf,
)
from households.tasks import NOODTOEGANG_GEOPEND
from households.workflow.identiteit import wacht_op_bsns
from teams.access import Actie, mag
from teams.berichten import kondig_aan
from teams.geweigerd import Geweigerd, verplicht
from teams.gronden import Wie
from teams.models import Aanstelling, Instelling, Medewerker, Team
from teams.models import Rol as Teamrol
from teams.perioden import lopend

NOODTOEGANG_UREN = "noodtoegang_uren"


def nieuw_huishouden(
    *,
    persoon: Persoon,
    vanaf: date,
    door: Medewerker,
    postcode: str = "",
    huisnummer: str = "",
    rol: Rol | None = None,
) -> Huishouden:
    """A household that begins with one person; the team follows from the postcode."""
    with transaction.atomic():
        huishouden = Huishouden.objects.create()
        neem_op(
            persoon,
            huishouden,
            vanaf=vanaf,
            door=door,
            postcode=postcode,
            huisnummer=huisnummer,
            rol=rol,
        )
    return huishouden


def neem_op(
    persoon: Persoon,
    huishouden: Huishouden,
    *,
    vanaf: date,
    door: Medewerker,
    postcode: str = "",
    huisnummer: str = "",
    rol: Rol | None = None,
) -> Verblijf:
    """From the day `vanaf` the person lives in the household, at this address."""
    return Verblijf.objects.create(
        persoon=persoon,
        huishouden=huishouden,
        postcode=postcode,
        huisnummer=huisnummer,
        team=Team.objects.voor_postcode(postcode).first() if postcode else None,
        vanaf=vanaf,
        rol=rol,
        door=door,
    )


def betrek(huishouden: Huishouden, medewerker: Medewerker, *, door: Medewerker) -> Betrokkenheid:
    """`medewerker` works with the household from now on; nothing changes when that was so already."""
    rij, _ = Betrokkenheid.objects.filter(lopend()).get_or_create(
        huishouden=huishouden,
        medewerker=medewerker,
        soort=Betrokkenheidsoort.BETROKKEN,
        defaults={"door": door},
    )
    return rij


def laat_los(huishouden: Huishouden, medewerker: Medewerker, *, door: Medewerker) -> None:
    """`medewerker` no longer works with the household; a vaste contactpersoon stays that."""
    rijen = huishouden.betrokkenen.filter(lopend(), medewerker=medewerker, soort=Betrokkenheidsoort.BETROKKEN)
    _beeindig(rijen, door=door)


def maak_contactpersoon(
    huishouden: Huishouden, medewerker: Medewerker, *, door: Medewerker, reden: str = ""
) -> Betrokkenheid:
    """`medewerker` is the one face for the household from now on; who was before is ended, and stays countable."""
    with transaction.atomic():
        Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        huidig = huishouden.betrokkenen.filter(lopend(), soort=Betrokkenheidsoort.CONTACTPERSOON)
        if rij := huidig.filter(medewerker=medewerker).first():
            return rij
        _beeindig(huidig, door=door)
        return Betrokkenheid.objects.create(
            huishouden=huishouden,
            medewerker=medewerker,
            soort=Betrokkenheidsoort.CONTACTPERSOON,
            door=door,
            reden=reden,
        )


def vraag_expertteam(huishouden: Huishouden, team: Team, *, reden: str, door: Medewerker) -> Betrokkenheid:
    """Scale up: the expertteam may read along and work on the case until it is ended."""
    return Betrokkenheid.objects.create(
        huishouden=huishouden,
        team=team,
        soort=Betrokkenheidsoort.OPGESCHAALD,
        reden=verplicht(reden),
        door=door,
    )


def beeindig_betrokkenheid(betrokkenheid: Betrokkenheid, *, door: Medewerker) -> None:
    """From now on this is no longer so."""
    if not _beeindig(Betrokkenheid.objects.filter(lopend(), pk=betrokkenheid.pk), door=door):
        raise Geweigerd("Deze betrokkenheid was al beëindigd.")


def open_noodtoegang(huishouden: Huishouden, *, reden: str, medewerker: Medewerker) -> Noodtoegang:
    """Open another team's dossier for a set time, never one that is afgeschermd.

    The contactpersoon and the privacy officers are told; it is reviewed afterwards.
    """
    reden = verplicht(reden)
    nu = timezone.now()
    with transaction.atomic():
        wie = Wie.van(medewerker, nu)
        if not mag(wie, Actie.NOODTOEGANG, huishouden):
            raise Geweigerd("Voor dit huishouden kan geen noodtoegang worden gegeven.")
        if mag(wie, Actie.LEZEN, huishouden):
            raise Geweigerd("U mag dit dossier al lezen; noodtoegang is niet nodig.")
        noodtoegang = Noodtoegang.objects.create(
            huishouden=huishouden,
            medewerker=medewerker,
            reden=reden,
            door=medewerker,
            vanaf=nu,
            tot=nu + duur_op(nu),
        )
        _meld_noodtoegang(noodtoegang)
    return noodtoegang


def _meld_noodtoegang(noodtoegang: Noodtoegang) -> None:
    dag = timezone.localdate(noodtoegang.vanaf)
    contactpersoon = Betrokkenheid.objects.filter(
        lopend(), huishouden=noodtoegang.huishouden_id, soort=Betrokkenheidsoort.CONTACTPERSOON
    )
    fg = Aanstelling.objects.op_dag(dag).filter(rol=Teamrol.FG)
    aan = contactpersoon.values("medewerker").union(fg.values("medewerker"))
    for medewerker in Medewerker.objects.filter(pk__in=aan, is_active=True).exclude(
        pk=noodtoegang.medewerker_id
    ):
        kondig_aan(
            NOODTOEGANG_GEOPEND,
            aan=medewerker,
            gegevens={
                "huishouden": noodtoegang.huishouden_id,
                "tot": f"{timezone.localtime(noodtoegang.tot):%d-%m-%Y %H:%M}",
            },
            sleutel=f"{NOODTOEGANG_GEOPEND}:{noodtoegang.pk}:{medewerker.pk}",
        )


def duur_op(moment: datetime) -> timedelta:
    """How long a noodtoegang lasts that is opened at `moment`."""
    uren = Instelling.objects.waarde_op(NOODTOEGANG_UREN, timezone.localdate(moment))
    return timedelta(hours=float(uren))


def waarom_geen_oordeel(noodtoegang: Noodtoegang, door: Medewerker) -> str:
    """Why `door` can't review it (any more), in Dutch; empty when nothing is in the way."""
    if noodtoegang.medewerker_id == door.pk:
        return "U kunt uw eigen noodtoegang niet beoordelen; dat doet een andere privacyfunctionaris."
    if noodtoegang.beoordeeld_op:
        wanneer = f"{timezone.localtime(noodtoegang.beoordeeld_op):%d-%m-%Y om %H:%M}"
        return f"Deze noodtoegang is op {wanneer} al beoordeeld. Het eerste oordeel blijft staan."
    return ""


def beoordeel_noodtoegang(
    noodtoegang: Noodtoegang, oordeel: Oordeel, *, toelichting: str, door: Medewerker
) -> Noodtoegang:
    """Judge afterwards; never one's own, and once."""
    if waarom_niet := waarom_geen_oordeel(noodtoegang, door):
        raise Geweigerd(waarom_niet)
    if oordeel == Oordeel.NIET_TERECHT:
        toelichting = verplicht(toelichting, "een toelichting")
    with transaction.atomic():
        rij = Noodtoegang.objects.select_for_update().get(pk=noodtoegang.pk)
        if waarom_niet := waarom_geen_oordeel(rij, door):
            raise Geweigerd(waarom_niet)
        rij.oordeel, rij.oordeel_toelichting = oordeel, toelichting.strip()
        rij.beoordeeld_door, rij.beoordeeld_op = door, timezone.now()
        rij.save()
    return rij


def scherm_af(huishouden: Huishouden, *, reden: str, door: Medewerker) -> Huishouden:
    """Hide the household from everybody but those who work with it; `door` stays one of them."""
    with transaction.atomic():
        huishouden = Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        betrek(huishouden, door, door=door)
        huishouden.afgeschermd, huishouden.afgeschermd_reden = True, verplicht(reden)
        huishouden.save(update_fields=["afgeschermd", "afgeschermd_reden"])
    return huishouden


def hef_afscherming_op(huishouden: Huishouden, *, door: Medewerker) -> Huishouden:
    """The household may be found again."""
    with transaction.atomic():
        huishouden = Huishouden.objects.select_for_update().get(pk=huishouden.pk)
        huishouden.afgeschermd, huishouden.afgeschermd_reden = False, ""
        huishouden.save(update_fields=["afgeschermd", "afgeschermd_reden"])
    return huishouden


def stel_gelijk(dubbel: Persoon, persoon: Persoon, *, reden: str, door: Medewerker) -> Gelijkstelling:
    """`dubbel` and `persoon` are one: the first is found as the second. No row is changed beyond the pointer."""
    reden = verplicht(reden)
    with transaction.atomic():
        rijen = {
            rij.pk: rij
            for rij in Persoon.objects.select_for_update()
            .filter(pk__in=[dubbel.pk, persoon.pk])
            .order_by("pk")
        }
        dubbel, persoon = rijen[dubbel.pk], rijen[persoon.pk]
        if dubbel.pk == persoon.pk:
            raise Geweigerd("Dit is al dezelfde persoon.")
        if dubbel.zelfde_als_id or persoon.zelfde_als_id:
            raise Geweigerd("Een van deze twee is al gelijkgesteld aan iemand anders.")
        if dubbel.dubbelen.exists():
            raise Geweigerd("Aan deze persoon is al iemand gelijkgesteld; stel deze twee andersom gelijk.")
        wacht_op_bsns()
        bekend = {rij.bsn for rij in (persoon, *persoon.dubbelen.all())}
        if dubbel.bsn and bekend - {"", dubbel.bsn}:
            raise Geweigerd("Deze twee hebben een ander burgerservicenummer en kunnen niet dezelfde zijn.")
        dubbel.zelfde_als = persoon
        dubbel.save(update_fields=["zelfde_als"])
        return Gelijkstelling.objects.create(
            dubbel=dubbel,
            persoon=persoon,
            dubbel_met_bsn=bool(dubbel.bsn),
            persoon_met_bsn=bool(persoon.bsn),
            reden=reden,
            door=door,
        )


def maak_los(gelijkstelling: Gelijkstelling, *, door: Medewerker) -> Persoon:
    """They were two after all: everything is as it was before.

    A BSN that one was given as that of the other, while they were one, is theirs no longer. Geweigerd when both brought
    the same along, or when that isn't known: who has one BSN is one person.
    """
    with transaction.atomic():
        samen = Q(pk=gelijkstelling.persoon_id) | Q(zelfde_als=gelijkstelling.persoon_id)
        samen |= Q(pk=gelijkstelling.dubbel_id)
        rijen = {rij.pk: rij for rij in Persoon.objects.select_for_update().filter(samen).order_by("pk")}
        wacht_op_bsns()
        dubbel = rijen.pop(gelijkstelling.dubbel_id)
        if not _beeindig(Gelijkstelling.objects.filter(lopend(), pk=gelijkstelling.pk), door=door):
            raise Geweigerd("Deze twee waren al losgemaakt.")
        if delers := [rij for rij in rijen.values() if dubbel.bsn and rij.bsn == dubbel.bsn]:
            _scheid_bsn(gelijkstelling, dubbel, delers)
        dubbel.zelfde_als = None
        dubbel.save(update_fields=["zelfde_als"])
    return dubbel


def _scheid_bsn(gelijkstelling: Gelijkstelling, dubbel: Persoon, delers: list[Persoon]) -> None:
    """Of those with one BSN, who hadn't it when they became one gives it up."""
    had = {gelijkstelling.persoon_id: gelijkstelling.persoon_met_bsn}
    lopende = Gelijkstelling.objects.filter(lopend(), dubbel__in=delers)
    had |= dict(lopende.values_list("dubbel", "dubbel_met_bsn"))
    if gelijkstelling.dubbel_met_bsn is False:
        delers = [dubbel]
    elif any(had[rij.pk] is not False for rij in delers):
        raise Geweigerd(
            "Deze twee hebben hetzelfde burgerservicenummer en zijn dus een en dezelfde. Klopt het nummer van een "
            "van beiden niet, verbeter dat dan eerst."
        )
    for rij in delers:
        rij.bsn = ""
        rij.save(update_fields=BSN_KOLOMMEN)


def _beeindig(rijen: Any, *, door: Medewerker) -> int:
    gewijzigd: int = rijen.update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)
    return gewijzigd
