"""The rows of one page of the werkvoorraad, with what the reader may see and do of each; what is read is logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Model
from django.utils import timezone

from households.models import Betrokkenheid, Betrokkenheidsoort
from meldingen.models import Melding, Terugbelverzoek
from meldingen.termijnen import Termijn
from meldingen.voorraad import Sleutel
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling, Medewerker
from teams.perioden import lopend

UUR = timedelta(hours=1)


@dataclass(frozen=True)
class Meldingrij:
    """A melding in a list. `melding` is that it is there and who has it; `inhoud` the rest, None when it is masked."""

    melding: Melding
    inhoud: Melding | None
    termijn: Termijn | None
    uren_oud: int
    dagen_oud: int
    jaren: int | None
    contactpersoon: Medewerker | None
    mag_oppakken: bool
    mag_verdelen: bool


@dataclass(frozen=True)
class Belrij:
    """A promise to call back in a list, with the number of attempts (`verzoek.aantal_pogingen`)."""

    verzoek: Terugbelverzoek
    termijn: Termijn
    uren_oud: int
    dagen_oud: int
    mag_bellen: bool


def maak_rijen(sleutels: Sequence[Sleutel], spoor: Spoor) -> list[Meldingrij | Belrij]:
    """The rows for these keys, in their order, in as many statements for one row as for fifty."""
    rijen: dict[tuple[bool, int], Meldingrij | Belrij] = {}
    for melding in _meldingrijen([sleutel for sleutel in sleutels if sleutel.is_melding], spoor):
        rijen[True, melding.melding.pk] = melding
    for belofte in _belrijen([sleutel.pk for sleutel in sleutels if not sleutel.is_melding], spoor):
        rijen[False, belofte.verzoek.pk] = belofte
    volgorde = [(sleutel.is_melding, sleutel.pk) for sleutel in sleutels]
    return [rijen[sleutel] for sleutel in volgorde if sleutel in rijen]


def onlangs_nagekomen(spoor: Spoor, dagen: int = 7, hoogstens: int = 10) -> list[Terugbelverzoek]:
    """Promises kept of late, the last first: word back to who made them (R9)."""
    sinds = spoor.wie.moment - timedelta(days=dagen)
    gezien = zichtbaar(Terugbelverzoek, spoor.wie, Actie.LEZEN).filter(nagekomen_op__gte=sinds)
    rijen = list(gezien.select_related("melding", "nagekomen_door").order_by("-nagekomen_op")[:hoogstens])
    leg_vast(rijen, spoor=spoor, handeling=Handeling.IN_LIJST)
    return rijen


def _meldingrijen(sleutels: Sequence[Sleutel], spoor: Spoor) -> Iterable[Meldingrij]:
    pks = [sleutel.pk for sleutel in sleutels]
    termijnen = {sleutel.pk: sleutel.termijn for sleutel in sleutels}
    gezien = zichtbaar(Melding.objects.filter(pk__in=pks).met_stand(), spoor.wie, Actie.ZIEN)
    gezien = gezien.annotate(ontvangen_op=F("nu__ontvangen_op")).select_related("team", "behandelaar")
    gezien = gezien.only("status", "spoed", "huishouden", "geregistreerd_op", "team", "behandelaar")
    leesbaar = zichtbaar(Melding.objects.filter(pk__in=pks), spoor.wie, Actie.LEZEN)
    inhoud = {melding.pk: melding for melding in leesbaar.select_related("persoon")}
    leg_vast(inhoud.values(), spoor=spoor, handeling=Handeling.IN_LIJST)
    werkbaar = _mag(Melding, pks, spoor, Actie.WERKEN)
    verdeelbaar = _mag(Melding, pks, spoor, Actie.VERDELEN)
    rijen = list(gezien)
    contactpersonen = _contactpersonen(melding.huishouden_id for melding in rijen)
    nu = spoor.wie.moment
    for melding in rijen:
        uren, dagen = _oud(melding.geregistreerd_op, melding.ontvangen_op, nu)
        moment, wacht_op_iemand = termijnen[melding.pk], melding.spoed and not melding.behandelaar_id
        over = inhoud.get(melding.pk)
        yield Meldingrij(
            melding=melding,
            inhoud=over,
            termijn=Termijn(moment, not wacht_op_iemand, nu) if moment else None,
            uren_oud=uren,
            dagen_oud=dagen,
            jaren=_jaren(over.persoon.geboortedatum, timezone.localdate(nu))
            if over and over.persoon
            else None,
            contactpersoon=contactpersonen.get(melding.huishouden_id or 0),
            mag_oppakken=melding.pk in werkbaar and not melding.behandelaar_id,
            mag_verdelen=melding.pk in verdeelbaar,
        )


def _belrijen(pks: Sequence[int], spoor: Spoor) -> Iterable[Belrij]:
    gezien = zichtbaar(Terugbelverzoek.objects.filter(pk__in=pks), spoor.wie, Actie.LEZEN)
    rijen = list(
        gezien.annotate(aantal_pogingen=Count("pogingen")).select_related("team", "medewerker", "melding")
    )
    leg_vast(rijen, spoor=spoor, handeling=Handeling.IN_LIJST)
    te_bellen = _mag(Terugbelverzoek, pks, spoor, Actie.WERKEN)
    nu = spoor.wie.moment
    for verzoek in rijen:
        uren, dagen = _oud(verzoek.aangenomen_op, timezone.localdate(verzoek.aangenomen_op), nu)
        termijn = Termijn(verzoek.uiterlijk_op, hele_dag=False, nu=nu)
        yield Belrij(verzoek, termijn, uren, dagen, verzoek.pk in te_bellen)


def _mag(model: type[Model], pks: Sequence[int], spoor: Spoor, actie: Actie) -> set[int]:
    return set(
        zichtbaar(model._default_manager.filter(pk__in=pks), spoor.wie, actie).values_list("pk", flat=True)
    )


def _contactpersonen(huishoudens: Iterable[int | None]) -> dict[int, Medewerker]:
    """The vaste contactpersoon of each household that has one."""
    rijen = Betrokkenheid.objects.filter(
        lopend(),
        soort=Betrokkenheidsoort.CONTACTPERSOON,
        huishouden__in={huishouden for huishouden in huishoudens if huishouden},
    ).select_related("medewerker")
    return {rij.huishouden_id: rij.medewerker for rij in rijen if rij.medewerker}


def _oud(geregistreerd_op: datetime, sinds: date | None, nu: datetime) -> tuple[int, int]:
    """How many hours since it was registered, and how many days since it came in."""
    dagen = (timezone.localdate(nu) - (sinds or timezone.localdate(geregistreerd_op))).days
    return max(int((nu - geregistreerd_op) / UUR), 0), max(dagen, 0)


def _jaren(geboortedatum: date | None, vandaag: date) -> int | None:
    if geboortedatum is None:
        return None
    nog_niet_jarig = (vandaag.month, vandaag.day) < (geboortedatum.month, geboortedatum.day)
    return vandaag.year - geboortedatum.year - nog_niet_jarig
