"""Telling an afnemer that something changed, as Standard Webhooks has it: numbers and moments, and a signature."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import Webhook

from teams.berichten import Mededeling, Onbezorgd, Uitstel, kondig_alle_aan, wachttijd
from teams.models import Aanstelling, Abonnement, Instelling, Medewerker, Rol, Voorval
from teams.post import Bericht
from teams.uitgaand import stuur

SOORT = "webhook"
VELDEN = ("voorval", "op", "nummer", "melding")
"""What is kept of an event: its kind, when it was, and the numbers of what it is about."""
UIT_NA_UREN = "webhook_uit_na_uren"
"""Instelling: an address where nothing has arrived for so many hours is put out."""
UITGEZET = "webhook_uitgezet"
BEZORGER = "webhooks"
"""The account in whose name an address is put out that doesn't answer."""
STAAT_UIT = "de webhook staat uit"
VERSIE = "Eenplan-webhooks/1"


class Uitgezet(Onbezorgd):
    """Nobody wants to hear it there any more."""

    voorgoed = True


class Opgezegd(Uitgezet):
    """The address itself answered that it is gone (410)."""


def kondig_voorval_aan(
    abonnementen: list[Abonnement],
    voorval: Voorval,
    *,
    nummer: str,
    melding: str | None = None,
    eenmalig: bool = False,
) -> None:
    """In the transaction of the step: these are told. `eenmalig` where it is found by a job, that may find it again."""
    gegevens = {
        "voorval": voorval.value,
        "op": timezone.now().isoformat(),
        "nummer": nummer,
        "melding": melding,
    }
    kondig_alle_aan(
        SOORT,
        [
            Mededeling(
                abonnement.doel, gegevens, f"{SOORT}:{abonnement.pk}:{voorval}:{nummer}" if eenmalig else None
            )
            for abonnement in abonnementen
        ],
    )


def bezorg_webhook(bericht: Bericht) -> None:
    """One attempt: Uitstel while the address rests, Onbezorgd when it doesn't answer with a 2xx."""
    abonnement = _abonnement(bericht)
    nu = timezone.now()
    if abonnement.uitgezet_op or abonnement.afnemer.beeindigd_op:
        raise Uitgezet(STAAT_UIT)
    if abonnement.rust_tot and abonnement.rust_tot > nu:
        raise Uitstel(abonnement.rust_tot)
    inhoud = _inhoud(bericht)
    status = stuur(abonnement.adres, inhoud.encode(), _koppen(bericht, abonnement, inhoud, nu))
    if status == HTTPStatus.GONE:
        raise Opgezegd("antwoord 410: dit adres is er niet meer")
    if not 200 <= status < 300:
        raise Onbezorgd(f"antwoord {status}")
    if abonnement.faalt_sinds:
        Abonnement.objects.filter(pk=abonnement.pk).update(faalt_sinds=None, mislukt=0, rust_tot=None)


def na_mislukking(bericht: Bericht, fout: Exception) -> None:
    """The address rests, longer each time; after `webhook_uit_na_uren` without success, or a 410, it is put out."""
    with transaction.atomic():
        abonnement = Abonnement.objects.select_for_update(of=("self",)).select_related("afnemer")
        rij = abonnement.get(pk=_sleutel(bericht))
        if rij.uitgezet_op or rij.afnemer.beeindigd_op:
            return
        nu = timezone.now()
        rij.faalt_sinds = rij.faalt_sinds or nu
        rij.mislukt += 1
        rij.rust_tot = nu + wachttijd(rij.mislukt)
        rij.save(update_fields=["faalt_sinds", "mislukt", "rust_tot"])
        uren = float(Instelling.objects.waarde_op(UIT_NA_UREN, timezone.localdate(nu)))
        if isinstance(fout, Opgezegd) or nu - rij.faalt_sinds >= timedelta(hours=uren):
            _zet_uit(rij, str(fout)[:100] if isinstance(fout, Onbezorgd) else type(fout).__name__, nu)


def kenmerk(bericht: Bericht) -> str:
    """The `webhook-id`: the same for every attempt, so that who gets it twice knows it for one."""
    return f"msg_{bericht.pk}_{bericht.gemaakt_op:%Y%m%d%H%M%S%f}"


def _zet_uit(abonnement: Abonnement, omdat: str, nu: datetime) -> None:
    """Beheer is told; what still waits is given up when its turn comes, and can be sent again."""
    abonnement.uitgezet_op, abonnement.uitgezet_omdat = nu, omdat
    abonnement.save(update_fields=["uitgezet_op", "uitgezet_omdat"])
    uitgezet = ("aan", f"uitgezet: {omdat}")
    abonnement.afnemer.noteer(Medewerker.systeem(BEZORGER), **{abonnement.wie: uitgezet})
    beheer = Aanstelling.objects.op_dag(timezone.localdate(nu)).filter(rol=Rol.BEHEER)
    gegevens = {
        "naam": str(abonnement.afnemer),
        "reden": omdat,
        "pad": reverse("afnemer-webhooks", args=[abonnement.afnemer_id]),
    }
    wie = Medewerker.objects.filter(is_active=True, pk__in=beheer.values("medewerker")).order_by("pk")
    kondig_alle_aan(UITGEZET, [Mededeling(medewerker, gegevens, None) for medewerker in wie])


def _sleutel(bericht: Bericht) -> int:
    return int(bericht.aan.rpartition(":")[2])


def _abonnement(bericht: Bericht) -> Abonnement:
    return Abonnement.objects.select_related("afnemer").get(pk=_sleutel(bericht))


def _inhoud(bericht: Bericht) -> str:
    gegevens = bericht.gegevens
    data = {naam: gegevens[naam] for naam in ("nummer", "melding") if gegevens[naam] is not None}
    return json.dumps(
        {"type": gegevens["voorval"], "timestamp": gegevens["op"], "data": data}, separators=(",", ":")
    )


def _koppen(bericht: Bericht, abonnement: Abonnement, inhoud: str, nu: datetime) -> dict[str, str]:
    """With a signature for every secret that holds."""
    geheimen = [geheim.tekst for geheim in abonnement.geheimen.geldig_op(nu)]
    return {
        "Content-Type": "application/json",
        "User-Agent": VERSIE,
        "webhook-id": kenmerk(bericht),
        "webhook-timestamp": str(int(nu.timestamp())),
        "webhook-signature": " ".join(
            Webhook(geheim).sign(kenmerk(bericht), nu, inhoud) for geheim in geheimen
        ),
    }
