"""Who may what: one table, from which every queryset and every check is derived.

`REGELS` says on which grounds a role may do something with rows of a model; `GRONDEN` says what a ground means
there, as a condition on the row. `zichtbaar` gives the rows, `mag` asks it about one row: a list and a page can't
disagree. Models are named by label, since this layer knows none of those above it; conditions are built from
names of fields. Whoever has no rule sees nothing. Source: the three tiers of complaint R3 (that and who, dossier,
afgeschermd).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, SmallIntegerField
from django.utils import timezone

from teams.insql import InSql, Tekst, schrijf
from teams.models import Aanstelling, Grond, Medewerker, Rol
from teams.perioden import geldt_op

M = TypeVar("M", bound=Model)


class Actie(StrEnum):
    """What one can want with a row."""

    ZIEN = "zien"  # that it exists, and who has it
    LEZEN = "lezen"  # what stands in it
    WERKEN = "werken"  # take steps, write, correct
    VERDELEN = "verdelen"  # give it to somebody else
    AANNEMEN = "aannemen"  # register a new one
    NOODTOEGANG = "noodtoegang"  # open it with a reason, for a while
    BEOORDELEN = "beoordelen"  # judge afterwards whether that was right
    AFSCHERMEN = "afschermen"  # hide it for safety or privacy, or end that
    BEHEREN = "beheren"  # keep reference data


@dataclass(frozen=True)
class Wie:
    """Who asks, with the roles and teams of this moment.

    `teams` are those of a wijkwerker or coördinator, `expertteams` those of an expertteamlid, `verdeelt` those of a
    coördinator; keys of `Team`.
    """

    medewerker: int
    rollen: frozenset[Rol]
    teams: frozenset[int]
    expertteams: frozenset[int]
    verdeelt: frozenset[int]
    moment: datetime

    @classmethod
    def van(cls, medewerker: Any, moment: datetime | None = None) -> Wie:
        """The roles that `medewerker` has at `moment` (now); none for who may not sign in."""
        moment = moment or timezone.now()
        rijen: list[tuple[int, int | None]] = []
        if isinstance(medewerker, Medewerker) and medewerker.is_active:
            dag = timezone.localdate(moment)
            rijen = list(
                Aanstelling.objects.op_dag(dag).filter(medewerker=medewerker).values_list("rol", "team")
            )

        def teams(*rollen: Rol) -> frozenset[int]:
            return frozenset(team for rol, team in rijen if team is not None and rol in rollen)

        return cls(
            medewerker=medewerker.pk or 0,
            rollen=frozenset(Rol(rol) for rol, _ in rijen),
            teams=teams(Rol.WIJKWERKER, Rol.COORDINATOR),
            expertteams=teams(Rol.EXPERT),
            verdeelt=teams(Rol.COORDINATOR),
            moment=moment,
        )


HUISHOUDEN = "households.Huishouden"
PERSOON = "households.Persoon"
NOODTOEGANG = "households.Noodtoegang"
MELDING = "meldingen.Melding"
TERUGBELVERZOEK = "meldingen.Terugbelverzoek"
BEWAARD_FILTER = "meldingen.BewaardFilter"
INZAGE = "teams.Inzage"
MEDEWERKER = "teams.Medewerker"
SOCIALE_KAART = "voorzieningen.AlgemeneVoorziening"
RAPPORTAGE = "reporting.Editie"

STAMGEGEVENS = (
    SOCIALE_KAART,
    MEDEWERKER,
    "teams.Aanstelling",
    "teams.Instelling",
    "teams.Inwonertal",
    "teams.Postcodegebied",
    "teams.Spreekuur",
    "teams.Team",
    "voorzieningen.Aanbieder",
    "voorzieningen.Voorziening",
    "voorzieningen.Voorzieningengroep",
)
"""What beheer keeps; none of it is about a resident."""

Voorwaarde = Callable[[Wie], Q]


def _bij(label: str, pad: str, *voorwaarden: Q, sleutel: str = "huishouden") -> Q:
    """A row of `label` about the household at `pad` meets all conditions."""
    rijen = apps.get_model(label)._base_manager.filter(*voorwaarden, **{sleutel: OuterRef(pad)})
    return Q(Exists(rijen))


def _betrokken(wie: Wie, pad: str) -> Q:
    return _bij("households.Betrokkenheid", pad, geldt_op(wie.moment), Q(medewerker=wie.medewerker))


def _niet_afgeschermd(pad: str) -> Q:
    """Also true where there is no household."""
    return ~_bij(HUISHOUDEN, pad, Q(afgeschermd=True), sleutel="pk")


def _van_team(wie: Wie, pad: str) -> Q:
    """Somebody of the household lives in the area of one of the teams."""
    dag = timezone.localdate(wie.moment)
    woont = Q(Q(tot__isnull=True) | Q(tot__gt=dag), vanaf__lte=dag, vervallen_op__isnull=True)
    wonend = _bij("households.Verblijf", pad, woont, Q(team__in=wie.teams))
    return wonend & _niet_afgeschermd(pad) if wie.teams else Q(pk__in=[])


def _opgeschaald(wie: Wie, pad: str) -> Q:
    if not wie.expertteams:
        return Q(pk__in=[])
    erbij = _bij("households.Betrokkenheid", pad, geldt_op(wie.moment), Q(team__in=wie.expertteams))
    return erbij & _niet_afgeschermd(pad)


def _noodtoegang(wie: Wie, pad: str) -> Q:
    gevraagd = _bij("households.Noodtoegang", pad, geldt_op(wie.moment), Q(medewerker=wie.medewerker))
    return gevraagd & _niet_afgeschermd(pad)


def _van_huishouden(grond: Callable[[Wie, str], Q], pad: str) -> Voorwaarde:
    return lambda wie: grond(wie, pad)


def _van_persoon(grond: Callable[[Wie, str], Q], *, open_: bool) -> Voorwaarde:
    """The ground on a household in which the person lives now; with `open_` for who isn't afgeschermd elsewhere."""

    def voorwaarde(wie: Wie) -> Q:
        dag = timezone.localdate(wie.moment)
        verblijven = apps.get_model("households.Verblijf")._base_manager.filter(
            Q(tot__isnull=True) | Q(tot__gt=dag),
            grond(wie, "huishouden"),
            vanaf__lte=dag,
            vervallen_op__isnull=True,
            persoon=OuterRef("pk"),
        )
        woont = Q(Exists(verblijven))
        return woont & _persoon_bekend(wie, "pk") if open_ else woont

    return voorwaarde


