"""The sociale kaart of the demo: made-up organisations with the kinds of help that every town has.

Telephone numbers are from the range for fiction, addresses for mail and web under `example.org`.
"""

from __future__ import annotations

from pathlib import Path

from voorzieningen.models import AlgemeneVoorziening
from voorzieningen.socialekaart import importeer_kaart

BESTAND = Path(__file__).with_name("sociale_kaart.csv")


def vul_sociale_kaart() -> int:
    """Import the file, once the teams are there; a kaart that holds anything stays. Returns how many came in."""
    if AlgemeneVoorziening.objects.exists():
        return 0
    return importeer_kaart(BESTAND.read_bytes(), door=None).nieuw
