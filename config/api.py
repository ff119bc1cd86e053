"""Every address under `/api/v1`, and their description."""

from __future__ import annotations

from django.urls import path

from meldingen.api.klantcontacten import EenKlantcontact, Klantcontacten
from meldingen.api.meldingen import EenMelding, Meldingen
from meldingen.api.terugbelverzoeken import EenTerugbelverzoek, Terugbelverzoeken, TerugbelverzoekIntrekken
from meldingen.api.zoek_persoon import ZoekPersoon
from reporting.api import MonitorView, StroomschemaView
from teams.api.wijkteams import Wijkteams
from voorzieningen.api.sociale_kaart import SocialeKaart

urlpatterns = [
    path("klantcontacten", Klantcontacten.as_view(), name="api-klantcontacten"),
    path("klantcontacten/<str:nummer>", EenKlantcontact.as_view(), name="api-klantcontact"),
    path("meldingen", Meldingen.as_view(), name="api-meldingen"),
    path("meldingen/<str:nummer>", EenMelding.as_view(), name="api-melding"),
    path("terugbelverzoeken", Terugbelverzoeken.as_view(), name="api-terugbelverzoeken"),
    path("terugbelverzoeken/<str:nummer>", EenTerugbelverzoek.as_view(), name="api-terugbelverzoek"),
    path(
        "terugbelverzoeken/<str:nummer>/_intrekken",
        TerugbelverzoekIntrekken.as_view(),
        name="api-terugbelverzoek-intrekken",
    ),
    path("wijkteams", Wijkteams.as_view(), name="api-wijkteams"),
    path("sociale-kaart", SocialeKaart.as_view(), name="api-sociale-kaart"),
    path("zoek-persoon", ZoekPersoon.as_view(), name="api-zoek-persoon"),
    path("stroomschema", StroomschemaView.as_view(), name="api-stroomschema"),
    path("monitor/<str:tabel>", MonitorView.as_view(), name="api-monitor"),
]
