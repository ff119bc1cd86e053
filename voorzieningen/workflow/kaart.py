"""The one way to write on the sociale kaart: by hand and by import alike, with what was before kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from households.models import Levensgebied
from teams.models import Medewerker, Team
from voorzieningen.models import AlgemeneVoorziening, Kaartsoort, Kaartwijziging

PER_KEER = 100
SCHEIDING = " | "
VELDEN = [
    "ref",
    "soort",
    "naam",
    "organisatie",
    "omschrijving",
    "doelgroep",
    "kosten",
    "hele_gemeente",
    "stadsdeel",
    "telefoon",
    "email",
    "website",
    "adres",
    "geldig_van",
    "geldig_tot",
]


class IntussenGewijzigd(Exception):
    """Somebody else changed the row since it was read; nothing was written."""


@dataclass(frozen=True)
class Kaartrij:
    """How a row has to be: the row itself, checked but not saved, and the keys of what hangs on it.

    It is the stored row with the same key, or else the one with the same `ref`. With `gezien`, the
    `gewijzigd_op` that was read, it is only written when nobody came in between.
    """

    voorziening: AlgemeneVoorziening
    teams: frozenset[int]
    levensgebieden: frozenset[int]
    gezien: datetime | None = None


@dataclass
class Resultaat:
    """How many rows were written and how."""

    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    beeindigd: int = 0


@transaction.atomic
def bewaar_op_kaart(
    rijen: Sequence[Kaartrij], *, door: Medewerker | None, beeindig_overige_op: date | None = None
) -> Resultaat:
    """Write `rijen`, all or none, each change with its history; rows that stay equal are not touched.

    `beeindig_overige_op` also ends, on that day, every row with a `ref` that is not among `rijen`.
    IntussenGewijzigd when a row was changed after it was `gezien`.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {AlgemeneVoorziening._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    nu, woorden, resultaat = timezone.now(), _Woorden(), Resultaat()
    opgeslagen = _opgeslagen(rijen)
    op_ref = {rij.voorziening.ref: rij for rij in opgeslagen.values() if rij.voorziening.ref}
    schrijf: list[tuple[Kaartrij, Kaartrij | None]] = []
    for rij in rijen:
        nieuw = rij.voorziening
        oud = opgeslagen.get(nieuw.pk) if nieuw.pk else op_ref.get(nieuw.ref or "")
        if rij.gezien and (oud is None or oud.voorziening.gewijzigd_op != rij.gezien):
            raise IntussenGewijzigd
        if oud is None:
            resultaat.nieuw += 1
        elif woorden.cellen(oud) == woorden.cellen(rij):
            resultaat.ongewijzigd += 1
            continue
        else:
            nieuw.pk = oud.voorziening.pk
            resultaat.gewijzigd += 1
        nieuw.gewijzigd_op = nu
        schrijf.append((rij, oud))
    _schrijf(schrijf, woorden, door)
    if beeindig_overige_op:
        refs = [rij.voorziening.ref for rij in rijen if rij.voorziening.ref]
        resultaat.beeindigd = _beeindig_overige(refs, beeindig_overige_op, nu, door)
    return resultaat


class _Woorden:
    """Rows as the cells of the CSV file, for comparing and for the history."""

    def __init__(self) -> None:
        self.teams = dict(Team.objects.values_list("pk", "code"))
        self.levensgebieden = dict(Levensgebied.objects.values_list("pk", "code"))

    def cellen(self, rij: Kaartrij) -> dict[str, str]:
        """Every column with its cell."""
        cellen = {veld: _cel(veld, getattr(rij.voorziening, veld)) for veld in VELDEN}
        cellen["teams"] = SCHEIDING.join(sorted(self.teams[pk] for pk in rij.teams))
        cellen["levensgebieden"] = SCHEIDING.join(
            sorted(self.levensgebieden[pk] for pk in rij.levensgebieden)
        )
        return cellen


def _cel(veld: str, waarde: Any) -> str:
    if veld == "soort":
        return Kaartsoort(waarde).code
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return waarde.isoformat()
    return waarde or ""


def _opgeslagen(rijen: Sequence[Kaartrij]) -> dict[int, Kaartrij]:
    """The stored rows that these are about, by key."""
    zelfde = Q(pk__in=[rij.voorziening.pk for rij in rijen if rij.voorziening.pk]) | Q(
        ref__in=[rij.voorziening.ref for rij in rijen if rij.voorziening.ref]
    )
    return {
        voorziening.pk: Kaartrij(
            voorziening,
            frozenset(team.pk for team in voorziening.teams.all()),
            frozenset(levensgebied.pk for levensgebied in voorziening.levensgebieden.all()),
        )
        for voorziening in AlgemeneVoorziening.objects.filter(zelfde).met_koppelingen()
    }


def _schrijf(
    rijen: list[tuple[Kaartrij, Kaartrij | None]], woorden: _Woorden, door: Medewerker | None
) -> None:
    nieuw = [rij.voorziening for rij, oud in rijen if oud is None]
    AlgemeneVoorziening.objects.bulk_create(nieuw, batch_size=PER_KEER)
    gewijzigd = [rij.voorziening for rij, oud in rijen if oud is not None]
    AlgemeneVoorziening.objects.bulk_update(gewijzigd, [*VELDEN, "gewijzigd_op"], batch_size=PER_KEER)
    for tabel, kolom, naam in (
        (AlgemeneVoorziening.teams.through, "team_id", "teams"),
        (AlgemeneVoorziening.levensgebieden.through, "levensgebied_id", "levensgebieden"),
    ):
        _koppel(tabel, kolom, {rij.voorziening.pk: getattr(rij, naam) for rij, _ in rijen})
    Kaartwijziging.objects.bulk_create(
        (
            Kaartwijziging(
                voorziening=rij.voorziening,
                op=rij.voorziening.gewijzigd_op,
                door=door,
                wijzigingen=_verschil(woorden.cellen(oud) if oud else {}, woorden.cellen(rij)),
            )
            for rij, oud in rijen
        ),
        batch_size=PER_KEER,
    )


def _koppel(tabel: type[models.Model], kolom: str, gewenst: Mapping[int, Iterable[int]]) -> None:
    """Make the rows of a many-to-many table those of `gewenst`: keys by the key of their voorziening."""
    tabel._default_manager.filter(algemenevoorziening_id__in=list(gewenst)).delete()
    tabel._default_manager.bulk_create(
        tabel(algemenevoorziening_id=voorziening, **{kolom: sleutel})
        for voorziening, sleutels in gewenst.items()
        for sleutel in sorted(sleutels)
    )


def _verschil(oud: dict[str, str], nieuw: dict[str, str]) -> dict[str, list[str]]:
    return {
        naam: [oud.get(naam, ""), cel] for naam, cel in nieuw.items() if oud.get(naam, "") != cel
    }  # fmt: skip


def _beeindig_overige(refs: list[str], dag: date, nu: datetime, door: Medewerker | None) -> int:
    overig = AlgemeneVoorziening.objects.filter(ref__isnull=False).exclude(ref__in=refs)
    lopend = list(overig.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag)))
    historie = []
    for voorziening in lopend:
        oud = _cel("geldig_tot", voorziening.geldig_tot)
        voorziening.geldig_tot = max(dag, voorziening.geldig_van or dag)
        voorziening.gewijzigd_op = nu
        nieuw = _cel("geldig_tot", voorziening.geldig_tot)
        historie.append(
            Kaartwijziging(
                voorziening=voorziening, op=nu, door=door, wijzigingen={"geldig_tot": [oud, nieuw]}
            )
        )
    AlgemeneVoorziening.objects.bulk_update(lopend, ["geldig_tot", "gewijzigd_op"], batch_size=PER_KEER)
    Kaartwijziging.objects.bulk_create(historie, batch_size=PER_KEER)
    return len(lopend)
