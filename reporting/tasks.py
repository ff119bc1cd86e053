"""What reporting has done in the background: making files."""

from __future__ import annotations

from celery import shared_task

from reporting.bestanden import maak
from reporting.models.bestand import SOORT
from teams.berichten import Baan, bezorg, effect
from teams.post import Bericht
from teams.tasks import EEN_RONDE


@effect(SOORT, "bestand", baan=Baan.BESTANDEN)
def maak_bestand(bericht: Bericht) -> None:
    """The file that was asked for."""
    maak(bericht.gegevens["bestand"])


@shared_task
def maak_bestanden() -> None:
    """One round of making files, apart from the mail."""
    bezorg(Baan.BESTANDEN, hoogstens=EEN_RONDE)
