"""`manage.py gezondheid`: how the installation is, as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.gezondheid import gezondheid


class Command(BaseCommand):
    """Prints database, migrations, broker, keys and outbox; exit status 1 when something is wrong."""

    help = "Toont of database, migraties, broker, sleutels en berichten in orde zijn, als JSON."
    requires_system_checks = []

    def handle(self, *args: Any, **opties: Any) -> None:
        staat = gezondheid()
        self.stdout.write(json.dumps(staat))
        if not staat["ok"]:
            sys.exit(1)
