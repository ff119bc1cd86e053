"""Small things that every view may need."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect

View = Callable[..., HttpResponseBase]


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, and only a part of the page is wanted."""
    return request.headers.get("HX-Request") == "true"


def handeling(pagina: str) -> Callable[[View], View]:
    """A view that changes something, so by POST alone; its first argument is the key of a row.

    A GET goes to that row's `pagina`: who had to sign in again in the middle of it lands there, and changes nothing.
    """

    def om(view: View) -> View:
        @wraps(view)
        def alleen_post(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, pk, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return redirect(pagina, pk)
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return alleen_post

    return om