def _persoon_bekend(wie: Wie, pad: str) -> Q:
    """Nobody who lives, or will, in a household that is afgeschermd, unless one works there; true where nobody is."""
    dag = timezone.localdate(wie.moment)
    verborgen = apps.get_model("households.Verblijf")._base_manager.filter(
        Q(tot__isnull=True) | Q(tot__gt=dag),
        ~_betrokken(wie, "huishouden"),
        vervallen_op__isnull=True,
        huishouden__afgeschermd=True,
        persoon=OuterRef(pad),
    )
    return ~Q(Exists(verborgen))


def _melding_open(wie: Wie) -> Q:
    """Neither the household nor the person of the melding is afgeschermd: who fled is found by no old one."""
    return _niet_afgeschermd("huishouden") & _persoon_bekend(wie, "persoon")


def _van_melding(grond: Callable[[Wie, str], Q], *, open_: bool) -> Voorwaarde:
    """The ground on the household of the melding; with `open_` only while its person isn't afgeschermd."""

    def voorwaarde(wie: Wie) -> Q:
        van_huishouden = grond(wie, "huishouden")
        return van_huishouden & _persoon_bekend(wie, "persoon") if open_ else van_huishouden

    return voorwaarde


def _van_belofte(voorwaarde: Q) -> Q:
    """`voorwaarde` holds for the melding of the terugbelverzoek."""
    return _bij(MELDING, "melding", voorwaarde, sleutel="pk")


def _belofte_open(wie: Wie) -> Q:
    return ~_van_belofte(~_melding_open(wie)) & _persoon_bekend(wie, "persoon")


def _alles(wie: Wie) -> Q:
    return Q(pk__isnull=False)


DOSSIER = {
    Grond.BETROKKEN: _betrokken,
    Grond.EIGEN_TEAM: _van_team,
    Grond.OPGESCHAALD: _opgeschaald,
    Grond.NOODTOEGANG: _noodtoegang,
}

