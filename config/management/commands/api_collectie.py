"""`manage.py api_collectie`: the calls of the API as a collection for Postman, Bruno or Insomnia."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from config.collectie import collectie
from config.openapi import beschrijving


class Command(BaseCommand):
    """Prints what `/api/v1/collectie.json` serves."""

    help = "Toon elke aanroep van de API als collectie (Postman v2.1)."

    def handle(self, *args: Any, **opties: Any) -> None:
        self.stdout.write(json.dumps(collectie(beschrijving()), ensure_ascii=False, indent=2))
