"""Who has to agree with help for somebody, by age and by who has gezag (Jeugdwet art. 7.3.4 and 7.3.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from households.models import Persoon, Relatie, Relatiesoort

SAMEN, ZELF, VOLWASSEN = 12, 16, 18
"""From which age a child agrees beside those with gezag, alone, and nobody has gezag over them any more."""
VERTEGENWOORDIGERS = (Relatiesoort.CURATOR, Relatiesoort.BEWINDVOERDER, Relatiesoort.MENTOR)


@dataclass(frozen=True)
class Instemming:
    """Who has to agree. `ontbreekt` says, in Dutch, what must be known first; empty when all is known.

    `vertegenwoordigers` are the relations of a curator, bewindvoerder or mentor, to look at beside it.
    """

    zelf: bool
    gezagdragers: list[Persoon] = field(default_factory=list)
    vertegenwoordigers: list[Relatie] = field(default_factory=list)
    ontbreekt: str = ""


def gezag_over(persoon: Persoon, dag: date) -> Instemming:
    """Who has to agree with help for `persoon` on a day; two queries.

    Under 12 those with gezag, from 12 the child as well, from 16 the child alone. Gezag ends at 18, and with the
    death of who had it, whatever end was registered.
    """
    dragers, vertegenwoordigers = _relaties(persoon, dag)
    if persoon.geboortedatum is None:
        return Instemming(
            zelf=True,
            gezagdragers=dragers,
            vertegenwoordigers=vertegenwoordigers,
            ontbreekt="De geboortedatum is niet bekend, dus ook niet wie moet instemmen.",
        )
    jaren = leeftijd(persoon.geboortedatum, dag)
    if jaren >= ZELF:
        return Instemming(zelf=True, vertegenwoordigers=vertegenwoordigers)
    return Instemming(
        zelf=jaren >= SAMEN,
        gezagdragers=dragers,
        vertegenwoordigers=vertegenwoordigers,
        ontbreekt="" if dragers else "Er is niet vastgelegd wie het gezag heeft.",
    )


def heeft_gezag(ouder: Persoon, kind: Persoon, dag: date) -> bool:
    """Whether `ouder` has gezag over `kind` on a day: no longer from 18 on."""
    if is_volwassen(kind, dag):
        return False
    return Relatie.objects.op_dag(dag).filter(van=ouder, naar=kind, soort=Relatiesoort.GEZAG).exists()


def leeftijd(geboren: date, dag: date) -> int:
    """Whole years on a day; who was born on 29 February becomes a year older on 1 March."""
    return dag.year - geboren.year - ((dag.month, dag.day) < (geboren.month, geboren.day))


def is_volwassen(persoon: Persoon, dag: date) -> bool:
    """Eighteen or older on the day; of whom the birth date isn't known, nobody can say so."""
    geboren = persoon.geboortedatum
    return geboren is not None and leeftijd(geboren, dag) >= VOLWASSEN


def _relaties(persoon: Persoon, dag: date) -> tuple[list[Persoon], list[Relatie]]:
    rijen = (
        Relatie.objects.op_dag(dag)
        .filter(naar=persoon, soort__in=(Relatiesoort.GEZAG, *VERTEGENWOORDIGERS))
        .select_related("van")
        .order_by("soort", "pk")
    )
    levend = [rij for rij in rijen if not (rij.van.overleden_op and rij.van.overleden_op <= dag)]
    dragers = [rij.van for rij in levend if rij.soort == Relatiesoort.GEZAG]
    return dragers, [rij for rij in levend if rij.soort != Relatiesoort.GEZAG]
