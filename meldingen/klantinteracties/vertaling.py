"""Between the words of the API Klantinteracties and ours: the one place where both are known.

Nothing here asks the database or the web anything but who an actor is; the register and the consumer both use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from meldingen.models import Actor, Adressoort, Betrokkene, Contactkanaal, DigitaalAdres, Internetaak, Kanaal
from meldingen.models.partijen import Benoemd, Geidentificeerd
from teams.models import IN_TEAM, Aanstelling, Medewerker, Team

OBJECTENREGISTER = "obj"
"""`codeRegister` of a team or colleague that the software chose from the municipality's own list."""
LANGSTE_TELEFOON = 40

KANALEN: Mapping[str, Contactkanaal] = {
    "telefoon": Contactkanaal.TELEFOON,
    "telefonisch": Contactkanaal.TELEFOON,
    "email": Contactkanaal.EMAIL,
    "mail": Contactkanaal.EMAIL,
    "webformulier": Contactkanaal.WEBFORMULIER,
    "contactformulier": Contactkanaal.WEBFORMULIER,
    "formulier": Contactkanaal.WEBFORMULIER,
    "website": Contactkanaal.WEBFORMULIER,
    "balie": Contactkanaal.BALIE,
}
"""The word is free in that API; these are ours. Any other is kept as it was told, and counts under no kanaal."""
MELDINGKANAAL: Mapping[Contactkanaal, Kanaal] = {
    Contactkanaal.TELEFOON: Kanaal.TELEFOON,
    Contactkanaal.EMAIL: Kanaal.EMAIL,
    Contactkanaal.WEBFORMULIER: Kanaal.WEBFORMULIER,
    Contactkanaal.BALIE: Kanaal.BALIE,
}
TELEFOON = re.compile(r"0[89]00[0-9]{4,7}|0[1-9][0-9]{8}|(\+|00)[0-9]{9,18}|14[0-9]{2,4}")
"""A phone number without spaces and dashes: Dutch, of abroad, or a short one of a municipality."""


def contactkanaal(kanaal: str) -> Contactkanaal | None:
    """Which of ours a free word means; None when it is another."""
    return KANALEN.get(re.sub("[^a-z]", "", kanaal.lower()))


def meldingkanaal(kanaal: str) -> Kanaal | None:
    """The same for a melding."""
    gevonden = contactkanaal(kanaal)
    return MELDINGKANAAL[gevonden] if gevonden else None


def is_telefoonnummer(adres: str) -> bool:
    """Whether somebody can be called at this."""
    return bool(TELEFOON.fullmatch(re.sub(r"[\s().-]", "", adres)))


@dataclass(frozen=True)
class Bestemming:
    """Whose a task is here: a team, and perhaps somebody in it; neither when it isn't ours."""

    team: Team | None = None
    medewerker: Medewerker | None = None


def bestemming(actoren: Iterable[Geidentificeerd]) -> Bestemming:
    """The team whose code an actor has as key in the municipality's list, and the colleague who is named so.

    A colleague is found by user name or mail address, and has to work in a team: in the one that is named beside,
    else in the first by code. In a team that is named but in which they don't work, nobody in person gets it.
    """
    sleutels = [
        actor.object_id for actor in actoren if actor.object_id and actor.code_register == OBJECTENREGISTER
    ]
    if not sleutels:
        return Bestemming()
    teams = {team.code: team for team in Team.objects.filter(code__in=sleutels)}
    team = next((teams[sleutel] for sleutel in sleutels if sleutel in teams), None)
    wie = Q(pk__in=[])
    for sleutel in sleutels:
        wie |= Q(medewerker__username__iexact=sleutel) | Q(medewerker__email__iexact=sleutel)
    werkt = Aanstelling.objects.op_dag(timezone.localdate()).filter(
        wie, rol__in=IN_TEAM, medewerker__is_active=True
    )
    if team:
        werkt = werkt.filter(team=team)
    aanstelling = werkt.select_related("medewerker", "team").order_by("team__code", "medewerker").first()
    if aanstelling:
        return Bestemming(aanstelling.team, aanstelling.medewerker)
    return Bestemming(team)


@dataclass(frozen=True)
class Bereik:
    """Who asks, and how to reach them, as far as was told."""

    naam: str = ""
    telefoon: str = ""
    email: str = ""
    overig: list[str] = field(default_factory=list)
    """Other addresses: a second number, or whatever is neither."""


Adres = tuple[Adressoort, str]


def bereik(namen: Iterable[str], adressen: Iterable[Adres]) -> Bereik:
    """The first name, number and mail address that there are; the other addresses are kept beside them."""
    naam = next(filter(None, namen), "")
    telefoon = email = ""
    overig: list[str] = []
    for soort, adres in adressen:
        if soort == Adressoort.TELEFOONNUMMER and not telefoon and len(adres) <= LANGSTE_TELEFOON:
            telefoon = adres
        elif soort == Adressoort.EMAIL and not email:
            email = adres
        elif adres not in overig:
            overig.append(adres)
    return Bereik(naam, telefoon, email, overig)


