"""Addresses of the monitor; its API stands with the others."""

from __future__ import annotations

from django.urls import path

from reporting import views

urlpatterns = [
    path("rapportage", views.overzicht, name="rapportage"),
    path("rapportage/stroomschema", views.stroomschema, name="stroomschema"),
    path("rapportage/tabel/<str:sleutel>", views.tabel, name="tabel"),
    path("rapportage/kosten", views.kosten, name="kosten"),
]
