"""Letting software in, and out: its scopes, its secret and its tekens. A secret is shown once, and kept as a hash.

Every step stands in the history of the afnemer with who took it; None for `door` is who works on the command line.
"""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken

from teams.geweigerd import Geweigerd, verplicht
from teams.models import Aanstelling, Afnemer, Instelling, Medewerker, Rol, Scope, Teken
from teams.models.afnemer import HERKENBAAR, TEKENLENGTE

OVERLAP_UREN = "geheim_overlap_uren"
"""Instelling: so many hours the previous secret stays valid after a new one was made."""
LETTERS = string.ascii_letters + string.digits
VOORVOEGSEL = "afnemer-"


def maak_afnemer(
    *,
    naam: str,
    scopes: Iterable[str],
    per_minuut: int | None = None,
    per_dag: int | None = None,
    postbus: str = "",
    door: Medewerker | None = None,
) -> tuple[Afnemer, str]:
    """A new afnemer with its account and roles, and its secret, which can't be shown again.

    Geweigerd without a name or with one that is taken, without scopes, or with a scope that doesn't exist.
    """
    naam = verplicht(naam, "een naam")
    gevraagd = _scopes(scopes)
    with transaction.atomic():
        if Afnemer.objects.filter(name=naam).exists():
            raise Geweigerd(f"Er is al een afnemer die {naam} heet; kies een andere naam.")
        client_id = _willekeurig(32)
        medewerker = Medewerker.objects.create(
            username=f"{VOORVOEGSEL}{client_id[:12]}", last_name=naam[:150], password=make_password(None)
        )
        geheim = _willekeurig(64)
        afnemer = Afnemer.objects.create(
            name=naam,
            client_id=client_id,
            client_secret=geheim,
            client_type=Afnemer.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Afnemer.GRANT_CLIENT_CREDENTIALS,
            medewerker=medewerker,
            scopes=gevraagd,
            per_minuut=per_minuut,
            per_dag=per_dag,
            postbus=postbus,
        )
        _zet_rollen(medewerker, gevraagd, timezone.localdate())
        afnemer.noteer(door, **_mag(afnemer))
    return afnemer, geheim


def wijzig_afnemer(
    afnemer: Afnemer,
    *,
    scopes: Iterable[str],
    per_minuut: int | None,
    per_dag: int | None,
    postbus: str = "",
    door: Medewerker | None = None,
) -> Afnemer:
    """Other scopes, limits or postbus, from the next call on; also for tokens that were given out.

    Geweigerd for one that has ended, without scopes, or with a scope that doesn't exist.
    """
    gevraagd = _scopes(scopes)
    with transaction.atomic():
        afnemer = _lopend(afnemer)
        eerst = _mag(afnemer)
        afnemer.scopes, afnemer.per_minuut, afnemer.per_dag = gevraagd, per_minuut, per_dag
        afnemer.postbus = postbus
        afnemer.save(update_fields=["scopes", "per_minuut", "per_dag", "postbus", "updated"])
        _zet_rollen(afnemer.medewerker, gevraagd, timezone.localdate())
        afnemer.noteer(
            door,
            **{veld: (eerst[veld][1], nu) for veld, (_, nu) in _mag(afnemer).items() if eerst[veld][1] != nu},
        )
    return afnemer


def vernieuw_geheim(afnemer: Afnemer, *, direct: bool = False, door: Medewerker | None = None) -> str:
    """A new secret; the one before it stays valid for `geheim_overlap_uren`, or with `direct` not a moment.

    With `direct` the tokens that were got with it end as well: that is for a secret that leaked. Geweigerd for one
    that has ended, and without `direct` while there are two already: the one in use would be lost.
    """
    geheim = _willekeurig(64)
    with transaction.atomic():
        afnemer = _lopend(afnemer)
        nu = timezone.now()
        if not direct and afnemer.vorig_geheim_tot and afnemer.vorig_geheim_tot > nu:
            raise Geweigerd(
                f"Het vorige geheim geldt nog tot {timezone.localtime(afnemer.vorig_geheim_tot):%d-%m-%Y %H:%M}; "
                "vernieuw daarna, of laat het oude meteen niet meer gelden."
            )
        uren = float(Instelling.objects.waarde_op(OVERLAP_UREN, timezone.localdate(nu)))
        afnemer.vorig_geheim = "" if direct else afnemer.client_secret
        afnemer.vorig_geheim_tot = None if direct else nu + timedelta(hours=uren)
        afnemer.client_secret = geheim
        afnemer.save(update_fields=["client_secret", "vorig_geheim", "vorig_geheim_tot", "updated"])
        if direct:
            AccessToken.objects.filter(application=afnemer).delete()
        afnemer.noteer(door, geheim=("", "nieuw, het vorige geldt niet meer" if direct else "nieuw"))
    return geheim


