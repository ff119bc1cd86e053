"""Kinds of column: what a value may be, and how it goes into the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from stdnum.nl import bsn as bsn_nummer

from teams.codes import Code

DATUM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIJD = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII)
POSTCODE = re.compile(r"[0-9]{4}(?: ?[A-Za-z]{2})?")
MOMENT_OP_HET_OOG = (
    r"\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
    r"(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)"
)
VERSTE_TIJDZONE = timedelta(hours=15, minutes=59)


class Waardefout(ValueError):
    """A value that does not fit; the text says what was expected."""


@dataclass(frozen=True)
class Kolom:
    """One column of a file.

    `controleer` raises Waardefout for a value that does not fit; it sees only values that are not empty.
    `maximum` bounds the length; `gevoelig` keeps the value out of error messages.

    Most values need no such look. One that matches `patroon`, which PostgreSQL can read as `type`, and holds in
    `alle_goed`, an SQL aggregate over the column, passes; one that does not may pass still. Without a `patroon`
    any text of the right length does. `sql` turns a value that passes, over alias `s`, into what is stored.
    """

    naam: str
    controleer: Callable[[str], None] | None = None
    verplicht: bool = False
    maximum: int | None = None
    gevoelig: bool = False
    type: str = "text"
    sql: str = ""
    patroon: str = ""
    alle_goed: str = "true"

    @property
    def inhoud(self) -> str:
        """The SQL, over alias `s`, of what is stored."""
        return self.sql or f's."{self.naam}"'

    @property
    def veld(self) -> str:
        """Regular expression of a field of one line that is plainly in order, between its commas."""
        lengte = f"{int(self.verplicht)},{'' if self.maximum is None else self.maximum}"
        if self.patroon:
            # Nothing as the last choice costs less than an optional group.
            waarde = f'(?:{self.patroon}|"(?:{self.patroon})"{"" if self.verplicht else "|"})'
        else:
            binnen = r'[^"\r\n\0]'
            waarde = (
                rf'(?:[^,"\r\n\0]{{{lengte}}}+|"{binnen}{{{lengte}}}+"(?!")|"(?:{binnen}|""){{{lengte}}}+")'
            )
        return waarde


def tekst(naam: str, maximum: int | None = None, *, verplicht: bool = False, gevoelig: bool = False) -> Kolom:
    """Free text, at most `maximum` characters; unknown is stored as no text."""
    return Kolom(naam, None, verplicht, maximum, gevoelig, sql=f"coalesce(s.{naam}, '')")


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

    return Kolom(naam, controleer, verplicht, gevoelig=gevoelig, type="date", patroon=r"\d{4}-\d\d-\d\d")


def moment(naam: str) -> Kolom:
    """A moment with its offset, not later than now: nobody knew something before it was registered."""

    def controleer(waarde: str) -> None:
        if not MOMENT.fullmatch(waarde):
            raise Waardefout("een moment met tijdzone, als 2015-04-02T09:30:00+02:00")
        try:
            gelezen = datetime.fromisoformat(waarde)
        except ValueError:
            raise Waardefout("een moment dat bestaat") from None
        if abs(gelezen.utcoffset() or timedelta()) > VERSTE_TIJDZONE:
            raise Waardefout("een tijdzone die bestaat")
        if gelezen > datetime.now(UTC):
            raise Waardefout("een moment dat niet in de toekomst ligt")

    alle_goed = f"coalesce(max(s.{naam}) <= clock_timestamp(), true)"
    return Kolom(naam, controleer, type="timestamptz", patroon=MOMENT_OP_HET_OOG, alle_goed=alle_goed)


def code(naam: str, lijst: type[Code], *, verplicht: bool = False) -> Kolom:
    """One value of a code list, by its code."""
    codes = lijst.codes()
    verwacht = "een van " + ", ".join(codes)

    def controleer(waarde: str) -> None:
        if waarde not in codes:
            raise Waardefout(verwacht)

    return Kolom(naam, controleer, verplicht, sql=_als_nummer(f"s.{naam}", lijst), patroon=_een_van(codes))


def codes(naam: str, lijst: type[Code]) -> Kolom:
    """Several values of a code list, separated by `;`; stored as an array of their numbers without repetition."""
    sql = (
        f"ARRAY(SELECT DISTINCT {_als_nummer('btrim(deel)', lijst)}"
        f" FROM unnest(string_to_array(s.{naam}, ';')) AS deel WHERE btrim(deel) <> '' ORDER BY 1)"
    )
    return Kolom(naam, _delen_uit(list(lijst.codes())), sql=sql, patroon=_enkele_van(lijst.codes()))


def namen(naam: str, bekend: list[str]) -> Kolom:
    """Several names from a list in the database, separated by `;`."""
    return Kolom(naam, _delen_uit(bekend), patroon=_enkele_van(bekend))


def _delen_uit(bekend: list[str]) -> Callable[[str], None]:
    def controleer(waarde: str) -> None:
        if any(deel.strip() not in bekend for deel in waarde.split(";") if deel.strip()):
            raise Waardefout("waarden uit " + ", ".join(bekend) + ", gescheiden door ;")

    return controleer


def _een_van(woorden: Iterable[str]) -> str:
    """Regular expression of these words, but those that would need quotes; of none it matches nothing."""
    return "|".join(re.escape(woord) for woord in woorden if not set(woord) & set(',";\r\n')) or "(?!)"


def _enkele_van(woorden: Iterable[str]) -> str:
    woord = _een_van(woorden)
    return f"(?:{woord})(?:;(?:{woord}))*"


def _als_nummer(sql: str, lijst: type[Code]) -> str:
    keuzes = " ".join(f"WHEN '{waarde}' THEN {int(lid)}" for waarde, lid in lijst.codes().items())
    return f"CASE {sql} {keuzes} END::smallint"


def getal(naam: str) -> Kolom:
    """A whole number from 0."""

    def controleer(waarde: str) -> None:
        if not (waarde.isascii() and waarde.isdigit() and len(waarde) < 20 and int(waarde) < 2**31):
            raise Waardefout("een geheel getal vanaf 0")

    return Kolom(naam, controleer, type="integer", patroon=r"\d{1,9}")


def bedrag(naam: str, cijfers: int, decimalen: int) -> Kolom:
    """A number with a point, of at most so many digits in all and behind the point."""
    patroon = rf"-?[0-9]{{1,{cijfers - decimalen}}}(?:\.[0-9]{{1,{decimalen}}})?"

    def controleer(waarde: str) -> None:
        if not re.fullmatch(patroon, waarde):
            raise Waardefout(
                f"een getal, hoogstens {cijfers - decimalen} cijfers voor en {decimalen} achter een punt"
            )

    return Kolom(naam, controleer, type="numeric", patroon=patroon)


def tijd(naam: str, *, verplicht: bool = False) -> Kolom:
    """A time of day as UU:MM."""

    def controleer(waarde: str) -> None:
        if not TIJD.fullmatch(waarde):
            raise Waardefout("een tijd als UU:MM")

    return Kolom(naam, controleer, verplicht, type="time", patroon=TIJD.pattern)


def postcode(naam: str, *, verplicht: bool = False) -> Kolom:
    """Four digits, or four digits and two letters; stored without space and in capitals."""

    def controleer(waarde: str) -> None:
        if not POSTCODE.fullmatch(waarde):
            raise Waardefout("een postcode als 1315 of 1315AB")

    sql = f"coalesce(upper(replace(s.{naam}, ' ', '')), '')"
    return Kolom(naam, controleer, verplicht, sql=sql, patroon=POSTCODE.pattern)


def bsn(naam: str) -> Kolom:
    """A burgerservicenummer of nine digits that passes the 11-proef; stored encrypted, never in a message."""

    def controleer(waarde: str) -> None:
        if not (len(waarde) == 9 and waarde.isascii() and waarde.isdigit() and bsn_nummer.is_valid(waarde)):
            raise Waardefout("een BSN van negen cijfers dat aan de 11-proef voldoet")

    elfproef = " + ".join(f"{9 - i} * substr(s.{naam}, {i + 1}, 1)::int" for i in range(8))
    elfproef = f"({elfproef} - substr(s.{naam}, 9, 1)::int) % 11 = 0 AND s.{naam} <> '000000000'"
    return Kolom(
        naam,
        controleer,
        gevoelig=True,
        patroon=r"\d{9}",
        alle_goed=f"coalesce(bool_and({elfproef}), true)",
    )


def ja_nee(naam: str) -> Kolom:
    """`ja` or `nee`; unknown is stored as no."""

    def controleer(waarde: str) -> None:
        if waarde not in ("ja", "nee"):
            raise Waardefout("ja of nee")

    return Kolom(naam, controleer, sql=f"coalesce(s.{naam} = 'ja', false)", patroon="ja|nee")
