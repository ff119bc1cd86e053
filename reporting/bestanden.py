"""Files with every table of a period: asked for on a page, made in the background, kept for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from reporting.antwoord import Antwoord
from reporting.formaten import FORMATEN, schrijf_alle, veilige_naam
from reporting.fouten import Invoerfout
from reporting.models import Bestand, BestandQuerySet, Meegenomen
from reporting.models.bestand import SOORT
from reporting.noten import antwoord_met_noten
from reporting.register import TABELLEN
from reporting.vraag import FILTERS, Vraag
from teams.berichten import kondig_aan
from teams.lezen import Spoor
from teams.models import Instelling, Medewerker

ALLES = "alles"
"""What stands in the log for a file with all tables."""
BEWAARDAGEN, HOOGSTENS_MB = "bestand_bewaardagen", "bestand_hoogstens_mb"
MEGABYTE = 1_000_000
OPGEGEVEN = "Het maken is een paar keer niet gelukt. Probeer het later opnieuw, of vraag het na bij beheer."


def instelling(sleutel: str) -> Decimal:
    """What holds today."""
    return Instelling.objects.waarde_op(sleutel, timezone.localdate())


def vraag_aan(vraag: Vraag, formaat: str, *, door: Medewerker, sleutel: UUID) -> Bestand:
    """Have a file made with every table; Invoerfout for a format that takes one table at a time.

    The same click (`sleutel`) again, and the same question while that file is being made, give the file that there is.
    What is known at this moment is what stands in it, when the question names no other, so that it is the same
    whenever it is made.
    """
    keuze = FORMATEN.get(formaat)
    if keuze is None or keuze.schrijf_alle is None:
        kan = ", ".join(naam for naam, een in FORMATEN.items() if een.schrijf_alle)
        raise Invoerfout("formaat", f"In dit formaat passen niet alle tabellen. Kies uit: {kan}.")
    parameters = {naam: waarde for naam, waarde in vraag.parameters().items() if naam not in FILTERS}
    with transaction.atomic():
        van_mij = Bestand.objects.filter(medewerker=door)
        ruim_opgegeven_op(van_mij)
        nieuw = Bestand(
            medewerker=door, sleutel=sleutel, vraag=parameters, formaat=formaat, totaal=len(TABELLEN)
        )
        Bestand.objects.bulk_create([nieuw], ignore_conflicts=True)
        bestand = van_mij.filter(sleutel=sleutel).first()
        if bestand is None:
            return van_mij.filter(formaat=formaat, vraag=parameters).latest("pk")
        kondig_aan(SOORT, aan="", gegevens={"bestand": bestand.pk}, sleutel=f"{SOORT}:{bestand.pk}")
    return bestand


def ruim_opgegeven_op(bestanden: BestandQuerySet) -> None:
    """Say of what was tried in vain, also when that felled the worker, that it won't come."""
    bestanden.opgegeven().update(waarom=OPGEGEVEN)


def breek_af(bestanden: BestandQuerySet) -> int:
    """Cancel what of these is being made; returns how many. What is ready stays."""
    return bestanden.te_maken().update(afgebroken_op=Now())


def maak(sleutel: int) -> None:
    """Make the file with this key and keep it; nothing when it was cancelled, made or removed meanwhile.

    Killed anywhere, nothing of it stays but how far it was.
    """
    rij = Bestand.objects.te_maken().filter(pk=sleutel)
    bestand = rij.first()
    if bestand is None:
        return
    try:
        antwoorden = []
        with _voortgang(sleutel) as meld:
            for nummer, vraag in enumerate(_vragen(bestand), start=1):
                if not rij.exists():
                    return
                antwoorden.append(antwoord_met_noten(vraag))
                meld(nummer)
        inhoud = _inhoud(antwoorden, bestand.formaat)
    except Invoerfout as fout:
        rij.update(waarom=str(fout)[:300])
        return
    rij.update(
        inhoud=inhoud,
        omvang=len(inhoud),
        klaar_op=Now(),
        vervalt_op=timezone.now() + timedelta(days=float(instelling(BEWAARDAGEN))),
    )


def _inhoud(antwoorden: list[Antwoord], formaat: str) -> bytes:
    inhoud = schrijf_alle(antwoorden, formaat)
    hoogstens = instelling(HOOGSTENS_MB)
    if len(inhoud) > hoogstens * MEGABYTE:
        raise Invoerfout(
            "formaat",
            f"Het bestand werd {len(inhoud) / MEGABYTE:.0f} MB, en meer dan {hoogstens:.0f} MB wordt niet bewaard."
            " Kies een kortere periode of een ander formaat.",
        )
    return inhoud


def _vragen(bestand: Bestand) -> Iterator[Vraag]:
    """The question of a file to every table, all as known at one moment."""
    for tabel in TABELLEN:
        vraag = Vraag.van_invoer(
            tabel,
            periode=bestand.vraag["periode"],
            vergelijk=bestand.vraag.get("vergelijk"),
            bekend_op=bestand.vraag.get("bekendOp"),
        )
        yield vraag if vraag.bekend_op else replace(vraag, bekend_op=bestand.aangevraagd_op)


@contextmanager
def _voortgang(sleutel: int) -> Iterator[Callable[[int], None]]:
    """Tells how many tables are done, to others as well, while the transaction around it goes on."""
    eigen = connection.copy()

    def meld(gedaan: int) -> None:
        with eigen.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Bestand._meta.db_table} SET gedaan = %s WHERE id = %s", [gedaan, sleutel]
            )

    try:
        yield meld
    finally:
        eigen.close()


def bestandsnaam(bestand: Bestand) -> str:
    """Name of the file: what it is and over when."""
    perioden = "-en-".join(filter(None, (bestand.vraag.get("vergelijk"), bestand.vraag["periode"])))
    return veilige_naam(f"monitor-{perioden}.{FORMATEN[bestand.formaat].uitgang_van_alle}")


def log_meegenomen(wat: str, vraag: dict[str, str], formaat: str, *, spoor: Spoor) -> None:
    """Write down that `spoor` takes these figures along, in the transaction that hands them out."""
    assert spoor.medewerker, "alleen wie is aangemeld, neemt iets mee"
    Meegenomen.objects.create(
        medewerker=spoor.medewerker,
        wat=wat,
        vraag=vraag,
        formaat=formaat,
        weg=spoor.weg,
        verzoek=spoor.verzoek,
    )