def beeindig_afnemer(afnemer: Afnemer, *, door: Medewerker | None = None) -> Afnemer:
    """It gets no answer any more, from this moment; what it did stays. Geweigerd when it had ended."""
    with transaction.atomic():
        afnemer = _lopend(afnemer)
        nu = timezone.now()
        afnemer.beeindigd_op, afnemer.vorig_geheim, afnemer.vorig_geheim_tot = nu, "", None
        afnemer.save(update_fields=["beeindigd_op", "vorig_geheim", "vorig_geheim_tot", "updated"])
        AccessToken.objects.filter(application=afnemer).delete()
        Teken.objects.geldig_op(nu).filter(afnemer=afnemer).update(eindigt_op=nu)
        Teken.objects.filter(afnemer=afnemer, eindigt_op__isnull=True).update(eindigt_op=nu)
        _zet_rollen(afnemer.medewerker, [], timezone.localdate(nu))
        Medewerker.objects.filter(pk=afnemer.medewerker_id).update(is_active=False)
        afnemer.noteer(door, toegang=("", "beëindigd"))
    return afnemer


def geef_teken(
    afnemer: Afnemer,
    *,
    eindigt_op: datetime | None = None,
    tekst: str = "",
    door: Medewerker | None = None,
) -> tuple[Teken, str]:
    """One more teken, and its text, which can't be shown again; `tekst` is one that was made elsewhere.

    Geweigerd for an afnemer that has ended or has no scope for Klantinteracties, for an end that has passed, and
    for a text that is too short.
    """
    tekst = tekst or _willekeurig(TEKENLENGTE)
    if len(tekst) < TEKENLENGTE:
        raise Geweigerd(f"Een teken is minstens {TEKENLENGTE} letters en cijfers lang.")
    with transaction.atomic():
        afnemer = _lopend(afnemer)
        if Scope.KLANTINTERACTIES not in afnemer.scopes:
            raise Geweigerd("Een teken is er voor Klantinteracties; geef deze afnemer eerst die scope.")
        if eindigt_op and eindigt_op <= timezone.now():
            raise Geweigerd("Dit einde is al voorbij; kies een later moment.")
        teken = Teken.objects.create(
            afnemer=afnemer, afdruk=afdruk(tekst), begin=tekst[:HERKENBAAR], eindigt_op=eindigt_op
        )
        tot = f" tot {timezone.localtime(eindigt_op):%d-%m-%Y %H:%M}" if eindigt_op else ""
        afnemer.noteer(door, teken=("", f"{teken}{tot}"))
    return teken, tekst


def beeindig_teken(teken: Teken, *, door: Medewerker | None = None) -> Teken:
    """It opens no door any more; Geweigerd when it had ended."""
    with transaction.atomic():
        teken = Teken.objects.select_for_update(of=("self",)).select_related("afnemer").get(pk=teken.pk)
        nu = timezone.now()
        if teken.eindigt_op and teken.eindigt_op <= nu:
            raise Geweigerd("Dit teken was al beëindigd.")
        teken.eindigt_op = nu
        teken.save(update_fields=["eindigt_op"])
        teken.afnemer.noteer(door, teken=(str(teken), "beëindigd"))
    return teken


def afdruk(tekst: str) -> str:
    """What is kept of a teken."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def rollen_bij(scopes: Iterable[str]) -> set[Rol]:
    """What the account has to be for these scopes: the table of rights stays the only one."""
    return {Rol.ANALIST if scope == Scope.RAPPORTAGE else Rol.KCC for scope in scopes}


def _mag(afnemer: Afnemer) -> dict[str, tuple[str, str]]:
    """What it may, as the first line of its history."""
    grenzen = {"per minuut": afnemer.per_minuut, "per dag": afnemer.per_dag}
    woorden = {
        "scopes": ", ".join(afnemer.scopes),
        **{veld: str(getal or "") for veld, getal in grenzen.items()},
        "postbus": afnemer.postbus,
    }
    return {veld: ("", waarde) for veld, waarde in woorden.items()}


def _zet_rollen(medewerker: Medewerker, scopes: Iterable[str], dag: date) -> None:
    wil = rollen_bij(scopes)
    heeft = Aanstelling.objects.op_dag(dag).filter(medewerker=medewerker)
    heeft.exclude(rol__in=wil).update(tot=dag)
    for rol in sorted(wil - set(heeft.values_list("rol", flat=True))):
        Aanstelling.objects.create(medewerker=medewerker, rol=rol, vanaf=dag)


def _scopes(scopes: Iterable[str]) -> list[str]:
    gevraagd = sorted(set(scopes))
    if not gevraagd:
        raise Geweigerd("Kies minstens een scope.")
    if onbekend := set(gevraagd) - set(Scope.values):
        raise Geweigerd(
            f"Onbekende scope {', '.join(sorted(onbekend))}; verwacht uit: {', '.join(Scope.values)}."
        )
    return gevraagd


def _lopend(afnemer: Afnemer) -> Afnemer:
    afnemer = Afnemer.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=afnemer.pk)
    if afnemer.beeindigd_op:
        raise Geweigerd("Deze afnemer is beëindigd.")
    return afnemer


def _willekeurig(lengte: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(lengte))
