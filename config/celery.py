"""Celery, configured from the settings that start with CELERY_."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from kombu.transport import TRANSPORT_ALIASES

from config.achtergrond import OUDER

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["ingebouwd"] = "config.broker.transport:Transport"

app = Celery("eenplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="periodic")
# Also for the threads of a web server, which would otherwise know an app without settings.
app.set_default()


@worker_init.connect
@beat_init.connect
def _begin(**_: Any) -> None:
    """A worker and beat keep the embedded broker running, and end with the process that started them."""
    from config.broker.transport import Verbinding

    Verbinding.starts = True
    if ouder := os.environ.get(OUDER):
        threading.Thread(target=_eindig_met, args=[int(ouder)], daemon=True).start()


def _eindig_met(ouder: int) -> None:
    while os.getppid() == ouder:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
