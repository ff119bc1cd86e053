"""Meldingen and how far they came (tables 2.4, 2.5, 2.6 and D.4)."""

from __future__ import annotations

from functools import cache

from meldingen.models import Aanleiding, Blad, Categorie, Gebeurtenis, Stand, StandQuerySet
from reporting.filters import op_stand, waarden
from reporting.register import tabel
from reporting.stroomschema import KNOPEN
from reporting.telling import Feiten, Gevraagd, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wijkteams import per_wijkteam

VOLWASSENEN = {"categorie": (Categorie.VOLWASSENEN,)}
BRON = "registratie van meldingen"

KNOOPREGELS = [
    *(
        Regel(knoop.sleutel, knoop.label, {"bekend_blad": frozenset(knoop.bladen)})
        for knoop in KNOPEN.values()
    ),
    *(
        Regel(
            f"{knoop.sleutel}_pct",
            f"{knoop.label}, aandeel in {KNOPEN[knoop.ouder].label.lower()}",
            {"bekend_blad": frozenset(knoop.bladen)},
            van={"bekend_blad": frozenset(KNOPEN[knoop.ouder].bladen)},
        )
        for knoop in KNOPEN.values()
        if knoop.met_percentage and knoop.ouder
    ),
]
"""A row per node of the stroomschema, then the per cents that the monitor gives."""


@cache
def _cohort(kenmerken: frozenset[str], *, bekend_op: bool) -> tuple[StandQuerySet, ...]:
    """The meldingen that came in during the period and have these `kenmerken`, whatever is asked for."""
    gevraagd = op_stand({naam: Gevraagd(naam) for naam in kenmerken})
    moment = Gevraagd("bekend_op") if bekend_op else None
    return tuple(Stand.objects.cohort(Gevraagd("eerste"), Gevraagd("laatste"), moment, **gevraagd))


def _telling(
    vraag: Vraag,
    dimensies: tuple[str, ...],
    rijen: list[Regel],
    noten: tuple[Noot, ...] = (),
    **kenmerken: int,
) -> Telling:
    """Counts the meldingen of the period that pass the filters and have these `kenmerken` besides."""
    gekozen = waarden(vraag.filters) | kenmerken
    return Telling(
        achter=_cohort(frozenset(gekozen), bekend_op=vraag.bekend_op is not None),
        gevraagd={
            **gekozen,
            "eerste": vraag.periode.begin,
            "laatste": vraag.periode.peildatum,
            "bekend_op": vraag.bekend_op,
        },
        eenheid=("melding",),
        dimensies=dimensies,
        rijen=rijen,
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(Gebeurtenis.objects.all(), ("melding",))],
        noten=noten,
    )


@tabel(
    "2.4",
    titel="Meldingen",
    definitie=(
        "Hoeveel meldingen er in de periode binnenkwamen, en welk deel van die van volwassenen in het"
        " voorveld is afgerond."
    ),
    eenheid="meldingen",
    bron=BRON,
    filters=frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
)
def meldingen(vraag: Vraag) -> Telling:
    """Meldingen by categorie, and the share of volwassenen that stands in the voorveld."""
    return _telling(
        vraag,
        ("categorie", "bekend_blad"),
        [
            Regel("volwassenen", "Volwassenen", VOLWASSENEN),
            Regel("jeugd", "Jeugd", {"categorie": (Categorie.JEUGD,)}),
            Regel("totaal", "Totaal"),
            Regel(
                "voorveld_volwassenen_pct",
                "Volwassenen, afgerond in het voorveld",
                {**VOLWASSENEN, "bekend_blad": (Blad.VOORVELD,)},
                van=VOLWASSENEN,
            ),
        ],
        (Noot("Zonder categorie, alleen in het totaal: {aantal}.", {"categorie": (None,)}),),
    )


@tabel(
    "2.5",
    titel="Meldingen van volwassenen per wijkteam",
    definitie="De meldingen van volwassenen, naar het wijkteam waar zij bij binnenkomst bij hoorden.",
    eenheid="meldingen",
    bron=BRON,
    filters=frozenset({"team", "stadsdeel", "kanaal", "aanleiding"}),
)
def meldingen_per_wijkteam(vraag: Vraag) -> Telling:
    """Meldingen of volwassenen by the team that they belonged to on the day that they came in."""
    regels, geen_wijkteam = per_wijkteam()
    return _telling(
        vraag,
        ("team",),
        [*regels, Regel("totaal", "Totaal")],
        (Noot("Zonder wijkteam, alleen in het totaal: {aantal}.", {"team": geen_wijkteam}),),
        categorie=Categorie.VOLWASSENEN.value,
    )


@tabel(
    "2.6",
    titel="Stroomschema van melding tot maatwerkvoorziening",
    definitie="Hoe ver de meldingen zijn gekomen die in de periode binnenkwamen; elke telt op één plek.",
    eenheid="meldingen",
    bron=BRON,
    filters=frozenset({"team", "stadsdeel", "categorie", "kanaal", "aanleiding"}),
    standaard={"categorie": Categorie.VOLWASSENEN.code},
)
def stroomschema(vraag: Vraag) -> Telling:
    """A row per node, then the per cents that the monitor gives."""
    return _telling(vraag, ("bekend_blad",), KNOOPREGELS)


@tabel(
    "D.4",
    titel="Herindicaties",
    definitie=(
        "Welk deel van de meldingen die in de periode binnenkwamen, kwam van een indicatie die afloopt: de"
        " aanleiding is dan herindicatie."
    ),
    eenheid="meldingen",
    bron=BRON,
    filters=frozenset({"team", "stadsdeel", "categorie", "kanaal"}),
)
def herindicaties(vraag: Vraag) -> Telling:
    """Meldingen by aanleiding, and the share of herindicaties in all of them, also those without an aanleiding."""
    herindicatie = {"aanleiding": (Aanleiding.HERINDICATIE,)}
    return _telling(
        vraag,
        ("aanleiding",),
        [
            *(Regel(wat.code, wat.label.capitalize(), {"aanleiding": (wat,)}) for wat in Aanleiding),
            Regel("totaal", "Totaal"),
            Regel("herindicatie_pct", "Herindicaties, aandeel in alle meldingen", herindicatie, van={}),
        ],
        (Noot("Zonder aanleiding, alleen in het totaal: {aantal}.", {"aanleiding": (None,)}),),
    )
