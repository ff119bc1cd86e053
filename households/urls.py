"""Addresses of the FG."""

from django.urls import path

from households.views import toezicht

urlpatterns = [
    path("logboek", toezicht.logboek, name="logboek"),
    path("logboek/inwoner", toezicht.zoek_inwoner, name="logboek-inwoner"),
    path("logboek/inwoner/<int:pk>", toezicht.uittreksel, name="uittreksel"),
    path("noodtoegang", toezicht.noodtoegangen, name="noodtoegangen"),
    path("noodtoegang/<int:pk>/oordeel", toezicht.beoordeel, name="noodtoegang-oordeel"),
]
