"""Notes, drafts of them, and what of a melding doesn't count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Now

from households.models import Levensgebied
from meldingen.models import Concept, Melding, Notitie
from meldingen.workflow.stappen import vergrendel
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
