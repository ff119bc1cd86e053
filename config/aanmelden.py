"""How accounts work here: made by beheer, never by who comes along."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from teams.models import Medewerker


class Aanmelding(DefaultAccountAdapter):
    """Nobody signs up; addresses for mail come from the account itself."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "De gebruikersnaam of het wachtwoord is niet juist.",
        "too_many_login_attempts": "Te veel pogingen. Wacht vijf minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: beheer makes the accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only to who has an address; a second factor that was added or removed is told there."""
        if email:
            super().send_mail(template_prefix, email, context)

    def get_user_search_fields(self) -> list[str]:
        """By what one can look for a medewerker in beheer."""
        return [Medewerker.USERNAME_FIELD, "first_name", "last_name"]
