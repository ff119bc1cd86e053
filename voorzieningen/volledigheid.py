"""What a besluit needs before it can be checked (R5): shown while one works on it, and asked again on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stdnum.nl import bsn as bsn_proef

from households.gezag import gezag_over, leeftijd
from households.models import Verblijf
from teams.kalender import DAG
from voorzieningen.models import Besluit, Wet

MEERDERJARIG = 18
ZELF_TEKENEN = 16


@dataclass(frozen=True)
class Eis:
    """Something that must be in order: what, whether it is, and where in the law it stands."""

    wat: str
    voldaan: bool
    uitleg: str


def eisen(besluit: Besluit, dag: date) -> list[Eis]:
    """The checklist of a besluit on a day, each with whether it is met; at most four statements."""
    persoon = besluit.persoon
    woont = Verblijf.objects.op_dag(dag).bekend_op(None).filter(persoon=persoon, team__isnull=False).exists()
    gezien = persoon.identiteitscontroles.exists()
    lijst = [
        Eis(
            "Burgerservicenummer",
            bsn_proef.is_valid(persoon.bsn),
            "Nodig voor de beschikking (Wmo 2015 art. 5.2.9, Jeugdwet art. 7.2.1).",
        ),
        Eis(
            "Geboortedatum",
            persoon.geboortedatum is not None,
            "Nodig om te weten onder welke wet de hulp valt.",
        ),
        Eis(
            "Identiteit gezien",
            gezien,
            "Iemand zag een geldig document (Wmo 2015 art. 2.3.4). Bewaar geen kopie en geen nummer.",
        ),
        Eis("Woont in de gemeente", woont, "De gemeente beslist voor haar inwoners (Wmo 2015 art. 2.3.5)."),
        Eis(
            "Motivering",
            bool(besluit.motivering.strip()),
            "In woorden die de inwoner begrijpt (Awb art. 3:46).",
        ),
        Eis("Prijs", besluit.prijs is not None, "Zonder prijs zijn de kosten van het plan niet bekend."),
    ]
    if besluit.is_pgb:
        lijst += [
            Eis("Pgb: bekwaam", besluit.pgb_bekwaam, "Zelf of met hulp van iemand (Wmo 2015 art. 2.3.6)."),
            Eis(
                "Pgb: gemotiveerd",
                bool(besluit.pgb_motivatie.strip()),
                "Waarom de inwoner dit zelf wil regelen (Wmo 2015 art. 2.3.6).",
            ),
            Eis(
                "Pgb: goede kwaliteit",
                besluit.pgb_kwaliteit,
                "De hulp is veilig en goed (Wmo 2015 art. 2.3.6).",
            ),
        ]
    else:
        lijst.append(Eis("Aanbieder", besluit.aanbieder_id is not None, "Wie de hulp levert."))
    if besluit.wet == Wet.JEUGDWET:
        lijst.append(_jong_genoeg(besluit))
    if persoon.geboortedatum and leeftijd(persoon.geboortedatum, dag) < ZELF_TEKENEN:
        lijst.append(
            Eis(
                "Wie het gezag heeft",
                not gezag_over(persoon, dag).ontbreekt,
                "Tot 16 jaar stemt in wie het gezag heeft (Jeugdwet art. 7.3.4 en 7.3.5).",
            )
        )
    return lijst


def ontbreekt(besluit: Besluit, dag: date) -> list[str]:
    """The names of what isn't in order yet."""
    return [eis.wat for eis in eisen(besluit, dag) if not eis.voldaan]


def _jong_genoeg(besluit: Besluit) -> Eis:
    geboren = besluit.persoon.geboortedatum
    jong = geboren is not None and leeftijd(geboren, besluit.ingangsdatum - DAG) < MEERDERJARIG
    return Eis(
        "Jonger dan 18 bij de start",
        jong,
        "De Jeugdwet geldt tot 18 jaar (art. 1.1); daarna gaat de Wmo voor.",
    )
