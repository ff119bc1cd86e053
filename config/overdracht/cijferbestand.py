"""`externe_cijfers.csv` through the website: the same file, read and written by the same import, by somebody.

What is known is known from now on, so the columns of the two clocks are no part of it; and what it is about is held
beside the tables of the monitor, since whoever sends it in is there to put it right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from config.overdracht.bestand import KLOKKEN, Bestand, Regel
from config.overdracht.bestanden import EXTERNE_CIJFERS, ZELFDE_CEL, ZELFDE_CIJFER
from config.overdracht.importeren import importeer
from config.overdracht.perioden import PERIODE
from reporting.aanlevering import aan_te_leveren
from reporting.periode import Periode
from reporting.vraag import Vraag
from teams.models import Medewerker

KOLOMMEN = tuple(kolom for kolom in EXTERNE_CIJFERS.kolommen if kolom not in KLOKKEN)
NIEUW = "nieuw cijfer geleverd"


def lees_cijfers_in(inhoud: bytes, *, door: Medewerker) -> int:
    """Every figure of the file that says something else than what is in force; how many those are.

    Raises `Overdrachtfouten` with the first hundred mistakes, each with its line and column, and `ImportBezig` when
    another import runs; then nothing was written.
    """
    with TemporaryDirectory() as map_:
        (Path(map_) / f"{EXTERNE_CIJFERS.naam}.csv").write_bytes(inhoud)
        return importeer(Path(map_), bestanden=[_bestand(door)])[EXTERNE_CIJFERS.naam].nieuw


def _bestand(door: Medewerker) -> Bestand:
    staging = EXTERNE_CIJFERS.staging
    return replace(
        EXTERNE_CIJFERS,
        kolommen=KOLOMMEN,
        sleutel=("tabel", "rij", "kolom", "periode"),
        doel={**EXTERNE_CIJFERS.doel, "door_id": str(door.pk)},
        regels=(*EXTERNE_CIJFERS.regels, *_regels()),
        na_lezen=(
            f"ALTER TABLE {staging} ADD geregistreerd_op timestamptz DEFAULT statement_timestamp(),"
            " ADD vervallen_op timestamptz",
        ),
        vooraf=(
            f"DELETE FROM %(s)s s USING {EXTERNE_CIJFERS.tabel} o WHERE {ZELFDE_CIJFER} AND o.vervallen_op IS NULL",
            f"UPDATE {EXTERNE_CIJFERS.tabel} o SET vervallen_op = greatest(s.geregistreerd_op, o.geregistreerd_op),"
            f" vervallen_door_id = {door.pk}, vervallen_reden = '{NIEUW}'"
            f" FROM %(s)s s WHERE {ZELFDE_CEL} AND o.vervallen_op IS NULL",
        ),
    )


def _regels() -> Iterator[Regel]:
    """What a figure can be about: a table, and of what is counted here a row and column that there are."""
    dit_jaar = Periode.van_tekst(str(timezone.localdate().year))
    tabellen = aan_te_leveren()
    geteld = {
        tabel.sleutel: tabel.tel(Vraag(tabel.sleutel, dit_jaar)) for tabel in tabellen if not tabel.extern
    }
    rijen = [(sleutel, regel.sleutel) for sleutel, telling in geteld.items() for regel in telling.rijen]
    kolommen = [(sleutel, kolom.sleutel) for sleutel, telling in geteld.items() for kolom in telling.kolommen]
    hier_geteld = f"s.tabel IN ({_woorden(geteld)})"
    bekend = ", ".join(tabel.sleutel for tabel in tabellen)
    yield Regel(
        "tabel",
        f"s.tabel NOT IN ({_woorden(tabel.sleutel for tabel in tabellen)})",
        f"is geen tabel waarvoor een ander cijfers levert; verwacht een van {bekend}",
    )
    yield Regel(
        "rij",
        f"{hier_geteld} AND (s.tabel, s.rij) NOT IN (VALUES {_paren(rijen)})",
        "deze rij heeft de tabel niet; verwacht een sleutel uit de tabel van de monitor",
    )
    yield Regel(
        "kolom",
        f"{hier_geteld} AND coalesce(s.kolom, '') NOT IN ('', s.periode) AND s.kolom !~ '{PERIODE}'"
        f" AND (s.tabel, s.kolom) NOT IN (VALUES {_paren(kolommen)})",
        "deze kolom heeft de tabel niet; verwacht een kolom van de tabel, of leeg",
    )
    yield Regel("waarde", "s.waarde < 0", "is kleiner dan 0; verwacht een getal vanaf 0")
    yield Regel("bron", "coalesce(btrim(s.bron), '') = ''", "leeg; verwacht van wie het cijfer komt")


def _paren(paren: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"({_woorden(paar)})" for paar in paren)


def _woorden(woorden: Iterable[str]) -> str:
    return ", ".join("'" + woord.replace("'", "''") + "'" for woord in woorden)
