"""Which keys what is stored encrypted is under, and bringing all of it under the keys in use (docs/sleutels.md)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction

from households.models import BSN
from teams.kluis import (
    AFDRUK_BYTES,
    SOORTEN,
    VERSLEUTELEN,
    ZOEKEN,
    Beschadigd,
    KluisFout,
    OnbekendeSleutel,
    kluis,
    sleutelbestand,
)
from teams.models import Abonnementgeheim
from teams.models.abonnement import GEHEIM

PER_KEER = 500
"""Rows that are locked at a time, for some hundredths of a second."""
WACHT_OP_SCHRIJVERS = "5s"
RUST = 5.0
"""Seconds that a changed file of keys is left alone before rows are brought under it."""


@dataclass(frozen=True)
class Bewaarplaats:
    """A table that keeps something encrypted in `kolom`, bound to `plaats`, and found back by `zoekkolom` if any."""

    tabel: str
    plaats: str
    kolom: str = "bsn_versleuteld"
    zoekkolom: str = "bsn_index"

    def sleutelnummer(self, soort: str) -> str:
        """SQL of the number of the key under which a row was written; empty where it has none of this kind."""
        if soort == VERSLEUTELEN:
            return f"substr({self.kolom}, 2, 4)"
        return f"substr({self.zoekkolom}, 1, 4)" if self.zoekkolom else ""


BEWAARPLAATSEN = [
    Bewaarplaats("households_persoon", BSN),
    Bewaarplaats(Abonnementgeheim._meta.db_table, GEHEIM, "versleuteld", ""),
]
"""Every table with something encrypted; an app above this one adds its own when it is ready."""

Tellingen = dict[str, dict[bytes, int]]


class NogSchrijvers(KluisFout):
    """Somebody has been writing persons for so long that it isn't certain that all rows were seen."""


@dataclass
class Vernieuwd:
    """What a run did: how many values it rewrote, and which it can't read, by table and key of the row, with why."""

    aantal: int = 0
    mislukt: dict[tuple[str, int], str] = field(default_factory=dict)


def tel() -> Tellingen:
    """How many values there are per kind of key and number of the key; one statement per kind."""
    geteld = {}
    with connection.cursor() as cursor:
        for soort in SOORTEN:
            rijen = " UNION ALL ".join(
                f"SELECT {nummer} AS nummer FROM {waar.tabel} WHERE {waar.kolom} IS NOT NULL"
                for waar in BEWAARPLAATSEN
                if (nummer := waar.sleutelnummer(soort))
            )
            cursor.execute(f"SELECT nummer, count(*) FROM ({rijen}) AS waarden GROUP BY 1")
            geteld[soort] = {bytes(nummer): aantal for nummer, aantal in cursor.fetchall()}
    return geteld


