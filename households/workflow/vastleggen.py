"""One change in a household: locked in one order, written as new versions, with who lived where before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2s
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.gezag import is_volwassen
from households.models import (
    Betrokkenheid,
    Betrokkenheidsoort,
    Gezinswijziging,
    Huishouden,
    Persoon,
    Rol,
    Verblijf,
    Wijzigingsoort,
)
from households.workflow.werk import betrek, neem_op
from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import Wie
from teams.models import Medewerker
from teams.perioden import lopend


class IntussenVeranderd(Geweigerd):
    """Somebody else changed the household since the page was shown; `wat` says what they did."""

    def __init__(self, wat: Iterable[str] = ()) -> None:
        super().__init__(
            " ".join(
                (
                    "Dit huishouden is intussen gewijzigd, dus er is nog niets vastgelegd.",
                    *wat,
                    "Kijk of het nog klopt wat u wilde doen, en doe het dan opnieuw.",
                )
            )
        )


@dataclass(frozen=True)
class Adres:
    """Where somebody lives, as far as known; the team follows from the postcode."""

    postcode: str = ""
    huisnummer: str = ""

    def velden(self) -> dict[str, str]:
        """As fields of a stay."""
        return {"postcode": self.postcode, "huisnummer": self.huisnummer}


@dataclass
class Gezin:
    """The households of one change, locked, while it is made; rows are stays that are in force."""

    soort: Wijzigingsoort
    huishouden: Huishouden
    op: date
    door: Medewerker
    reden: str
    sloten: dict[int, Huishouden]
    voor: list[Verblijf]
    mag_werken: set[int]
    personen: dict[int, Persoon] = field(default_factory=dict)
    begonnen: list[int] = field(default_factory=list)
    nieuw: set[int] = field(default_factory=set)
    ander: Huishouden | None = None

    def bewoners(self, huishouden: Huishouden) -> list[Verblijf]:
        """Who lives there without an end, now that the household is locked."""
        rijen = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden, tot__isnull=True)
        return list(rijen.select_related("persoon").order_by("rol", "persoon__geboortedatum", "pk"))

    def bewoner(self, persoon: Persoon, huishouden: Huishouden) -> Verblijf:
        """The stay of somebody who lives there now; Geweigerd when they don't, or came later than the day."""
        rij = next((rij for rij in self.bewoners(huishouden) if rij.persoon_id == persoon.pk), None)
        if rij is None:
            raise Geweigerd(f"{persoon.naam} woont niet (meer) in dit huishouden.")
        self.controleer(rij)
        return rij

    def controleer(self, rij: Verblijf) -> None:
        """Geweigerd when the stay began after the day of the change, or the person is no longer alive."""
        wie = rij.persoon.naam
        if rij.vanaf > self.op:
            raise Geweigerd(f"{wie} woont hier pas sinds {rij.vanaf:%d-%m-%Y}; kies die dag of een latere.")
        if rij.persoon.overleden_op:
            raise Geweigerd(f"{wie} is overleden op {rij.persoon.overleden_op:%d-%m-%Y}.")

    def adres(self, huishouden: Huishouden) -> Adres:
        """Where the household lives now: the address of who stands first; Geweigerd when nobody lives there."""
        bewoners = self.bewoners(huishouden)
        if not bewoners:
            raise Geweigerd("In dit huishouden woont niemand meer.")
        eerste = next((rij for rij in bewoners if rij.postcode), bewoners[0])
        return Adres(eerste.postcode, eerste.huisnummer)

    def verlaat(self, rij: Verblijf, *, bewaar: bool = False) -> None:
        """The stay ends on the day of the change: its version lapses, and one with an end takes its place.

        A stay that began that very day leaves none, unless `bewaar`.
        """
        self.laat_vervallen(rij)
        if rij.vanaf < self.op or bewaar:
            self.schrijf(rij, tot=self.op)

    def laat_vervallen(self, rij: Verblijf) -> None:
        """The version holds no longer; Geweigerd when somebody made it lapse meanwhile."""
        gewijzigd = Verblijf.objects.bekend_op(None).filter(pk=rij.pk)
        velden = {"vervallen_op": Greatest(Now(), F("geregistreerd_op")), "vervallen_door": self.door}
        if not gewijzigd.update(**velden, vervallen_reden=self.soort.label):
            raise IntussenVeranderd

    def schrijf(self, rij: Verblijf, **anders: Any) -> Verblijf:
        """A new version with what stood in `rij`, but for `anders`."""
        return Verblijf.objects.create(**{**inhoud(rij), **anders}, door=self.door)

    def kom(self, persoon: Persoon, huishouden: Huishouden, adres: Adres, rol: int | None) -> Verblijf:
        """From the day on the person lives in the household; Geweigerd when that is so already, or can't be."""
        if any(rij.persoon_id == persoon.pk for rij in self.bewoners(huishouden)):
            raise Geweigerd(f"{persoon.naam} woont al in dit huishouden.")
        if persoon.geboortedatum and persoon.geboortedatum > self.op:
            raise Geweigerd(f"{persoon.naam} is pas geboren op {persoon.geboortedatum:%d-%m-%Y}.")
        if persoon.overleden_op:
            raise Geweigerd(f"{persoon.naam} is overleden op {persoon.overleden_op:%d-%m-%Y}.")
        self.betref(persoon)
        return neem_op(
            persoon,
            huishouden,
            vanaf=self.op,
            door=self.door,
            rol=None if rol is None else Rol(rol),
            **adres.velden(),
        )

    def geef_rol(self, rij: Verblijf, rol: Rol) -> None:
        """From the day on the person has another place in the household."""
        self.verlaat(rij)
        self.schrijf(rij, vanaf=self.op, tot=None, rol=rol)

    def kies_hoofd(self, huishouden: Huishouden) -> None:
        """A household that is left without a head gets one; see `nieuw_hoofd`."""
        if rij := nieuw_hoofd([rij for rij in self.bewoners(huishouden) if rij.vanaf <= self.op], self.op):
            self.geef_rol(rij, Rol.HOOFD)

    def nieuw_huishouden(self, *, afgeschermd_reden: str = "") -> Huishouden:
        """A household that comes of this change; who registered it works with it."""
        self.ander = Huishouden.objects.create(
            afgeschermd=bool(afgeschermd_reden), afgeschermd_reden=afgeschermd_reden
        )
        self.sloten[self.ander.pk] = self.ander
        self.mag_werken.add(self.ander.pk)
        return self.ander

    def is_nieuw(self, persoon: Persoon) -> None:
        """The person is registered by this change, and no longer once it is undone."""
        self.nieuw.add(persoon.pk)

    def betref(self, persoon: Persoon) -> None:
        """The change is about this person."""
        self.personen[persoon.pk] = persoon

    def neem_betrokkenen_mee(self, van: Huishouden, naar: Huishouden, *, behalve: Iterable[int]) -> None:
        """Who works with `van` works with `naar`, too; a vaste contactpersoon as somebody who is betrokken.

        `behalve` are keys of betrokkenheden that stay behind.
        """
        soorten = (Betrokkenheidsoort.CONTACTPERSOON, Betrokkenheidsoort.BETROKKEN)
        rijen = Betrokkenheid.objects.filter(lopend(), huishouden=van, soort__in=soorten)
        rijen = rijen.exclude(pk__in=behalve)
        for rij in rijen.select_related("medewerker").order_by("pk"):
            if rij.medewerker:
                self.betrek(naar, rij.medewerker)

    def betrek(self, huishouden: Huishouden, medewerker: Medewerker) -> None:
        """Somebody works with the household from now on, unless they did."""
        eerder = Betrokkenheid.objects.filter(lopend(), huishouden=huishouden, medewerker=medewerker)
        if not eerder.exists():
            self.begonnen.append(betrek(huishouden, medewerker, door=self.door).pk)

    def leg_vast(self) -> Gezinswijziging:
        """Write what happened; who registered it still works with what they worked with, wherever it went."""
        for huishouden in self.sloten.values():
            if huishouden.pk in self.mag_werken - werkbaar(self.sloten, self.door):
                self.betrek(huishouden, self.door)
        wijziging = Gezinswijziging.objects.create(
            huishouden=self.huishouden,
            ander=self.ander,
            soort=self.soort,
            datum=self.op,
            reden=self.reden.strip(),
            voor=sleutels(self.voor),
            na=[
                rij | ({"nieuw": True} if rij["persoon"] in self.nieuw else {})
                for rij in sleutels(toestand(self.sloten))
            ],
            begonnen=self.begonnen,
            door=self.door,
        )
        wijziging.huishoudens.set(self.sloten.values())
        wijziging.personen.set(self.personen.values())
        return wijziging


