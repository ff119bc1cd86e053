"""`python -m tests.api.spectral RULESET`: hold the served description of the API to a ruleset of Spectral."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import django

from config.ontwerp.npm import NietOpgehaald, draai, haal

HIER = Path(__file__).parent
KLAAR = HIER / "node_modules" / ".bin" / "spectral"


def main(argumenten: list[str]) -> int:
    """0 without errors; what Spectral found is printed."""
    if len(argumenten) != 1 or not Path(argumenten[0]).is_file():
        print("Geef de ruleset: make lint-api RULESET=pad/naar/regels.yaml", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.test import RequestFactory

    from config.openapi import openapi

    with tempfile.TemporaryDirectory() as map_:
        beschrijving = Path(map_) / "openapi.json"
        beschrijving.write_bytes(openapi(RequestFactory().get("/api/v1/openapi.json")).content)
        regels = str(Path(argumenten[0]).resolve())
        opdracht = ["exec", "--offline", "--", "spectral", "lint", "--fail-severity=error"]
        try:
            if not KLAAR.exists():
                haal(HIER)
            print(draai(HIER, *opdracht, "-r", regels, str(beschrijving)))
        except NietOpgehaald as fout:
            print(fout, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
