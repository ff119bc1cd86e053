"""Clients and trajecten of the Jeugdwet (tables 2.14 and 2.16)."""

from __future__ import annotations

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import F, Q

from reporting.periode import DAG
from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from voorzieningen.models import Beschikking, Jeugdsoort, Voorziening, Wet

BRON = "registratie van beschikkingen"


@tabel(
    "2.14",
    titel="Cliënten Jeugdwet",
    definitie="Hoeveel jeugdigen op ten minste één dag van de periode een voorziening Jeugdwet hadden.",
    eenheid="cliënten",
    bron=BRON,
)
def jeugdwet_clienten(vraag: Vraag) -> Telling:
    """Unique clients by kind; a client with two kinds counts in both, and once in the total."""
    beschikkingen = Beschikking.objects.loopt_tussen(vraag.periode.begin, vraag.periode.einde).filter(
        voorziening__groep__wet=Wet.JEUGDWET
    )
    soorten = {soort.code: BoolOr(Q(voorziening__groep__jeugdsoort=soort)) for soort in Jeugdsoort}
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op).values("persoon").annotate(**soorten)],
        eenheid=("persoon",),
        dimensies=tuple(soorten),
        rijen=[
            *(Regel(soort.code, soort.label.capitalize(), {soort.code: (True,)}) for soort in Jeugdsoort),
            Regel("totaal", "Totaal"),
        ],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(beschikkingen, ("persoon",))],
        noten=[Noot("Een cliënt telt één keer per soort en één keer in het totaal.")],
    )


@tabel(
    "2.16",
    titel="Jeugdzorgtrajecten",
    definitie=(
        "Hoeveel voorzieningen Jeugdwet er op de laatste dag van de periode liepen; elke voorziening is een"
        " traject."
    ),
    eenheid="trajecten",
    bron=BRON,
)
def jeugdzorgtrajecten(vraag: Vraag) -> Telling:
    """Stock of Jeugdwet voorzieningen on the last day of the period, by kind."""
    peildatum = vraag.periode.peildatum
    beschikkingen = (
        Beschikking.objects.loopt_tussen(peildatum, peildatum + DAG)
        .filter(voorziening__groep__wet=Wet.JEUGDWET)
        .annotate(
            soort=F("voorziening__groep__jeugdsoort"),
            met_verblijf=F("voorziening__groep__met_verblijf"),
            code=F("voorziening__code"),
        )
    )
    hulp = {"soort": (Jeugdsoort.JEUGDHULP,)}
    return Telling(
        achter=[beschikkingen.bekend_op(vraag.bekend_op)],
        eenheid=("pk",),
        dimensies=("soort", "met_verblijf", "code"),
        rijen=[
            Regel("jeugdhulp", "Jeugdhulp", hulp),
            Regel(
                "jeugdhulp_zonder_verblijf", "Jeugdhulp zonder verblijf", {**hulp, "met_verblijf": (False,)}
            ),
            Regel("jeugdhulp_met_verblijf", "Jeugdhulp met verblijf", {**hulp, "met_verblijf": (True,)}),
            *_met_voorzieningen(Jeugdsoort.JEUGDBESCHERMING),
            *_met_voorzieningen(Jeugdsoort.JEUGDRECLASSERING),
            Regel("totaal", "Totaal"),
        ],
        kolommen=[Kolom(peildatum.isoformat())],
        feiten=[Feiten(beschikkingen, ("pk",))],
    )


def _met_voorzieningen(soort: Jeugdsoort) -> list[Regel]:
    rijen = Voorziening.objects.filter(groep__jeugdsoort=soort).order_by("pk")
    namen = dict(rijen.values_list("code", "naam"))
    return [
        Regel(soort.code, soort.label.capitalize(), {"soort": (soort,)}),
        *(
            Regel(code, naam[:1].upper() + naam[1:], {"soort": (soort,), "code": (code,)})
            for code, naam in namen.items()
        ),
    ]
