"""The stroomschema over the last quarters: how many meldingen, and which share of them came how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import DateField
from django.db.models.functions import Cast, TruncQuarter

from meldingen.models import Stand
from reporting.antwoord import Antwoord, beantwoord_met
from reporting.filters import kenmerken
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.stroomschema import KNOPEN, STROOMSCHEMA
from reporting.telling import Kolom, Regel, Telling
from reporting.vraag import Vraag

KWARTALEN = 8
AANDELEN = {
    "voorveld": "Voorveld, deel van de meldingen",
    "gesprek": "Gesprek gestart, deel van de meldingen",
    "onderzoek": "Onderzoek gestart, deel van de gesprekken",
    "toegekend": "Toegekend, deel van de afgeronde onderzoeken",
}
"""The nodes of which the trend shows the share, as table 2.6 gives it."""


def kwartalen_tot(periode: Periode, eerste: Periode) -> list[Periode]:
    """The quarters that end with the one of the last day of `periode`, as far as from `eerste` on; the oldest first."""
    kwartalen = [Periode.kwartaal_van(periode.peildatum)]
    while len(kwartalen) < KWARTALEN and kwartalen[0].begin > eerste.begin:
        kwartalen.insert(0, kwartalen[0].vorige())
    return kwartalen


def trend(vraag: Vraag, kwartalen: Iterable[Periode]) -> Antwoord:
    """A column per quarter, a row for the count and one per share; counted in as many statements as one quarter is."""
    gekozen = list(kwartalen)

    def tel(vraag: Vraag) -> Telling:
        cohort = Stand.objects.cohort(
            gekozen[0].begin, gekozen[-1].peildatum, vraag.bekend_op, **kenmerken(vraag.filters)
        )
        return Telling(
            achter=[
                deel.annotate(kwartaal=Cast(TruncQuarter("ontvangen_op"), DateField())) for deel in cohort
            ],
            eenheid=("melding",),
            dimensies=("kwartaal", "bekend_blad"),
            rijen=[
                Regel("meldingen", "Meldingen"),
                *(
                    Regel(
                        f"{naam}_pct",
                        label,
                        {"bekend_blad": frozenset(KNOPEN[naam].bladen)},
                        van={"bekend_blad": frozenset(KNOPEN[KNOPEN[naam].ouder or naam].bladen)},
                    )
                    for naam, label in AANDELEN.items()
                ),
            ],
            kolommen=[Kolom(kwartaal.sleutel, {"kwartaal": (kwartaal.begin,)}) for kwartaal in gekozen],
            feiten=[],
        )

    tabel = TABELLEN[STROOMSCHEMA]
    return beantwoord_met(replace(tabel, sleutel="trend", titel="Verloop per kwartaal", tel=tel), vraag.eigen)
