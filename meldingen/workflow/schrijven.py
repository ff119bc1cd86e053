"""Notes, drafts of them, and the gesprek that was planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from households.models import Levensgebied
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


def wijzig(
    melding: Melding, *, spoed: bool, vraag: str, levensgebieden: Iterable[Levensgebied], door: Medewerker
) -> Notitie:
    """Change what doesn't count in reports; what it was stays readable in a notitie. Geweigerd when nothing changes."""
    vraag = verplicht(vraag, "de vraag")
    with vergrendel(melding, door=door) as melding:
        oud, nieuw = set(melding.levensgebieden.all()), set(levensgebieden)
        regels = []
        if melding.spoed != spoed:
            regels.append("Nu met spoed." if spoed else "Niet langer met spoed.")
        if melding.vraag != vraag:
            regels.append(f"De vraag is aangepast. Er stond:\n{melding.vraag or '(niets)'}")
        if oud != nieuw:
            namen = ", ".join(gebied.naam for gebied in sorted(oud, key=lambda gebied: gebied.pk))
            regels.append(f"De levensgebieden zijn aangepast. Er stond: {namen or 'geen'}.")
        if not regels:
            raise Geweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        melding.spoed, melding.vraag = spoed, vraag
        melding.save(update_fields=["spoed", "vraag"])
        melding.levensgebieden.set(nieuw)
        return Notitie.objects.create(melding=melding, tekst="\n".join(regels), door=door)


def geen_gesprek(melding: Melding) -> str | None:
    """Why no gesprek can be planned; None when it can."""
    if melding.status in (Status.ONTVANGEN, Status.GESPREK):
        return None
    return "Een gesprek plannen kan alleen zolang er nog geen onderzoek is."


def plan_gesprek(
    melding: Melding, *, op: datetime, plaats: str, deelnemers: Iterable[Medewerker], door: Medewerker
) -> Gesprek:
    """Agree on when and where the keukentafelgesprek is; it starts when it is held."""
    with vergrendel(melding, door=door) as melding:
        if waarom_niet := geen_gesprek(melding):
            raise StapGeweigerd(waarom_niet)
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
        gesprek.afgezegd_door = door
        gesprek.save(update_fields=["afgezegd_op", "afgezegd_reden", "afgezegd_door"])
    return gesprek
