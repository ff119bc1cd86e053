"""The published figures and the documented assumptions, and how totals are spread over parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

KWARTALEN = ("2015-Q1", "2015-Q2")


def lees_cijfers() -> dict[str, Any]:
    """Read `almere_2015.json`: published tables by their number, made-up ones under `aannames`.

    Raises `ValueError` where the assumptions do not add up to the published totals, so that a changed figure
    is noticed here and not in a report.
    """
    tekst = Path(__file__).with_name("almere_2015.json").read_text(encoding="utf-8")
    cijfers: dict[str, Any] = json.loads(tekst, object_hook=_zonder_uitleg)
    aannames = cijfers["aannames"]
    for kwartaal in KWARTALEN:
        for categorie in ("volwassenen", "jeugd"):
            bladen = aannames["stroomschema"][categorie][kwartaal]
            _controleer(
                f"meldingen {categorie} {kwartaal}", bladen.values(), cijfers["2.4"][kwartaal][categorie]
            )
        toegang = cijfers["1.1"][kwartaal]
        _controleer(
            f"telefoon {kwartaal}", in_kwartaal(aannames["telefoon_per_maand"], kwartaal), toegang["telefoon"]
        )
        _controleer(
            f"mails {kwartaal}",
            in_kwartaal(aannames["mail_per_maand"], kwartaal),
            toegang["email_webformulier"],
        )
    _controleer("cliënten Wmo", aannames["per_wijkteam"]["clienten_wmo"].values(), cijfers["2.9"]["2015-Q1"])
    for vorm, overgangen in aannames["wmo_overgangen"].items():
        _controleer(f"overgangen {vorm}", overgangen.values(), cijfers["2.12"]["2015-Q1"][vorm])
    return cijfers


def _zonder_uitleg(tabel: dict[str, Any]) -> dict[str, Any]:
    """A table without the sentence for readers of the file."""
    return {sleutel: waarde for sleutel, waarde in tabel.items() if sleutel != "uitleg"}


def _controleer(wat: str, delen: Iterable[int], totaal: int) -> None:
    som = sum(delen)
    if som != totaal:
        raise ValueError(f"{wat}: de aannames tellen op tot {som}, gepubliceerd is {totaal}")


def in_kwartaal(per_maand: Mapping[str, Any], kwartaal: str) -> list[int]:
    """The counts of the months of `kwartaal` (`2015-Q1`), over every row of a table of rows by month."""
    eerste = int(kwartaal[-1]) * 3 - 2
    maanden = [f"{kwartaal[:4]}-{eerste + plaats:02d}" for plaats in range(3)]
    return [rij[maand] for rij in per_maand.values() for maand in maanden]


def verdeel(totaal: int, gewichten: Mapping[str, float]) -> dict[str, int]:
    """Spread `totaal` over the keys by weight, in whole numbers that add up (largest remainder)."""
    som = sum(gewichten.values())
    aandelen = {sleutel: totaal * gewicht / som for sleutel, gewicht in gewichten.items()}
    delen = {sleutel: int(aandeel) for sleutel, aandeel in aandelen.items()}
    naar_rest = sorted(aandelen, key=lambda sleutel: delen[sleutel] - aandelen[sleutel])
    for sleutel in naar_rest[: totaal - sum(delen.values())]:
        delen[sleutel] += 1
    return delen


def geschud(aantallen: Mapping[str, int], rng: Random) -> list[str]:
    """Every key as often as its count says, in random order."""
    rij = [sleutel for sleutel, aantal in aantallen.items() for _ in range(aantal)]
    rng.shuffle(rij)
    return rij


def spreid(totaal: int, over: int, rng: Random) -> list[int]:
    """`over` random whole numbers of 0 and more that add up to `totaal`, around the same mean."""
    delen = verdeel(totaal, {str(plaats): rng.uniform(0.3, 1.7) for plaats in range(over)})
    return list(delen.values())
