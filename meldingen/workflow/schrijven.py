"""Notes, drafts of them, and the gesprek that was planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from meldingen.models import Concept, Gesprek, Melding, Notitie, Status
from meldingen.workflow.stappen import StapGeweigerd, vergrendel
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker


def noteer(melding: Melding, *, tekst: str, door: Medewerker) -> Notitie:
    """Write a notitie; also with a melding that is closed, since people keep calling."""
    return Notitie.objects.create(melding=melding, tekst=verplicht(tekst, "een tekst"), door=door)


def bewaar_concept(formulier: str, inhoud: dict[str, Any], *, door: Medewerker) -> None:
    """Keep what `door` is typing in `formulier`, so that a lost connection or session loses no words."""
    Concept.objects.update_or_create(
        medewerker=door, formulier=formulier, defaults={"inhoud": inhoud, "gewijzigd_op": Now()}
    )


def gooi_concept_weg(formulier: str, *, door: Medewerker) -> None:
    """What was typed is saved, or not wanted."""
    Concept.objects.filter(medewerker=door, formulier=formulier).delete()


def plan_gesprek(
    melding: Melding, *, op: datetime, plaats: str, deelnemers: Iterable[Medewerker], door: Medewerker
) -> Gesprek:
    """Agree on when and where the keukentafelgesprek is; it starts when it is held."""
    with vergrendel(melding, door=door) as melding:
        if melding.status not in (Status.ONTVANGEN, Status.GESPREK):
            raise StapGeweigerd("Een gesprek plannen kan alleen zolang er nog geen onderzoek is.")
        if op < timezone.now():
            raise Geweigerd("Dit moment is al voorbij; kies een moment dat nog komt.")
        gesprek = Gesprek.objects.create(melding=melding, gepland_op=op, plaats=plaats.strip(), door=door)
        gesprek.deelnemers.set(deelnemers)
    return gesprek


def zeg_gesprek_af(gesprek: Gesprek, *, reden: str, door: Medewerker) -> Gesprek:
    """It will not be held then; the row stays."""
    with vergrendel(gesprek.melding, door=door):
        gesprek = Gesprek.objects.get(pk=gesprek.pk)
        if gesprek.afgezegd_op:
            raise Geweigerd("Dit gesprek was al afgezegd.")
        gesprek.afgezegd_op, gesprek.afgezegd_reden = timezone.now(), verplicht(reden)
        gesprek.save(update_fields=["afgezegd_op", "afgezegd_reden"])
    return gesprek
