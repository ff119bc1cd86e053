"""Birth, moving in and out, divorce, joining and death: what changes in a household, and undoing that.

Every verb locks the households in order of key, lets the stays that change lapse, writes the new ones, and leaves one
`Gezinswijziging`. Nobody who leaves loses a link: the new household refers back, and who works with the old one
works with the new one, too. What splits off from a household that is afgeschermd is so as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from households.models import (
    Betrokkenheid,
    Geslacht,
    Gezinswijziging,
    Huishouden,
    Persoon,
    Rol,
    Verblijf,
    Wijzigingsoort,
)
from households.plannen import lopend_plan
from households.workflow.vastleggen import (
    Adres,
    Gezin,
    IntussenVeranderd,
    controleer_account,
    inhoud,
    nieuw_hoofd,
    toestand,
    vergrendel,
    werkbaar,
    wijzig,
)
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Medewerker
from teams.perioden import lopend

ANDERS_AFGESCHERMD = (
    "Een van deze twee huishoudens is afgeschermd en het andere niet. "
    "Scherm eerst ook het andere af, of hef de afscherming op."
)


def leg_geboorte_vast(
    huishouden: Huishouden,
    *,
    achternaam: str,
    voornamen: str,
    tussenvoegsel: str = "",
    geslacht: Geslacht | None = None,
    op: date,
    door: Medewerker,
    gezien: str | None = None,
) -> Gezinswijziging:
    """A child was born in the household, on the day `op`."""
    with wijzig(Wijzigingsoort.GEBOORTE, huishouden, op=op, door=door, gezien=gezien) as gezin:
        for rij in gezin.bewoners(huishouden):
            zelfde = (rij.persoon.voornamen.lower(), rij.persoon.geboortedatum) == (voornamen.lower(), op)
            if voornamen and zelfde:
                raise Geweigerd(f"{rij.persoon.naam} staat al in dit huishouden.")
        kind = Persoon.objects.create(
            achternaam=verplicht(achternaam, "een achternaam"),
            voornamen=voornamen,
            tussenvoegsel=tussenvoegsel,
            geboortedatum=op,
            geslacht=geslacht,
        )
        gezin.is_nieuw(kind)
        gezin.kom(kind, huishouden, gezin.adres(huishouden), Rol.KIND)
        return gezin.leg_vast()


def trek_in(
    huishouden: Huishouden,
    persoon: Persoon,
    *,
    rol: Rol,
    op: date,
    blijft_ook: bool = False,
    door: Medewerker,
    gezien: str | None = None,
) -> Gezinswijziging:
    """Somebody comes to live here, and leaves where they lived; with `blijft_ook` they live there, too.

    That is how a child lives with both parents after a divorce. Geweigerd when nobody would be left behind, or when
    only one of the households is afgeschermd.
    """
    soort = Wijzigingsoort.OOK_HIER if blijft_ook else Wijzigingsoort.INTREK
    waar = _woont_in(persoon)
    with wijzig(soort, huishouden, *waar.values(), op=op, door=door, gezien=gezien) as gezin:
        if _woont_in(persoon).keys() != waar.keys():
            raise IntussenVeranderd([f"{persoon.naam} woont nu ergens anders."])
        if huishouden.pk in waar:
            raise Geweigerd(f"{persoon.naam} woont al in dit huishouden.")
        if blijft_ook and not waar:
            raise Geweigerd(f"Van {persoon.naam} is geen ander huishouden bekend.")
        for vorig in [] if blijft_ook else waar.values():
            if vorig.pk not in gezin.mag_werken:
                raise Geweigerd(f"{persoon.naam} woont in een huishouden waar u niet mee werkt.")
            if gezin.sloten[vorig.pk].afgeschermd and not gezin.huishouden.afgeschermd:
                raise Geweigerd(ANDERS_AFGESCHERMD)
            gezin.verlaat(gezin.bewoner(persoon, vorig))
            if not gezin.bewoners(vorig):
                raise Geweigerd(
                    f"In huishouden {vorig.pk} zou dan niemand meer wonen. Voeg de twee huishoudens samen."
                )
            gezin.kies_hoofd(vorig)
        gezin.ander = next(iter(waar.values()), None)
        gezin.kom(persoon, huishouden, gezin.adres(huishouden), rol)
        return gezin.leg_vast()


def schrijf_in(
    huishouden: Huishouden,
    *,
    rol: Rol,
    op: date,
    door: Medewerker,
    gezien: str | None = None,
    **persoon: Any,
) -> Gezinswijziging:
    """Somebody whom nobody knew comes to live here; `persoon` are the fields of `Persoon`, the achternaam at least."""
    verplicht(persoon.get("achternaam", ""), "een achternaam")
    with wijzig(Wijzigingsoort.INTREK, huishouden, op=op, door=door, gezien=gezien) as gezin:
        nieuw = Persoon.objects.create(**persoon)
        gezin.is_nieuw(nieuw)
        gezin.kom(nieuw, huishouden, gezin.adres(huishouden), rol)
        return gezin.leg_vast()


def splits(
    huishouden: Huishouden,
    personen: Collection[Persoon],
    *,
    soort: Wijzigingsoort = Wijzigingsoort.SPLITSING,
    op: date,
    adres: Adres | None = None,
    reden: str = "",
    geheim: str = "",
    door: Medewerker,
    gezien: str | None = None,
    tijdelijk: Iterable[int] = (),
) -> Gezinswijziging:
    """`personen` go and live in a household of their own, at `adres` or nobody knows where.

    `geheim` is why their new address is secret: then the new household is afgeschermd, and of all who work with the
    old one only `door` works with it. `tijdelijk` are keys of betrokkenheden with the old one that don't go along.
    Geweigerd when nobody goes or nobody stays.
    """
    if not personen:
        raise Geweigerd("Kies wie er gaat.")
    with wijzig(soort, huishouden, op=op, door=door, reden=reden, gezien=gezien) as gezin:
        gaan = [gezin.bewoner(persoon, huishouden) for persoon in personen]
        blijven = {rij.pk for rij in gezin.bewoners(huishouden)} - {rij.pk for rij in gaan}
        if not blijven:
            raise Geweigerd("Er moet iemand blijven wonen. Gaat iedereen, leg dan een verhuizing vast.")
        oud = gezin.huishouden
        nieuw = gezin.nieuw_huishouden(afgeschermd_reden=geheim.strip() or oud.afgeschermd_reden)
        hoofd = nieuw_hoofd(gaan, op)
        for rij in gaan:
            gezin.verlaat(rij)
            gezin.kom(rij.persoon, nieuw, adres or Adres(), Rol.HOOFD if rij is hoofd else rij.rol)
        gezin.kies_hoofd(huishouden)
        if geheim.strip():
            gezin.betrek(nieuw, door)
        else:
            gezin.neem_betrokkenen_mee(huishouden, nieuw, behalve=tijdelijk)
        return gezin.leg_vast()


def vertrek(
    huishouden: Huishouden, persoon: Persoon, *, op: date, door: Medewerker, gezien: str | None = None
) -> Gezinswijziging:
    """Who lives in two households lives here no longer. Geweigerd when this is the only one, or nobody stays."""
    with wijzig(Wijzigingsoort.VERTREK, huishouden, op=op, door=door, gezien=gezien) as gezin:
        rij = gezin.bewoner(persoon, huishouden)
        if len(_woont_in(persoon)) < 2:
            raise Geweigerd(
                f"Van {persoon.naam} is geen ander huishouden bekend. Kies ‘Iemand gaat uit huis’."
            )
        gezin.betref(persoon)
        gezin.verlaat(rij)
        if not gezin.bewoners(huishouden):
            raise Geweigerd("Dan woont er niemand meer in dit huishouden.")
        gezin.kies_hoofd(huishouden)
        return gezin.leg_vast()


def verhuis(
    huishouden: Huishouden,
    *,
    adres: Adres,
    op: date,
    reden: str = "",
    door: Medewerker,
    gezien: str | None = None,
) -> Gezinswijziging:
    """Everybody in the household moves to `adres`; the team follows from the postcode."""
    verplicht(adres.postcode, "een postcode")
    with wijzig(Wijzigingsoort.VERHUIZING, huishouden, op=op, door=door, reden=reden, gezien=gezien) as gezin:
        bewoners = gezin.bewoners(huishouden)
        if all(Adres(rij.postcode, rij.huisnummer) == adres for rij in bewoners):
            raise Geweigerd("Dit huishouden woont al op dit adres, of er woont niemand meer.")
        for rij in bewoners:
            gezin.controleer(rij)
            gezin.verlaat(rij)
            gezin.kom(rij.persoon, huishouden, adres, rij.rol)
        return gezin.leg_vast()


def voeg_samen(
    huishouden: Huishouden,
    opgaat: Huishouden,
    *,
    op: date,
    reden: str = "",
    door: Medewerker,
    gezien: str | None = None,
    tijdelijk: Iterable[int] = (),
) -> Gezinswijziging:
    """Everybody of `opgaat` comes to live in `huishouden`; the other stays as a dossier in which nobody lives.

    Who lived in both goes on here; `tijdelijk` are keys of betrokkenheden with the other that don't go along.
    Geweigerd when only one of the two is afgeschermd, and while `opgaat` has a running plan: a household has one, and
    what is in that one was agreed by others.
    """
    if huishouden.pk == opgaat.pk:
        raise Geweigerd("Dit is hetzelfde huishouden.")
    with wijzig(
        Wijzigingsoort.SAMENVOEGING, huishouden, opgaat, op=op, door=door, reden=reden, gezien=gezien
    ) as gezin:
        if gezin.huishouden.afgeschermd != gezin.sloten[opgaat.pk].afgeschermd:
            raise Geweigerd(ANDERS_AFGESCHERMD)
        if lopend_plan(opgaat):
            raise Geweigerd(
                f"Huishouden {opgaat.pk} heeft nog een lopend plan. Sluit dat eerst af, en schrijf doelen die "
                "verdergaan zelf over in het plan van het andere huishouden."
            )
        adres, al_hier = gezin.adres(huishouden), {rij.persoon_id for rij in gezin.bewoners(huishouden)}
        komen = gezin.bewoners(opgaat)
        if not komen:
            raise Geweigerd(f"In huishouden {opgaat.pk} woont niemand meer.")
        for rij in komen:
            gezin.controleer(rij)
            gezin.verlaat(rij)
            if rij.persoon_id not in al_hier:
                gezin.kom(rij.persoon, huishouden, adres, rij.rol)
        gezin.ander = gezin.sloten[opgaat.pk]
        gezin.neem_betrokkenen_mee(opgaat, huishouden, behalve=tijdelijk)
        return gezin.leg_vast()


def leg_overlijden_vast(
    huishouden: Huishouden, persoon: Persoon, *, op: date, door: Medewerker, gezien: str | None = None
) -> Gezinswijziging:
    """Somebody died; they live nowhere from then on, also not in another household where they lived too."""
    waar = _woont_in(persoon)
    with wijzig(
        Wijzigingsoort.OVERLIJDEN, huishouden, *waar.values(), op=op, door=door, gezien=gezien
    ) as gezin:
        if _woont_in(persoon).keys() != waar.keys():
            raise IntussenVeranderd([f"{persoon.naam} woont nu ergens anders."])
        gezin.bewoner(persoon, huishouden)
        gezin.betref(persoon)
        for vorig in waar.values():
            gezin.verlaat(gezin.bewoner(persoon, vorig), bewaar=True)
            gezin.kies_hoofd(vorig)
        Persoon.objects.filter(pk=persoon.pk).update(overleden_op=op)
        return gezin.leg_vast()


def wijzig_rol(
    huishouden: Huishouden,
    persoon: Persoon,
    *,
    rol: Rol,
    op: date,
    door: Medewerker,
    gezien: str | None = None,
) -> Gezinswijziging:
    """Somebody has another place in the household from the day on."""
    with wijzig(Wijzigingsoort.ROL, huishouden, op=op, door=door, gezien=gezien) as gezin:
        rij = gezin.bewoner(persoon, huishouden)
        if rij.rol == rol:
            raise Geweigerd(f"{persoon.naam} is al {rol.label}.")
        gezin.betref(persoon)
        gezin.geef_rol(rij, rol)
        return gezin.leg_vast()


def maak_ongedaan(wijziging: Gezinswijziging, *, reden: str, door: Medewerker) -> Gezinswijziging:
    """All is as it was before the change: new versions that say what the old ones said.

    Geweigerd, naming what, when something later touched one of its households, also if what it did was turned
    back by yet another change since; or when it touched a household that isn't `door`'s.
    """
    reden = verplicht(reden)
    controleer_account(door)
    with transaction.atomic():
        sloten = vergrendel(list(wijziging.huishoudens.values_list("pk", flat=True)))
        wijziging = Gezinswijziging.objects.select_for_update().get(pk=wijziging.pk)
        if wijziging.ongedaan_op:
            raise Geweigerd("Deze wijziging was al ongedaan gemaakt.")
        if werkbaar(sloten, door) != sloten.keys():
            raise Geweigerd(
                "U werkt niet met elk huishouden waar dit over gaat. Vraag een collega die dat doet."
            )
        voor, na = _toen(wijziging.voor), _toen(wijziging.na)
        nu = {_kern(rij): rij for rij in toestand(sloten)}
        later = _later(wijziging)
        if later or nu.keys() != na.keys():
            raise Geweigerd(_wat_bouwt_hierop(later))
        gezin = Gezin(
            soort=Wijzigingsoort(wijziging.soort),
            huishouden=sloten[wijziging.huishouden_id],
            op=wijziging.datum,
            door=door,
            reden=reden,
            sloten=sloten,
            voor=[],
            mag_werken=set(sloten),
        )
        for kern in nu.keys() - voor.keys():
            gezin.laat_vervallen(nu[kern])
        for kern in sorted(voor.keys() - nu.keys(), key=lambda kern: voor[kern].pk):
            gezin.schrijf(voor[kern])
        _herstel_personen(wijziging)
        Betrokkenheid.objects.filter(lopend(), pk__in=wijziging.begonnen).update(
            tot=Greatest(Now(), F("vanaf")), beeindigd_door=door
        )
        wijziging.ongedaan_op, wijziging.ongedaan_door = timezone.now(), door
        wijziging.ongedaan_reden = reden
        wijziging.save(update_fields=["ongedaan_op", "ongedaan_door", "ongedaan_reden"])
    return wijziging


Kern = tuple[tuple[str, Any], ...]


def _kern(rij: Verblijf) -> Kern:
    return tuple(inhoud(rij).items())


def _toen(rijen: list[dict[str, int]]) -> dict[Kern, Verblijf]:
    """The stays that a change names, by what they say."""
    return {_kern(rij): rij for rij in Verblijf.objects.filter(pk__in=[rij["verblijf"] for rij in rijen])}


def _herstel_personen(wijziging: Gezinswijziging) -> None:
    """Who died lives, and who was registered with the change isn't any more."""
    personen = Persoon.objects.filter(gezinswijzigingen=wijziging)
    nieuw = [rij["persoon"] for rij in wijziging.na if rij.get("nieuw")]
    personen.filter(pk__in=nieuw).update(vervallen_op=Now())
    if wijziging.soort == Wijzigingsoort.OVERLIJDEN:
        personen.filter(overleden_op=wijziging.datum).update(overleden_op=None)


def _later(wijziging: Gezinswijziging) -> Gezinswijziging | None:
    """The last change since, of any of its households."""
    return (
        Gezinswijziging.objects.filter(
            huishoudens__in=wijziging.huishoudens.all(), pk__gt=wijziging.pk, ongedaan_op__isnull=True
        )
        .order_by("-pk")
        .first()
    )


def _wat_bouwt_hierop(later: Gezinswijziging | None) -> str:
    kan_niet = "Dit kan niet meer ongedaan worden gemaakt"
    if later is None:
        return f"{kan_niet}: daarna is bij dit huishouden iets anders vastgelegd."
    return (
        f"{kan_niet}: daarna is ‘{later.get_soort_display()}’ op {later.datum:%d-%m-%Y} vastgelegd. "
        "Maak dat eerst ongedaan."
    )


def _woont_in(persoon: Persoon) -> dict[int, Huishouden]:
    """The households in which somebody lives without an end, by key."""
    rijen = Verblijf.objects.bekend_op(None).filter(
        persoon=persoon, tot__isnull=True, huishouden__isnull=False
    )
    return {
        rij.huishouden.pk: rij.huishouden
        for rij in rijen.select_related("huishouden").order_by("huishouden")
        if rij.huishouden
    }
