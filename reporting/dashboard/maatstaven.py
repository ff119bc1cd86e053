"""What is measured of the teams, each in one statement for all of them together (tables D.1 to D.6 per team)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Now

from households.models import Verblijf
from meldingen.herindicatie import af_te_lopen
from meldingen.models import Gebeurtenis, Melding, Soort, Terugbelverzoek
from meldingen.termijnen import spoed_uiterlijk
from reporting.dashboard.maatstaf import Maatstaf, per_team
from reporting.kosten import kostenregels
from reporting.maten import AANTAL, Cijfer, Percentiel, Waar
from reporting.onderdrukking import drempel_op, verberg
from reporting.periode import Periode
from reporting.tabellen.huishoudens import wisselingen_van_contactpersoon
from reporting.tabellen.voortgang import TERMIJNEN, TRAJECTEN, doorlooptijden
from reporting.telling import Telling
from reporting.vraag import Vraag
from teams.models import Team
from teams.perioden import begin_van
from voorzieningen.models import Wet

IN_TIJD = ("gesprek", "melding_afgerond", "melding_besluit")
"""The trajecten of table D.1 that are shown."""


def doorlooptijd(vraag: Vraag) -> list[Maatstaf]:
    """Median and p90 of the main trajecten of D.1, and the share within the legal term, of the period."""
    telling = doorlooptijden(Vraag("D.1", vraag.periode, vraag.bekend_op))
    in_volgorde = range(10**6)
    keuzes = {traject: {"traject": (traject,), "dagen": in_volgorde} for traject in IN_TIJD}
    geteld = per_team(
        telling,
        {
            **{f"{traject}_mediaan": (keuze, Percentiel("dagen", 50)) for traject, keuze in keuzes.items()},
            **{f"{traject}_p90": (keuze, Percentiel("dagen", 90)) for traject, keuze in keuzes.items()},
            **{f"{traject}_termijn": (keuzes[traject], Waar("op_tijd")) for traject in TERMIJNEN},
        },
    )
    maatstaven = []
    for traject in IN_TIJD:
        label = TRAJECTEN[traject][0]
        for soort, wat in (
            ("mediaan", "De helft duurde hoogstens zo lang."),
            ("p90", "Negen van de tien duurden hoogstens zo lang."),
        ):
            sleutel = f"{traject}_{soort}"
            maatstaven.append(Maatstaf(sleutel, f"{label}, {soort}", wat, "dagen", geteld[sleutel], "D.1"))
        if traject in TERMIJNEN:
            maatstaven.append(
                Maatstaf(
                    f"{traject}_termijn",
                    f"{label}, binnen de termijn",
                    "Het deel dat klaar was binnen de termijn van de wet.",
                    "%",
                    geteld[f"{traject}_termijn"],
                    "D.1",
                )
            )
    return maatstaven


def spoed(vraag: Vraag) -> Maatstaf:
    """Of the spoed meldingen that came in during the period, how many somebody had within the hours of the instelling.

    Those of which the hours haven't passed yet, and that nobody has, aren't counted yet; nor are those of another
    registration (with a `ref`), as it doesn't say who had them when.
    """
    begin, einde = _momenten(vraag.periode)
    rijen = (
        Melding.objects.filter(
            spoed=True, ref__isnull=True, geregistreerd_op__gte=begin, geregistreerd_op__lt=einde
        )
        .annotate(
            uiterlijk=spoed_uiterlijk(),
            opgepakt=Min("toewijzingen__vanaf", filter=Q(toewijzingen__medewerker__isnull=False)),
        )
        .filter(Q(opgepakt__isnull=False) | Q(uiterlijk__lt=Now()))
        .annotate(op_tijd=_op_tijd("opgepakt", "uiterlijk"))
    )
    return Maatstaf(
        "spoed",
        "Spoed op tijd opgepakt",
        "Het deel van de spoedmeldingen dat iemand had voordat de termijn voor spoed om was.",
        "%",
        _deel_op_tijd(rijen),
        "D.2",
    )


def teruggebeld(vraag: Vraag) -> Maatstaf:
    """Of the promises to call back that ended in the period, how many were kept in time; withdrawn ones don't count."""
    begin, einde = _momenten(vraag.periode)
    rijen = (
        Terugbelverzoek.objects.filter(
            Q(nagekomen_op__isnull=False) | Q(uiterlijk_op__lt=Now()),
            ingetrokken_op__isnull=True,
            uiterlijk_op__gte=begin,
            uiterlijk_op__lt=einde,
        )
    ).annotate(op_tijd=_op_tijd("nagekomen_op", "uiterlijk_op"))
    return Maatstaf(
        "teruggebeld",
        "Op tijd teruggebeld",
        "Het deel van de terugbelverzoeken waarbij de beller op tijd gebeld is.",
        "%",
        _deel_op_tijd(rijen),
    )


