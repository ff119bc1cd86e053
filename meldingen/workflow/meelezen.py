"""Who goes to a gesprek: they work with its household for as long as it stands, and hear when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.formats import date_format

from households import workflow as huishoudens
from households.models import Betrokkenheid, Betrokkenheidsoort, Huishouden
from meldingen.models import Gesprek, Melding, Opschalingsoort, Status
from teams.berichten import kondig_aan
from teams.models import Medewerker
from teams.perioden import lopend

AFGEZEGD = "gesprek_afgezegd"
VERPLAATST = "gesprek_verplaatst"
"""The mails to who goes; their `gegevens` are the number of the melding and the moment, and nothing about anybody."""


def laat_meelezen(gesprek: Gesprek, wie: Iterable[Medewerker], *, door: Medewerker) -> None:
    """Everybody who goes works with the household; what began by a gesprek ends with the last of those."""
    huishouden = gesprek.melding.huishouden
    if huishouden is None:
        return
    door_gesprek = Gesprek.betrokkenheden.through.objects
    for medewerker in sorted(wie, key=lambda medewerker: medewerker.pk):
        al = huishouden.betrokkenen.filter(lopend(), medewerker=medewerker).order_by("soort").first()
        rij = al or huishoudens.betrek(huishouden, medewerker, door=door)
        if al is None or door_gesprek.filter(betrokkenheid=rij).exists():
            gesprek.betrokkenheden.add(rij)


def betrek(huishouden: Huishouden, medewerker: Medewerker, *, door: Medewerker) -> Betrokkenheid:
    """`medewerker` works with the household from now on, also when the gesprek for which they did is over."""
    rij = huishoudens.betrek(huishouden, medewerker, door=door)
    Gesprek.betrokkenheden.through.objects.filter(betrokkenheid=rij).delete()
    return rij


def lees_weer_mee(melding: Melding, *, door: Medewerker) -> None:
    """Who goes to the gesprekken of the melding works with the household that it is of now; nobody once it is done."""
    if melding.is_klaar:
        return
    for gesprek in melding.gesprekken.filter(afgezegd_op__isnull=True).order_by("pk"):
        gesprek.melding = melding
        laat_meelezen(gesprek, gesprek.deelnemers.all(), door=door)


def eindig_meelezen(melding: Melding, gesprekken: Any, *, door: Medewerker) -> None:
    """Who works with the household by one of these gesprekken alone (keys), does so no longer.

    Whoever has or had the melding stays, and who has another one there that is open, or goes to a gesprek of it.
    """
    gesprek = Gesprek.objects.filter(
        melding__huishouden=melding.huishouden_id,
        melding__in=Melding.objects.open(),
        afgezegd_op__isnull=True,
        deelnemers__isnull=False,
    )
    elders = gesprek.exclude(pk__in=gesprekken).values("deelnemers")
    had = melding.toewijzingen.filter(medewerker__isnull=False).values("medewerker")
    begonnen = Gesprek.betrokkenheden.through.objects.filter(gesprek__in=gesprekken)
    rijen = Betrokkenheid.objects.filter(lopend(), pk__in=begonnen.values("betrokkenheid"))
    rijen = rijen.exclude(medewerker__in=elders).exclude(medewerker__in=had)
    rijen = rijen.exclude(medewerker__in=_behandelaars(melding.huishouden_id))
    rijen.update(tot=Greatest(Now(), F("vanaf")), beeindigd_door=door)


def zeg_af(gesprek: Gesprek, *, reden: str, door: Medewerker) -> None:
    """It will not be held; who reads along for it is another matter. Call it with the melding locked."""
    gesprek.afgezegd_op, gesprek.afgezegd_reden, gesprek.afgezegd_door = timezone.now(), reden, door
    gesprek.volgnummer += 1
    gesprek.save(update_fields=["afgezegd_op", "afgezegd_reden", "afgezegd_door", "volgnummer"])
    vertel(AFGEZEGD, gesprek, door=door)


def vertel(soort: str, gesprek: Gesprek, *, door: Medewerker) -> None:
    """Mail everybody else who goes, each once per change: they may not be able to open the melding any more."""
    moment = date_format(timezone.localtime(gesprek.gepland_op), "j F Y H:i")
    for medewerker in gesprek.deelnemers.exclude(pk=door.pk).order_by("pk"):
        kondig_aan(
            soort,
            aan=medewerker,
            gegevens={"nummer": gesprek.melding.nummer, "moment": moment},
            sleutel=f"{soort}:{gesprek.pk}:{gesprek.volgnummer}:{medewerker.pk}",
        )


def sluit_gesprekken(melding: Melding, *, door: Medewerker) -> None:
    """The melding is done: gesprekken that are still to come are off, and nobody reads along for one any more."""
    komend = melding.gesprekken.filter(
        afgezegd_op__isnull=True, gehouden_op__isnull=True, gepland_op__gt=timezone.now()
    )
    for gesprek in komend.order_by("pk"):
        zeg_af(gesprek, reden=f"de melding is afgesloten: {Status(melding.status).label}", door=door)
    eindig_meelezen(melding, melding.gesprekken.values("pk"), door=door)


def tijdelijk(huishouden: Huishouden) -> QuerySet[Betrokkenheid, int]:
    """The keys of who works with the household no longer than a gesprek or another team's coördinatie takes.

    They don't go along to another household: nothing would end it there.
    """
    door_gesprek = Gesprek.betrokkenheden.through.objects.values("betrokkenheid")
    coordinatie = huishouden.opschalingen.lopend().filter(soort=Opschalingsoort.COORDINATIE)
    rijen = Betrokkenheid.objects.filter(
        Q(pk__in=door_gesprek)
        | Q(soort=Betrokkenheidsoort.CONTACTPERSOON, medewerker__in=coordinatie.values("medewerker")),
        lopend(),
        huishouden=huishouden,
    )
    return rijen.exclude(medewerker__in=_behandelaars(huishouden.pk)).values_list("pk", flat=True)


def _behandelaars(huishouden: int | None) -> Any:
    """Who has an open melding of the household, as keys."""
    open_ = Melding.objects.open().filter(huishouden=huishouden, behandelaar__isnull=False)
    return open_.values("behandelaar")
