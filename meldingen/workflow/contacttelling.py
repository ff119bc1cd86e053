"""The one `Klantcontact` that reports count for a contact that came in by itself: told, fetched or mailed."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from meldingen.klantinteracties import vertaling
from meldingen.models import Afhandeling, Contactkanaal, Klantcontact, Klantinteractie, Melding
from teams.models import Medewerker


def tel_contact(
    interactie: Klantinteractie,
    afhandeling: Afhandeling | None,
    *,
    melding: Melding | None = None,
    door: Medewerker,
) -> None:
    """Count a contact that was told by the API Klantinteracties; what is known later takes the place of it."""
    tel(
        interactie.ref,
        op=timezone.localdate(interactie.plaatsgevonden_op),
        kanaal=vertaling.contactkanaal(interactie.kanaal),
        afhandeling=afhandeling,
        melding=melding,
        door=door,
    )


def tel(
    ref: str,
    *,
    op: date,
    kanaal: Contactkanaal | None,
    afhandeling: Afhandeling | None,
    melding: Melding | None = None,
    door: Medewerker,
) -> None:
    """The contact `ref` on the day `op` counts once; when more is known of it, the next version takes its place.

    What went on to the wijkteam stays so. Call it where two at once on one contact take turns.
    """
    eerder = Klantcontact.objects.filter(ref=ref).order_by("-versie").first()
    geldt = eerder if eerder and eerder.vervallen_op is None else None
    if geldt and (geldt.afhandeling, geldt.melding) == (afhandeling, melding):
        return
    if geldt and geldt.afhandeling == Afhandeling.DOORGEZET_WIJKTEAM and melding is None:
        return
    vanaf = {}
    if geldt:
        tel_niet(ref, reden="Er werd meer bekend over dit contact.", door=door)
        geldt.refresh_from_db(fields=["vervallen_op"])
        # From that very moment: as known on any moment it counts once.
        vanaf = {"geregistreerd_op": geldt.vervallen_op}
    Klantcontact.objects.create(
        ref=ref,
        versie=eerder.versie + 1 if eerder else 1,
        datum=op,
        kanaal=kanaal,
        afhandeling=afhandeling,
        melding=melding,
        door=door,
        **vanaf,
    )


def tel_niet(ref: str, *, reden: str, door: Medewerker) -> None:
    """What was counted as the contact `ref` turns out not to be one, or not as it stood."""
    Klantcontact.objects.bekend_op(None).filter(ref=ref).update(
        vervallen_op=Greatest(Now(), F("geregistreerd_op")), vervallen_door=door, vervallen_reden=reden
    )
