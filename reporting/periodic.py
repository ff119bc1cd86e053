"""Work that beat starts around the monitor."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from reporting.bestanden import BEWAARDAGEN, instelling
from reporting.dataversie import vat_samen
from reporting.models import Bestand
from teams.periodic import periodiek


@periodiek
def ruim_bestanden_op() -> None:
    """Every night: files of which the days are over, and what was never made in as many days."""
    grens = timezone.now() - timedelta(days=float(instelling(BEWAARDAGEN)))
    Bestand.objects.verlopen(grens).delete()


@periodiek
def vat_wijzigingen_samen() -> None:
    """Every hour: the marks of what changed, so that reading them stays cheap."""
    vat_samen()
