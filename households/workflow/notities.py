"""Notes about a household: written, corrected beside what stood there, and by two at once without losing a word."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.gezag import SAMEN, leeftijd
from households.models import Huishouden, Huishoudnotitie, Persoon, Verblijf
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker

AANGEPAST = "aangepast"
TEGELIJK = "aangepast; twee mensen schreven tegelijk"
NAAST = "niet gekozen; de tekst van een collega bleef staan"


class NotitieGewijzigd(Geweigerd):
    """Somebody corrected the note since this writer opened it; `huidig` is what they made of it."""

    def __init__(self, huidig: Huishoudnotitie) -> None:
        wie = huidig.door.naam if huidig.door else "Iemand"
        super().__init__(
            f"{wie} heeft deze notitie intussen aangepast. "
            "Uw tekst is nog niet bewaard. Kies wat er moet staan."
        )
        self.huidig = huidig


def noteer(
    huishouden: Huishouden,
    *,
    tekst: str,
    personen: Collection[Persoon] = (),
    eigen_van: Persoon | None = None,
    door: Medewerker,
) -> Huishoudnotitie:
    """Write a note about the household, about some of its members, or for one alone.

    Geweigerd without a text, for who never lived here, and for a child under 12: that has nothing that who has gezag
    may not see.
    """
    tekst = verplicht(tekst, "een tekst")
    wie = {persoon.pk: persoon for persoon in (*personen, *([eigen_van] if eigen_van else []))}
    hier = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden, persoon__in=wie)
    bekend = set(hier.values_list("persoon", flat=True))
    for pk, persoon in wie.items():
        if pk not in bekend:
            raise Geweigerd(f"{persoon.naam} hoort niet bij dit huishouden.")
    geboren = eigen_van.geboortedatum if eigen_van else None
    if eigen_van and geboren and leeftijd(geboren, timezone.localdate()) < SAMEN:
        raise Geweigerd(f"{eigen_van.naam} is jonger dan {SAMEN} jaar; kies bij wie de notitie hoort.")
    with transaction.atomic():
        notitie = Huishoudnotitie.objects.create(
            huishouden=huishouden, tekst=tekst, eigen_van=eigen_van, door=door
        )
        notitie.personen.set(wie.values())
    return notitie


def verbeter_notitie(
    huishouden: Huishouden,
    reeks: UUID,
    *,
    gezien: int,
    tekst: str,
    tegelijk: bool = False,
    door: Medewerker,
) -> Huishoudnotitie:
    """Correct a note; what stood there stays readable beside it.

    `gezien` is the number of the version that the writer saw; NotitieGewijzigd when it isn't the last any more.
    `tegelijk` says that the writer chose this text after such a refusal. Geweigerd when nothing changes.
    """
    tekst = verplicht(tekst, "een tekst")
    with transaction.atomic():
        huidig = _huidig(huishouden, reeks, gezien)
        if huidig.tekst == tekst:
            raise Geweigerd("Er verandert niets: dit is gelijk aan wat er al staat.")
        personen = list(huidig.personen.all())
        Huishoudnotitie.objects.filter(pk=huidig.pk).update(
            vervallen_op=Greatest(Now(), F("geregistreerd_op")),
            vervallen_door=door,
            vervallen_reden=TEGELIJK if tegelijk else AANGEPAST,
        )
        return _volgende(huidig, tekst, personen, door=door)


def bewaar_ernaast(
    huishouden: Huishouden, reeks: UUID, *, gezien: int, tekst: str, door: Medewerker
) -> Huishoudnotitie:
    """The text of a colleague stays; one's own is kept as a version that never held. Returns what holds."""
    with transaction.atomic():
        huidig = _huidig(huishouden, reeks, gezien)
        if verplicht(tekst, "een tekst") != huidig.tekst:
            _volgende(huidig, tekst, list(huidig.personen.all()), door=door, geldt=False)
    return huidig


def _huidig(huishouden: Huishouden, reeks: UUID, gezien: int) -> Huishoudnotitie:
    """The version in force, under the lock of the household; refused when it isn't the one that was seen."""
    Huishouden.objects.select_for_update().get(pk=huishouden.pk)
    rijen = Huishoudnotitie.objects.bekend_op(None).select_related("door", "huishouden", "eigen_van")
    huidig = rijen.get(huishouden=huishouden, reeks=reeks)
    if huidig.versie != gezien:
        raise NotitieGewijzigd(huidig)
    return huidig


def _volgende(
    huidig: Huishoudnotitie, tekst: str, personen: list[Persoon], *, door: Medewerker, geldt: bool = True
) -> Huishoudnotitie:
    laatste = Huishoudnotitie.objects.filter(reeks=huidig.reeks).aggregate(hoogste=Max("versie"))["hoogste"]
    vervallen = {"vervallen_op": Now(), "vervallen_door": door, "vervallen_reden": NAAST}
    notitie = Huishoudnotitie.objects.create(
        huishouden=huidig.huishouden,
        reeks=huidig.reeks,
        versie=laatste + 1,
        tekst=tekst,
        eigen_van=huidig.eigen_van,
        door=door,
        **({} if geldt else vervallen),
    )
    notitie.personen.set(personen)
    return notitie
