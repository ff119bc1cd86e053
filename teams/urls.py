"""Addresses of software outside the house: where beheer lets it in, and where it gets its token."""

from __future__ import annotations

from django.urls import path

from teams.api import token
from teams.views import afnemers

urlpatterns = [
    path("afnemers", afnemers.lijst, name="afnemers"),
    path("afnemers/<int:pk>", afnemers.afnemer, name="afnemer"),
    path("afnemers/<int:pk>/geheim", afnemers.geheim, name="afnemer-geheim"),
    path("afnemers/<int:pk>/teken", afnemers.teken, name="afnemer-teken"),
    path("afnemers/<int:pk>/teken/<int:teken>/einde", afnemers.teken_einde, name="afnemer-teken-einde"),
    path("afnemers/<int:pk>/einde", afnemers.einde, name="afnemer-einde"),
    path("oauth/token", token.geef, name="oauth-token"),
    path("oauth/intrekken", token.neem_terug, name="oauth-intrekken"),
]
