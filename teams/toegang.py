"""What a view asks before anything else: is somebody signed in, with a role that has business here?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from teams.access import Actie, mag_ooit
from teams.lezen import Spoor
from teams.models import Medewerker

View = Callable[..., HttpResponseBase]

if TYPE_CHECKING:

    class Verzoek(HttpRequest):
        """A request of somebody who signed in; `config.middleware.Spoorzoeker` sets the trail."""

        user: Medewerker
        spoor: Spoor

else:
    Verzoek = HttpRequest


def vereist(actie: Actie, label: str) -> Callable[[View], View]:
    """Only for who has a role that may ever do `actie` with rows of `label`; 403 for who has not.

    Which rows is for `teams.lezen` to say; a row that isn't for the reader is a 404 there.
    """

    def om(view: View) -> View:
        @wraps(view)
        def bewaakt(request: Verzoek, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not mag_ooit(request.spoor.wie, actie, label):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(bewaakt)

    return om
