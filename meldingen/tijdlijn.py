"""What happened around meldingen, told in the order in which it happened: each line who, when and what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from households.tijdlijn import Regel, Vervallen
from households.tijdlijn import naam_van as _naam
from meldingen.models import (
    Belpoging,
    Gebeurtenis,
    Gesprek,
    Klantcontact,
    Koppeling,
    Notitie,
    Soort,
    Terugbelverzoek,
    Toewijzing,
    Verplaatsing,
    Verslag,
    Verwijzing,
)


def tijdlijn(meldingen: Collection[int]) -> list[Regel]:
    """Every line of these meldingen, the newest first, in fifteen queries or fewer, however many lines."""
    waar = {"melding__in": meldingen}
    gesprekken = list(
        Gesprek.objects.filter(**waar)
        .select_related("door", "afgezegd_door", "gehouden_door")
        .prefetch_related("deelnemers", "aanwezigen", "genoten")
    )
    regels = [
        *map(_feit, Gebeurtenis.objects.filter(**waar).select_related("door", "vervallen_door", "team")),
        *map(_notitie, Notitie.objects.filter(**waar).select_related("door", "vervallen_door")),
        *map(_toewijzing, Toewijzing.objects.filter(**waar).select_related("door", "medewerker", "team")),
        *map(_koppeling, Koppeling.objects.filter(**waar).select_related("door")),
        *map(_gesprek, gesprekken),
        *(regel for gesprek in gesprekken for regel in _gehouden(gesprek)),
        *map(
            _verplaatsing,
            Verplaatsing.objects.filter(gesprek__melding__in=meldingen).select_related("door", "gesprek"),
        ),
        *map(
            _terugbelverzoek,
            Terugbelverzoek.objects.filter(**waar).select_related("aangenomen_door", "team", "medewerker"),
        ),
        *map(
            _belpoging,
            Belpoging.objects.filter(terugbelverzoek__melding__in=meldingen).select_related(
                "door", "terugbelverzoek"
            ),
        ),
        *map(
            _verwijzing,
            Verwijzing.objects.filter(**waar).select_related("door", "vervallen_door", "voorziening"),
        ),
        *map(_verslag, Verslag.objects.filter(**waar).select_related("door")),
    ]
    return nieuwste_eerst(regels)


def contactlijnen(meldingen: Mapping[int, int | None], los: QuerySet[Terugbelverzoek]) -> list[Regel]:
    """Contacts around a household beside its meldingen: those with the KCC, and promises that belong to no melding.

    `meldingen` says about whom each melding is, `los` are the promises. Three queries, unsorted.
    """
    contacten = Klantcontact.objects.filter(melding__in=meldingen).select_related("door", "vervallen_door")
    verzoeken = list(los.select_related("aangenomen_door", "team", "medewerker"))
    over = {verzoek.pk: frozenset(filter(None, [verzoek.persoon_id])) for verzoek in verzoeken}
    pogingen = Belpoging.objects.filter(terugbelverzoek__in=over).select_related("door", "terugbelverzoek")
    return [
        *met_personen(map(_klantcontact, contacten), meldingen),
        *(replace(_terugbelverzoek(verzoek), personen=over[verzoek.pk]) for verzoek in verzoeken),
        *(replace(_belpoging(poging), personen=over[poging.terugbelverzoek_id]) for poging in pogingen),
    ]


def met_personen(regels: Iterable[Regel], meldingen: Mapping[int, int | None]) -> list[Regel]:
    """The lines, each with whom its melding is about."""
    return [
        replace(regel, personen=frozenset(filter(None, [meldingen.get(regel.melding)]))) for regel in regels
    ]


def nieuwste_eerst(regels: Iterable[Regel]) -> list[Regel]:
    """In the order of the page."""
    return sorted(regels, key=lambda regel: regel.volgorde, reverse=True)


def _vervallen(rij: Gebeurtenis | Klantcontact | Notitie | Verwijzing) -> Vervallen | None:
    if rij.vervallen_op is None:
        return None
    return Vervallen(rij.vervallen_op, _naam(rij.vervallen_door), rij.vervallen_reden)


def _feit(feit: Gebeurtenis) -> Regel:
    kenmerken = [
        feit.get_kanaal_display() if feit.kanaal else "",
        feit.get_aanleiding_display() if feit.aanleiding else "",
        feit.get_categorie_display() if feit.categorie else "",
        str(feit.team) if feit.team else "",
    ]
    return Regel(
        melding=feit.melding_id,
        soort="feit",
        sleutel=feit.pk,
        dag=feit.datum,
        vastgelegd_op=feit.geregistreerd_op,
        wie=_naam(feit.door),
        wat=Soort(feit.soort).label.capitalize(),
        tekst=feit.reden or ", ".join(filter(None, kenmerken)),
        vervallen=_vervallen(feit),
        rij=feit,
    )


def _op(moment: datetime, **wat: Any) -> Regel:
    return Regel(dag=timezone.localdate(moment), vastgelegd_op=moment, **wat)


def _notitie(notitie: Notitie) -> Regel:
    return _op(
        notitie.geregistreerd_op,
        melding=notitie.melding_id,
        soort="notitie",
        sleutel=notitie.pk,
        wie=_naam(notitie.door),
        wat="Notitie",
        tekst=notitie.tekst,
        vervallen=_vervallen(notitie),
    )


def _verslag(rij: Verslag) -> Regel:
    return _op(
        rij.geregistreerd_op,
        melding=rij.melding_id,
        soort="verslag",
        sleutel=rij.pk,
        wie=_naam(rij.door),
        wat=f"Verslag verstuurd op {rij.verstuurd_op:%d-%m-%Y}" if rij.verstuurd_op else "Verslag geschreven",
        tekst=f"{rij.get_wijze_display()}, aan {rij.verstuurd_aan}" if rij.wijze else "",
    )


def _verwijzing(rij: Verwijzing) -> Regel:
    return Regel(
        melding=rij.melding_id,
        soort="verwijzing",
        sleutel=rij.pk,
        dag=rij.datum,
        vastgelegd_op=rij.geregistreerd_op,
        wie=_naam(rij.door),
        wat=f"Verwezen naar {rij.voorziening.naam}",
        tekst=rij.toelichting,
        vervallen=_vervallen(rij),
    )


def _toewijzing(rij: Toewijzing) -> Regel:
    bij = rij.team.naam if rij.team else "geen team"
    opgepakt = rij.medewerker_id is not None and rij.medewerker_id == rij.door_id
    if opgepakt:
        wat = f"Opgepakt in {bij}"
    else:
        wat = f"Toegewezen aan {rij.medewerker.naam if rij.medewerker else 'nog niemand'} ({bij})"
    return _op(
        rij.vanaf,
        melding=rij.melding_id,
        soort="toewijzing",
        sleutel=rij.pk,
        wie=_naam(rij.door),
        wat=wat,
        tekst=rij.reden,
    )


def _koppeling(rij: Koppeling) -> Regel:
    """By number alone: about whom it was before need not be for the reader's eyes."""
    wie = f"inwoner {rij.persoon_id}" if rij.persoon_id else "geen inwoner"
    waar = f" en huishouden {rij.huishouden_id}" if rij.huishouden_id else ""
    return _op(
        rij.vanaf,
        melding=rij.melding_id,
        soort="koppeling",
        sleutel=rij.pk,
        wie=_naam(rij.door),
        wat=f"Gekoppeld aan {wie}{waar}",
        tekst=rij.reden,
    )


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y H:i")