def tel_stil() -> Tellingen:
    """`tel` when nobody is in the middle of writing a person, whom it would not see; NogSchrijvers after 5 seconds."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WACHT_OP_SCHRIJVERS}'")
            tabellen = ", ".join(waar.tabel for waar in BEWAARPLAATSEN)
            cursor.execute(f"LOCK TABLE {tabellen} IN SHARE MODE")
            return tel()
    except OperationalError as fout:
        if getattr(fout.__cause__, "sqlstate", "") != "55P03":
            raise
        raise NogSchrijvers(
            "Iemand is al langer bezig personen te schrijven (een import?). Probeer het opnieuw als dat klaar is."
        ) from None


def zonder_sleutel(geteld: Tellingen) -> int:
    """How many of the counted values are under a key that is not in the file."""
    bekend = kluis().nummers
    return sum(
        aantal
        for soort, per_sleutel in geteld.items()
        for nummer, aantal in per_sleutel.items()
        if nummer not in bekend[soort]
    )


def eis_zoeksleutels() -> None:
    """OnbekendeSleutel when a BSN is stored that can't be found, since the file lacks the key of its search value.

    Else with another file every BSN looks like a new one. Along the index: what lies between those of known keys.
    """
    vanaf, tussenin, grenzen = b"", "", []
    for nummer in sorted(kluis().nummers[ZOEKEN]):
        tussenin += "{kolom} > %s AND {kolom} < %s OR "
        grenzen += [vanaf, nummer]
        vanaf = nummer + b"\xff" * AFDRUK_BYTES
    vindbaar = [waar for waar in BEWAARPLAATSEN if waar.zoekkolom]
    onbekend = " OR ".join(
        f"EXISTS (SELECT FROM {waar.tabel} WHERE {(tussenin + '{kolom} > %s').format(kolom=waar.zoekkolom)})"
        for waar in vindbaar
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {onbekend}", [*grenzen, vanaf] * len(vindbaar))
        (er_zijn_er,) = cursor.fetchone()
    if er_zijn_er:
        raise OnbekendeSleutel(
            f"Er staan BSN's onder een zoeksleutel die niet in {sleutelbestand()} staat. Zet die sleutel terug."
        )


def vernieuw(voortgang: Callable[[int], None] = lambda _: None) -> Vernieuwd:
    """Rewrites every value that is under another key than those in use, some hundreds per transaction.

    Meanwhile everybody may read, search and write. Broken off, it goes on next time with what is left. One that
    can't be read stays as it is and is named. It begins when the file has been as it is for `RUST` seconds: who looked
    into it just before it changed would look for a BSN under the old keys alone.
    """
    kluis()
    time.sleep(max(0.0, RUST - (time.time() - sleutelbestand().stat().st_mtime)))
    uitkomst = Vernieuwd()
    for waar in BEWAARPLAATSEN:
        laatste = 0
        while rijen := _volgende(waar, laatste, uitkomst):
            laatste = rijen
            voortgang(uitkomst.aantal)
    return uitkomst


def _volgende(waar: Bewaarplaats, na: int, uitkomst: Vernieuwd) -> int:
    """Rewrites the next rows of a table after the one with key `na`; gives the last one it saw, 0 for none."""
    sleutels = kluis()
    anders, zet = f"{waar.sleutelnummer(VERSLEUTELEN)} <> %(sleutel)s", f"{waar.kolom} = n.versleuteld"
    if waar.zoekkolom:
        anders += f" OR {waar.sleutelnummer(ZOEKEN)} <> %(zoeksleutel)s"
        zet += f", {waar.zoekkolom} = n.zoekwaarde"
    vraag = (
        f"SELECT id, {waar.kolom} FROM {waar.tabel}"
        f" WHERE id > %(na)s AND {waar.kolom} IS NOT NULL AND ({anders})"
        f" ORDER BY id LIMIT {PER_KEER} FOR NO KEY UPDATE"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(vraag, {"na": na, "sleutel": sleutels.sleutel, "zoeksleutel": sleutels.zoeksleutel})
        gelezen = cursor.fetchall()
        nieuw = []
        for rij, versleuteld in gelezen:
            try:
                tekst = sleutels.ontsleutel(bytes(versleuteld), waar.plaats, rij)
            except (OnbekendeSleutel, Beschadigd) as fout:
                uitkomst.mislukt[waar.tabel, rij] = str(fout)
                continue
            nieuw.append(
                (
                    rij,
                    sleutels.versleutel(tekst, waar.plaats, rij),
                    sleutels.zoekwaarde(tekst, waar.plaats),
                )
            )
        if nieuw:
            cursor.execute(
                f"UPDATE {waar.tabel} p SET {zet}"
                " FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS n (id, versleuteld, zoekwaarde)"
                " WHERE p.id = n.id",
                [list(kolom) for kolom in zip(*nieuw, strict=True)],
            )
    uitkomst.aantal += len(nieuw)
    return int(gelezen[-1][0]) if gelezen else 0
