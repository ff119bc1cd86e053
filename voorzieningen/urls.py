"""Addresses of the sociale kaart."""

from __future__ import annotations

from django.urls import path

from voorzieningen import views

urlpatterns = [
    path("sociale-kaart", views.kaart, name="sociale-kaart"),
    path("sociale-kaart/nieuw", views.nieuw, name="sociale-kaart-nieuw"),
    path("sociale-kaart/importeren", views.importeren, name="sociale-kaart-importeren"),
    path("sociale-kaart/<int:pk>", views.voorziening, name="sociale-kaart-voorziening"),
    path("sociale-kaart/<int:pk>/wijzig", views.wijzig, name="sociale-kaart-wijzig"),
]
