"""Where an afnemer is told of what changed: made, changed, put out and on, and told again.

Each change stands in the history of the afnemer with who made it; None for `door` is who works on the command line.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from teams.berichten import probeer_mislukte_opnieuw
from teams.geweigerd import Geweigerd
from teams.models import Abonnement, Abonnementgeheim, Afnemer, Bericht, Instelling, Medewerker, Voorval
from teams.uitgaand import GeenAdres, ontleed
from teams.webhooks import SOORT
from teams.workflow.afnemers import OVERLAP_UREN

VOORVOEGSEL, GEHEIM_BYTES = "whsec_", 32
DOOR_BEHEER = "uitgezet door beheer"


def maak_abonnement(
    afnemer: Afnemer, *, adres: str, voorvallen: Iterable[str], door: Medewerker | None = None
) -> tuple[Abonnement, str]:
    """One more address, and its secret, which can't be shown again.

    Geweigerd for an afnemer that has ended, for an address that can't be, or that it has already, and for a voorval
    that its scopes don't let it hear.
    """
    with transaction.atomic():
        afnemer = _lopend(afnemer)
        velden = _velden(afnemer, adres, voorvallen)
        if afnemer.abonnementen.filter(adres=adres).exists():
            raise Geweigerd("Dit adres is er al; wijzig dat.")
        abonnement = Abonnement.objects.create(afnemer=afnemer, **velden)
        geheim = _nieuw_geheim(abonnement)
        _noteer(abonnement, door, ("", ", ".join(abonnement.voorvallen)))
    return abonnement, geheim


def wijzig_abonnement(
    abonnement: Abonnement, *, adres: str, voorvallen: Iterable[str], door: Medewerker | None = None
) -> Abonnement:
    """Another address or other voorvallen, from the next attempt on; Geweigerd as for a new one."""
    with transaction.atomic():
        abonnement = _vergrendel(abonnement)
        velden = _velden(abonnement.afnemer, adres, voorvallen)
        if abonnement.afnemer.abonnementen.filter(adres=adres).exclude(pk=abonnement.pk).exists():
            raise Geweigerd("Dit adres is er al; wijzig dat.")
        adres_was, hoorde = abonnement.adres, ", ".join(abonnement.voorvallen)
        for veld, waarde in velden.items():
            setattr(abonnement, veld, waarde)
        abonnement.save(update_fields=list(velden))
        hoort = ", ".join(abonnement.voorvallen)
        if adres_was != adres:
            abonnement.afnemer.noteer(door, webhook=(adres_was, adres))
        if hoorde != hoort:
            _noteer(abonnement, door, (hoorde, hoort))
    return abonnement


def vernieuw_abonnementgeheim(
    abonnement: Abonnement, *, direct: bool = False, door: Medewerker | None = None
) -> str:
    """A new secret; for `geheim_overlap_uren` is signed with the one before it as well, or with `direct` not any more.

    Geweigerd without `direct` while there are two already: the one in use would be lost.
    """
    with transaction.atomic():
        abonnement = _vergrendel(abonnement)
        nu = timezone.now()
        geldig = abonnement.geheimen.geldig_op(nu)
        if not direct and (vorig := geldig.filter(eindigt_op__isnull=False).first()) and vorig.eindigt_op:
            raise Geweigerd(
                f"Met het vorige geheim tekenen wij nog tot {timezone.localtime(vorig.eindigt_op):%d-%m-%Y %H:%M}; "
                "vernieuw daarna, of laat het oude meteen niet meer gelden."
            )
        uren = float(Instelling.objects.waarde_op(OVERLAP_UREN, timezone.localdate(nu)))
        geldig.update(eindigt_op=nu if direct else nu + timedelta(hours=uren))
        geheim = _nieuw_geheim(abonnement)
        nieuw = "nieuw geheim, het vorige geldt niet meer" if direct else "nieuw geheim"
        _noteer(abonnement, door, ("", nieuw))
    return geheim


def zet_abonnement_uit(abonnement: Abonnement, *, door: Medewerker | None = None) -> Abonnement:
    """Nothing is told there any more; Geweigerd when it was put out."""
    with transaction.atomic():
        abonnement = _vergrendel(abonnement)
        if abonnement.uitgezet_op:
            raise Geweigerd("Deze webhook staat al uit.")
        abonnement.uitgezet_op, abonnement.uitgezet_omdat = timezone.now(), DOOR_BEHEER
        abonnement.save(update_fields=["uitgezet_op", "uitgezet_omdat"])
        _noteer(abonnement, door, ("aan", DOOR_BEHEER))
    return abonnement


def zet_abonnement_aan(abonnement: Abonnement, *, door: Medewerker | None = None) -> Abonnement:
    """It is told again, from now on, and what failed before doesn't count; Geweigerd when it was on."""
    with transaction.atomic():
        abonnement = _vergrendel(abonnement)
        if not abonnement.uitgezet_op:
            raise Geweigerd("Deze webhook staat al aan.")
        _noteer(abonnement, door, (abonnement.uitgezet_omdat, "aan"))
        abonnement.uitgezet_op, abonnement.uitgezet_omdat = None, ""
        abonnement.faalt_sinds, abonnement.rust_tot, abonnement.mislukt = None, None, 0
        abonnement.save()
    return abonnement


