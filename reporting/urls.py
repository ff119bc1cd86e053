"""Addresses of the monitor; its API stands with the others."""

from __future__ import annotations

from django.urls import path

from reporting.views import achter, dashboard, kosten, overzicht, stroomschema, tabel

urlpatterns = [
    path("rapportage", overzicht.overzicht, name="rapportage"),
    path("rapportage/stroomschema", stroomschema.stroomschema, name="stroomschema"),
    path("rapportage/stroomschema/<str:knoop>", achter.achter, name="stroomschema-knoop"),
    path("rapportage/tabel/<str:sleutel>", tabel.tabel, name="tabel"),
    path("rapportage/teams", dashboard.teams, name="teams"),
    path("rapportage/teams/<str:code>", dashboard.team, name="dashboard"),
    path("rapportage/kosten", kosten.kosten, name="kosten"),
]