def bereik_van(betrokkenen: Iterable[Betrokkene]) -> Bereik:
    """Of who took part in a contact: who began it first, with their own addresses before those of the partij."""
    op_volgorde = sorted(betrokkenen, key=lambda wie: (not wie.initiator, wie.pk))
    namen = [naam_van(wie) for wie in op_volgorde]
    namen += [naam_van(wie.partij) for wie in op_volgorde if wie.partij]
    adressen: list[DigitaalAdres] = []
    for wie in op_volgorde:
        adressen += _op_volgorde(wie.adressen.all())
    for wie in op_volgorde:
        adressen += _op_volgorde(wie.partij.adressen.all()) if wie.partij else []
    return bereik(namen, [(Adressoort(adres.soort), adres.adres) for adres in adressen])


def _op_volgorde(adressen: Iterable[DigitaalAdres]) -> list[DigitaalAdres]:
    return sorted(adressen, key=lambda adres: (not adres.standaard, adres.pk))


def naam_van(wie: Any) -> str:
    """What somebody or an organisation is called."""
    naam: str = wie.volledige_naam or wie.organisatienaam
    return naam


def vraagtekst(*, onderwerp: str, inhoud: str, toelichting: str, wie: Bereik, telefoon: bool) -> str:
    """What the team reads: what it was about, and how else somebody can be reached; nothing is said twice.

    `telefoon` says that the number itself stands elsewhere.
    """
    delen: list[str] = []
    for deel in (onderwerp.strip(), inhoud.strip(), toelichting.strip()):
        if deel and not any(deel in eerder for eerder in delen):
            delen.append(deel)
    ook = [*([wie.email] if telefoon and wie.email else []), *wie.overig]
    if ook:
        delen.append(f"Ook te bereiken: {', '.join(ook)}")
    return "\n".join(delen)


def vraag_van(taak: Internetaak, wie: Bereik) -> str:
    """The same for a task of the register."""
    interactie = taak.interactie
    return vraagtekst(
        onderwerp=interactie.onderwerp_tekst,
        inhoud=interactie.inhoud,
        toelichting=taak.toelichting,
        wie=wie,
        telefoon=bool(wie.telefoon),
    )


def bereik_uit(contact: Mapping[str, Any]) -> Bereik:
    """Of a contact of a register elsewhere, with `hadBetrokkenen` and their addresses expanded."""
    betrokkenen = contact.get("_expand", {}).get("hadBetrokkenen") or []
    op_volgorde = sorted(betrokkenen, key=lambda wie: not wie.get("initiator"))
    namen = [(wie.get("volledigeNaam") or wie.get("organisatienaam") or "").strip() for wie in op_volgorde]
    adressen = [
        (soort, adres["adres"])
        for wie in op_volgorde
        for adres in wie.get("_expand", {}).get("digitaleAdressen") or []
        if isinstance(soort := Adressoort.codes().get(adres["soortDigitaalAdres"]), Adressoort)
    ]
    return bereik(namen, adressen)


def vraag_uit(taak: Mapping[str, Any], contact: Mapping[str, Any], wie: Bereik) -> str:
    """As `vraag_van`, for a task of a register elsewhere."""
    return vraagtekst(
        onderwerp=contact.get("onderwerp") or "",
        inhoud=contact.get("inhoud") or "",
        toelichting=taak.get("toelichting") or "",
        wie=wie,
        telefoon=bool(wie.telefoon),
    )


def dag_van(contact: Mapping[str, Any]) -> date:
    """The day of a contact elsewhere in the Netherlands; today when none was told, or one that is still to come."""
    vandaag = timezone.localdate()
    try:
        moment = parse_datetime(contact.get("plaatsgevondenOp") or "")
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        return vandaag
    return min(timezone.localdate(moment), vandaag)


ADRESVELDEN = (
    "nummeraanduidingId",
    "straatnaam",
    "huisnummer",
    "huisnummertoevoeging",
    "postcode",
    "stad",
    "adresregel1",
    "adresregel2",
    "adresregel3",
    "land",
)


def adresobject(adres: Mapping[str, Any] | None) -> dict[str, Any]:
    """An address with every field, those that weren't told empty."""
    leeg: dict[str, Any] = {**dict.fromkeys(ADRESVELDEN, ""), "huisnummer": None}
    return {**leeg, **{naam: waarde for naam, waarde in (adres or {}).items() if naam in leeg}}


def contactnaam(wie: Benoemd) -> dict[str, str]:
    """A name in the parts of that API."""
    return {
        "voorletters": wie.voorletters,
        "voornaam": wie.voornaam,
        "voorvoegselAchternaam": wie.voorvoegsel,
        "achternaam": wie.achternaam,
    }


def identificator(wie: Geidentificeerd, sleutel: str | None = None) -> dict[str, str]:
    """A key in a register elsewhere; `sleutel` in the place of one that isn't stored in the clear."""
    return {
        "objectId": wie.object_id if sleutel is None else sleutel,
        "codeObjecttype": wie.code_objecttype,
        "codeRegister": wie.code_register,
        "codeSoortObjectId": wie.code_soort_object_id,
    }


def is_team_of_collega(actor: Actor) -> bool:
    """Whether the software chose this actor from the municipality's list of teams and colleagues."""
    return actor.code_register == OBJECTENREGISTER
