"""Whether the installation works: for a load balancer a word, for whoever manages it the details."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.celery import app
from households.sleutels import tel, zonder_sleutel
from teams.kluis import KluisFout
from teams.post import Bericht
from teams.webhooks import SOORT as WEBHOOK

TE_OUD = timedelta(minutes=15)
"""A bericht that was due this long ago says that no worker or beat runs."""


def gezondheid() -> dict[str, Any]:
    """All that can be told, with `ok` for the whole; a database that is away leaves out what it would say."""
    staat: dict[str, Any] = {"ok": False, "database": False, "broker": _broker_antwoordt()}
    try:
        staat["migraties_te_doen"] = _migraties_te_doen()
        staat["database"] = True
        if staat["migraties_te_doen"] == 0:
            staat["berichten"] = berichten = _berichten()
            staat["sleutels"] = _sleutels_passen()
            goed = staat["broker"] and staat["sleutels"]
            staat["ok"] = goed and not berichten["mislukt"] and not berichten["blijven_liggen"]
    except DatabaseError:
        pass
    return staat


@transaction.non_atomic_requests
def toon(request: HttpRequest) -> HttpResponse:
    """`ok`, or `nok` with status 503: whether this process can serve pages."""
    try:
        goed = _bijgewerkt()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        goed = False
    return HttpResponse("ok" if goed else "nok", status=200 if goed else 503, content_type="text/plain")


def _migraties_te_doen() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class _Migraties:
    """Remembers that none waits any more, as reading them all takes long."""

    gedaan = False


def _bijgewerkt() -> bool:
    _Migraties.gedaan = _Migraties.gedaan or _migraties_te_doen() == 0
    return _Migraties.gedaan


def _broker_antwoordt() -> bool:
    try:
        with app.connection_for_write() as verbinding:
            verbinding.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    except Exception:
        return False
    return True


def _sleutels_passen() -> bool:
    """Whether the file of keys has all under which BSNs are stored."""
    try:
        return zonder_sleutel(tel()) == 0
    except KluisFout:
        return False


def _berichten() -> dict[str, Any]:
    wachtend = Bericht.objects.wachtend()
    oudste = wachtend.aggregate(oudste=Min("gemaakt_op"))["oudste"]
    return {
        "wachtend": wachtend.count(),
        "oudste_seconden": None if oudste is None else int((timezone.now() - oudste).total_seconds()),
        "blijven_liggen": wachtend.filter(niet_voor__lt=timezone.now() - TE_OUD).count(),
        "mislukt": Bericht.objects.mislukt().exclude(soort=WEBHOOK).count(),
        # Of software elsewhere, that may be away without anything being wrong here.
        "webhooks_mislukt": Bericht.objects.mislukt().filter(soort=WEBHOOK).count(),
    }
