"""What help costs: per besluit, per plan and per team, against the budget (R11). Amounts are euros."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from voorzieningen.models import Besluit, Levering, Leveringstatus, Per

DAGEN_PER = {Per.WEEK: Decimal(7), Per.MAAND: Decimal("30.4375"), Per.JAAR: Decimal("365.25")}
CENT = Decimal("0.01")


def kosten(besluit: Besluit, begin: date, einde: date) -> Decimal:
    """What a besluit costs from `begin` up to and including `einde`, in whole cents.

    Volume times price times the part of the period that it runs; a bijstelling counts on its days, the last one
    registered where two meet. What comes once counts on its first day. Nothing when there is no price, when the help
    never began, or after it stopped.
    """
    levering: Levering | None = getattr(besluit, "levering", None)
    if levering and levering.status == Leveringstatus.VERVALLEN:
        return Decimal(0)
    eerste = max(begin, besluit.ingangsdatum)
    grenzen = (einde, besluit.einddatum, levering and levering.gestopt_op)
    laatste = min(grens for grens in grenzen if grens)
    if besluit.prijs is None or laatste < eerste:
        return Decimal(0)
    if besluit.per == Per.KEER:
        eenmalig = besluit.aantal if begin <= besluit.ingangsdatum <= einde else Decimal(0)
        return (eenmalig * besluit.prijs).quantize(CENT, ROUND_HALF_UP)
    volume = sum((aantal * dagen for aantal, dagen in _volumes(besluit, eerste, laatste)), Decimal(0))
    return (volume * besluit.prijs / DAGEN_PER[Per(besluit.per)]).quantize(CENT, ROUND_HALF_UP)


def totaal(besluiten: Iterable[Besluit], begin: date, einde: date) -> Decimal:
    """The sum of `kosten`."""
    return sum((kosten(besluit, begin, einde) for besluit in besluiten), Decimal(0))


def geldend_aantal(besluit: Besluit, dag: date) -> Decimal:
    """The volume on a day, after bijstellingen."""
    aantal: Decimal = besluit.aantal
    for bijstelling in sorted(besluit.bijstellingen.all(), key=lambda rij: rij.pk):
        if bijstelling.vanaf <= dag and (bijstelling.tot is None or dag <= bijstelling.tot):
            aantal = bijstelling.aantal
    return aantal


def _volumes(besluit: Besluit, eerste: date, laatste: date) -> Iterable[tuple[Decimal, int]]:
    """The volume and how many days it holds, for every stretch between changes."""
    grenzen = {eerste}
    for bijstelling in besluit.bijstellingen.all():
        grenzen |= {bijstelling.vanaf}
        if bijstelling.tot:
            grenzen |= {bijstelling.tot + timedelta(days=1)}
    binnen = sorted(grens for grens in grenzen if eerste <= grens <= laatste)
    for begin, volgende in zip(binnen, [*binnen[1:], laatste + timedelta(days=1)], strict=True):
        yield geldend_aantal(besluit, begin), (volgende - begin).days
