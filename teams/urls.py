"""Addresses of what teams do beside meldingen, and of software outside the house."""

from __future__ import annotations

from django.urls import path

from teams.api import token
from teams.views import activiteiten, afnemers, spreekuren, webhooks

urlpatterns = [
    path("spreekuren", spreekuren.lijst, name="spreekuren"),
    path("spreekuren/<int:pk>", spreekuren.spreekuur, name="spreekuur"),
    path("spreekuren/<int:pk>/einde", spreekuren.einde, name="spreekuur-einde"),
    path("activiteiten", activiteiten.lijst, name="activiteiten"),
    path("activiteiten/nieuw", activiteiten.activiteit_nieuw, name="activiteit-nieuw"),
    path("activiteiten/<int:pk>", activiteiten.activiteit, name="activiteit"),
    path("activiteiten/<int:pk>/intrekken", activiteiten.activiteit_intrekken, name="activiteit-intrekken"),
    path("activiteiten/consulten/nieuw", activiteiten.consult_nieuw, name="consult-nieuw"),
    path("activiteiten/consulten/<int:pk>", activiteiten.consult, name="consult"),
    path(
        "activiteiten/consulten/<int:pk>/intrekken", activiteiten.consult_intrekken, name="consult-intrekken"
    ),
    path("afnemers", afnemers.lijst, name="afnemers"),
    path("afnemers/<int:pk>", afnemers.afnemer, name="afnemer"),
    path("afnemers/<int:pk>/geheim", afnemers.geheim, name="afnemer-geheim"),
    path("afnemers/<int:pk>/teken", afnemers.teken, name="afnemer-teken"),
    path("afnemers/<int:pk>/teken/<int:teken>/einde", afnemers.teken_einde, name="afnemer-teken-einde"),
    path("afnemers/<int:pk>/einde", afnemers.einde, name="afnemer-einde"),
    path("afnemers/niet-bezorgd", webhooks.niet_bezorgd, name="webhooks-niet-bezorgd"),
    path("afnemers/niet-bezorgd/<int:pk>", webhooks.opnieuw, name="webhook-opnieuw"),
    path("afnemers/<int:pk>/webhooks", webhooks.lijst, name="afnemer-webhooks"),
    path("afnemers/<int:pk>/webhooks/opnieuw", webhooks.alles_opnieuw, name="afnemer-webhooks-opnieuw"),
    path("webhooks/<int:pk>", webhooks.abonnement, name="webhook"),
    path("webhooks/<int:pk>/geheim", webhooks.geheim, name="webhook-geheim"),
    path("webhooks/<int:pk>/uit", webhooks.uit, name="webhook-uit"),
    path("webhooks/<int:pk>/aan", webhooks.aan, name="webhook-aan"),
    path("oauth/token", token.geef, name="oauth-token"),
    path("oauth/intrekken", token.neem_terug, name="oauth-intrekken"),
]
