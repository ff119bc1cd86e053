"""Who may what: one table, from which every queryset and every check is derived.

`REGELS` says on which grounds a role may do something with rows of a model; `teams.gronden` says what a ground
means there. `zichtbaar` gives the rows, `mag` asks it about one row: a list and a page can't disagree. Whoever has
no rule sees nothing. Source: the three tiers of complaint R3 (that and who, dossier, afgeschermd).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar, cast

from django.db.models import Model, Q, QuerySet, SmallIntegerField
from django.utils import timezone

from teams.gronden import (
    AANGELEVERD,
    ACTIVITEIT,
    AFNEMER,
    BESLUIT,
    BESTAND,
    BEWAARD_FILTER,
    CONSULT,
    DOSSIER,
    EXTERN_CIJFER,
    GRONDEN,
    HUISHOUDEN,
    INZAGE,
    KLACHT,
    KLANTCONTACT,
    KLANTINTERACTIE,
    MEDEWERKER,
    MEEGENOMEN,
    MELDING,
    NOODTOEGANG,
    OPSCHALING,
    PERSOON,
    POSTSTUK,
    RAPPORTAGE,
    SOCIALE_KAART,
    SPREEKUUR,
    TERUGBELVERZOEK,
    Wie,
    alles,
)
from teams.insql import InSql, Tekst, schrijf
from teams.models import Grond, Rol

M = TypeVar("M", bound=Model)


class Actie(StrEnum):
    """What one can want with a row."""

    ZIEN = "zien"  # that it exists, and who has it
    LEZEN = "lezen"  # what stands in it
    WERKEN = "werken"  # take steps, write, correct
    VERDELEN = "verdelen"  # give it to somebody else
    AANNEMEN = "aannemen"  # register a new one
    NOODTOEGANG = "noodtoegang"  # open it with a reason, for a while
    BEOORDELEN = "beoordelen"  # say what one thinks of what somebody else did or asked
    AFSCHERMEN = "afschermen"  # hide it for safety or privacy, or end that
    VOLGEN = "volgen"  # hear how far it is, and nothing of what stands in it
    INTREKKEN = "intrekken"  # take back what one asked for
    BEHEREN = "beheren"  # keep reference data
    VASTSTELLEN = "vaststellen"  # keep figures as they are known now


STAMGEGEVENS = (
    SOCIALE_KAART,
    MEDEWERKER,
    "teams.Aanstelling",
    "teams.Instelling",
    "teams.Inwonertal",
    "teams.Postcodegebied",
    SPREEKUUR,
    "teams.Team",
    "voorzieningen.Aanbieder",
    "voorzieningen.Budget",
    "voorzieningen.Voorziening",
    "voorzieningen.Voorzieningengroep",
)
"""What beheer keeps; none of it is about a resident."""

IN_HET_VELD = (Rol.WIJKWERKER, Rol.COORDINATOR, Rol.EXPERT)
INHOUD = tuple(DOSSIER)
LEEST_CIJFERS = (*IN_HET_VELD, Rol.TOETSER, Rol.KLACHTEN, Rol.ANALIST, Rol.MANAGER, Rol.BEHEER)
BELT = (Grond.BEHANDELAAR, Grond.BETROKKEN, Grond.TEAM_VAN_MELDING, Grond.ZONDER_TEAM)
ZONDER_NOOD = tuple(grond for grond in DOSSIER if grond != Grond.NOODTOEGANG)

VOLGORDE = (
    Grond.BEHANDELAAR,
    Grond.BETROKKEN,
    Grond.EIGEN_TEAM,
    Grond.TEAM_VAN_MELDING,
    Grond.OPGESCHAALD,
    Grond.TOETS,
    Grond.ZELF,
    Grond.ZONDER_TEAM,
    Grond.VERDEELT,
    Grond.LEIDT,
    Grond.NOODTOEGANG,
    Grond.TOEZICHT,
    Grond.ALLES,
    Grond.IN_DE_RIJ,
    Grond.BEKEND,
)
"""Which ground the log names where several hold: the one that says most first."""

REGELS: Mapping[tuple[Rol, Actie, str], tuple[Grond, ...]] = {
    **{
        (rol, actie, model): gronden
        for rol in IN_HET_VELD
        for actie, model, gronden in (
            (Actie.ZIEN, HUISHOUDEN, (*INHOUD, Grond.BEKEND)),
            (Actie.LEZEN, HUISHOUDEN, INHOUD),
            (Actie.WERKEN, HUISHOUDEN, ZONDER_NOOD),
            (Actie.NOODTOEGANG, HUISHOUDEN, (Grond.BEKEND,)),
            (Actie.AFSCHERMEN, HUISHOUDEN, (Grond.BETROKKEN,)),
            (Actie.ZIEN, PERSOON, (*INHOUD, Grond.BEKEND)),
            (Actie.LEZEN, PERSOON, INHOUD),
            (Actie.WERKEN, PERSOON, ZONDER_NOOD),
            (
                Actie.ZIEN,
                MELDING,
                (Grond.BEHANDELAAR, Grond.IN_DE_RIJ, Grond.ZONDER_TEAM, *INHOUD, Grond.BEKEND),
            ),
            (
                Actie.LEZEN,
                MELDING,
                (Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING, Grond.ZONDER_TEAM, *INHOUD),
            ),
            (
                Actie.WERKEN,
                MELDING,
                (Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING, Grond.ZONDER_TEAM, *ZONDER_NOOD),
            ),
            (Actie.AANNEMEN, MELDING, (Grond.ALLES,)),
            (Actie.LEZEN, TERUGBELVERZOEK, BELT),
            (Actie.WERKEN, TERUGBELVERZOEK, BELT),
            (Actie.AANNEMEN, TERUGBELVERZOEK, (Grond.ALLES,)),
            (Actie.LEZEN, BESLUIT, (Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING, *INHOUD)),
            (Actie.WERKEN, BESLUIT, (Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING, *ZONDER_NOOD)),
            (Actie.LEZEN, OPSCHALING, INHOUD),
            (Actie.WERKEN, OPSCHALING, ZONDER_NOOD),
            (Actie.LEZEN, POSTSTUK, (Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING, *INHOUD)),
            (Actie.LEZEN, BEWAARD_FILTER, (Grond.ZELF, Grond.EIGEN_TEAM)),
            (Actie.WERKEN, BEWAARD_FILTER, (Grond.ZELF,)),
            (Actie.LEZEN, NOODTOEGANG, (Grond.ZELF, Grond.BETROKKEN)),
            (Actie.LEZEN, SOCIALE_KAART, (Grond.ALLES,)),
        )
    },
    **{
        (rol, actie, label): gronden
        for rol in (Rol.WIJKWERKER, Rol.COORDINATOR)
        for label in (ACTIVITEIT, CONSULT)
        for actie, gronden in (
            (Actie.AANNEMEN, (Grond.ALLES,)),
            (Actie.LEZEN, (Grond.EIGEN_TEAM,)),
            (Actie.WERKEN, (Grond.EIGEN_TEAM,)),
        )
    },
    (Rol.COORDINATOR, Actie.BEHEREN, SPREEKUUR): (Grond.VERDEELT,),
    **{(rol, Actie.LEZEN, RAPPORTAGE): (Grond.ALLES,) for rol in LEEST_CIJFERS},
    **{(rol, Actie.LEZEN, label): (Grond.ZELF,) for rol in LEEST_CIJFERS for label in (BESTAND, MEEGENOMEN)},
    (Rol.COORDINATOR, Actie.VERDELEN, MELDING): (Grond.VERDEELT, Grond.ZONDER_TEAM),
    (Rol.COORDINATOR, Actie.VERDELEN, TERUGBELVERZOEK): (Grond.VERDEELT,),
    (Rol.EXPERT, Actie.BEOORDELEN, OPSCHALING): (Grond.OPGESCHAALD,),
    (Rol.COORDINATOR, Actie.VERDELEN, KLANTINTERACTIE): (Grond.ZONDER_TEAM,),
    (Rol.COORDINATOR, Actie.LEZEN, POSTSTUK): (
        Grond.BEHANDELAAR,
        Grond.TEAM_VAN_MELDING,
        Grond.ZONDER_TEAM,
        *INHOUD,
    ),
    (Rol.COORDINATOR, Actie.VERDELEN, POSTSTUK): (Grond.ZONDER_TEAM,),
    (Rol.KCC, Actie.LEZEN, POSTSTUK): (Grond.ZONDER_TEAM,),
    (Rol.KCC, Actie.VERDELEN, POSTSTUK): (Grond.ZONDER_TEAM,),
    (Rol.TOETSER, Actie.ZIEN, MELDING): (Grond.TOETS,),
    (Rol.TOETSER, Actie.LEZEN, MELDING): (Grond.TOETS,),
    (Rol.TOETSER, Actie.LEZEN, BESLUIT): (Grond.TOETS,),
    (Rol.TOETSER, Actie.BEOORDELEN, BESLUIT): (Grond.TOETS,),
    (Rol.KCC, Actie.ZIEN, HUISHOUDEN): (Grond.BEKEND,),
    (Rol.KCC, Actie.ZIEN, PERSOON): (Grond.BEKEND,),
    (Rol.KCC, Actie.ZIEN, MELDING): (Grond.BEKEND,),
    (Rol.KCC, Actie.AANNEMEN, MELDING): (Grond.ALLES,),
    (Rol.KCC, Actie.AANNEMEN, TERUGBELVERZOEK): (Grond.ALLES,),
    (Rol.KCC, Actie.LEZEN, TERUGBELVERZOEK): (Grond.ZELF,),
    (Rol.KCC, Actie.INTREKKEN, TERUGBELVERZOEK): (Grond.ZELF,),
    (Rol.KCC, Actie.VOLGEN, MELDING): (Grond.ZELF,),
    (Rol.KCC, Actie.AANNEMEN, KLANTCONTACT): (Grond.ALLES,),
    (Rol.KCC, Actie.LEZEN, KLANTCONTACT): (Grond.ZELF,),
    (Rol.KCC, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    **{
        (Rol.KCC, actie, label): (Grond.ZELF,)
        for actie in (Actie.LEZEN, Actie.WERKEN)
        for label in AANGELEVERD
    },
    **{
        (Rol.KLACHTEN, actie, KLACHT): (Grond.ALLES,) for actie in (Actie.LEZEN, Actie.AANNEMEN, Actie.WERKEN)
    },
    (Rol.KLACHTEN, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.ANALIST, Actie.WERKEN, EXTERN_CIJFER): (Grond.ALLES,),
    (Rol.ANALIST, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.ANALIST, Actie.VASTSTELLEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.MANAGER, Actie.VASTSTELLEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.MANAGER, Actie.VOLGEN, MELDING): (Grond.LEIDT,),
    (Rol.MANAGER, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.BEHEER, Actie.WERKEN, EXTERN_CIJFER): (Grond.ALLES,),
    (Rol.BEHEER, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    **{(Rol.BEHEER, Actie.BEHEREN, model): (Grond.ALLES,) for model in (*STAMGEGEVENS, AFNEMER)},
    (Rol.FG, Actie.ZIEN, PERSOON): (Grond.TOEZICHT,),
    (Rol.FG, Actie.LEZEN, INZAGE): (Grond.TOEZICHT,),
    (Rol.FG, Actie.LEZEN, MEEGENOMEN): (Grond.TOEZICHT,),
    (Rol.FG, Actie.LEZEN, NOODTOEGANG): (Grond.TOEZICHT,),
    (Rol.FG, Actie.BEOORDELEN, NOODTOEGANG): (Grond.TOEZICHT,),
}
"""Role, action, model: the grounds, any of which is enough."""

OOIT = datetime(2000, 1, 1, 12, tzinfo=UTC)
"""Stands for the moment at which somebody asks, while their conditions are written."""

OVERAL = frozenset({Grond.ALLES, Grond.TOEZICHT})


def gronden(wie: Wie, actie: Actie, label: str) -> dict[Grond, Q]:
    """The grounds that somebody has for an action on a model, each with its condition on the row; in order."""
    genoemd = {grond: None for rol in sorted(wie.rollen) for grond in REGELS.get((rol, actie, label), ())}
    return {
        grond: alles(wie) if grond in OVERAL else GRONDEN[grond, label](wie)
        for grond in sorted(genoemd, key=VOLGORDE.index)
    }


def mag_ooit(wie: Wie, actie: Actie, model: type[Model] | str) -> bool:
    """Whether any row could do: for menus, and for what doesn't exist yet."""
    label = model if isinstance(model, str) else model._meta.label
    return any((rol, actie, label) in REGELS for rol in wie.rollen)


