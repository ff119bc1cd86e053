"""What a view asks before anything else: is somebody signed in, with a role that has business here?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from teams.access import Actie, mag_ooit, rollen_die_mogen
from teams.lezen import GeenRol, Spoor
from teams.models import Handeling, Medewerker
from teams.web import is_fragment

View = Callable[..., HttpResponseBase]

if TYPE_CHECKING:

    class Verzoek(HttpRequest):
        """A request of somebody who signed in; `config.middleware.Spoorzoeker` sets the trail."""

        user: Medewerker
        spoor: Spoor
        htmx: HtmxDetails

else:
    Verzoek = HttpRequest


def aangemeld(view: View) -> View:
    """Only for who is signed in; others go and do that first, and then come back.

    Whose session ended while htmx asked for a part of a page, leaves the page (401 with HX-Redirect): the page to
    sign in never lands inside another.
    """

    @wraps(view)
    def bewaakt(request: Verzoek, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if is_fragment(request):
            naar = redirect_to_login(request.htmx.current_url_abs_path or "/")
            return HttpResponse(status=401, headers={"HX-Redirect": naar.url})
        return redirect_to_login(request.get_full_path())

    return bewaakt


def vereist(actie: Actie, label: str, *, over: str = "") -> Callable[[View], View]:
    """Only for who has a role that may ever do `actie` with rows of `label`; 403 for who has not.

    Which rows is for `teams.lezen` to say; a row that isn't for the reader is a 404 there. Who is refused at an address
    of one row (`pk`, of the model `over`, else `label`) about a resident stands in the log of reading.
    """

    def om(view: View) -> View:
        @wraps(view)
        def bewaakt(request: Verzoek, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not mag_ooit(request.spoor.wie, actie, label):
                rollen = ", ".join(rol.label for rol in rollen_die_mogen(actie, label))
                uitleg = f"Dit onderdeel is er voor wie deze rol heeft: {rollen}."
                wat = over or label
                if "pk" in kwargs and hasattr(apps.get_model(wat), "onderwerp"):
                    weigering = request.spoor.weigering(wat, kwargs["pk"], Handeling.GEOPEND)
                    raise GeenRol(uitleg, weigering)
                raise PermissionDenied(uitleg)
            return view(request, *args, **kwargs)

        return aangemeld(bewaakt)

    return om
