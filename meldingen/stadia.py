"""How far a melding has come, as a line of five, with its term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meldingen.models import Melding, Stand, Status
from meldingen.wettermijnen import Wettermijn, te_halen

GEDAAN, NU, NOG_NIET = "gedaan", "nu", "nog niet"

EINDES = {
    Status.VOORVELD: "voorveld_op",
    Status.INGETROKKEN: "ingetrokken_op",
    Status.DOORGEZET: "doorgezet_op",
    Status.NIET_TOEGEKEND: "niet_toegekend_op",
}
"""Ends that are no stage of their own, with the milestone that has the day."""


@dataclass(frozen=True)
class Stadium:
    """One of the five; `stand` is how far it is, in words."""

    naam: str
    dag: date | None
    stand: str
    toelichting: str = ""


@dataclass(frozen=True)
class Termijn:
    """The day before which something must have been done, and why."""

    uiterlijk_op: date
    dagen: int
    waarom: str

    @property
    def dagen_te_laat(self) -> int:
        """How many days it is too late; zero while it isn't."""
        return max(0, -self.dagen)


@dataclass(frozen=True)
class Voortgang:
    """The line of five, how it ended where that isn't a stage, and the term while it runs."""

    stadia: list[Stadium]
    einde: str
    einde_op: date | None
    termijn: Termijn | None


def voortgang(melding: Melding, termijnen: Iterable[Wettermijn], vandaag: date) -> Voortgang:
    """How far `melding` is, `termijnen` those of the law; without stages when it doesn't count any more. One query."""
    stand = Stand.objects.bekend_op(None).filter(melding=melding).first()
    if stand is None:
        return Voortgang([], Status.VERVALLEN.label, None, None)
    bereikt: list[tuple[str, date | None, str]] = [
        ("Toegang", stand.ontvangen_op, stand.get_kanaal_display() if stand.kanaal else ""),
        ("Melding", stand.ontvangen_op, ""),
        ("Gesprek", stand.gesprek_op, ""),
        ("Onderzoek", stand.onderzoek_op, "afgerond" if stand.afgerond_op else ""),
        ("Voorziening", stand.toegekend_op, ""),
    ]
    laatste = max(nummer for nummer, (_, dag, _) in enumerate(bereikt) if dag)
    stadia = [
        Stadium(naam, dag, NOG_NIET if dag is None else NU if nummer == laatste else GEDAAN, toelichting)
        for nummer, (naam, dag, toelichting) in enumerate(bereikt)
    ]
    einde = EINDES.get(Status(melding.status))
    return Voortgang(
        stadia,
        Status(melding.status).label if einde else "",
        getattr(stand, einde) if einde else None,
        _termijn(te_halen(termijnen), vandaag),
    )


def _termijn(termijn: Wettermijn | None, vandaag: date) -> Termijn | None:
    """What has to be done next; None when nothing has to, or the term stands still."""
    if termijn is None or termijn.uiterlijk is None:
        return None
    return Termijn(termijn.uiterlijk, (termijn.uiterlijk - vandaag).days, termijn.waarom)