GRONDEN: Mapping[tuple[Grond, str], Voorwaarde] = {
    **{(grond, HUISHOUDEN): _van_huishouden(wat, "pk") for grond, wat in DOSSIER.items()},
    **{(grond, MELDING): _van_melding(wat, open_=grond != Grond.BETROKKEN) for grond, wat in DOSSIER.items()},
    **{(grond, PERSOON): _van_persoon(wat, open_=grond != Grond.BETROKKEN) for grond, wat in DOSSIER.items()},
    (Grond.BEKEND, HUISHOUDEN): lambda wie: Q(afgeschermd=False),
    (Grond.BEKEND, PERSOON): lambda wie: _persoon_bekend(wie, "pk"),
    (Grond.BEKEND, MELDING): _melding_open,
    (Grond.IN_DE_RIJ, MELDING): lambda wie: Q(team__in=wie.teams | wie.expertteams),
    (Grond.ZONDER_TEAM, MELDING): lambda wie: Q(team__isnull=True) & _melding_open(wie),
    (Grond.TEAM_VAN_MELDING, MELDING): lambda wie: (
        Q(team__in=wie.teams | wie.expertteams) & _melding_open(wie)
    ),
    (Grond.BEHANDELAAR, MELDING): lambda wie: Q(behandelaar=wie.medewerker),
    (Grond.VERDEELT, MELDING): lambda wie: Q(team__in=wie.verdeelt),
    (Grond.TOETS, MELDING): lambda wie: (
        Q(status__in=["onderzoek_afgerond", "plan_akkoord"]) & _melding_open(wie)
    ),
    (Grond.TEAM_VAN_MELDING, TERUGBELVERZOEK): lambda wie: (
        Q(team__in=wie.teams | wie.expertteams) & _belofte_open(wie)
    ),
    (Grond.ZONDER_TEAM, TERUGBELVERZOEK): lambda wie: Q(team__isnull=True) & _belofte_open(wie),
    (Grond.BETROKKEN, TERUGBELVERZOEK): lambda wie: _van_belofte(_betrokken(wie, "huishouden")),
    (Grond.BEHANDELAAR, TERUGBELVERZOEK): lambda wie: Q(medewerker=wie.medewerker),
    (Grond.ZELF, TERUGBELVERZOEK): lambda wie: Q(aangenomen_door=wie.medewerker),
    (Grond.VERDEELT, TERUGBELVERZOEK): lambda wie: Q(team__in=wie.verdeelt),
    (Grond.ZELF, BEWAARD_FILTER): lambda wie: Q(medewerker=wie.medewerker),
    (Grond.EIGEN_TEAM, BEWAARD_FILTER): lambda wie: Q(team__in=wie.teams | wie.expertteams),
    (Grond.BETROKKEN, NOODTOEGANG): lambda wie: _betrokken(wie, "huishouden"),
    (Grond.ZELF, NOODTOEGANG): lambda wie: Q(medewerker=wie.medewerker),
}

IN_HET_VELD = (Rol.WIJKWERKER, Rol.COORDINATOR, Rol.EXPERT)
INHOUD = tuple(DOSSIER)
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
            (Actie.LEZEN, BEWAARD_FILTER, (Grond.ZELF, Grond.EIGEN_TEAM)),
            (Actie.WERKEN, BEWAARD_FILTER, (Grond.ZELF,)),
            (Actie.LEZEN, NOODTOEGANG, (Grond.ZELF, Grond.BETROKKEN)),
            (Actie.LEZEN, SOCIALE_KAART, (Grond.ALLES,)),
            (Actie.LEZEN, RAPPORTAGE, (Grond.ALLES,)),
        )
    },
    (Rol.COORDINATOR, Actie.VERDELEN, MELDING): (Grond.VERDEELT, Grond.ZONDER_TEAM),
    (Rol.COORDINATOR, Actie.VERDELEN, TERUGBELVERZOEK): (Grond.VERDEELT,),
    (Rol.TOETSER, Actie.ZIEN, MELDING): (Grond.TOETS,),
    (Rol.TOETSER, Actie.LEZEN, MELDING): (Grond.TOETS,),
    (Rol.TOETSER, Actie.LEZEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.KCC, Actie.ZIEN, HUISHOUDEN): (Grond.BEKEND,),
    (Rol.KCC, Actie.ZIEN, PERSOON): (Grond.BEKEND,),
    (Rol.KCC, Actie.ZIEN, MELDING): (Grond.BEKEND,),
    (Rol.KCC, Actie.AANNEMEN, MELDING): (Grond.ALLES,),
    (Rol.KCC, Actie.AANNEMEN, TERUGBELVERZOEK): (Grond.ALLES,),
    (Rol.KCC, Actie.LEZEN, TERUGBELVERZOEK): (Grond.ZELF,),
    (Rol.KCC, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.KLACHTEN, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.KLACHTEN, Actie.LEZEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.ANALIST, Actie.LEZEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.ANALIST, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    (Rol.BEHEER, Actie.LEZEN, RAPPORTAGE): (Grond.ALLES,),
    (Rol.BEHEER, Actie.LEZEN, SOCIALE_KAART): (Grond.ALLES,),
    **{(Rol.BEHEER, Actie.BEHEREN, model): (Grond.ALLES,) for model in STAMGEGEVENS},
    (Rol.FG, Actie.ZIEN, PERSOON): (Grond.TOEZICHT,),
    (Rol.FG, Actie.LEZEN, INZAGE): (Grond.TOEZICHT,),
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
        grond: _alles(wie) if grond in OVERAL else GRONDEN[grond, label](wie)
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
    teams = sorted(wie.teams | wie.expertteams | wie.verdeelt)
    nummer = {team: -plaats for plaats, team in enumerate(teams, start=2)}

    def genummerd(welke: frozenset[int]) -> frozenset[int]:
        return frozenset(nummer[team] for team in welke)

    iemand = Wie(
        -1, wie.rollen, genummerd(wie.teams), genummerd(wie.expertteams), genummerd(wie.verdeelt), OOIT
    )
    echt: dict[Any, Any] = {nummer: team for team, nummer in nummer.items()}
    echt |= {
        -1: wie.medewerker,
        OOIT: wie.moment,
        timezone.localdate(OOIT): timezone.localdate(wie.moment),
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