def wisselingen(vraag: Vraag) -> Maatstaf:
    """Contactpersonen who weren't the first of their household, begun in the period, by where the household lives."""
    woont = Verblijf.objects.filter(
        huishouden=OuterRef("huishouden"), tot__isnull=True, vervallen_op__isnull=True, team__isnull=False
    ).order_by("-vanaf", "pk")
    rijen = wisselingen_van_contactpersoon(vraag).annotate(woont=Subquery(woont.values("team")[:1]))
    geteld = per_team(_telling(rijen), {"aantal": ({}, AANTAL)}, van="woont")
    return Maatstaf(
        "wisselingen",
        "Wisselingen van contactpersoon",
        "Hoe vaak een huishouden een andere vaste contactpersoon kreeg.",
        "keer",
        _zonder_kleine(geteld["aantal"], vraag.periode.begin),
        "D.5",
    )


def herindicaties(vandaag: date) -> Maatstaf:
    """What ends within the weeks of the instelling, counted from today."""
    return Maatstaf(
        "herindicaties",
        "Indicaties die aflopen",
        "Hoeveel indicaties er de komende weken aflopen zonder dat andere hulp ze voortzet.",
        "indicaties",
        _zonder_kleine({team: aantal for team, aantal in af_te_lopen(vandaag).items() if team}, vandaag),
    )


def volledigheid(vraag: Vraag) -> Maatstaf:
    """The meldingen of the period of which categorie, kanaal and aanleiding are known, by the team they came in at."""
    ontvangen = Gebeurtenis.objects.filter(
        soort=Soort.ONTVANGEN, datum__gte=vraag.periode.begin, datum__lt=vraag.periode.einde
    ).bekend_op(vraag.bekend_op)
    heel = Q(categorie__isnull=False, kanaal__isnull=False, aanleiding__isnull=False)
    rijen = ontvangen.annotate(
        op_tijd=Case(When(heel, then=True), default=False, output_field=BooleanField())
    )
    return Maatstaf(
        "volledigheid",
        "Meldingen met alle gegevens",
        "Het deel van de meldingen waarvan categorie, kanaal en aanleiding bekend zijn.",
        "%",
        _deel_op_tijd(rijen),
    )


def budget(vraag: Vraag) -> list[Maatstaf]:
    """What of the budget of the year is granted, per law; hidden where there are too few clients."""
    jaar = vraag.periode.begin.year
    verborgen = verberg(1, drempel_op(date(jaar, 1, 1)))
    regels = kostenregels(jaar)
    sleutels = dict(Team.objects.wijkteams().values_list("naam", "pk"))
    return [
        Maatstaf(
            f"budget_{wet.code}",
            f"Budget {wet.label} {jaar} gebruikt",
            "Wat er dit jaar is toegekend, als deel van het budget van het team.",
            "%",
            {
                sleutels[regel.team]: verborgen if regel.klein else int(regel.deel)
                for regel in regels
                if regel.wet == wet and regel.team in sleutels and regel.deel is not None
            },
        )
        for wet in (Wet.WMO, Wet.JEUGDWET)
    ]


def _momenten(periode: Periode) -> tuple[datetime, datetime]:
    return begin_van(periode.begin), begin_van(periode.einde)


def _op_tijd(wanneer: str, uiterlijk: str) -> Case:
    return Case(
        When(**{f"{wanneer}__lte": F(uiterlijk)}, then=True), default=False, output_field=BooleanField()
    )


def _telling(rijen: QuerySet[Any, Any], *dimensies: str) -> Telling:
    return Telling(achter=[rijen], eenheid=("pk",), dimensies=dimensies, rijen=(), kolommen=(), feiten=())


def _deel_op_tijd(rijen: QuerySet[Any, Any]) -> dict[int, Cijfer]:
    return per_team(_telling(rijen, "op_tijd"), {"deel": ({}, Waar("op_tijd"))})["deel"]


def _zonder_kleine(aantallen: Mapping[int, Cijfer], dag: date) -> dict[int, Cijfer | str]:
    """Of every wijkteam; what counts people and households is hidden where it is small, as in every table."""
    drempel = drempel_op(dag)
    return {
        team: verberg(aantallen.get(team) or 0, drempel)
        for team in Team.objects.wijkteams().values_list("pk", flat=True)
    }
