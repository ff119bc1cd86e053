"""What somebody types about a caller, and what can be meant by it. Nothing typed is an error here."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from stdnum.nl import bsn as elfproef

MAX_TEKENS = 200
MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
OUDSTE, JONGSTE = 1880, 2100

_JAAR = re.compile(r"(?:18|19|20)\d\d")
_DAG_EERST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})[-/. ]+(\d{4}|\d{2})")
_JAAR_EERST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_AANEEN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([a-z]{2})", re.IGNORECASE)
_ADRES = re.compile(
    r"\b(?!(?:19|20)\d\d (?:de|te|el|al) [a-z])([1-9]\d{3}\s?[a-z]{2})\b"
    r"(?:\s*,?\s*(?:nr\.?\s*)?(\d{1,5}(?:[-\s]?[a-z]{1,2}\b)?))?",
    re.IGNORECASE,
)
"""A postcode, with a number or without; `1974 de Vries` is a year and a name."""
_DATUMS = tuple(
    re.compile(patroon, re.IGNORECASE)
    for patroon in (
        r"(?<![\w+])\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]{3,9})[-/. ]+\d{4}(?!\w|-\d)",
        rf"(?<![\w+]){_JAAR_EERST.pattern}(?!\w|-\d)",
        rf"(?<![\w+]){_AANEEN.pattern}(?!\w|-\d)",
        r"(?<![\w+])(?<!\d[-/. ])\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2}(?!\w|[-/. ]\d)",
    )
)
"""A birth date in free text; a year of two digits only where no more digits stand beside it, as in a phone number."""
_EMAIL = re.compile(r"\S+@\S*")
_TELEFOON = re.compile(r"(?<!\w)\+?[\d(][\d\s().-]{4,24}\d(?!\w)")
_HUISNUMMER = re.compile(r"(\d{1,6})([a-z0-9]{0,10})")
MIN_CIJFERS = 6
"""From how many digits on a number in free text is taken for a phone number."""


@dataclass(frozen=True)
class Geboren:
    """What a typed birth date can stand for: days, each possibly none, or a year as first and last day."""

    dagen: tuple[date, ...] = ()
    verwisseld: tuple[date, ...] = ()
    bijna: tuple[date, ...] = ()
    jaar: tuple[date, date] | None = None


@dataclass(frozen=True)
class Zoekvraag:
    """What is known about a caller, as typed; every part may be empty or unfinished.

    `naam` may hold the achternaam, or all names in any order; `geboortedatum` a date in any Dutch notation, a
    year, or half of either.
    """

    naam: str = ""
    voornamen: str = ""
    geboortedatum: str = ""
    telefoon: str = ""
    email: str = ""
    postcode: str = ""
    huisnummer: str = ""
    bsn: str = ""

    @property
    def is_gevuld(self) -> bool:
        """Whether anything was typed."""
        return any(getattr(self, deel.name) for deel in fields(self))

    def geschoond(self) -> Zoekvraag:
        """The same without what no database can hold, each part cut off at 200 characters.

        A BSN typed as a phone number becomes a BSN: of a phone number the digits stand in the text of a statement.
        """
        delen = {deel.name: getattr(self, deel.name) or "" for deel in fields(self)}
        vraag = Zoekvraag(
            **{
                naam: tekst[:MAX_TEKENS].replace("\x00", " ").encode(errors="ignore").decode()
                for naam, tekst in delen.items()
            }
        )
        if is_geen_telefoon(vraag.telefoon):
            return replace(vraag, bsn=vraag.telefoon, telefoon="")
        return vraag

    @classmethod
    def van_tekst(cls, tekst: str) -> Zoekvraag:
        """Tells apart what is typed into one box: an e-mail address, an address, a date or year, a number, a name."""
        rest = tekst[:MAX_TEKENS]
        vraag = cls()
        if treffer := _EMAIL.search(rest):
            vraag, rest = replace(vraag, email=treffer[0]), _zonder(rest, treffer)
        for patroon in _DATUMS:
            treffer = patroon.search(rest)
            if treffer and geboren(treffer[0]).dagen:
                vraag, rest = replace(vraag, geboortedatum=treffer[0]), _zonder(rest, treffer)
                break
        if treffer := _ADRES.search(rest):
            vraag = replace(vraag, postcode=treffer[1], huisnummer=treffer[2] or "")
            rest = _zonder(rest, treffer)
        if treffer := _TELEFOON.search(rest):
            if len(cijfers(treffer[0])) >= MIN_CIJFERS:
                if is_bsn(treffer[0]):
                    vraag = replace(vraag, bsn=treffer[0])
                if not is_geen_telefoon(treffer[0]):
                    vraag = replace(vraag, telefoon=treffer[0])
                rest = _zonder(rest, treffer)
        elif treffer := re.search(rf"\b{_JAAR.pattern}\b", rest):
            vraag, rest = replace(vraag, geboortedatum=treffer[0]), _zonder(rest, treffer)
        return replace(vraag, naam=rest.strip())


def _zonder(tekst: str, treffer: re.Match[str]) -> str:
    return f"{tekst[: treffer.start()]} {tekst[treffer.end() :]}"


def cijfers(tekst: str) -> str:
    """The digits alone."""
    return "".join(teken for teken in tekst if teken in "0123456789")


def is_bsn(tekst: str) -> bool:
    """Whether these are nine digits that pass the 11-proef, with nothing but spaces, dots and dashes between."""
    return len(cijfers(tekst)) == 9 and elfproef.is_valid(tekst)


def is_geen_telefoon(tekst: str) -> bool:
    """Whether it is a BSN that nobody means as a phone number, since those begin with 0 or +."""
    return is_bsn(tekst) and not cijfers(tekst).startswith("0")


def geboren(tekst: str) -> Geboren:
    """Reads a birth date; one that can't be or is not finished gives no `dagen`, but may still be nearly right."""
    tekst = tekst.strip().lower()[:MAX_TEKENS]
    if not tekst.isascii():
        return Geboren()
    if _JAAR.fullmatch(tekst):
        return Geboren(jaar=(date(int(tekst), 1, 1), date(int(tekst), 12, 31)))
    if delen := _JAAR_EERST.fullmatch(tekst):
        jaar, maand, dag = delen.groups()
    elif delen := _DAG_EERST.fullmatch(tekst) or _AANEEN.fullmatch(tekst):
        dag, maand, jaar = delen.groups()
    else:
        return Geboren()
    if not maand.isdigit():
        if maand[:3] not in MAANDEN:
            return Geboren()
        maand = str(MAANDEN.index(maand[:3]) + 1)
    jaren = [jaar] if len(jaar) == 4 else [f"19{jaar}", f"20{jaar}"]
    dagen = [_dag(dag, maand, vol) for vol in jaren]
    verwisseld = [_dag(maand, dag, vol) for vol in jaren if int(dag) != int(maand)]
    bijna = {ander for vol in jaren for ander in _een_cijfer_anders(f"{dag:0>2}{maand:0>2}{vol}")}
    return Geboren(
        tuple(filter(None, dagen)),
        tuple(filter(None, verwisseld)),
        tuple(sorted(bijna.difference(dagen, verwisseld))),
    )


def _dag(dag: str, maand: str, jaar: str) -> date | None:
    try:
        gelezen = date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None
    return gelezen if OUDSTE <= gelezen.year < JONGSTE else None


def _een_cijfer_anders(cijfers: str) -> set[date]:
    """The days whose ddmmjjjj differs from `cijfers` in one digit."""
    anders = (
        cijfers[:plaats] + cijfer + cijfers[plaats + 1 :]
        for plaats in range(len(cijfers))
        for cijfer in "0123456789"
    )
    return {dag for ander in anders if (dag := _dag(ander[:2], ander[2:4], ander[4:]))}


def postcode(tekst: str) -> str:
    """The six characters as they are stored, or nothing when it is not a whole postcode."""
    gelezen = _POSTCODE.fullmatch(tekst.strip())
    return f"{gelezen[1]}{gelezen[2].upper()}" if gelezen and tekst.isascii() else ""


def huisnummer(tekst: str) -> tuple[str, str]:
    """Number and addition (`12-A` gives 12 and a), both empty when there is no number in front."""
    gelezen = _HUISNUMMER.match("".join(teken for teken in tekst[:40].lower() if teken.isalnum()))
    return (gelezen[1], gelezen[2]) if gelezen and tekst.isascii() else ("", "")