def rollen_die_mogen(actie: Actie, label: str) -> list[Rol]:
    """Which roles have a rule for `actie` with rows of `label`, to tell who was refused."""
    return [rol for rol in Rol if (rol, actie, label) in REGELS]


def zichtbaar(rijen: type[M] | QuerySet[M], wie: Wie, actie: Actie) -> QuerySet[M]:
    """The rows that somebody may do `actie` with, each with `grond`: the first `Grond` that lets them.

    Raises nothing: without a rule it is empty. The log has a `grond` of its own, that of whom it is about.
    """
    qs: QuerySet[M] = rijen if isinstance(rijen, QuerySet) else rijen._default_manager.all()
    label = qs.model._meta.label
    voorwaarden = _voorwaarden(wie, actie, label)
    if not voorwaarden:
        return qs.none()
    # The ground that says least comes first: where it holds, PostgreSQL doesn't look at those that take more.
    ruimste_eerst = list(reversed(voorwaarden.values()))
    sql = " OR ".join(tekst.sql for tekst in ruimste_eerst)
    gezien = qs.filter(InSql(Tekst(f"({sql})", _parameters(ruimste_eerst))))
    if label == INZAGE:
        return gezien
    keuze = " ".join(f"WHEN {tekst.sql} THEN {int(grond)}" for grond, tekst in voorwaarden.items())
    grond = InSql(Tekst(f"CASE {keuze} END", _parameters(voorwaarden.values())), SmallIntegerField())
    return cast("QuerySet[M]", gezien.annotate(grond=grond))


