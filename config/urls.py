"""Every address of the product."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

urlpatterns = [
    path("aanmelden", LoginView.as_view(template_name="aanmelden.html"), name="aanmelden"),
    path("afmelden", LogoutView.as_view(), name="afmelden"),
    path("beheer/", admin.site.urls),
]
