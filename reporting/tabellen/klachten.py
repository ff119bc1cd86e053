"""Klachten, bezwaren and beroepen, and klachten at the ombudsman (tables 2.27 and 2.29)."""

from __future__ import annotations

from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from voorzieningen.models import Klacht, Klachtsoort, Wet

SOORTEN = {
    Klachtsoort.KLACHT: "Klachten",
    Klachtsoort.BEZWAAR: "Bezwaren",
    Klachtsoort.BEROEP: "Beroepen",
    Klachtsoort.HOGER_BEROEP: "Hogere beroepen",
    Klachtsoort.VOORLOPIGE_VOORZIENING: "Voorlopige voorzieningen",
}


@tabel(
    "2.27",
    titel="Klachten, bezwaren en beroepen Wmo en Jeugdwet",
    definitie="Hoeveel klachten, bezwaren en beroepen er in de periode binnenkwamen over Wmo en Jeugdwet.",
    eenheid="klachten",
    bron="registratie van klachten en bezwaren",
)
def klachten(vraag: Vraag) -> Telling:
    """What came in during the period about the Wmo and the Jeugdwet, by kind."""
    binnengekomen = (
        Klacht.objects.filter(
            datum__gte=vraag.periode.begin,
            datum__lt=vraag.periode.einde,
            soort__in=SOORTEN,
        )
        .exclude(wet=Wet.PARTICIPATIEWET)
        .met_eerste()
    )
    over = {"wet": (Wet.WMO, Wet.JEUGDWET)}
    return Telling(
        achter=[binnengekomen.bekend_op(vraag.bekend_op)],
        eenheid=("eerste",),
        dimensies=("soort", "wet"),
        rijen=[Regel(soort.code, label, {"soort": (soort,), **over}) for soort, label in SOORTEN.items()],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(binnengekomen, ("eerste",))],
        noten=[Noot("Zonder wet, niet geteld: {aantal}.", {"wet": (None,)})],
    )


@tabel(
    "2.29",
    titel="Klachten bij de ombudsman",
    definitie="Hoeveel klachten er in de periode bij de ombudsman binnenkwamen, over welke wet ook.",
    eenheid="klachten",
    bron="registratie van klachten en bezwaren",
)
def ombudsman(vraag: Vraag) -> Telling:
    """What came in at the ombudsman during the period."""
    binnengekomen = Klacht.objects.filter(
        datum__gte=vraag.periode.begin, datum__lt=vraag.periode.einde, soort=Klachtsoort.OMBUDSMAN
    ).met_eerste()
    return Telling(
        achter=[binnengekomen.bekend_op(vraag.bekend_op)],
        eenheid=("eerste",),
        dimensies=(),
        rijen=[Regel("ombudsman", "Klachten bij de ombudsman")],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(binnengekomen, ("eerste",))],
    )
