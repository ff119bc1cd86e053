"""The mail of the demo, which waits in the triage: made up, and taken in as one that was fetched."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from meldingen import workflow
from meldingen.postbus.lezen import Gelezen, Stuk

PLEK = ("demo", 1, 1)
"""Of a postbus that isn't there, so that it comes in once."""
GELEDEN = timedelta(minutes=50)
LIJST = b"Metoprolol 50 mg, 1x ochtend\nMetformine 500 mg, 2x bij het eten\nOxazepam 10 mg, zo nodig voor de nacht\n"
TEKST = """Geachte heer of mevrouw,

Mijn vader is 83 en woont alleen. Sinds de zomer vergeet hij zijn medicijnen, en vorige week stond het
gas nog aan toen ik binnenkwam. Ik werk en kan niet elke dag langs. Wie kan met ons meekijken wat er nodig is?

Zijn lijst van de apotheek zit bij deze mail. U kunt mij na 17 uur bellen op 06 1234 5678.

Met vriendelijke groet,
Fatma Kaya
"""


def maak_mail(nu: datetime) -> bool:
    """Whether it came in: not when it did before, whatever somebody made of it since. Not inside a transaction."""
    gelezen = Gelezen(
        sha256(TEKST.encode()).hexdigest(),
        verstuurd_op=nu - GELEDEN,
        afzender_naam="Fatma Kaya",
        afzender_adres="f.kaya@example.org",
        onderwerp="Mijn vader vergeet zijn medicijnen",
        tekst=TEKST.strip(),
        bijlagen=[Stuk("medicijnlijst.txt", len(LIJST), LIJST)],
    )
    return workflow.neem_poststuk_aan(gelezen, plek=PLEK, ontvangen_op=nu - GELEDEN)
