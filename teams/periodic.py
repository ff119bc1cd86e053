"""Work that beat starts, and how such work is written.

A periodic job asks the database what is due now and does that in a few statements. It may run twice, late,
or die halfway: the next run does what is left. Its moment stands in CELERY_BEAT_SCHEDULE.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from celery import Task, shared_task
from django.db import connection, transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken

from teams.berichten import BEWAARDAGEN
from teams.models import Herhaling, Instelling
from teams.post import Bericht
from teams.webhooks import SOORT as WEBHOOK

HERHALING_DAGEN = "idempotentie_dagen"
"""Instelling: so many days the same Idempotency-Key gives the same answer."""
SLOT = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def periodiek(werk: Callable[[], None]) -> Task[[], None]:
    """Decorator, in the `periodic.py` of an app: makes a task of `werk`, named after its module and itself.

    It runs in one transaction, under an advisory lock that ends with it; when the same job is still running
    somewhere, this run does nothing.
    """
    naam = f"{werk.__module__}.{werk.__name__}"

    @wraps(werk)
    def onder_slot() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SLOT, [naam])
            if cursor.fetchone() == (True,):
                werk()

    return shared_task(name=naam)(onder_slot)


@periodiek
def ruim_berichten_op() -> None:
    """Remove what was sent longer ago than the bewaartermijn; of a bericht with a key only the key stays.

    So goes what software elsewhere didn't want: nobody is helped by hearing it that late.
    """
    vandaag = timezone.localdate()
    dagen = int(Instelling.objects.waarde_op(BEWAARDAGEN, vandaag))
    grens = timezone.now() - timedelta(days=dagen)
    Bericht.objects.mislukt().filter(soort=WEBHOOK, mislukt_op__lt=grens).delete()
    oud = Bericht.objects.verzonden_voor(grens)
    oud.filter(sleutel__isnull=True).delete()
    oud.exclude(aan="", gegevens={}).update(aan="", gegevens={})


@periodiek
def ruim_herhalingen_op() -> None:
    """Forget the answers to calls longer ago than `idempotentie_dagen`, and the tokens that have ended."""
    nu = timezone.now()
    dagen = int(Instelling.objects.waarde_op(HERHALING_DAGEN, timezone.localdate(nu)))
    Herhaling.objects.filter(op__lt=nu - timedelta(days=dagen)).delete()
    AccessToken.objects.filter(expires__lt=nu).delete()
