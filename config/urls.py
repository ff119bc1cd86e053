"""Every address of the product."""

from allauth.account.decorators import secure_admin_login
from allauth.account.views import login, password_change, reauthenticate
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.db.transaction import non_atomic_requests
from django.urls import include, path, re_path

from config import cijferbestand, gezondheid, openapi
from config.fouten import api_niet_gevonden
from config.menu import begin

handler500 = "config.fouten.serverfout"

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]

urlpatterns = [
    path("", begin, name="begin"),
    path("rapportage/extern/inlezen", cijferbestand.inlezen, name="externe-cijfers-inlezen"),
    path("", include("reporting.urls")),
    path("", include("meldingen.urls")),
    path("", include("meldingen.klantinteracties.urls")),
    path("", include("households.urls")),
    path("", include("voorzieningen.urls")),
    path("", include("teams.urls")),
    path("api/v1/openapi.json", openapi.openapi, name="api-openapi"),
    path("api/v1/collectie.json", openapi.collectie_, name="api-collectie"),
    path("api/v1/documentatie", openapi.documentatie, name="api-documentatie"),
    path("api/v1/redoc", openapi.redoc, name="api-redoc"),
    path("api/v1/", include("config.api")),
    re_path("^api(/|$)", api_niet_gevonden),
    path("aanmelden", non_atomic_requests(login), name="account_login"),
    path("afmelden", LogoutView.as_view(), name="account_logout"),
    path("account/wachtwoord", password_change, name="account_change_password"),
    path("account/bevestigen", non_atomic_requests(reauthenticate), name="account_reauthenticate"),
    path("account/tweede-factor/", include("allauth.mfa.urls")),
    path("beheer/", admin.site.urls),
    path("gezondheid", gezondheid.toon, name="gezondheid"),
]
