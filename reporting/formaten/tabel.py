"""A table, and the stroomschema as a tree."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.antwoord import Antwoord, Stroomschema
from reporting.formaten.opmaak import cel, kop, moment, noten, uitgelijnd
from reporting.stroomschema import KNOPEN


def tekst(antwoord: Antwoord) -> str:
    """Title, question, figures and notes."""
    figuur = _boom(antwoord) if isinstance(antwoord, Stroomschema) else _tabel(antwoord)
    bekend_op = antwoord.vraag.bekend_op
    bekend = {"Bekend op": moment(bekend_op) if bekend_op else "nu"}
    regels = [*kop(antwoord.vraag, antwoord.tabel.titel, antwoord.tabel.definitie, bekend), *figuur]
    return "\n".join([*regels, *noten(antwoord.noten), ""])


def regels(antwoord: Antwoord) -> Iterator[list[object]]:
    """Header and rows of a CSV file; what is compared is a further column of the stroomschema, too."""
    delen = delen_van(antwoord) if isinstance(antwoord, Stroomschema) else [antwoord]
    yield ["sleutel", "label", *(kolom for deel in delen for kolom in deel.kolommen)]
    for rijen in zip(*(deel.rijen for deel in delen), strict=True):
        yield [rijen[0].sleutel, rijen[0].label, *(waarde for rij in rijen for waarde in rij.waarden)]


def _tabel(antwoord: Antwoord) -> list[str]:
    kolomkop = ["", *antwoord.koppen]
    return uitgelijnd(
        [
            kolomkop,
            *(
                [rij.label, *(cel(waarde, percentage=procent) for waarde, procent in rij.cellen)]
                for rij in antwoord.rijen
            ),
        ]
    )


def _boom(schema: Stroomschema) -> list[str]:
    delen = delen_van(schema)
    kolomkop = ["", *(tekst for deel in delen for tekst in (deel.naam, "%"))]
    knopen = [
        [takken + KNOPEN[knoop].label, *(tekst for deel in delen for tekst in _cijfers(deel, knoop))]
        for takken, knoop in _takken(None, "")
    ]
    return [*uitgelijnd([kolomkop, *knopen]), "", "% is het deel van de stap erboven."]


def delen_van(schema: Stroomschema) -> list[Stroomschema]:
    """The stroomschema and what stands beside it, in the order of time."""
    alle = [schema, *([schema.vergelijking] if schema.vergelijking else [])]
    return sorted(alle, key=lambda deel: deel.vraag.periode.begin)


def _cijfers(schema: Stroomschema, knoop: str) -> tuple[str, str]:
    aandeel = schema.percentages.get(knoop)
    return cel(schema.knopen[knoop]), "" if aandeel is None else cel(aandeel, percentage=True)


def _takken(ouder: str | None, inspringing: str) -> Iterator[tuple[str, str]]:
    """Every node below `ouder`, with the branches drawn before it."""
    kinderen = [knoop for knoop in KNOPEN.values() if knoop.ouder == ouder]
    for knoop in kinderen:
        laatste = knoop is kinderen[-1]
        if ouder is None:
            yield "", knoop.sleutel
            yield from _takken(knoop.sleutel, "")
        else:
            yield inspringing + ("└─ " if laatste else "├─ "), knoop.sleutel
            yield from _takken(knoop.sleutel, inspringing + ("   " if laatste else "│  "))
