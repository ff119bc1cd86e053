"""What a client may ask for with its token: the scope narrows what the roles of its account let it do."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from teams.api.aanmelden import Toegang
from teams.api.problemen import ZonderScope
from teams.models import Scope

ZONDER = "Uw token heeft de scope ‘{}’ niet. Vraag de beheerder erom, en haal dan een nieuw token."


class MetScope(BasePermission):
    """Only for an afnemer whose token has the `scope` of the view; ZonderScope (403) for another, 401 for nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether there is a token; ZonderScope for one that hasn't the scope."""
        scope: Scope = view.scope
        if not isinstance(request.auth, Toegang):
            return False
        eis_scope(request.auth, scope)
        return True


def eis_scope(toegang: Toegang, scope: Scope) -> None:
    """ZonderScope, which says what to ask for, where the token doesn't have it."""
    if scope not in toegang.scopes:
        raise ZonderScope(ZONDER.format(scope))
