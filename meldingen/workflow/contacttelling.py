"""The one `Klantcontact` that reports count for a contact that was told by the API Klantinteracties."""

from __future__ import annotations

from django.db.models.functions import Now
from django.utils import timezone

from meldingen.klantinteracties import vertaling
from meldingen.models import Afhandeling, Klantcontact, Klantinteractie, Melding
from teams.models import Medewerker


def tel_contact(
    interactie: Klantinteractie,
    afhandeling: Afhandeling | None,
    *,
    melding: Melding | None = None,
    door: Medewerker,
) -> None:
    """The contact counts once; when more is known of it, the next version takes the place of the last."""
    eerder = Klantcontact.objects.bekend_op(None).filter(ref=interactie.ref).first()
    if eerder and (eerder.afhandeling, eerder.melding) == (afhandeling, melding):
        return
    if eerder and eerder.afhandeling == Afhandeling.DOORGEZET_WIJKTEAM and melding is None:
        return
    if eerder:
        Klantcontact.objects.filter(pk=eerder.pk).update(
            vervallen_op=Now(), vervallen_door=door, vervallen_reden="Er kwam een taak bij dit contact."
        )
    Klantcontact.objects.create(
        ref=interactie.ref,
        versie=eerder.versie + 1 if eerder else 1,
        datum=timezone.localdate(interactie.plaatsgevonden_op),
        kanaal=vertaling.contactkanaal(interactie.kanaal),
        afhandeling=afhandeling,
        melding=melding,
        door=door,
    )