def _parameters(teksten: Iterable[Tekst]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(tekst.parameters for tekst in teksten))


def _voorwaarden(wie: Wie, actie: Actie, label: str) -> dict[Grond, Tekst]:
    """The grounds of `gronden` that can hold, each as SQL."""
    teams = sorted(wie.teams | wie.expertteams | wie.verdeelt | wie.leidt)
    nummer = {team: -plaats for plaats, team in enumerate(teams, start=2)}

    def genummerd(welke: frozenset[int]) -> frozenset[int]:
        return frozenset(nummer[team] for team in welke)

    iemand = replace(
        wie,
        medewerker=-1,
        teams=genummerd(wie.teams),
        expertteams=genummerd(wie.expertteams),
        verdeelt=genummerd(wie.verdeelt),
        leidt=genummerd(wie.leidt),
        moment=OOIT,
    )
    echt: dict[Any, Any] = {nummer: team for team, nummer in nummer.items()}
    echt |= {
        -1: wie.medewerker,
        OOIT: wie.moment,
        timezone.localdate(OOIT): wie.dag,
    }
    return {grond: tekst.met(echt) for grond, tekst in _geschreven(iemand, actie, label).items()}


@lru_cache(maxsize=4096)
def _geschreven(iemand: Wie, actie: Actie, label: str) -> dict[Grond, Tekst]:
    """The grounds of a reader whose keys and moment stand for others."""
    teksten = {grond: schrijf(q, label) for grond, q in gronden(iemand, actie, label).items()}
    return {grond: tekst for grond, tekst in teksten.items() if tekst}


def mag(wie: Wie, actie: Actie, rij: Model) -> bool:
    """Whether somebody may do `actie` with this row: exactly when it is among `zichtbaar`."""
    return zichtbaar(type(rij), wie, actie).filter(pk=rij.pk).exists()
