"""The tijdlijn of a whole household: everything around it, by kind and by person, and what one member may have of it.

A partner and a child of twelve or older have things that the others don't see; what is printed for one member leaves
those of the others out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from households.gezag import SAMEN, leeftijd
from households.models import Gezinswijziging, Huishouden, Persoon, Relatie, Relatiesoort, Verblijf
from households.tijdlijn import GROEP_VAN, Groep, Kijker, Regel, gezinslijnen
from meldingen.models import Melding, Terugbelverzoek
from meldingen.tijdlijn import contactlijnen, met_personen, nieuwste_eerst, tijdlijn
from teams.access import Actie, zichtbaar
from teams.lezen import Spoor, leg_vast
from teams.models import Handeling

GEDEELD = ("gezinswijziging", "betrokkenheid", "ketenpartner")
"""What is the household's."""
MET_TOELICHTING = ("gezinswijziging", "betrokkenheid", "opschalingstap")
"""Whose text may say something of one member, such as where they went."""


@dataclass(frozen=True)
class Dossier:
    """The lines of a household, the newest first, and the names of everybody who ever lived there."""

    regels: list[Regel]
    namen: Mapping[int, str]

    def rijen(self, soort: str) -> list[Any]:
        """The rows behind the lines of a soort, each once, the newest first."""
        return [regel.rij for regel in self.regels if regel.soort == soort and regel.rij]


def dossier(
    huishouden: int, meldingen: Mapping[int, Melding], gelogd: Iterable[int], spoor: Spoor
) -> Dossier:
    """Everything that the reader of the dossier may know of it; `meldingen` are those that they may read.

    Whoever lived there before is called by name, but for who lives where it is afgeschermd now. `gelogd` are the keys
    of the persons who stand in the log already. The number of queries doesn't depend on the number of lines.
    """
    ooit = Verblijf.objects.filter(huishouden=huishouden).values("persoon")
    bekend = list(zichtbaar(Persoon.objects.filter(pk__in=ooit), spoor.wie, Actie.ZIEN))
    al = set(gelogd)
    leg_vast([rij for rij in bekend if rij.pk not in al], spoor=spoor, handeling=Handeling.IN_LIJST)
    kijker = Kijker({rij.pk: rij.naam for rij in bekend}, _andere_huishoudens(huishouden, spoor))
    los = zichtbaar(
        Terugbelverzoek.objects.filter(melding__isnull=True, persoon__in=ooit), spoor.wie, Actie.LEZEN
    )
    over = {pk: melding.persoon_id for pk, melding in meldingen.items()}
    regels = [
        *met_personen(tijdlijn(list(meldingen)), over),
        *contactlijnen(over, los),
        *_leesbaar(gezinslijnen(huishouden, kijker), meldingen, kijker, spoor),
    ]
    return Dossier(nieuwste_eerst(regels), kijker.namen)


def _leesbaar(
    regels: list[Regel], meldingen: Collection[int], kijker: Kijker, spoor: Spoor
) -> Iterator[Regel]:
    """What the reader may have of these lines: of a melding that they may not read no more than who was asked along.

    A melding goes on to belong to the household that its person fled, and a besluit is about its person alone.
    """
    elders = {regel.melding for regel in regels if regel.melding} - set(meldingen)
    ook = zichtbaar(Melding.objects.filter(pk__in=elders), spoor.wie, Actie.LEZEN)
    leesbaar = {0, *meldingen, *ook.values_list("pk", flat=True)}
    for regel in regels:
        if regel.soort == "besluitstap" and not regel.personen <= kijker.namen.keys():
            continue
        if regel.melding in leesbaar:
            yield regel
        elif regel.soort == "opschalingstap":
            yield replace(regel, tekst="")


def kies(regels: Iterable[Regel], *, groep: Groep | None, persoon: int | None) -> list[Regel]:
    """The lines of one kind, or about one person; those of the household as a whole are about nobody."""
    return [
        regel
        for regel in regels
        if (groep is None or GROEP_VAN.get(regel.soort) == groep)
        and (persoon is None or persoon in regel.personen or persoon == regel.eigen_van)
    ]


def weet_van(lid: Persoon, dag: date) -> frozenset[int]:
    """Whose own things a member may have: their own, and those of a child under twelve over whom they have gezag."""
    kinderen = Relatie.objects.op_dag(dag).filter(van=lid, soort=Relatiesoort.GEZAG).select_related("naar")
    jong = {
        rij.naar_id
        for rij in kinderen
        if rij.naar.geboortedatum and leeftijd(rij.naar.geboortedatum, dag) < SAMEN
    }
    return frozenset({lid.pk, *jong})


def te_kiezen(regels: Iterable[Regel], weet: frozenset[int]) -> list[Regel]:
    """The notes that are printed for a member only when somebody chose them: they may say something of another."""
    return [
        regel
        for regel in regels
        if regel.soort == "huishoudnotitie"
        and regel.vervallen is None
        and regel.eigen_van is None
        and not _over_alleen(regel, weet)
    ]


def voor_lid(
    regels: Iterable[Regel], weet: frozenset[int], lid: int, *, notities: Collection[int] = ()
) -> list[Regel]:
    """What of these lines may be printed for `lid`, who may have the own things of `weet`.

    `notities` are the keys of the notes that were chosen (`te_kiezen`). What doesn't hold any more, and what says which
    household somebody belongs to now, stays out.
    """
    return [
        replace(regel, tekst="", ander=None)
        if regel.soort in MET_TOELICHTING and lid not in regel.personen
        else regel
        for regel in regels
        if regel.vervallen is None and _voor(regel, weet, notities)
    ]


def _over_alleen(regel: Regel, weet: frozenset[int]) -> bool:
    return bool(regel.personen) and regel.personen <= weet


def _voor(regel: Regel, weet: frozenset[int], notities: Collection[int]) -> bool:
    if regel.eigen_van is not None:
        return regel.eigen_van in weet
    if regel.soort == "koppeling":
        return False
    if regel.soort == "relatie":
        return bool(regel.personen & weet)
    if regel.soort == "huishoudnotitie":
        return regel.sleutel in notities or _over_alleen(regel, weet)
    return regel.soort in GEDEELD or regel.personen <= weet


def herkomst(regels: Iterable[Regel]) -> list[Gezinswijziging]:
    """The changes by which households became this one, or this one went on in another, that the reader may know of."""
    return [
        regel.rij
        for regel in regels
        if regel.soort == "gezinswijziging" and regel.ander and not regel.vervallen
    ]


def _andere_huishoudens(huishouden: int, spoor: Spoor) -> frozenset[int]:
    """Those that something that happened here touched, too, as far as the reader may know of them."""
    hier = Gezinswijziging.objects.filter(huishoudens=huishouden).values("pk")
    ooit = Gezinswijziging.huishoudens.through.objects.filter(gezinswijziging__in=hier).values("huishouden")
    rijen = zichtbaar(Huishouden.objects.filter(pk__in=ooit).exclude(pk=huishouden), spoor.wie, Actie.ZIEN)
    return frozenset(rijen.values_list("pk", flat=True))
