"""Design tokens: reading them from a theme of NL Design System, and keeping the ones that are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

COMMENTAAR = re.compile(r"/\*.*?\*/", re.DOTALL)
BLOK = re.compile(r"([^{};]+)\{([^{}]*)\}")
THEMA = re.compile(r":root|\.[\w-]*theme[\w-]*")
TOKEN = re.compile(r"""(--[\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])*)""")
VERWIJZING = re.compile(r"var\(\s*(--[\w-]+)")
BASIS = "--basis-"

Tokens = dict[str, str]


def lees(css: str) -> Tokens:
    """The tokens of a theme, by name: those under `:root` or under a class such as `.voorbeeld-theme`.

    What is bound to a condition (`@media`) is left out: the tokens hold on every screen.
    """
    gevonden: Tokens = {}
    for kiezers, inhoud in BLOK.findall(_zonder_voorwaarden(COMMENTAAR.sub("", css))):
        if all(THEMA.fullmatch(kiezer.strip()) for kiezer in kiezers.split(",")):
            gevonden |= {naam: " ".join(waarde.split()) for naam, waarde in TOKEN.findall(inhoud)}
    return gevonden


def _zonder_voorwaarden(css: str) -> str:
    """The css without its blocks within blocks, and without the at-rules before them."""
    diepte, stukken, begin = 0, [], 0
    for plek, teken in enumerate(css):
        if teken == "{":
            diepte += 1
        elif teken == "}":
            diepte -= 1
            if diepte == 0:
                stuk = css[begin : plek + 1]
                stukken.append("" if stuk.lstrip().startswith("@") else stuk)
                begin = plek + 1
    return "".join(stukken)


def verwijzingen(css: str) -> set[str]:
    """The names of the tokens that a piece of css asks for."""
    return set(VERWIJZING.findall(css))


def gebruikt(tokens: Mapping[str, str], gevraagd: Iterable[str]) -> Tokens:
    """The asked tokens and all that those lean on, with every `--basis-` token, which our own css may use."""
    open_, houden = {*gevraagd, *(naam for naam in tokens if naam.startswith(BASIS))}, set[str]()
    while open_:
        naam = open_.pop()
        if naam in tokens and naam not in houden:
            houden.add(naam)
            open_ |= verwijzingen(tokens[naam])
    return {naam: waarde for naam, waarde in tokens.items() if naam in houden}
