"""Contacts with the KCC, which are counted whether or not they became a melding (tables 1.1 to 2.2)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from meldingen.models import Afhandeling, Contactkanaal, Klantcontact, Melding, Thema
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from voorzieningen.models import Wet


def leg_klantcontact_vast(
    *,
    afhandeling: Afhandeling,
    door: Medewerker,
    kanaal: Contactkanaal | None = None,
    thema: Thema | None = None,
    wet: Wet | None = None,
    op: date | None = None,
    melding: Melding | None = None,
) -> Klantcontact:
    """One contact on the day `op` (today), with the melding that came of it.

    Geweigerd for a day that is still to come, and for a melding from a contact that was not handed over.
    """
    vandaag = timezone.localdate()
    if op and op > vandaag:
        raise Geweigerd("Deze datum ligt in de toekomst.")
    if melding and afhandeling != Afhandeling.DOORGEZET_WIJKTEAM:
        raise Geweigerd("Bij een melding hoort een contact dat naar het wijkteam is doorgezet.")
    return Klantcontact.objects.create(
        datum=op or vandaag,
        kanaal=kanaal,
        thema=thema,
        wet=wet,
        afhandeling=afhandeling,
        melding=melding,
        door=door,
    )
