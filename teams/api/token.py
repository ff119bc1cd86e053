"""Where a client gets its token, and gives it back: the two addresses of OAuth that are served."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views.base import RevokeTokenView, TokenView

from teams.tellen import tel

PER_MINUUT = 30
"""Calls to these addresses from one place: a token lasts for ten minutes, so more is guessing."""
TE_VAAK = "Te veel verzoeken om een token; gebruik het token dat u heeft zolang het geldig is."


def _hoogstens(request: HttpRequest) -> HttpResponseBase | None:
    herkomst = hashlib.sha256(str(get_adapter().get_client_ip(request)).encode()).hexdigest()[:32]
    if tel(f"token:{herkomst}", per=timedelta(minutes=1)) <= PER_MINUUT:
        return None
    inhoud = {"error": "slow_down", "error_description": TE_VAAK}
    return JsonResponse(inhoud, status=429, headers={"Retry-After": "60"})


@csrf_exempt
@non_atomic_requests
def geef(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """`POST /oauth/token` (RFC 6749, 4.4): a token of ten minutes."""
    return _hoogstens(request) or TokenView.as_view()(request, *args, **kwargs)


@csrf_exempt
@non_atomic_requests
def neem_terug(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """`POST /oauth/intrekken` (RFC 7009): a token that isn't needed any more."""
    return _hoogstens(request) or RevokeTokenView.as_view()(request, *args, **kwargs)
