"""What differs between two texts, by the word, and between two versions of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from meldingen.planblad import Afspraakregel, Blad, Doelblad, dag

WOORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Stuk:
    """A piece of a text: `anders` when it isn't in the other one."""

    tekst: str
    anders: bool = False


def woorden(oud: str, nieuw: str) -> tuple[list[Stuk], list[Stuk]]:
    """Both texts in pieces; what stands in one of them alone is `anders` there."""
    links, rechts = WOORD.findall(oud), WOORD.findall(nieuw)
    was, wordt = [], []
    for soort, a, b, c, d in SequenceMatcher(None, links, rechts, autojunk=False).get_opcodes():
        anders = soort != "equal"
        was.append(Stuk("".join(links[a:b]), anders))
        wordt.append(Stuk("".join(rechts[c:d]), anders))
    return [stuk for stuk in was if stuk.tekst], [stuk for stuk in wordt if stuk.tekst]


@dataclass(frozen=True)
class Veld:
    """One thing in both versions; None where it isn't in that one."""

    label: str
    oud: list[Stuk] | None
    nieuw: list[Stuk] | None

    @property
    def stand(self) -> str:
        """What became of it, in a word."""
        if self.oud is None:
            return "nieuw"
        if self.nieuw is None:
            return "vervallen"
        anders = any(stuk.anders for stuk in (*self.oud, *self.nieuw))
        return "gewijzigd" if anders else "gelijk"


@dataclass(frozen=True)
class Vak:
    """A goal, or another part of the plan, in both versions."""

    kop: str
    velden: list[Veld]

    @property
    def gelijk(self) -> bool:
        """Whether nothing in it changed."""
        return all(veld.stand == "gelijk" for veld in self.velden)

    @property
    def anders(self) -> list[Veld]:
        """What changed in it."""
        return [veld for veld in self.velden if veld.stand != "gelijk"]


Regels = Mapping[object, tuple[str, str]]
"""By something that stays the same over versions: what it is called, and what it says."""


def vergelijk(oud: Blad, nieuw: Blad) -> list[Vak]:
    """Every part of the plan that is in either, goals first."""
    links = {doel.sleutel: doel for doel in oud.doelen}
    rechts = {doel.sleutel: doel for doel in nieuw.doelen}
    vakken = [
        Vak(
            f"Doel: {(rechts.get(sleutel) or links[sleutel]).tekst}",
            list(_velden(_van_doel(links.get(sleutel)), _van_doel(rechts.get(sleutel)))),
        )
        for sleutel in links | rechts
    ]
    for kop, was, wordt in (
        ("Afspraken voor het hele plan", _afspraken(oud.los), _afspraken(nieuw.los)),
        ("Wie heeft de regie", _regie(oud), _regie(nieuw)),
        ("Wie doen mee", _mensen(oud), _mensen(nieuw)),
    ):
        if was or wordt:
            vakken.append(Vak(kop, list(_velden(was, wordt))))
    return vakken


def _velden(oud: Regels, nieuw: Regels) -> Iterator[Veld]:
    for sleutel in dict.fromkeys((*oud, *nieuw)):
        was, wordt = oud.get(sleutel), nieuw.get(sleutel)
        label = (wordt or was or ("", ""))[0]
        if was and wordt:
            yield Veld(label, *woorden(was[1], wordt[1]))
        elif was:
            yield Veld(label, [Stuk(was[1], anders=True)], None)
        elif wordt:
            yield Veld(label, None, [Stuk(wordt[1], anders=True)])


def _van_doel(doel: Doelblad | None) -> Regels:
    if doel is None:
        return {}
    regels: dict[object, tuple[str, str]] = {
        "tekst": ("Doel", doel.tekst),
        "eigenaar": ("Van wie", doel.eigenaar),
        "voor_wie": ("Voor wie", doel.voor_wie),
        "levensgebied": ("Levensgebied", doel.levensgebied),
        "begin": ("Begin", dag(doel.begin)),
        "streefdatum": ("Streefdatum", dag(doel.streefdatum)),
        "stand": ("Stand", doel.stand),
        "besloten": ("Besloten", "ja" if doel.besloten else ""),
        **_afspraken(doel.afspraken),
        **{("e", rij.sleutel): ("Evaluatie", rij.in_woorden) for rij in doel.evaluaties},
    }
    return {sleutel: regel for sleutel, regel in regels.items() if regel[1]}


def _afspraken(regels: list[Afspraakregel]) -> dict[object, tuple[str, str]]:
    return {("a", rij.sleutel): (rij.soort.capitalize(), rij.in_woorden) for rij in regels}


def _regie(blad: Blad) -> Regels:
    return {soort: (soort.capitalize(), wie) for soort, wie in blad.regie}


def _mensen(blad: Blad) -> Regels:
    return {mens.sleutel: (mens.naam, mens.omschrijving) for mens in blad.deelnemers}
