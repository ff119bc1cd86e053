"""Addresses of the API Klantinteracties: two for each kind, without a slash at the end."""

from __future__ import annotations

from django.urls import path, re_path

from meldingen.klantinteracties.bronnen import BRONNEN
from meldingen.klantinteracties.fouten import onbekend
from meldingen.klantinteracties.notificaties import Notificaties
from meldingen.klantinteracties.views import PAD, Lijst, MaakKlantcontact, Rij

BEGIN = PAD.removeprefix("/")

urlpatterns = [
    *(
        path(f"{BEGIN}/{soort}", Lijst.as_view(soort=soort), name=f"klantinteracties-{soort}")
        for soort in BRONNEN
    ),
    *(
        path(f"{BEGIN}/{soort}/<uuid:uuid>", Rij.as_view(soort=soort), name=f"klantinteracties-{soort}-rij")
        for soort in BRONNEN
    ),
    path(f"{BEGIN}/maak-klantcontact", MaakKlantcontact.as_view(), name="klantinteracties-maak-klantcontact"),
    path("klantinteracties/notificaties", Notificaties.as_view(), name="klantinteracties-notificaties"),
    re_path("^klantinteracties/api(/|$)", onbekend),
]
