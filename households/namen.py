"""How names are folded and varied, so that one spelling finds the other.

`zoeknaam` does here what the SQL function of that name does for the stored names; a test holds both equal.
Stored names are only folded letter by letter. What needs more (ij for y, a letter too few) is varied on the
side of the question, so that the store needs no phonetic keys (`docs/adr/0007-herkennen.md`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TUSSENVOEGSELS = (
    *("de", "den", "der", "des", "van", "von", "het", "te", "ten", "ter", "tot", "op", "in", "aan", "bij"),
    *("uit", "el", "al", "ben", "bin", "da", "das", "do", "dos", "di", "del", "la", "le", "les", "du"),
    *("d", "s", "t", "v", "l", "ev", "geb"),
)
MARKERINGEN = (
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0326\u0327\u0328"
)
_LETTERS = str.maketrans("ıłøđŁØĐßæœ’‘´", "ilodlodsee'''", MARKERINGEN)
_KLANK = str.maketrans("ycqzv", "ikksf")
_WEG = re.compile("['`]")
_SPATIE = re.compile(r"[\x01-+\x2d-/:-`{-\x7f]+")
GEVOUWEN_TUSSENVOEGSELS = frozenset(woord.translate(_KLANK) for woord in TUSSENVOEGSELS)

ALFABET = "abdefghijklmnoprstuwx"
"""The letters that are left after folding."""
KLANKEN = (
    ("ij", "i"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("ks", "x"),
    ("kx", "ks"),
    ("x", "ks"),
    ("i", "ij"),
    *((2 * letter, letter) for letter in "aeosnlktrp"),
)
"""Spellings that sound alike, tried one at a time; `y` has become `i` by then, so `i` and `ij` go both ways."""
MAX_VORMEN = 5
MAX_WOORDEN = 4
MAX_TEKENS = 120
MIN_LETTERS, MIN_BIJ_ELKAAR, MAX_LETTERS = 4, 3, 16
MIN_REST = 4
"""What must be left of a name from which a tussenvoegsel written onto it is taken off."""


def schrijfwijze(tekst: str) -> str:
    """Small letters without diacritics and apostrophes."""
    return _WEG.sub("", unicodedata.normalize("NFKD", tekst).translate(_LETTERS).lower())


def vouw(tekst: str) -> str:
    """The same with y as i, c and q as k, z as s and v as f; punctuation but the comma becomes a space."""
    return _SPATIE.sub(" ", schrijfwijze(tekst).translate(_KLANK))


def letters(tekst: str) -> set[str]:
    """The words of a name as they are spelled, but for diacritics and capitals."""
    return {*_SPATIE.sub(" ", schrijfwijze(tekst).replace(",", " ")).split()}


def zoeknaam(achternaam: str, voornamen: str) -> str:
    """The folded achternaam without tussenvoegsels, a comma, and the folded voornamen."""
    naam, _, voor = vouw(",".join(naam.replace(",", " ") for naam in (achternaam, voornamen))).partition(",")
    woorden = naam.split()
    kaal = [woord for woord in woorden if woord not in GEVOUWEN_TUSSENVOEGSELS]
    return f"{' '.join(kaal or woorden)},{' '.join(voor.split())}"


def naaste(woord: str) -> set[str]:
    """Every word that differs from `woord` by one letter more, less or other, or by two letters swapped."""
    delen = [(woord[:plaats], woord[plaats:]) for plaats in range(len(woord) + 1)]
    return {
        *(voor + na[1:] for voor, na in delen if na),
        *(voor + na[1] + na[0] + na[2:] for voor, na in delen if len(na) > 1),
        *(voor + letter + na[1:] for voor, na in delen if na for letter in ALFABET),
        *(voor + letter + na for voor, na in delen for letter in ALFABET),
    }


@dataclass(frozen=True)
class Woord:
    """A typed word: as folded, the `vormen` that sound like it (itself included), and the `buren` one letter away."""

    tekst: str
    vormen: tuple[str, ...]
    buren: frozenset[str]

    @property
    def alles(self) -> frozenset[str]:
        """Everything that this word may be meant to be."""
        return self.buren | set(self.vormen)

    @property
    def los(self) -> frozenset[str]:
        """The same, for a search by this word alone: of a very short one only what sounds alike."""
        return self.alles if len(self.tekst) >= MIN_LETTERS else frozenset(self.vormen)


def woorden(tekst: str, *, tussenvoegsels: bool = True) -> list[Woord]:
    """The words of a typed name, at most four; tussenvoegsels are left out, or tried as written onto the name.

    With `tussenvoegsels` false the words are voornamen, of which none is left out.
    """
    losse = vouw(tekst[:MAX_TEKENS]).replace(",", " ").split()
    namen = GEVOUWEN_TUSSENVOEGSELS if tussenvoegsels else frozenset()
    if namen.issuperset(losse):
        namen = frozenset()
    gevonden = []
    ervoor = ""
    for woord in losse:
        if woord in namen:
            ervoor += woord
        else:
            gevonden.append(_woord(woord, ervoor))
            ervoor = woord if len(woord) == 1 else ""
    return gevonden[:MAX_WOORDEN]


_AAN_ELKAAR = re.compile(rf"(?:fande[rn]?|fan|de[rn]?|te[rn]|el|al|ben|o)(?=[a-z]{{{MIN_REST}}})")


def _woord(woord: str, ervoor: str) -> Woord:
    klank = dict.fromkeys(
        [woord, *(woord.replace(van, naar) for van, naar in KLANKEN if van in woord and naar not in woord)][
            :MAX_VORMEN
        ]
    )
    vormen = dict(klank)
    if ervoor:
        vormen[ervoor + woord] = None
    if vast := _AAN_ELKAAR.match(woord):
        vormen[woord[vast.end() :]] = None
    buren: set[str] = set()
    if MIN_BIJ_ELKAAR <= len(woord) <= MAX_LETTERS and woord.isascii() and woord.isalpha():
        for vorm in [*klank, *([ervoor + woord] if ervoor else [])][:3]:
            buren |= naaste(vorm)
    return Woord(woord, tuple(vormen), frozenset(buren))
