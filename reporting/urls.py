"""Addresses of the monitor; its API stands with the others."""

from __future__ import annotations

from django.urls import path

from reporting.views import (
    achter,
    bestanden,
    correcties,
    dashboard,
    edities,
    extern,
    kosten,
    meegenomen,
    meenemen,
    overzicht,
    stroomschema,
    tabel,
)

urlpatterns = [
    path("rapportage", overzicht.overzicht, name="rapportage"),
    path("rapportage/stroomschema", stroomschema.stroomschema, name="stroomschema"),
    path("rapportage/stroomschema/<str:knoop>", achter.achter, name="stroomschema-knoop"),
    path("rapportage/tabel/<str:sleutel>", tabel.tabel, name="tabel"),
    path("rapportage/teams", dashboard.teams, name="teams"),
    path("rapportage/teams/<str:code>", dashboard.team, name="dashboard"),
    path("rapportage/correcties", correcties.correcties, name="correcties"),
    path("rapportage/edities", edities.edities, name="edities"),
    path("rapportage/edities/nieuw", edities.vaststellen, name="editie-vaststellen"),
    path("rapportage/edities/<int:pk>", edities.editie, name="editie"),
    path("rapportage/edities/<int:pk>/controle", edities.controle, name="editie-controle"),
    path("rapportage/edities/<int:pk>/tabel/<str:sleutel>", edities.editietabel, name="editie-tabel"),
    path("rapportage/edities/<int:pk>/bestand/<str:naam>", edities.bytes_, name="editie-bestand"),
    path("rapportage/extern", extern.cijfers, name="externe-cijfers"),
    path("rapportage/meenemen/<str:sleutel>/<str:formaat>", meenemen.meenemen, name="meenemen"),
    path("rapportage/meegenomen", meegenomen.meegenomen, name="meegenomen"),
    path("rapportage/bestanden", bestanden.bestanden, name="bestanden"),
    path("rapportage/bestanden/<int:pk>", bestanden.bestand, name="bestand"),
    path("rapportage/bestanden/<int:pk>/afbreken", bestanden.afbreken, name="bestand-afbreken"),
    path("rapportage/kosten", kosten.kosten, name="kosten"),
]