@contextmanager
def wijzig(
    soort: Wijzigingsoort,
    huishouden: Huishouden,
    *andere: Huishouden,
    op: date,
    door: Medewerker,
    reden: str = "",
    gezien: str | None = None,
) -> Iterator[Gezin]:
    """Lock the households in order of key and hand them out; call `leg_vast` when all is written.

    `gezien` is the `gezinsversie` of the page that the form came from. Geweigerd for a day in the future or an
    account that isn't in use; IntussenVeranderd when the household isn't as it was on that page.
    """
    controleer_account(door)
    if op > timezone.localdate():
        raise Geweigerd("Deze datum ligt in de toekomst; leg het vast als het zover is.")
    with transaction.atomic():
        sloten = vergrendel({huishouden.pk, *(ander.pk for ander in andere)})
        controleer_gezien(huishouden, gezien)
        yield Gezin(
            soort=soort,
            huishouden=sloten[huishouden.pk],
            op=op,
            door=door,
            reden=reden,
            sloten=sloten,
            voor=toestand(sloten),
            mag_werken=werkbaar(sloten, door),
        )


def vergrendel(huishoudens: Collection[int]) -> dict[int, Huishouden]:
    """The households by key, locked in that order, so that two changes never wait for each other."""
    rijen = Huishouden.objects.select_for_update().filter(pk__in=huishoudens).order_by("pk")
    return {rij.pk: rij for rij in rijen}


