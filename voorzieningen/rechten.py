"""Who may change the sociale kaart: one place, for views and templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from teams.models import Medewerker

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def mag_beheren(wie: Medewerker | AnonymousUser) -> bool:
    """Whether `wie` may add, change and import: the functioneel beheerder."""
    return wie.is_active and wie.is_staff


def alleen_beheer(view: View[P]) -> View[P]:
    """A view for who `mag_beheren`; others get 403, or have to sign in first."""

    @login_required
    @wraps(view)
    def bewaakt(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not mag_beheren(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return bewaakt
