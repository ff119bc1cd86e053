"""What a client may ask for with its token: the scope narrows what the roles of its account let it do."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from teams.api.aanmelden import Toegang
from teams.models import Scope


class MetScope(BasePermission):
    """Only for an afnemer whose token has the `scope` of the view; 403 for another, 401 for nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the token has it."""
        scope: Scope = view.scope
        return isinstance(request.auth, Toegang) and scope in request.auth.scopes
