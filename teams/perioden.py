"""Rows that hold for a while: begun and ended by somebody, and never thrown away."""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone


def lopend() -> Q:
    """What has no end."""
    return Q(tot__isnull=True)


def geldt_op(moment: datetime) -> Q:
    """What has begun and not ended at `moment`."""
    return Q(Q(tot__isnull=True) | Q(tot__gt=moment), vanaf__lte=moment)


def begin_van(dag: date) -> datetime:
    """The first moment of a day here: a range of moments is found by index, a day taken out of each is not."""
    return timezone.make_aware(datetime.combine(dag, time.min))


class Periode(models.Model):
    """Holds from a moment until another (exclusive, open while it lasts), with who began and ended it and why."""

    vanaf = models.DateTimeField(db_default=Now(), editable=False)
    tot = models.DateTimeField(null=True, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    reden = models.TextField(blank=True, default="", db_default="")

    class Meta:
        abstract = True
