"""Background work that others start: bringing about what was announced."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from teams.berichten import Baan, bezorg, effect
from teams.mail import mail
from teams.webhooks import SOORT, VELDEN, bezorg_webhook, na_mislukking

EEN_RONDE = timedelta(seconds=30)

mail("proefmail")
mail("webhook_uitgezet", "naam", "reden", "pad")
effect(SOORT, *VELDEN, baan=Baan.WEBHOOKS, na_mislukking=na_mislukking)(bezorg_webhook)


@shared_task
def bezorg_berichten() -> None:
    """One round of delivering; short, so that a mail server that hangs doesn't hold a worker for long."""
    bezorg(hoogstens=EEN_RONDE)


@shared_task
def bezorg_webhooks() -> None:
    """One round of telling software elsewhere, apart from the mail."""
    bezorg(Baan.WEBHOOKS, hoogstens=EEN_RONDE)
