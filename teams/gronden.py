"""On which grounds somebody has to do with a row: what each ground means, as a condition on the row.

Conditions are built from labels of models and names of fields, since this layer knows none of those above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from teams.models import Aanstelling, Grond, Medewerker, Rol
from teams.perioden import geldt_op


@dataclass(frozen=True)
class Wie:
    """Who asks, with the roles and teams of this moment.

    `teams` are those of a wijkwerker or coördinator, `expertteams` those of an expertteamlid, `verdeelt` those of a
    coördinator, `leidt` those of a manager; keys of `Team`.
    """

    medewerker: int
    rollen: frozenset[Rol]
    teams: frozenset[int]
    expertteams: frozenset[int]
    verdeelt: frozenset[int]
    leidt: frozenset[int]
    moment: datetime

    @classmethod
    def van(cls, medewerker: Any, moment: datetime | None = None) -> Wie:
        """The roles that `medewerker` has at `moment` (now); none for who may not sign in."""
        moment = moment or timezone.now()
        rijen: list[tuple[int, int | None]] = []
        if isinstance(medewerker, Medewerker) and medewerker.is_active:
            dag = timezone.localdate(moment)
            gelezen = medewerker.rollen_op
            rijen = gelezen[1] if gelezen and gelezen[0] == dag else _rollen(medewerker, dag)

        def teams(*rollen: Rol) -> frozenset[int]:
            return frozenset(team for rol, team in rijen if team is not None and rol in rollen)

        return cls(
            medewerker=medewerker.pk or 0,
            rollen=frozenset(Rol(rol) for rol, _ in rijen),
            teams=teams(Rol.WIJKWERKER, Rol.COORDINATOR),
            expertteams=teams(Rol.EXPERT),
            verdeelt=teams(Rol.COORDINATOR),
            leidt=teams(Rol.MANAGER),
            moment=moment,
        )

    @property
    def dag(self) -> date:
        """The day on which it is asked."""
        return timezone.localdate(self.moment)


def _rollen(medewerker: Medewerker, dag: date) -> list[tuple[int, int | None]]:
    return list(Aanstelling.objects.op_dag(dag).filter(medewerker=medewerker).values_list("rol", "team"))


ACTIVITEIT = "teams.Activiteit"
AFNEMER = "teams.Afnemer"
CONSULT = "teams.Consult"
EXTERN_CIJFER = "reporting.ExternCijfer"
HUISHOUDEN = "households.Huishouden"
PERSOON = "households.Persoon"
NOODTOEGANG = "households.Noodtoegang"
MELDING = "meldingen.Melding"
KLACHT = "voorzieningen.Klacht"
KLANTCONTACT = "meldingen.Klantcontact"
TERUGBELVERZOEK = "meldingen.Terugbelverzoek"
BEWAARD_FILTER = "meldingen.BewaardFilter"
BESLUIT = "voorzieningen.Besluit"
OPSCHALING = "meldingen.Opschaling"
KLANTINTERACTIE = "meldingen.Klantinteractie"
POSTSTUK = "meldingen.Poststuk"
INTERNETAAK = "meldingen.Internetaak"
AANGELEVERD = (
    KLANTINTERACTIE,
    INTERNETAAK,
    "meldingen.Actor",
    "meldingen.ActorBijContact",
    "meldingen.Betrokkene",
    "meldingen.DigitaalAdres",
    "meldingen.Onderwerpobject",
    "meldingen.Partij",
    "meldingen.PartijIdentificator",
)
"""What software outside the house told by the API Klantinteracties."""
INZAGE = "teams.Inzage"
MEDEWERKER = "teams.Medewerker"
SPREEKUUR = "teams.Spreekuur"
SOCIALE_KAART = "voorzieningen.AlgemeneVoorziening"
RAPPORTAGE = "reporting.Editie"
BESTAND = "reporting.Bestand"
MEEGENOMEN = "reporting.Meegenomen"

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
    dag = wie.dag
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
        dag = wie.dag
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
    dag = wie.dag
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
    """`voorwaarde` holds for the melding of the row."""
    return _bij(MELDING, "melding", voorwaarde, sleutel="pk")


def _van_besluit(grond: Grond) -> Voorwaarde:
    """The ground that one has on the melding of the besluit; never where its person is afgeschermd for the reader."""
    return lambda wie: _van_belofte(GRONDEN[grond, MELDING](wie)) & _persoon_bekend(wie, "persoon")


def _te_toetsen(wie: Wie) -> Q:
    """A besluit that waits for a toets, or whose toets one has or had; never one's own asking."""
    toetsen = apps.get_model("voorzieningen.Toets")._base_manager.filter(
        Q(toetser=wie.medewerker) | Q(toetser__isnull=True, status="gevraagd"),
        ~Q(gevraagd_door=wie.medewerker),
        besluit=OuterRef("pk"),
    )
    return Q(Exists(toetsen))


