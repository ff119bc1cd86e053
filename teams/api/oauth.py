"""Tokens for afnemers: what the OAuth library asks of us."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password
from django.utils import timezone
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from teams.models import Afnemer, Scope


class EigenScopes(BaseScopes):
    """A client gets what it was granted, asks for less when it names less, and can't ask for more."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope with what it lets one do."""
        return dict(Scope.choices)

    def get_available_scopes(
        self, application: Afnemer | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What this client may ask for; nothing for no client."""
        return list(application.scopes) if application else []

    def get_default_scopes(
        self, application: Afnemer | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What it gets when it names none."""
        return self.get_available_scopes(application, request)


class Toetser(OAuth2Validator):
    """Takes the previous secret as well, until it ends: who rotates it isn't locked out meanwhile."""

    def _load_application(self, client_id: str | None, request: Any) -> Any:
        # The database can't be asked for what it can't hold.
        if not client_id or "\x00" in client_id:
            return None
        return super()._load_application(client_id, request)  # type: ignore[no-untyped-call]

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        if super()._check_secret(provided_secret, stored_secret):  # type: ignore[no-untyped-call]
            return True
        # One validator serves all threads, so the client is found again by its hash, which is salted.
        vorige = Afnemer.objects.filter(client_secret=stored_secret, vorig_geheim_tot__gt=timezone.now())
        return any(
            check_password(provided_secret, hash) for hash in vorige.values_list("vorig_geheim", flat=True)
        )
