"""Kinds of column: what a value may be, and how it goes into the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from stdnum.nl import bsn as bsn_nummer

from teams.codes import Code

DATUM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIJD = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII)
POSTCODE = re.compile(r"[0-9]{4}( ?[A-Za-z]{2})?")


class Waardefout(ValueError):
    """A value that does not fit; the text says what was expected."""


@dataclass(frozen=True)
class Kolom:
    """One column of a file.

    `controleer` raises Waardefout for a value that does not fit; it sees only values that are not empty.
    `sql` turns a value that passes, over alias `s`, into what is stored. `maximum` bounds the length; `gevoelig`
    keeps the value out of error messages. `alle_goed` is an SQL aggregate that holds when all values pass, for
    columns in which hardly a value comes twice.
    """

    naam: str
    controleer: Callable[[str], None] | None = None
    verplicht: bool = False
    maximum: int | None = None
    gevoelig: bool = False
    sql: str = ""
    alle_goed: str = ""

    @property
    def inhoud(self) -> str:
        """The SQL, over alias `s`, of what is stored."""
        return self.sql or f's."{self.naam}"'


def tekst(naam: str, maximum: int | None = None, *, verplicht: bool = False, gevoelig: bool = False) -> Kolom:
    """Free text, at most `maximum` characters; unknown is stored as no text."""
    return Kolom(naam, None, verplicht, maximum, gevoelig, f"coalesce(s.{naam}, '')")


def ref(naam: str, *, verplicht: bool = False) -> Kolom:
    """A key of the source system: text up to 64 characters."""
    return Kolom(naam, None, verplicht, 64)


def datum(naam: str, *, verplicht: bool = False, gevoelig: bool = False) -> Kolom:
    """A day that exists, as JJJJ-MM-DD."""

    def controleer(waarde: str) -> None:
        if not DATUM.fullmatch(waarde):
            raise Waardefout("een datum als JJJJ-MM-DD")
        try:
            date.fromisoformat(waarde)
        except ValueError:
            raise Waardefout("een dag die bestaat") from None

    return Kolom(naam, controleer, verplicht, gevoelig=gevoelig, sql=f"s.{naam}::date")


def moment(naam: str) -> Kolom:
    """A moment with its offset, not later than now: nobody knew something before it was registered."""

    def controleer(waarde: str) -> None:
        if not MOMENT.fullmatch(waarde):
            raise Waardefout("een moment met tijdzone, als 2015-04-02T09:30:00+02:00")
        try:
            gelezen = datetime.fromisoformat(waarde)
        except ValueError:
            raise Waardefout("een moment dat bestaat") from None
        if gelezen > datetime.now(UTC):
            raise Waardefout("een moment dat niet in de toekomst ligt")

    vorm = " OR ".join(f"s.{naam} LIKE '____-__-__T__:__:__{zone}'" for zone in ("+__:__", "Z", "-__:__"))
    alle_goed = f"coalesce(bool_and({vorm}) AND max(s.{naam}::timestamptz) <= clock_timestamp(), true)"
    return Kolom(naam, controleer, sql=f"s.{naam}::timestamptz", alle_goed=alle_goed)


def code(naam: str, lijst: type[Code], *, verplicht: bool = False) -> Kolom:
    """One value of a code list, by its code."""
    codes = lijst.codes()
    verwacht = "een van " + ", ".join(codes)

    def controleer(waarde: str) -> None:
        if waarde not in codes:
            raise Waardefout(verwacht)

    return Kolom(naam, controleer, verplicht, sql=_als_nummer(f"s.{naam}", lijst))


def codes(naam: str, lijst: type[Code]) -> Kolom:
    """Several values of a code list, separated by `;`; stored as an array of their numbers without repetition."""
    sql = (
        f"ARRAY(SELECT DISTINCT {_als_nummer('btrim(deel)', lijst)}"
        f" FROM unnest(string_to_array(s.{naam}, ';')) AS deel WHERE btrim(deel) <> '' ORDER BY 1)"
    )
    return Kolom(naam, _delen_uit(set(lijst.codes()), list(lijst.codes())), sql=sql)


def namen(naam: str, bekend: list[str]) -> Kolom:
    """Several names from a list in the database, separated by `;`."""
    return Kolom(naam, _delen_uit(set(bekend), bekend))


def _delen_uit(bekend: set[str], volgorde: list[str]) -> Callable[[str], None]:
    def controleer(waarde: str) -> None:
        if any(deel.strip() not in bekend for deel in waarde.split(";") if deel.strip()):
            raise Waardefout("waarden uit " + ", ".join(volgorde) + ", gescheiden door ;")

    return controleer


def _als_nummer(sql: str, lijst: type[Code]) -> str:
    keuzes = " ".join(f"WHEN '{waarde}' THEN {int(lid)}" for waarde, lid in lijst.codes().items())
    return f"CASE {sql} {keuzes} END::smallint"


def getal(naam: str) -> Kolom:
    """A whole number from 0."""

    def controleer(waarde: str) -> None:
        if not (waarde.isascii() and waarde.isdigit() and len(waarde) < 20 and int(waarde) < 2**31):
            raise Waardefout("een geheel getal vanaf 0")

    return Kolom(naam, controleer, sql=f"s.{naam}::integer")


def bedrag(naam: str, cijfers: int, decimalen: int) -> Kolom:
    """A number with a point, of at most so many digits in all and behind the point."""
    patroon = re.compile(rf"-?[0-9]{{1,{cijfers - decimalen}}}(\.[0-9]{{1,{decimalen}}})?")

    def controleer(waarde: str) -> None:
        if not patroon.fullmatch(waarde):
            raise Waardefout(
                f"een getal, hoogstens {cijfers - decimalen} cijfers voor en {decimalen} achter een punt"
            )

    return Kolom(naam, controleer, sql=f"s.{naam}::numeric")


def tijd(naam: str, *, verplicht: bool = False) -> Kolom:
    """A time of day as UU:MM."""

    def controleer(waarde: str) -> None:
        if not TIJD.fullmatch(waarde):
            raise Waardefout("een tijd als UU:MM")

    return Kolom(naam, controleer, verplicht, sql=f"s.{naam}::time")


def postcode(naam: str, *, verplicht: bool = False) -> Kolom:
    """Four digits, or four digits and two letters; stored without space and in capitals."""

    def controleer(waarde: str) -> None:
        if not POSTCODE.fullmatch(waarde):
            raise Waardefout("een postcode als 1315 of 1315AB")

    return Kolom(naam, controleer, verplicht, sql=f"coalesce(upper(replace(s.{naam}, ' ', '')), '')")


def bsn(naam: str) -> Kolom:
    """A burgerservicenummer of nine digits that passes the 11-proef; never repeated in a message."""

    def controleer(waarde: str) -> None:
        if not (len(waarde) == 9 and waarde.isascii() and waarde.isdigit() and bsn_nummer.is_valid(waarde)):
            raise Waardefout("een BSN van negen cijfers dat aan de 11-proef voldoet")

    return Kolom(naam, controleer, gevoelig=True, sql=f"coalesce(s.{naam}, '')")


def ja_nee(naam: str) -> Kolom:
    """`ja` or `nee`; unknown is stored as no."""

    def controleer(waarde: str) -> None:
        if waarde not in ("ja", "nee"):
            raise Waardefout("ja of nee")

    return Kolom(naam, controleer, sql=f"coalesce(s.{naam} = 'ja', false)")
