"""What teams do beside meldingen: spreekuren, opbouwwerk and vrijwilligersconsulenten (tables 2.3, 2.7 and 2.8)."""

from __future__ import annotations

from datetime import time

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractHour, ExtractMinute

from reporting.maten import AANTAL, Som, Verschillende
from reporting.register import tabel
from reporting.telling import Feiten, Kolom, Noot, Regel, Telling
from reporting.vraag import Vraag
from reporting.wijkteams import per_wijkteam
from teams.models import (
    CONSULENT,
    OPBOUWWERK,
    Activiteit,
    Activiteitsoort,
    Consult,
    Frequentie,
    Spreekuur,
    Teamsoort,
    Vervolg,
)

WEKEN = 52
KEER_PER_JAAR = {Frequentie.WEKELIJKS: 52, Frequentie.TWEEWEKELIJKS: 26, Frequentie.MAANDELIJKS: 12}
AVOND = time(18)
UUR = 60


@tabel(
    "2.3",
    titel="Inloopspreekuren",
    definitie=(
        "De spreekuren die op de laatste dag van de periode op het rooster stonden, per wijkteam: hoe vaak en hoeveel"
        " uur per week, op hoeveel plekken, en hoeveel er 's avonds zijn."
    ),
    eenheid="spreekuren",
    bron="rooster van de spreekuren",
)
def spreekuren(vraag: Vraag) -> Telling:
    """The roster on the last day of the period; a month has 52/12 weeks, an evening begins at 18:00.

    Times and hours a week are to one decimal, and so is the average, over all wijkteams, also those without any.
    """
    regels, _ = per_wijkteam()
    peildatum = vraag.periode.peildatum
    keer = Case(
        *(When(frequentie=soort, then=Value(aantal)) for soort, aantal in KEER_PER_JAAR.items()),
        output_field=IntegerField(),
    )
    op_het_rooster = (
        Spreekuur.objects.filter(
            Q(geldig_van__isnull=True) | Q(geldig_van__lte=peildatum),
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=peildatum),
            team__soort=Teamsoort.WIJKTEAM,
        )
        .annotate(keer=keer, avond=Case(When(van__gte=AVOND, then=1), default=0))
        .annotate(
            minuten=(_minuten("tot") - _minuten("van")) * F("keer"),
            # Of each team apart: where two share a building, each has a place.
            plek=Case(When(locatie="", then=None), default=Concat("team__code", Value(" "), "locatie")),
        )
    )
    return Telling(
        achter=[op_het_rooster],
        eenheid=("pk",),
        dimensies=("team", "keer", "minuten", "avond", "plek"),
        rijen=[*regels, Regel("gemiddelde", "Gemiddelde", noemer=len(regels))],
        kolommen=[
            Kolom("per_week", maat=Som("keer", WEKEN)),
            Kolom("locaties", maat=Verschillende("plek")),
            Kolom(
                "uren_per_week",
                maat=Som("minuten", WEKEN * UUR),
            ),
            Kolom("avond", maat=Som("avond")),
        ],
        feiten=[],
        noten=[
            Noot("Van het rooster is alleen bekend hoe het nu is: 'zoals bekend op' verandert hier niets.")
        ],
    )


def _minuten(veld: str) -> Combinable:
    return Cast(ExtractHour(veld) * UUR + ExtractMinute(veld), IntegerField())


@tabel(
    "2.7",
    titel="Opbouwwerk",
    definitie=(
        "Wat het opbouwwerk in de periode deed: inwoners op het spreekuur, verwijzingen, collectieve arrangementen en"
        " buurtactiviteiten, en hoeveel mensen daaraan meededen."
    ),
    eenheid="activiteiten en inwoners",
    bron="registratie van activiteiten",
)
def opbouwwerk(vraag: Vraag) -> Telling:
    """Activities of the opbouwwerk in the period; unknown numbers of residents add nothing, and a note says so."""
    gedaan = Activiteit.objects.filter(
        datum__gte=vraag.periode.begin, datum__lt=vraag.periode.einde, discipline__iexact=OPBOUWWERK
    ).met_eerste()
    spreekuur, arrangement, activiteit = (
        {"soort": (soort,)}
        for soort in (
            Activiteitsoort.SPREEKUUR,
            Activiteitsoort.COLLECTIEF_ARRANGEMENT,
            Activiteitsoort.BUURTACTIVITEIT,
        )
    )
    bewoners = Som("bewoners")
    return Telling(
        achter=[gedaan.bekend_op(vraag.bekend_op)],
        eenheid=("eerste",),
        dimensies=("soort", "bewoners", "verwezen"),
        rijen=[
            Regel("bewoners_spreekuur", "Inwoners op het spreekuur", spreekuur, maat=bewoners),
            Regel("verwezen", "Verwezen", maat=Som("verwezen")),
            Regel("collectieve_arrangementen", "Collectieve arrangementen", arrangement),
            Regel("unieke_deelnemers", "Deelnemers daaraan", arrangement, maat=bewoners),
            Regel("buurtactiviteiten", "Buurtactiviteiten", activiteit),
            Regel("betrokken_bewoners", "Inwoners daarbij", activiteit, maat=bewoners),
        ],
        kolommen=[Kolom(vraag.periode.sleutel)],
        feiten=[Feiten(gedaan, ("eerste",))],
        noten=[
            Noot(
                "Van {aantal} is niet bekend hoeveel inwoners er waren; die tellen daarvoor niet mee.",
                {
                    "bewoners": (None,),
                    "soort": (*spreekuur["soort"], *arrangement["soort"], *activiteit["soort"]),
                },
            )
        ],
    )


@tabel(
    "2.8",
    titel="Vrijwilligersconsulenten",
    definitie=(
        "Hoeveel contacten de vrijwilligersconsulenten in de periode met inwoners hadden, en wat erop volgde, ook als"
        " percentage van de contacten; op een contact kan meer dan één ding volgen."
    ),
    eenheid="contacten",
    bron="registratie van consulten",
)
def vrijwilligersconsulenten(vraag: Vraag) -> Telling:
    """Consulten of the vrijwilligersconsulenten with what followed from each; together more than all, or less."""
    consulten = Consult.objects.filter(
        datum__gte=vraag.periode.begin, datum__lt=vraag.periode.einde, discipline__iexact=CONSULENT
    ).met_eerste()
    return Telling(
        achter=[
            consulten.bekend_op(vraag.bekend_op).annotate(
                **{soort.code: Q(vervolg__contains=[soort.value]) for soort in Vervolg}
            )
        ],
        eenheid=("eerste",),
        dimensies=tuple(soort.code for soort in Vervolg),
        rijen=[
            Regel("contacten", "Contacten"),
            *(Regel(soort.code, soort.label.capitalize(), {soort.code: (True,)}) for soort in Vervolg),
        ],
        kolommen=[
            Kolom("aantal", maat=AANTAL),
            Kolom("pct", van={}),
        ],
        feiten=[Feiten(consulten, ("eerste",))],
        noten=[Noot("Op een contact kan meer volgen; samen zijn het dus niet alle contacten.")],
    )
