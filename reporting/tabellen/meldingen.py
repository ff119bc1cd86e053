"""Meldingen and how far they came (tables 2.4, 2.5 and 2.6)."""

from __future__ import annotations

from meldingen.models import Aanleiding, Blad, Categorie, Gebeurtenis, Kanaal, Stand, StandQuerySet
from reporting.register import tabel
from reporting.stroomschema import KNOPEN
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wijkteams import per_wijkteam
from teams.codes import Code
from teams.models import Team

VOLWASSENEN = {"categorie": (Categorie.VOLWASSENEN,)}
BRON = "registratie van meldingen"


def _cohort(vraag: Vraag) -> StandQuerySet:
    """The meldingen that came in during the period and pass the filters.

    Reads columns of the indexes `stand_nu` and `stand_bekend_op` only, so that neither needs the table.
    """
    standen = Stand.objects.bekend_op(vraag.bekend_op).ontvangen_tussen(
        vraag.periode.begin, vraag.periode.einde
    )
    filters = dict(vraag.filters)
    if code := filters.pop("team", None):
        standen = standen.filter(team=Team.objects.filter(code=code).values("pk")[:1])
    lijsten: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}
    return standen.filter(**{naam: lijsten[naam].van_code(code) for naam, code in filters.items()})


def _telling(
    vraag: Vraag,
    standen: StandQuerySet,
    dimensies: tuple[str, ...],
    rijen: list[Regel],
    noten: tuple[Noot, ...] = (),
) -> Telling:
    return Telling(
        achter=standen,
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
    filters=frozenset({"team", "categorie", "kanaal", "aanleiding"}),
)
def meldingen(vraag: Vraag) -> Telling:
    """Meldingen by categorie, and the share of volwassenen that stands in the voorveld."""
    return _telling(
        vraag,
        _cohort(vraag),
        ("categorie", "blad"),
        [
            Regel("volwassenen", "Volwassenen", VOLWASSENEN),
            Regel("jeugd", "Jeugd", {"categorie": (Categorie.JEUGD,)}),
            Regel("totaal", "Totaal"),
            Regel(
                "voorveld_volwassenen_pct",
                "Volwassenen, afgerond in het voorveld",
                {**VOLWASSENEN, "blad": (Blad.VOORVELD,)},
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
    filters=frozenset({"team", "kanaal", "aanleiding"}),
)
def meldingen_per_wijkteam(vraag: Vraag) -> Telling:
    """Meldingen of volwassenen by the team that they belonged to on the day that they came in."""
    regels, geen_wijkteam = per_wijkteam()
    return _telling(
        vraag,
        _cohort(vraag).filter(categorie=Categorie.VOLWASSENEN),
        ("team",),
        [*regels, Regel("totaal", "Totaal")],
        (Noot("Zonder wijkteam, alleen in het totaal: {aantal}.", {"team": geen_wijkteam}),),
    )


@tabel(
    "2.6",
    titel="Stroomschema van melding tot maatwerkvoorziening",
    definitie="Hoe ver de meldingen zijn gekomen die in de periode binnenkwamen; elke telt op één plek.",
    eenheid="meldingen",
    bron=BRON,
    filters=frozenset({"team", "categorie", "kanaal", "aanleiding"}),
    standaard={"categorie": Categorie.VOLWASSENEN.code},
)
def stroomschema(vraag: Vraag) -> Telling:
    """A row per node, then the per cents that the monitor gives."""
    return _telling(
        vraag,
        _cohort(vraag),
        ("blad",),
        [Regel(knoop.sleutel, knoop.label, {"blad": frozenset(knoop.bladen)}) for knoop in KNOPEN.values()]
        + [
            Regel(
                f"{knoop.sleutel}_pct",
                f"{knoop.label}, aandeel in {KNOPEN[knoop.ouder].label.lower()}",
                {"blad": frozenset(knoop.bladen)},
                van={"blad": frozenset(KNOPEN[knoop.ouder].bladen)},
            )
            for knoop in KNOPEN.values()
            if knoop.met_percentage and knoop.ouder
        ],
    )
