"""Addresses of the daily work."""

from django.urls import path
from django.views.generic import RedirectView

from meldingen.views import aannemen, melden, terugbellen, verdelen, werkvoorraad

straks = RedirectView.as_view(url="/")

urlpatterns = [
    # werkvoorraad en terugbellen
    path("werkvoorraad", werkvoorraad.werkvoorraad, name="werkvoorraad"),
    path("werkvoorraad/<int:pk>/oppakken", werkvoorraad.oppakken, name="werkvoorraad-oppakken"),
    path("werkvoorraad/filters", werkvoorraad.filter_bewaren, name="filter-bewaren"),
    path("werkvoorraad/filters/<int:pk>/weg", werkvoorraad.filter_verwijderen, name="filter-verwijderen"),
    path("werkvoorraad/verdelen", verdelen.verdelen, name="verdelen"),
    path("werkvoorraad/overdragen", verdelen.overdragen, name="overdragen"),
    path("terugbelverzoeken", terugbellen.terugbelverzoeken, name="terugbelverzoeken"),
    path("terugbelverzoeken/nieuw", terugbellen.nieuw, name="terugbelverzoek-nieuw"),
    path("terugbelverzoeken/<int:pk>/poging", terugbellen.poging, name="belpoging"),
    # nieuwe melding
    path("meldingen/nieuw", aannemen.nieuw, name="melding-nieuw"),
    path("meldingen/nieuw/herken", aannemen.herken_fragment, name="melding-herken"),
    path("meldingen/<int:pk>/verwijzen", straks, name="verwijzen"),
    # een melding
    path("meldingen/<int:pk>", straks, name="melding"),
    path("meldingen/<int:pk>/oppakken", straks, name="melding-oppakken"),
    # een huishouden, en zoeken
    path("huishoudens/<int:pk>", straks, name="huishouden"),
    path("zoek", straks, name="zoek"),
    # wat iemand aan het typen is
    path("concepten/<slug:formulier>", straks, name="concept"),
    # het formulier voor iedereen
    path("melden", melden.formulier, name="meldingenformulier"),
    path("melden/ontvangen", melden.ontvangen, name="melding-ontvangen"),
]
