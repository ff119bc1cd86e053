"""One household of the demo with its plan: a version that was agreed on, and a change after it."""

from __future__ import annotations

from datetime import date, timedelta

from households import workflow
from households.models import (
    Afspraaksoort,
    Antwoord,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Doelstand,
    Huishouden,
    Levensgebied,
    Plan,
    Regiesoort,
    Wijze,
)
from teams.models import Medewerker


def maak_plan(huishouden: Huishouden, dag: date, door: Medewerker) -> Plan:
    """A mother, a father and a child who doesn't want to go to school any more; school and a neighbour help."""
    plan = workflow.begin_plan(huishouden, door=door)
    moeder, vader, kind = plan.deelnemers.filter(persoon__isnull=False).order_by("pk")[:3]
    juf = workflow.voeg_deelnemer_toe(
        plan,
        soort=Deelnemersoort.SCHOOL,
        naam="Juf Marleen Prins",
        organisatie="basisschool De Regenboog",
        rol="leerkracht",
        telefoon="036 555 01 23",
        door=door,
    )
    buur = workflow.voeg_deelnemer_toe(
        plan, soort=Deelnemersoort.NETWERK, naam="Riet", rol="buurvrouw", door=door
    )
    gebieden = {gebied.code: gebied for gebied in Levensgebied.objects.all()}
    school = workflow.voeg_doel_toe(
        plan,
        tekst="Ik wil weer naar school zonder buikpijn",
        eigenaar=kind,
        voor_wie=[kind.persoon] if kind.persoon else [],
        levensgebied=gebieden["onderwijs"],
        streefdatum=dag + timedelta(days=90),
        door=door,
    )
    huur = workflow.voeg_doel_toe(
        plan,
        tekst="De huur is op tijd betaald en de post is open",
        eigenaar=moeder,
        levensgebied=gebieden["inkomen"],
        streefdatum=dag + timedelta(days=180),
        door=door,
    )
    _spreek_af(plan, dag, door, (school, huur), (moeder, vader, juf, buur))
    workflow.leg_regie_vast(plan, Regiesoort.INWONER, moeder, door=door)
    zelf = plan.deelnemers.get(medewerker=door)
    workflow.leg_regie_vast(plan, Regiesoort.HOOFDLIJNEN, zelf, door=door)
    versie = workflow.stel_vast(plan, door=door)
    workflow.leg_mening_vast(
        versie, moeder, antwoord=Antwoord.JA, wijze=Wijze.MONDELING, datum=dag, door=door
    )
    workflow.leg_mening_vast(
        versie,
        vader,
        antwoord=Antwoord.JA_MET_OPMERKING,
        wijze=Wijze.TELEFOON,
        datum=dag,
        opmerking="Graag gesprekken in de ochtend, vanwege mijn ploegendienst.",
        door=door,
    )
    workflow.wijzig_doel(
        school,
        bewerking=school.bewerking,
        tekst="Ik wil elke dag naar school zonder buikpijn",
        eigenaar=kind,
        stand=Doelstand.OPEN,
        voor_wie=[kind.persoon] if kind.persoon else [],
        levensgebied=gebieden["onderwijs"],
        streefdatum=school.streefdatum,
        door=door,
    )
    return plan


def _spreek_af(
    plan: Plan, dag: date, door: Medewerker, doelen: tuple[Doel, Doel], mensen: tuple[Deelnemer, ...]
) -> None:
    """Who does what, in the family and around it."""
    school, huur = doelen
    moeder, vader, juf, buur = mensen
    acties = (
        (Afspraaksoort.ACTIE, "Loopt de eerste weken ’s ochtends mee naar school", buur, school, 14),
        (Afspraaksoort.AFSPRAAK, "Belt elke maandag met moeder hoe het gaat", juf, school, None),
        (Afspraaksoort.ACTIE, "Brengt de brieven van de verhuurder mee naar het spreekuur", vader, huur, 7),
        (Afspraaksoort.AFSPRAAK, "Om acht uur liggen de kinderen in bed", moeder, None, None),
    )
    for soort, tekst, wie, doel, dagen in acties:
        workflow.voeg_afspraak_toe(
            plan,
            soort=soort,
            tekst=tekst,
            wie=wie,
            doel=doel,
            uiterlijk_op=dag + timedelta(days=dagen) if dagen else None,
            door=door,
        )