def _belofte_open(wie: Wie) -> Q:
    return ~_van_belofte(~_melding_open(wie)) & _persoon_bekend(wie, "persoon")


def _zonder_vervolg(wie: Wie) -> Q:
    """A contact of the KCC that nobody put away, and of which nothing came for any team, or not of all of it."""
    bij_team = Q(terugbelverzoek__isnull=False) | Q(melding__isnull=False)
    blijft_liggen = ~bij_team & Q(afgehandeld_op__isnull=True)
    vervolg = _bij(INTERNETAAK, "pk", bij_team, sleutel="interactie")
    return Q(afgedaan_op__isnull=True) & (
        ~vervolg | _bij(INTERNETAAK, "pk", blijft_liggen, sleutel="interactie")
    )


def _van_poststuk(grond: Grond) -> Voorwaarde:
    """The ground that one has on the melding that a mail became, or on the person it was put with."""

    def voorwaarde(wie: Wie) -> Q:
        van_melding = _van_belofte(GRONDEN[grond, MELDING](wie))
        if grond not in DOSSIER:
            return van_melding
        return van_melding | _bij(PERSOON, "persoon", GRONDEN[grond, PERSOON](wie), sleutel="pk")

    return voorwaarde


def _post_zonder_team(wie: Wie) -> Q:
    """A mail of which nobody made anything yet, or that became a melding of no team."""
    return Q(afgehandeld_op__isnull=True) | _van_belofte(GRONDEN[Grond.ZONDER_TEAM, MELDING](wie))


def alles(wie: Wie) -> Q:
    """Every row."""
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
    (Grond.ZELF, MELDING): lambda wie: Q(aangenomen_door=wie.medewerker) & _melding_open(wie),
    (Grond.VERDEELT, MELDING): lambda wie: Q(team__in=wie.verdeelt),
    (Grond.LEIDT, MELDING): lambda wie: Q(team__in=wie.leidt) & _melding_open(wie),
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
    (Grond.ZELF, KLANTCONTACT): lambda wie: Q(door=wie.medewerker),
    (Grond.VERDEELT, TERUGBELVERZOEK): lambda wie: Q(team__in=wie.verdeelt),
    **{
        (grond, BESLUIT): _van_besluit(grond)
        for grond in (*DOSSIER, Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING)
    },
    (Grond.TOETS, BESLUIT): _te_toetsen,
    **{(grond, OPSCHALING): _van_huishouden(wat, "huishouden") for grond, wat in DOSSIER.items()},
    **{(Grond.ZELF, label): lambda wie: Q(van=wie.medewerker) for label in AANGELEVERD},
    (Grond.ZONDER_TEAM, KLANTINTERACTIE): _zonder_vervolg,
    **{
        (grond, POSTSTUK): _van_poststuk(grond)
        for grond in (*DOSSIER, Grond.BEHANDELAAR, Grond.TEAM_VAN_MELDING)
    },
    (Grond.ZONDER_TEAM, POSTSTUK): _post_zonder_team,
    **{(Grond.EIGEN_TEAM, label): lambda wie: Q(team__in=wie.teams) for label in (ACTIVITEIT, CONSULT)},
    (Grond.VERDEELT, SPREEKUUR): lambda wie: Q(team__in=wie.verdeelt),
    (Grond.ZELF, BEWAARD_FILTER): lambda wie: Q(medewerker=wie.medewerker),
    (Grond.EIGEN_TEAM, BEWAARD_FILTER): lambda wie: Q(team__in=wie.teams | wie.expertteams),
    (Grond.ZELF, BESTAND): lambda wie: Q(medewerker=wie.medewerker),
    (Grond.ZELF, MEEGENOMEN): lambda wie: Q(medewerker=wie.medewerker),
    (Grond.BETROKKEN, NOODTOEGANG): lambda wie: _betrokken(wie, "huishouden"),
    (Grond.ZELF, NOODTOEGANG): lambda wie: Q(medewerker=wie.medewerker),
}