def _gesprek(gesprek: Gesprek) -> Regel:
    """Residents who are expected by number alone: a line may be printed for one of them."""
    met = ", ".join(sorted(deelnemer.naam for deelnemer in gesprek.deelnemers.all()))
    aantal = len(gesprek.genoten.all())
    verwacht = f"{aantal} {'ander' if aantal == 1 else 'anderen'} verwacht" if aantal else ""
    return _op(
        gesprek.geregistreerd_op,
        melding=gesprek.melding_id,
        soort="gesprek",
        sleutel=gesprek.pk,
        wie=_naam(gesprek.door),
        wat=f"Gesprek gepland op {_moment(gesprek.gepland_op)}",
        tekst=" · ".join(filter(None, (gesprek.waar, f"door {met}" if met else "", verwacht))),
        vervallen=(
            Vervallen(gesprek.afgezegd_op, _naam(gesprek.afgezegd_door), gesprek.afgezegd_reden)
            if gesprek.afgezegd_op
            else None
        ),
        rij=gesprek,
    )


def _verplaatsing(rij: Verplaatsing) -> Regel:
    return _op(
        rij.op,
        melding=rij.gesprek.melding_id,
        soort="verplaatsing",
        sleutel=rij.pk,
        wie=_naam(rij.door),
        wat=f"Gesprek verplaatst, het was {_moment(rij.gepland_op)}",
        tekst=" · ".join(filter(None, (rij.plaats, rij.reden))),
    )


