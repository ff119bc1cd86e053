"""What is to be shown as sheets: a header, rows of cells, and the words that go with them.

Spreadsheets and paper are written from this alone, so that each shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from reporting.antwoord import Antwoord, Rij, Stroomschema, Waarde
from reporting.correcties import Correcties, Registratie
from reporting.formaten.correcties import noem_cel, noem_cellen
from reporting.formaten.opmaak import eigenschappen, moment
from reporting.formaten.tabel import delen_van
from reporting.stroomschema import KNOPEN

DEFINITIE = "Definitie"


@dataclass(frozen=True)
class Cel:
    """A figure (in per cents or not), a text, or nothing."""

    waarde: Waarde | None
    procent: bool = False


@dataclass(frozen=True)
class Deel:
    """One table: the first `teksten` columns say what a row is about."""

    naam: str
    koppen: list[str]
    rijen: list[list[Cel]]
    teksten: int = 2


@dataclass(frozen=True)
class Blad:
    """An answer as tables, and `kenmerken`: what is counted, from where, over which period, as known when."""

    titel: str
    sleutel: str
    delen: list[Deel]
    kenmerken: list[tuple[str, str]]
    noten: list[str]

    @property
    def definities(self) -> Iterator[tuple[str, str]]:
        """The words as pairs of what and text, the notes at the end."""
        yield "Titel", self.titel
        yield from self.kenmerken
        for noot in self.noten:
            yield "Noot", noot


def blad_van(uitkomst: Antwoord | Correcties) -> Blad:
    """The sheets of an answer, or of what changed."""
    return _correcties(uitkomst) if isinstance(uitkomst, Correcties) else _antwoord(uitkomst)


def _antwoord(antwoord: Antwoord) -> Blad:
    bekend_op = antwoord.vraag.bekend_op
    nu = f"nu ({moment(timezone.now())})"
    deel = _schema(antwoord) if isinstance(antwoord, Stroomschema) else _tabel(antwoord)
    noten = antwoord.noten
    if isinstance(antwoord, Stroomschema):
        noten = list(dict.fromkeys(noot for een in delen_van(antwoord) for noot in een.noten))
    return Blad(
        antwoord.tabel.titel,
        antwoord.tabel.sleutel,
        [deel],
        _kenmerken(antwoord, {"Bekend op": moment(bekend_op) if bekend_op else nu}),
        noten,
    )


def _tabel(antwoord: Antwoord) -> Deel:
    return Deel(
        antwoord.tabel.sleutel,
        ["Sleutel", antwoord.tabel.eenheid.capitalize(), *antwoord.koppen],
        [
            [Cel(rij.sleutel), Cel(rij.label), *(Cel(waarde, procent) for waarde, procent in rij.cellen)]
            for rij in antwoord.rijen
        ],
    )


def _schema(schema: Stroomschema) -> Deel:
    """A row per node, with its count and its share beside each other, as one reads the stroomschema."""
    delen = delen_van(schema)
    waarden = [{rij.sleutel: rij for rij in deel.rijen} for deel in delen]
    return Deel(
        schema.tabel.sleutel,
        ["Sleutel", "Stap", *(kop for deel in delen for kop in (deel.koppen[0], f"{deel.koppen[0]} %"))],
        [
            [Cel(naam), Cel(knoop.label), *(cel for per in waarden for cel in _cijfers(per, naam))]
            for naam, knoop in KNOPEN.items()
        ],
    )


def _cijfers(per_sleutel: dict[str, Rij], knoop: str) -> tuple[Cel, Cel]:
    aandeel = per_sleutel.get(f"{knoop}_pct")
    return Cel(per_sleutel[knoop].waarden[0]), Cel(aandeel.waarden[0] if aandeel else None, procent=True)


def _correcties(correcties: Correcties) -> Blad:
    sleutel = correcties.tabel.sleutel
    cellen = [[Cel(noem_cel(c.cel)), Cel(c.van), Cel(c.tot), Cel(c.verschil)] for c in correcties.cellen]
    registraties = [[Cel(tekst) for tekst in _registratie(r)] for r in correcties.registraties]
    koppen = ["Moment", "Wat", "Nummer", "Gebeurd", "Door", "Reden", "Uit", "Naar"]
    return Blad(
        f"{correcties.tabel.titel}: correcties",
        sleutel,
        [
            Deel(f"{sleutel} cellen", ["Cel", "Van", "Tot", "Verschil"], cellen, teksten=1),
            Deel(f"{sleutel} registraties", koppen, registraties, teksten=len(koppen)),
        ],
        _kenmerken(
            correcties,
            {"Bekend van": moment(correcties.van), "tot en met": moment(correcties.tot)},
        ),
        [],
    )


def _registratie(r: Registratie) -> Sequence[str]:
    return (
        moment(r.moment),
        r.soort,
        r.nummer,
        r.gebeurd,
        r.door,
        r.reden,
        noem_cellen(r.uit),
        noem_cellen(r.naar),
    )


def _kenmerken(uitkomst: Antwoord | Correcties, bekend: dict[str, str]) -> list[tuple[str, str]]:
    tabel, vraag = uitkomst.tabel, uitkomst.vraag
    return [
        (DEFINITIE, tabel.definitie),
        ("Eenheid", tabel.eenheid),
        ("Bron", tabel.bron),
        *eigenschappen(vraag, bekend).items(),
        *(() if vraag.filters else (("Filters", "geen"),)),
    ]
