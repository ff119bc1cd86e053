"""How often an afnemer may ask: counted in PostgreSQL, so that of many at once exactly as many pass as may."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from teams.api.aanmelden import Toegang
from teams.perioden import begin_van
from teams.tellen import tel_binnen

MINUUT = timedelta(minutes=1)


def tel_verzoek(request: Request) -> None:
    """Count this call; Throttled, with how many seconds to wait, over the limit of the minute or of the day.

    In a statement and transaction of its own, before the work begins: nobody waits for another's work, and what is
    rolled back was asked all the same. What the minute refuses doesn't count for the day.
    """
    toegang = request.auth
    if not isinstance(toegang, Toegang):
        return
    nu = timezone.now()
    wie = toegang.afnemer.pk
    wacht_tot = tel_binnen(
        (f"api:minuut:{wie}", toegang.per_minuut, nu + MINUUT),
        (f"api:dag:{wie}", toegang.per_dag, begin_van(timezone.localdate(nu) + timedelta(days=1))),
    )
    if wacht_tot:
        raise Throttled(_seconden(wacht_tot))


def _seconden(tot: datetime) -> int:
    return max(1, ceil((tot - timezone.now()).total_seconds()))
