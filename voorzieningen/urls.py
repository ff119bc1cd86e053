"""Addresses of the sociale kaart, and of klachten and bezwaren."""

from __future__ import annotations

from django.urls import path

from voorzieningen.views import kaart, klachten

urlpatterns = [
    path("sociale-kaart", kaart.kaart, name="sociale-kaart"),
    path("sociale-kaart/nieuw", kaart.nieuw, name="sociale-kaart-nieuw"),
    path("sociale-kaart/importeren", kaart.importeren, name="sociale-kaart-importeren"),
    path("sociale-kaart/<int:pk>", kaart.voorziening, name="sociale-kaart-voorziening"),
    path("sociale-kaart/<int:pk>/wijzig", kaart.wijzig, name="sociale-kaart-wijzig"),
    path("klachten", klachten.lijst, name="klachten"),
    path("klachten/nieuw", klachten.nieuw, name="klacht-nieuw"),
    path("klachten/<int:pk>", klachten.klacht, name="klacht"),
    path("klachten/<int:pk>/verdagen", klachten.verdagen, name="klacht-verdagen"),
    path("klachten/<int:pk>/afhandelen", klachten.afhandelen, name="klacht-afhandelen"),
    path("klachten/<int:pk>/corrigeren", klachten.corrigeren, name="klacht-corrigeren"),
    path("klachten/<int:pk>/vergissing", klachten.vergissing, name="klacht-vergissing"),
]
