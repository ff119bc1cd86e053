"""How far a melding has come, as a line of five, with its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meldingen.models import Categorie, Melding, Stand, Status
from meldingen.termijnen import uiterlijk_op, waarom

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


def voortgang(melding: Melding, vandaag: date) -> Voortgang:
    """How far `melding` is; without stages when it doesn't count any more. Four queries."""
    stand = (
        Stand.objects.bekend_op(None)
        .filter(melding=melding)
        .annotate(uiterlijk_op=uiterlijk_op("ontvangen_op", "categorie"))
        .first()
    )
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
        _termijn(melding, stand, vandaag),
    )


def _termijn(melding: Melding, stand: Stand, vandaag: date) -> Termijn | None:
    """The onderzoek has a term, in youth care the decision; None when that is done or nothing needs doing."""
    categorie = Categorie(stand.categorie) if stand.categorie else None
    if melding.is_klaar or (categorie != Categorie.JEUGD and stand.afgerond_op):
        return None
    uiterlijk: date = stand.uiterlijk_op  # type: ignore[attr-defined]
    return Termijn(uiterlijk, (uiterlijk - vandaag).days, waarom(stand.ontvangen_op, categorie))