def werkbaar(sloten: dict[int, Huishouden], medewerker: Medewerker) -> set[int]:
    """The keys of those with which `medewerker` may work now."""
    return set(
        zichtbaar(Huishouden, Wie.van(medewerker), Actie.WERKEN)
        .filter(pk__in=list(sloten))
        .values_list("pk", flat=True)
    )


def nieuw_hoofd(rijen: list[Verblijf], dag: date) -> Verblijf | None:
    """Who becomes the head of these: the partner, else the eldest adult; None when there is a head, or nobody.

    Where a place isn't known it may be the head's.
    """
    if any(rij.rol is None or rij.rol == Rol.HOOFD for rij in rijen):
        return None
    volwassen = [rij for rij in rijen if rij.rol == Rol.PARTNER or is_volwassen(rij.persoon, dag)]
    volwassen.sort(key=lambda rij: (rij.rol != Rol.PARTNER, rij.persoon.geboortedatum or date.min, rij.pk))
    return next(iter(volwassen), None)


def toestand(huishoudens: Iterable[int]) -> list[Verblijf]:
    """Every stay in force in these households, past ones too."""
    rijen = Verblijf.objects.bekend_op(None).filter(huishouden__in=list(huishoudens))
    return list(rijen.select_related("persoon", "team").order_by("pk"))


def inhoud(rij: Verblijf) -> dict[str, Any]:
    """What a stay says, without when it was registered."""
    velden = ("persoon_id", "huishouden_id", "postcode", "huisnummer", "team_id", "vanaf", "tot", "rol")
    return {veld: getattr(rij, veld) for veld in velden}


def sleutels(rijen: Iterable[Verblijf]) -> list[dict[str, int | None]]:
    """Who lived where with which rol, as keys."""
    return [
        {"verblijf": rij.pk, "huishouden": rij.huishouden_id, "persoon": rij.persoon_id, "rol": rij.rol}
        for rij in rijen
    ]


def gezinsversie(huishouden: int) -> str:
    """What stands on a page about who lives in the household; a form on it gives this back."""
    rijen = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden)
    stand = sorted(rijen.values_list("pk", flat=True))
    return blake2s(repr(stand).encode(), digest_size=8).hexdigest()


def controleer_gezien(huishouden: Huishouden, gezien: str | None) -> None:
    """IntussenVeranderd, saying what was registered last, when the household isn't as the page showed it."""
    if gezien is None or gezien == gezinsversie(huishouden.pk):
        return
    laatste = Gezinswijziging.objects.filter(huishoudens=huishouden).select_related("door").order_by("-pk")
    raise IntussenVeranderd(
        f"{rij.door.naam}: {rij.get_soort_display()} op {rij.datum:%d-%m-%Y}." for rij in laatste[:1]
    )


def controleer_account(door: Medewerker) -> None:
    """Geweigerd when `door` may not sign in (any more)."""
    if not door.is_active:
        raise Geweigerd(f"Het account {door.username} is niet meer in gebruik.")
