"""The only way to data about a person: allowed by `teams.access`, and logged in the same transaction.

No log row, no data: `lees`, `lees_alle` and `leg_vast` write the log before they hand anything out, so a log that
can't be written stops the page. Refusals are logged, too, after the refused transaction was undone (see
`config.middleware`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import BigIntegerField, Model, QuerySet
from django.http import Http404

from teams.access import Actie, zichtbaar
from teams.gronden import Wie
from teams.models import Handeling, Inzage, Medewerker, Weg

M = TypeVar("M", bound=Model)

LANGSTE_SLEUTEL = BigIntegerField.MAX_BIGINT


@dataclass(frozen=True)
class Onderwerp:
    """About whom a row is; keys, or None."""

    persoon: int | None = None
    huishouden: int | None = None


class OverIemand(Protocol):
    """A row that is about a person or household, as `zichtbaar` gives it."""

    pk: int
    grond: int

    def onderwerp(self) -> Onderwerp: ...


@dataclass(frozen=True)
class Spoor:
    """Who reads, by which door, in which request: what every line of the log repeats."""

    medewerker: Medewerker | None
    wie: Wie
    weg: Weg = Weg.WEB
    verzoek: UUID = field(default_factory=uuid4)
    namens: str = ""

    @classmethod
    def van(cls, medewerker: Medewerker, weg: Weg = Weg.OPDRACHT) -> Spoor:
        """The trail of somebody outside a web request."""
        return cls(medewerker, Wie.van(medewerker), weg)

    def regel(self, label: str, handeling: Handeling, **velden: object) -> Inzage:
        """An unsaved line of the log."""
        return Inzage(
            medewerker=self.medewerker,
            namens=self.namens,
            rollen=", ".join(rol.code for rol in sorted(self.wie.rollen)),
            team_id=min(self.wie.teams | self.wie.expertteams, default=None),
            onderwerp=label,
            handeling=handeling,
            weg=self.weg,
            verzoek=self.verzoek,
            **velden,
        )

    def weigering(self, label: str, sleutel: int | None, handeling: Handeling) -> Inzage:
        """An unsaved line that says that a row was refused, if there is one with that key."""
        bestaat = sleutel is not None and sleutel <= LANGSTE_SLEUTEL
        return self.regel(label, handeling, sleutel=sleutel if bestaat else None, toegestaan=False)


class GeenToegang(Http404):
    """Refused, or not there: the reader sees no difference, the log does."""

    def __init__(self, spoor: Spoor, label: str, sleutel: int | None, handeling: Handeling) -> None:
        super().__init__("Niet gevonden")
        self.weigering = spoor.weigering(label, sleutel, handeling)


class GeenRol(PermissionDenied):
    """Refused at the door: no role lets the reader do this with any row. Tells so, and the log of which row it was."""

    def __init__(self, uitleg: str, weigering: Inzage) -> None:
        super().__init__(uitleg)
        self.weigering = weigering


def lees(
    rijen: type[M] | QuerySet[M],
    sleutel: int,
    *,
    spoor: Spoor,
    actie: Actie = Actie.LEZEN,
    handeling: Handeling = Handeling.GEOPEND,
    reden: str = "",
) -> M:
    """One row, when `spoor` may do `actie` with it; logged. GeenToegang otherwise."""
    rij = zichtbaar(rijen, spoor.wie, actie).filter(pk=sleutel).first()
    if rij is None:
        model = rijen.model if isinstance(rijen, QuerySet) else rijen
        raise GeenToegang(spoor, model._meta.label, sleutel, handeling)
    leg_vast([rij], spoor=spoor, handeling=handeling, reden=reden)
    return rij


def lees_alle(
    rijen: type[M] | QuerySet[M],
    sleutels: Iterable[int],
    *,
    spoor: Spoor,
    actie: Actie,
    handeling: Handeling,
) -> list[M]:
    """All of these rows, when `spoor` may do `actie` with every one of them; logged, in two statements.

    GeenToegang, naming the first that may not, otherwise: one that isn't for the reader spoils the whole.
    """
    gevraagd = set(sleutels)
    gevonden = {rij.pk: rij for rij in zichtbaar(rijen, spoor.wie, actie).filter(pk__in=gevraagd)}
    if mist := gevraagd - gevonden.keys():
        model = rijen.model if isinstance(rijen, QuerySet) else rijen
        raise GeenToegang(spoor, model._meta.label, min(mist), handeling)
    leg_vast(gevonden.values(), spoor=spoor, handeling=handeling)
    return list(gevonden.values())


def leg_vast(rijen: Iterable[Model], *, spoor: Spoor, handeling: Handeling, reden: str = "") -> None:
    """Log rows that `zichtbaar` gave, all in one statement.

    What they have in common is sent once: for a list of a hundred the log took longer than the list.
    """
    regels = [
        (cast(Model, rij)._meta.label, rij.pk, over.persoon, over.huishouden, rij.grond)
        for rij in cast(Iterable[OverIemand], rijen)
        for over in [rij.onderwerp()]
    ]
    if not regels:
        return
    kop = spoor.regel("", handeling, reden=reden, toegestaan=True)
    velden = [veld for veld in Inzage._meta.concrete_fields if veld.name in GEDEELD]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Inzage._meta.db_table}"
            f" ({', '.join(str(veld.column) for veld in velden)}, onderwerp, sleutel, persoon, huishouden, grond)"
            f" SELECT {', '.join(f'%s::{_soort(veld)}' for veld in velden)}, rij.*"
            " FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::smallint[]) AS rij",
            [
                *(veld.get_db_prep_save(getattr(kop, veld.attname), connection) for veld in velden),
                *(list(kolom) for kolom in zip(*regels, strict=True)),
            ],
        )


GEDEELD = frozenset(
    ["medewerker", "namens", "rollen", "team", "handeling", "reden", "weg", "verzoek", "toegestaan"]
)
"""What every line of one reading has in common."""


def _soort(veld: Any) -> str:
    """The type of its column without a length: a cast to one would cut off what is too long."""
    return str(veld.db_type(connection)).partition("(")[0]
