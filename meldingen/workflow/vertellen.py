"""Telling an afnemer what became of what it handed over, in the transaction of the step; never of anything else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from meldingen.models import Melding, Terugbelverzoek
from teams.access import Actie, zichtbaar
from teams.berichten import kondig_aan
from teams.gronden import Wie
from teams.models import Abonnement, Voorval
from teams.webhooks import kondig_voorval_aan

TE_LAAT = "terugbellen_te_laat"
"""The mail to the postbus of an afnemer: a number and a team."""
PER_KEER = 200


def vertel_stand(melding: Melding) -> None:
    """It came in, or how far it is for who brought it is another word now."""
    voorval = Voorval(f"melding.{melding.stand_buiten}")
    if abonnementen := _wie_wil_het_horen(voorval, melding):
        kondig_voorval_aan(abonnementen, voorval, nummer=melding.nummer)


def vertel_nagekomen(verzoek: Terugbelverzoek) -> None:
    """Somebody called back."""
    voorval = Voorval.TERUGBELVERZOEK_NAGEKOMEN
    if abonnementen := _wie_wil_het_horen(voorval, verzoek):
        kondig_voorval_aan(abonnementen, voorval, nummer=str(verzoek.pk), melding=_meldingnummer(verzoek))


def meld_te_laat(nu: datetime) -> int:
    """Tell afnemers, and their postbus, of the promises that are late at `nu`, each once; returns how many there were.

    A promise that is being kept at this moment is passed over, and found again when it turns out not to be.
    """
    aantal = 0
    while gemeld := _meld_een_stapel(nu):
        aantal += gemeld
    return aantal


def _meld_een_stapel(nu: datetime) -> int:
    te_laat = Terugbelverzoek.objects.te_laat_op(nu).nog_te_melden()
    te_laat = te_laat.select_related("team", "aangenomen_door__afnemer").order_by("pk")
    with transaction.atomic():
        rijen = list(te_laat.select_for_update(of=("self",), skip_locked=True)[:PER_KEER])
        Terugbelverzoek.objects.filter(pk__in=[rij.pk for rij in rijen]).update(te_laat_gemeld_op=nu)
        for rij in rijen:
            _meld(rij)
    return len(rijen)


def _meld(verzoek: Terugbelverzoek) -> None:
    voorval, nummer = Voorval.TERUGBELVERZOEK_TE_LAAT, str(verzoek.pk)
    afnemer = verzoek.aangenomen_door.afnemer if verzoek.aangenomen_door else None
    if afnemer is None or not _mag_weten(verzoek):
        return
    if abonnementen := list(Abonnement.objects.voor(voorval, verzoek.aangenomen_door_id)):
        kondig_voorval_aan(
            abonnementen, voorval, nummer=nummer, melding=_meldingnummer(verzoek), eenmalig=True
        )
    if afnemer.postbus:
        team = verzoek.team.naam if verzoek.team else ""
        kondig_aan(
            TE_LAAT,
            aan=afnemer.postbus,
            gegevens={"nummer": nummer, "team": team},
            sleutel=f"{TE_LAAT}:{nummer}",
        )


def _wie_wil_het_horen(voorval: Voorval, rij: Melding | Terugbelverzoek) -> list[Abonnement]:
    """Where this is told; nobody who may not hear of it, as when it became afgeschermd."""
    if rij.aangenomen_door_id is None:
        return []
    wie = type(rij)._meta.get_field("aangenomen_door")
    if wie.is_cached(rij) and rij.aangenomen_door and rij.aangenomen_door.hoort_niets:
        return []
    abonnementen = list(Abonnement.objects.voor(voorval, rij.aangenomen_door_id))
    return abonnementen if abonnementen and _mag_weten(rij) else []


def _mag_weten(rij: Melding | Terugbelverzoek) -> bool:
    actie = Actie.VOLGEN if isinstance(rij, Melding) else Actie.LEZEN
    rijen = type(rij)._default_manager.filter(pk=rij.pk)
    return zichtbaar(rijen, Wie.van(rij.aangenomen_door), actie).exists()


def _meldingnummer(verzoek: Terugbelverzoek) -> str | None:
    return Melding(pk=verzoek.melding_id).nummer if verzoek.melding_id else None
