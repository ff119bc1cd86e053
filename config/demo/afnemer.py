"""The demo's KCC: software that may do everything, with an id and a secret that are known beforehand or shown."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.db import transaction

from teams.models import Afnemer, Scope, Teken
from teams.workflow.afnemers import afdruk, geef_teken, maak_afnemer

NAAM = "KCC van de demo"


def maak_demoafnemer(client_id: str, geheim: str, teken: str) -> Afnemer:
    """It is there with these; what was there under another id or secret gets them. Several times makes one.

    Geweigerd for a teken that is too short, or when beheer ended it.
    """
    with transaction.atomic():
        afnemer = Afnemer.objects.filter(name=NAAM).first()
        if afnemer is None:
            afnemer, _ = maak_afnemer(naam=NAAM, scopes=Scope.values)
        if afnemer.client_id != client_id or not check_password(geheim, afnemer.client_secret):
            afnemer.client_id, afnemer.client_secret = client_id, geheim
            afnemer.save(update_fields=["client_id", "client_secret", "updated"])
        if not Teken.objects.filter(afdruk=afdruk(teken)).exists():
            geef_teken(afnemer, tekst=teken)
    return afnemer
