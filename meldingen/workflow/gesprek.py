"""A gesprek: planned, moved, cancelled, held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from households.models import Persoon
from meldingen.models import (
    Gesprek,
    Gespreksgenoot,
    Hoedanigheid,
    Melding,
    Plaatssoort,
    Soort,
    Status,
    Verplaatsing,
)
from meldingen.workflow.meelezen import VERPLAATST, eindig_meelezen, laat_meelezen, vertel, zeg_af
from meldingen.workflow.stappen import StapGeweigerd, start_gesprek, vergrendel
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker


def geen_gesprek(melding: Melding) -> str | None:
    """Why no gesprek can be planned; None when it can."""
    if melding.status in (Status.ONTVANGEN, Status.GESPREK):
        return None
    return "Een gesprek plannen kan alleen zolang er nog geen onderzoek is."


def plan_gesprek(
    melding: Melding,
    *,
    op: datetime,
    plaats: str,
    deelnemers: Iterable[Medewerker],
    door: Medewerker,
    plaatssoort: Plaatssoort = Plaatssoort.THUIS,
    duo: Medewerker | None = None,
    leden: Iterable[Persoon] = (),
    anderen: Mapping[Hoedanigheid, str] | None = None,
) -> Gesprek:
    """Agree on when and where the keukentafelgesprek is, and who is expected; it starts when it is held.

    Who goes works with the household from now on, until the gesprek is cancelled or the melding is done; so a `duo`
    of another team sees the dossier that long. `anderen` are names by what they come as. StapGeweigerd after the
    onderzoek began, Geweigerd for a moment that has passed, a duo of one, and a duo of another team while nobody
    knows about whom it is.
    """
    wie = set(deelnemers)
    with vergrendel(melding, door=door) as melding:
        if waarom_niet := geen_gesprek(melding):
            raise StapGeweigerd(waarom_niet)
        if op < timezone.now():
            raise Geweigerd("Dit moment is al voorbij; kies een moment dat nog komt.")
        if duo in wie:
            raise Geweigerd(f"{duo.naam} gaat al mee; kies als tweede een andere collega.")
        if duo and melding.huishouden is None:
            raise Geweigerd(
                "Koppel de melding eerst aan een inwoner: anders kan de tweede collega het dossier niet lezen."
            )
        gesprek = Gesprek.objects.create(
            melding=melding, gepland_op=op, plaatssoort=plaatssoort, plaats=plaats.strip(), door=door
        )
        wie |= {duo} if duo else set()
        gesprek.deelnemers.set(wie)
        Gespreksgenoot.objects.bulk_create(
            [
                *(
                    Gespreksgenoot(gesprek=gesprek, hoedanigheid=Hoedanigheid.LID, persoon=lid)
                    for lid in leden
                ),
                *(
                    Gespreksgenoot(gesprek=gesprek, hoedanigheid=als, naam=naam.strip())
                    for als, naam in (anderen or {}).items()
                    if naam.strip()
                ),
            ]
        )
        laat_meelezen(gesprek, wie, door=door)
    return gesprek


def verplaats_gesprek(
    gesprek: Gesprek, *, op: datetime, plaatssoort: Plaatssoort, plaats: str, reden: str, door: Medewerker
) -> Gesprek:
    """It will be held then and there instead; what stood there stays readable, and who else goes gets a mail.

    Geweigerd when it was held or cancelled, the melding is done, for a moment that has passed, and when nothing
    changes.
    """
    with vergrendel(gesprek.melding, door=door) as melding:
        gesprek = _open(gesprek, melding)
        if op < timezone.now():
            raise Geweigerd("Dit moment is al voorbij; kies een moment dat nog komt.")
        oud = (gesprek.gepland_op, gesprek.plaatssoort, gesprek.plaats)
        if oud == (op, plaatssoort, plaats.strip()):
            raise Geweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        Verplaatsing.objects.create(
            gesprek=gesprek,
            gepland_op=gesprek.gepland_op,
            plaats=gesprek.waar,
            reden=verplicht(reden),
            door=door,
        )
        gesprek.gepland_op, gesprek.plaatssoort, gesprek.plaats = op, plaatssoort, plaats.strip()
        gesprek.volgnummer += 1
        gesprek.save(update_fields=["gepland_op", "plaatssoort", "plaats", "volgnummer"])
        vertel(VERPLAATST, gesprek, door=door)
    return gesprek


def zeg_gesprek_af(gesprek: Gesprek, *, reden: str, door: Medewerker) -> Gesprek:
    """It will not be held then; the row stays, and whoever read along for it alone reads along no longer.

    Who else would go gets a mail.
    """
    with vergrendel(gesprek.melding, door=door) as melding:
        gesprek = _open(gesprek, melding)
        zeg_af(gesprek, reden=verplicht(reden), door=door)
        eindig_meelezen(melding, [gesprek.pk], door=door)
    return gesprek


def houd_gesprek(
    gesprek: Gesprek,
    *,
    op: date,
    aanwezigen: Collection[Medewerker],
    genoten: Collection[int],
    door: Medewerker,
    ander: str = "",
) -> Gesprek:
    """It was held on the day `op`; `genoten` are the keys of who was expected and came, `ander` who came besides.

    With the first the melding goes on to gesprek gestart. Geweigerd when it was held or cancelled already or the
    melding is done, for a day that is still to come or before the melding, and when no medewerker was there.
    """
    with vergrendel(gesprek.melding, door=door) as melding:
        gesprek = _open(gesprek, melding)
        vandaag = timezone.localdate()
        if op > vandaag:
            raise Geweigerd(f"Gehouden op {op:%d-%m-%Y} kan niet: het is vandaag {vandaag:%d-%m-%Y}.")
        ontvangen = melding.gebeurtenissen.bekend_op(None).filter(soort=Soort.ONTVANGEN).first()
        if ontvangen and op < ontvangen.datum:
            raise Geweigerd(f"De melding kwam pas binnen op {ontvangen.datum:%d-%m-%Y}.")
        if not aanwezigen:
            raise Geweigerd("Kies wie van ons erbij was.")
        gesprek.gehouden_op, gesprek.gehouden_door = op, door
        gesprek.gehouden_vastgelegd_op = timezone.now()
        gesprek.save(update_fields=["gehouden_op", "gehouden_door", "gehouden_vastgelegd_op"])
        gesprek.aanwezigen.set(aanwezigen)
        gesprek.genoten.filter(pk__in=genoten).update(aanwezig=True)
        gesprek.genoten.exclude(pk__in=genoten).update(aanwezig=False)
        if ander.strip():
            gesprek.genoten.update_or_create(
                hoedanigheid=Hoedanigheid.ANDER, persoon=None, naam=ander.strip(), defaults={"aanwezig": True}
            )
        if melding.status == Status.ONTVANGEN:
            start_gesprek(melding, op=op, door=door)
    return gesprek


def _open(gesprek: Gesprek, melding: Melding) -> Gesprek:
    """As it stands now, the melding being locked; Geweigerd when nothing can be changed about it any more."""
    gesprek = melding.gesprekken.get(pk=gesprek.pk)
    if gesprek.afgezegd_op:
        raise Geweigerd("Dit gesprek was al afgezegd.")
    if gesprek.gehouden_op:
        raise Geweigerd(f"Dit gesprek is al gehouden, op {gesprek.gehouden_op:%d-%m-%Y}.")
    if melding.is_klaar:
        raise Geweigerd(
            "Deze melding is afgesloten. Moet er nog iets aan dit gesprek veranderen, draai dan eerst de laatste stap "
            "van de melding terug."
        )
    return gesprek