def _gehouden(gesprek: Gesprek) -> Iterator[Regel]:
    """That it was held, and by whom; its key follows the order in which that was registered."""
    if gesprek.gehouden_op and gesprek.gehouden_vastgelegd_op:
        yield Regel(
            melding=gesprek.melding_id,
            soort="gehouden",
            sleutel=int(gesprek.gehouden_vastgelegd_op.timestamp() * 1000),
            dag=gesprek.gehouden_op,
            vastgelegd_op=gesprek.gehouden_vastgelegd_op,
            wie=_naam(gesprek.gehouden_door),
            wat="Gesprek gehouden",
            tekst=f"door {', '.join(sorted(wie.naam for wie in gesprek.aanwezigen.all()))}",
        )


def _terugbelverzoek(verzoek: Terugbelverzoek) -> Regel:
    wie = verzoek.medewerker or verzoek.team
    voor = date_format(timezone.localtime(verzoek.uiterlijk_op), "j F H:i")
    return _op(
        verzoek.aangenomen_op,
        melding=verzoek.melding_id or 0,
        soort="terugbelverzoek",
        sleutel=verzoek.pk,
        wie=_naam(verzoek.aangenomen_door),
        wat=f"Terugbellen beloofd vóór {voor} ({getattr(wie, 'naam', 'nog geen team')})",
        tekst=" · ".join(filter(None, (verzoek.naam, verzoek.telefoon, verzoek.vraag))),
        vervallen=(
            Vervallen(verzoek.ingetrokken_op, "", verzoek.ingetrokken_reden)
            if verzoek.ingetrokken_op
            else None
        ),
    )


def _belpoging(poging: Belpoging) -> Regel:
    return _op(
        poging.op,
        melding=poging.terugbelverzoek.melding_id or 0,
        soort="belpoging",
        sleutel=poging.pk,
        wie=_naam(poging.door),
        wat=f"Gebeld: {poging.get_uitkomst_display()}",
    )


def _klantcontact(contact: Klantcontact) -> Regel:
    wat = (
        contact.get_kanaal_display() if contact.kanaal else "",
        contact.get_thema_display() if contact.thema else "",
        contact.get_afhandeling_display() if contact.afhandeling else "",
    )
    return Regel(
        melding=contact.melding_id or 0,
        soort="klantcontact",
        sleutel=contact.pk,
        dag=contact.datum,
        vastgelegd_op=contact.geregistreerd_op,
        wie=_naam(contact.door),
        wat="Contact met het KCC",
        tekst=", ".join(filter(None, wat)),
        vervallen=_vervallen(contact),
    )
