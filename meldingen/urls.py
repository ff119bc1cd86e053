"""Addresses of the daily work."""

from django.urls import path
from django.views.generic import RedirectView

straks = RedirectView.as_view(url="/")

urlpatterns = [
    # werkvoorraad en terugbellen
    path("werkvoorraad", straks, name="werkvoorraad"),
    path("terugbelverzoeken/nieuw", straks, name="terugbelverzoek-nieuw"),
    path("terugbelverzoeken/<int:pk>/poging", straks, name="belpoging"),
    # nieuwe melding
    path("meldingen/nieuw", straks, name="melding-nieuw"),
    # een melding
    path("meldingen/<int:pk>", straks, name="melding"),
    path("meldingen/<int:pk>/oppakken", straks, name="melding-oppakken"),
    # een huishouden, en zoeken
    path("huishoudens/<int:pk>", straks, name="huishouden"),
    path("zoek", straks, name="zoek"),
    # wat iemand aan het typen is
    path("concepten/<slug:formulier>", straks, name="concept"),
    # het formulier voor iedereen
    path("melden", straks, name="meldingenformulier"),
]
