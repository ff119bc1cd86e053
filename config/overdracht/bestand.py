"""What a file of an overdracht is: its columns, its keys, what it refers to, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from config.overdracht.kolommen import Kolom, moment

HUISHOUDENS = "overdracht_huishoudens"
"""The table of the huishoudens that meldingen get."""
Voortgang = Callable[[str], None]


@dataclass(frozen=True)
class Verwijzing:
    """`kolom` holds a key of another file, or of `tabel.sleutel` in the database."""

    kolom: str
    bestand: str
    tabel: str
    sleutel: str


@dataclass(frozen=True)
class Regel:
    """A row is wrong where the SQL `fout` over alias `s` holds; `tekst` says what was expected."""

    kolom: str
    fout: str
    tekst: str


@dataclass(frozen=True)
class Bestand:
    """One CSV file and the table it fills.

    `sleutel` are the columns that name a row; `doel` gives per column of the table the SQL over alias `s` and
    `koppelingen`. `versies` says that a changed row is stored beside the old one instead of over it. `na_lezen` is
    SQL that runs when the file was read; `vooraf` runs before the rows are written, with `%(s)s` for the staging
    table, and what it deletes there isn't written. `afgeleide_ref` makes a ref for a file that has none; `gevoelig`
    keeps every value out of messages, since a column may be one place off; `doelsleutel` are the columns of the
    table that name a row that is updated in place. `bij_nieuw` and `koppelingen_nieuw` are what `doel` and
    `koppelingen` are, for a row that is not stored yet only. `teller` is the sequence that numbers the rows in the
    column `id` when they are read, for files that name them before they are written. `uit` names the column of the
    file where a column of the table has another name; `leeg_laat_staan` are columns of the table that an empty
    value doesn't erase; `weggelaten` are the columns of the file that its header leaves out, which says nothing
    about a row that is updated in place. `blijft` gives per column that the file doesn't know what a corrected
    version takes over: SQL over alias `oud`, the version that was stored.
    """

    naam: str
    tabel: str
    kolommen: tuple[Kolom, ...]
    sleutel: tuple[str, ...]
    doel: dict[str, str]
    versies: bool = False
    gevoelig: bool = False
    koppelingen: str = ""
    bij_nieuw: dict[str, str] = field(default_factory=dict)
    koppelingen_nieuw: str = ""
    verwijzingen: tuple[Verwijzing, ...] = ()
    regels: tuple[Regel, ...] = ()
    na_lezen: tuple[str, ...] = ()
    vooraf: tuple[str, ...] = ()
    afgeleide_ref: str = ""
    doelsleutel: tuple[str, ...] = ("ref",)
    mag_leeg: tuple[str, ...] = ()
    teller: str = ""
    uit: dict[str, str] = field(default_factory=dict)
    leeg_laat_staan: tuple[str, ...] = ()
    weggelaten: frozenset[str] = frozenset()
    blijft: dict[str, str] = field(default_factory=dict)

    @property
    def inhoud(self) -> dict[str, str]:
        """Per column of the table the SQL of what is stored; an empty `doel` means the file's own column."""
        eigen = {kolom.naam: kolom.inhoud for kolom in self.kolommen}
        return {kolom: sql or eigen[kolom] for kolom, sql in self.doel.items()}

    @property
    def staging(self) -> str:
        """Name of the table that holds the rows until the end of the transaction."""
        return f"overdracht_{self.naam}"


KLOKKEN = (moment("geregistreerd_op"), moment("vervallen_op"))
NAAR_TEAM = Verwijzing("team_code", "teams", "teams_team", "code")
NAAR_PERSOON = Verwijzing("persoon_ref", "personen", "households_persoon", "ref")
NAAR_MELDING = Verwijzing("melding_ref", "meldingen", "meldingen_melding", "ref")
MET_TEAM = "LEFT JOIN teams_team t ON t.code = s.team_code"
MET_PERSOON = "LEFT JOIN households_persoon p ON p.ref = s.persoon_ref"
MET_MELDING = (
    "LEFT JOIN overdracht_meldingen komt ON komt.ref = s.melding_ref"
    " LEFT JOIN meldingen_melding m ON m.ref = s.melding_ref"
)
MELDING = "coalesce(m.id, komt.id)"
"""A stored melding or one to be stored: facts are written first, so that a melding gets its status at once."""


def zelfde(*kolommen: str) -> dict[str, str]:
    """A `doel` of columns that are stored as the file has them."""
    return dict.fromkeys(kolommen, "")


def eind_voor_begin(begin: str, einde: str) -> Regel:
    """`einde` lies on the day of `begin` or later."""
    return Regel(einde, f"s.{einde} < s.{begin}", f"ligt voor {begin}; verwacht dezelfde dag of later")
