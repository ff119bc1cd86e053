"""How accounts work here: made by beheer, never by who comes along."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from teams.models import Instelling, Medewerker
from teams.tellen import tel, tel_terug

POGINGEN = "aanmeld_pogingen"
"""Instelling: so many wrong passwords within `VENSTER`, for one account."""
VENSTER = timedelta(minutes=5)


class Aanmelding(DefaultAccountAdapter):
    """Nobody signs up; addresses for mail come from the account itself."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "De gebruikersnaam of het wachtwoord is niet juist.",
        "too_many_login_attempts": "Te veel pogingen. Wacht vijf minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: beheer makes the accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before the password is looked at; refuses it above `aanmeld_pogingen` for one account.

        From one network address ten times as many, since a whole town hall may come from there.
        """
        hoogstens = int(Instelling.objects.waarde_op(POGINGEN, timezone.localdate()))
        self._geteld = [
            (f"aanmelden:{wat}:{hashlib.sha256(waarde.encode()).hexdigest()}", grens)
            for wat, waarde, grens in (
                ("account", str(credentials.get("username", "")).lower(), hoogstens),
                ("adres", self.get_client_ip(request), 10 * hoogstens),
            )
        ]
        if any(tel(sleutel, per=VENSTER) > grens for sleutel, grens in self._geteld):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right: this attempt doesn't count."""
        for sleutel, _ in getattr(self, "_geteld", []):
            tel_terug(sleutel)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only to who has an address; a second factor that was added or removed is told there."""
        if email:
            super().send_mail(template_prefix, email, context)

    def get_user_search_fields(self) -> list[str]:
        """By what one can look for a medewerker in beheer."""
        return [Medewerker.USERNAME_FIELD, "first_name", "last_name"]