def stuur_opnieuw(bericht: Bericht) -> None:
    """What was given up is tried again; Geweigerd when it wasn't, or where it goes is put out."""
    abonnement = Abonnement.objects.select_related("afnemer").get(pk=int(bericht.aan.rpartition(":")[2]))
    if _is_uit(abonnement):
        raise Geweigerd("Deze webhook staat uit; zet hem eerst aan.")
    if not probeer_mislukte_opnieuw(Bericht.objects.filter(pk=bericht.pk)):
        raise Geweigerd("Dit bericht is al opnieuw gestuurd.")


def stuur_alles_opnieuw(afnemer: Afnemer) -> int:
    """All that was given up, to what is on of `afnemer`; returns how many. Geweigerd when there is none."""
    aan = [rij.doel for rij in afnemer.abonnementen.select_related("afnemer") if not _is_uit(rij)]
    aantal = probeer_mislukte_opnieuw(Bericht.objects.filter(soort=SOORT, aan__in=aan))
    if not aantal:
        raise Geweigerd("Er is niets om opnieuw te sturen naar een webhook die aanstaat.")
    return aantal


def _noteer(abonnement: Abonnement, door: Medewerker | None, wat: tuple[str, str]) -> None:
    abonnement.afnemer.noteer(door, **{abonnement.wie: wat})


def _is_uit(abonnement: Abonnement) -> bool:
    return bool(abonnement.uitgezet_op or abonnement.afnemer.beeindigd_op)


def _velden(afnemer: Afnemer, adres: str, voorvallen: Iterable[str]) -> dict[str, object]:
    try:
        ontleed(adres)
    except GeenAdres as fout:
        raise Geweigerd(str(fout)) from None
    gekozen = sorted(set(voorvallen))
    if not gekozen or not set(gekozen) <= set(Voorval.values):
        raise Geweigerd(f"Kies wat de software wil horen, uit: {', '.join(Voorval.values)}.")
    for voorval in gekozen:
        if not Voorval(voorval).scopes & set(afnemer.scopes):
            raise Geweigerd(f"Voor ‘{Voorval(voorval).label}’ heeft deze software niet de scope.")
    return {"adres": adres, "voorvallen": gekozen}


def _nieuw_geheim(abonnement: Abonnement) -> str:
    tekst = VOORVOEGSEL + base64.b64encode(secrets.token_bytes(GEHEIM_BYTES)).decode()
    rij = Abonnementgeheim(abonnement=abonnement)
    rij.tekst = tekst
    rij.save(force_insert=True)
    return tekst


def _vergrendel(abonnement: Abonnement) -> Abonnement:
    rij = Abonnement.objects.select_for_update(of=("self",)).select_related("afnemer").get(pk=abonnement.pk)
    _lopend(rij.afnemer)
    return rij


def _lopend(afnemer: Afnemer) -> Afnemer:
    afnemer = Afnemer.objects.select_for_update(of=("self",)).get(pk=afnemer.pk)
    if afnemer.beeindigd_op:
        raise Geweigerd("Deze afnemer is beëindigd.")
    return afnemer
