"""Addresses of the monitor: pages under `rapportage`, the API under `api/v1`."""

from __future__ import annotations

from django.urls import path

from reporting import api, views

urlpatterns = [
    path("rapportage", views.overzicht, name="rapportage"),
    path("rapportage/stroomschema", views.stroomschema, name="stroomschema"),
    path("rapportage/tabel/<str:sleutel>", views.tabel, name="tabel"),
    path("rapportage/kosten", views.kosten, name="kosten"),
    path("api/v1/stroomschema", api.StroomschemaView.as_view(), name="api-stroomschema"),
    path("api/v1/monitor/<str:tabel>", api.MonitorView.as_view(), name="api-monitor"),
]
