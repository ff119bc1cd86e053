"""Addresses of the monitor; its API stands with the others."""

from __future__ import annotations

from django.urls import path

from reporting.views import kosten, overzicht, stroomschema, tabel

urlpatterns = [
    path("rapportage", overzicht.overzicht, name="rapportage"),
    path("rapportage/stroomschema", stroomschema.stroomschema, name="stroomschema"),
    path("rapportage/tabel/<str:sleutel>", tabel.tabel, name="tabel"),
    path("rapportage/kosten", kosten.kosten, name="kosten"),
]
