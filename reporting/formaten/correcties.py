"""What changed between two moments: first the cells, then the registrations."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from reporting.correcties import Cel, Correcties
from reporting.formaten.opmaak import cel, kop, moment, noten, uitgelijnd


def tekst(correcties: Correcties) -> str:
    """Both lists, with the question above them."""
    tabel = correcties.tabel
    bekend = {"Bekend van": moment(correcties.van), "tot en met": moment(correcties.tot)}
    regels = kop(correcties.vraag, f"{tabel.titel}: correcties", tabel.definitie, bekend)
    if not correcties.cellen and not correcties.registraties:
        regels.append("Er is niets veranderd.")
    if correcties.cellen:
        kolomkop = ["Cel", "Van", "Tot", "Verschil"]
        regels += uitgelijnd(
            [
                kolomkop,
                *(
                    [noem_cel(c.cel), cel(c.van), cel(c.tot), _verschil(c.verschil)]
                    for c in correcties.cellen
                ),
            ]
        )
    zinnen = [
        f"{moment(r.moment)} {' '.join(filter(None, (r.soort, r.nummer, r.gebeurd)))} door {r.door or 'onbekend'}"
        f"{f' ({r.reden})' if r.reden else ''}: {noem_cellen(r.uit)} → {noem_cellen(r.naar)}"
        for r in correcties.registraties
    ]
    return "\n".join([*regels, *noten(zinnen), ""])


def regels(correcties: Correcties) -> Iterator[list[object]]:
    """Header and rows of a CSV file: `wat` tells a cell from a registration."""
    yield [
        "wat", "cel", "van", "tot", "verschil",
        "soort", "nummer", "gebeurd", "moment", "door", "reden",
    ]  # fmt: skip
    for c in correcties.cellen:
        yield ["cel", noem_cel(c.cel), c.van, c.tot, c.verschil, *[""] * 6]
    for r in correcties.registraties:
        van, naar = ("; ".join(map(noem_cel, cellen)) for cellen in (r.uit, r.naar))
        wanneer = timezone.localtime(r.moment).isoformat()
        yield ["registratie", "", van, naar, "", r.soort, r.nummer, r.gebeurd, wanneer, r.door, r.reden]


def noem_cel(cel: Cel) -> str:
    """A cell by column and key."""
    return f"{cel.kolom} {cel.sleutel}"


def noem_cellen(cellen: tuple[Cel, ...]) -> str:
    """Several cells, or that there are none."""
    return ", ".join(map(noem_cel, cellen)) or "niets"


def _verschil(verschil: int | float | None) -> str:
    return "" if verschil is None else f"{verschil:+}"
