"""Which cells of a table another source can deliver, and what it delivered for each until now."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.extern import externe_cellen
from reporting.fouten import Invoerfout
from reporting.models import ExternCijfer
from reporting.periode import Periode
from reporting.register import TABELLEN, Tabel
from reporting.stroomschema import STROOMSCHEMA
from reporting.telling import Kolom
from reporting.vraag import Vraag


@dataclass(frozen=True, order=True)
class Adres:
    """Where a figure belongs, as `externe_cijfers.csv` says it."""

    tabel: str
    rij: str
    kolom: str
    periode: str


@dataclass(frozen=True)
class Vak:
    """A cell: the label of its column, where a figure for it is put, and the figure in force."""

    kop: str
    adres: Adres
    cijfer: ExternCijfer | None


@dataclass(frozen=True)
class Rasterrij:
    """A row of the table with its cells."""

    label: str
    vakken: list[Vak]


@dataclass(frozen=True)
class Raster:
    """The cells of a table in a period."""

    tabel: Tabel
    periode: str
    koppen: list[str]
    rijen: list[Rasterrij]


def aan_te_leveren() -> list[Tabel]:
    """Every table of which a cell can be delivered: those that others deliver first.

    Not the stroomschema: its nodes are sums, which a figure from elsewhere would break.
    """
    tabellen = [tabel for tabel in TABELLEN.values() if tabel.sleutel != STROOMSCHEMA]
    return sorted(tabellen, key=lambda tabel: not tabel.extern)


def lees_periode(tekst: str) -> Periode:
    """A period as the monitor spells it, or one day, for a stock; keeps the spelling. Raises `Invoerfout`."""
    try:
        dag = Periode.van_tekst(f"{tekst}..{tekst}")
    except Invoerfout:
        return Periode.van_tekst(tekst)
    return Periode(tekst, dag.begin, dag.einde)


def raster(tabel: Tabel, periode: Periode) -> Raster:
    """The cells of `tabel` in `periode`: its columns, and of a table that others deliver that of the period itself."""
    vraag = Vraag(tabel.sleutel, periode)
    telling = tabel.tel(vraag)
    cijfers = externe_cellen(vraag, telling)
    kolommen = list(telling.kolommen)
    if tabel.extern and not any(_deel(kolom, periode)[0] == periode.sleutel for kolom in kolommen):
        kolommen.append(Kolom(periode.sleutel))

    def vak(rij: str, kolom: Kolom) -> Vak:
        cijfer = cijfers.get((rij, kolom.sleutel))
        deel, naam = (cijfer.periode, cijfer.kolom) if cijfer else _deel(kolom, periode)
        return Vak(_kop(kolom), Adres(tabel.sleutel, rij, naam, deel), cijfer)

    return Raster(
        tabel,
        periode.sleutel,
        [_kop(kolom) for kolom in kolommen],
        [
            Rasterrij(regel.label, [vak(regel.sleutel, kolom) for kolom in kolommen])
            for regel in telling.rijen
        ],
    )


def _kop(kolom: Kolom) -> str:
    """What stands above a column."""
    return "%" if kolom.sleutel == "pct" else kolom.sleutel.replace("_", " ")


def _deel(kolom: Kolom, periode: Periode) -> tuple[str, str]:
    """The period and the column under which a figure for this column is kept."""
    if kolom.geleverd:
        return kolom.geleverd
    return periode.sleutel, "" if kolom.sleutel == periode.sleutel else kolom.sleutel
