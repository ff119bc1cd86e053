"""How long a sign-in lasts, and what it takes."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

Antwoord = Callable[[HttpRequest], HttpResponseBase]

BEGONNEN = "begonnen_op"
GEZIEN = "gezien_op"
BEVEILIGD = "tweede_factor"
OVERSLAAN = ("/account/", "/aanmelden", "/afmelden", "/static/")


@receiver(user_logged_in)
def begin_sessie(request: HttpRequest, **kwargs: object) -> None:
    """Note when a session began; one without that has ended."""
    request.session[BEGONNEN] = request.session[GEZIEN] = int(timezone.now().timestamp())


class Sessiegrens:
    """Ends a session that was left alone for `SESSIE_INACTIEF_MINUTEN`, or that is older than `SESSIE_UREN`.

    The moment is written at most once a minute.
    """

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            nu = int(timezone.now().timestamp())
            begonnen = request.session.get(BEGONNEN, 0)
            gezien = request.session.get(GEZIEN, 0)
            if (
                nu - gezien > 60 * settings.SESSIE_INACTIEF_MINUTEN
                or nu - begonnen > settings.SESSION_COOKIE_AGE
            ):
                logout(request)
            elif nu - gezien > 60:
                request.session[GEZIEN] = nu
        return self.get_response(request)


class TweedeFactor:
    """Where `TWEEDE_FACTOR_VERPLICHT` is set, nobody gets further than setting up a second factor without one."""

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.TWEEDE_FACTOR_VERPLICHT
            and request.user.is_authenticated
            and not request.path.startswith(OVERSLAAN)
            and not request.session.get(BEVEILIGD)
        ):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
            request.session[BEVEILIGD] = True
        return self.get_response(request)
