"""Background work that others start: bringing about what was announced."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from teams.berichten import bezorg
from teams.mail import mail

EEN_RONDE = timedelta(seconds=30)

mail("proefmail")


@shared_task
def bezorg_berichten() -> None:
    """One round of delivering; short, so that a mail server that hangs doesn't hold a worker for long."""
    bezorg(hoogstens=EEN_RONDE)
