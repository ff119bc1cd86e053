"""Every address of the product."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.fouten import api_niet_gevonden

handler500 = "config.fouten.serverfout"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="rapportage")),
    path("", include("reporting.urls")),
    path("", include("meldingen.urls")),
    re_path("^api(/|$)", api_niet_gevonden),
    path("aanmelden", LoginView.as_view(template_name="aanmelden.html"), name="aanmelden"),
    path("afmelden", LogoutView.as_view(), name="afmelden"),
    path("beheer/", admin.site.urls),
]
