"""The page of the one plan of a household, and everything one does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import workflow
from households.models import Deelnemer, Deelnemersoort, Huishouden, Plan
from households.plannen import meningen
from meldingen import workflow as meldingen
from meldingen.forms import plan as formulieren
from meldingen.forms import planverloop
from meldingen.forms.planbasis import Planhandeling
from meldingen.planblad import Doelblad
from meldingen.plangeschiedenis import geschiedenis
from meldingen.views.beschikkingen import beschikkingen
from meldingen.views.handelen import handel
from meldingen.views.mensen import grond, lopende_noodtoegang
from meldingen.views.planzicht import Gezicht, bekijk
from meldingen.workflow import gooi_concept_weg
from teams.access import Actie, mag
from teams.gronden import HUISHOUDEN
from teams.lezen import lees
from teams.models import Medewerker
from teams.toegang import Verzoek, vereist
from teams.web import handeling

Doe = Callable[[Plan, dict[str, Any]], str]
PAGINA = "huishouden-plan"


@dataclass(frozen=True)
class Doelvak:
    """A goal on the page, with its forms; None for who may not write."""

    doel: Doelblad
    afspraak: Planhandeling | None
    evaluatie: Planhandeling | None


@vereist(Actie.LEZEN, HUISHOUDEN)
@require_safe
def pagina(request: Verzoek, pk: int) -> HttpResponse:
    """The plan that runs; without one the last, and how to begin."""
    return toon(request, pk)


def toon(
    request: Verzoek, pk: int, formulier: Planhandeling | None = None, status: int = 200
) -> HttpResponse:
    """The page, with `formulier` as it was filled in where something was wrong with it."""
    huishouden = lees(Huishouden, pk, spoor=request.spoor)
    gezicht = bekijk(huishouden, request.spoor)
    plan = gezicht.plan
    werken = mag(request.spoor.wie, Actie.WERKEN, huishouden)
    loopt = plan is not None and plan.tot is None
    forms = _Formulieren(request, gezicht, formulier)
    return render(
        request,
        "meldingen/plan.html",
        {
            "huishouden": huishouden,
            "gezicht": gezicht,
            "plan": plan,
            "loopt": loopt,
            "schrijft": werken and loopt,
            "besluiten": beschikkingen(huishouden, request.spoor),
            "doelen": [forms.doelvak(doel, schrijft=werken and loopt) for doel in gezicht.blad.doelen],
            "begin": None if loopt or not werken else forms.maak(planverloop.Beginformulier),
            "nieuw": forms.lopend() if werken and loopt else {},
            "afsluiting": getattr(plan, "afsluiting", None) if plan and plan.tot else None,
            "waakvlam": forms.waakvlam() if werken else None,
            "meningen": [(rij, gezicht.blad.naam(rij.deelnemer_id)) for rij in meningen(plan)]
            if plan
            else [],
            "regie_eerder": [
                (rij, gezicht.blad.naam(rij.deelnemer_id))
                for rij in plan.regie.filter(tot__isnull=False).order_by("-tot", "-pk")
            ]
            if plan
            else [],
            "geschiedenis": geschiedenis(plan, gezicht.blad, gezicht.namen) if plan else [],
            "eerder": Plan.objects.filter(huishouden=huishouden, tot__isnull=False).order_by("-tot"),
            "noodtoegang": lopende_noodtoegang(pk, grond(huishouden), request.spoor),
            "formulier": forms.zonder_plaats,
        },
        status=status,
    )


class _Formulieren:
    """The forms of the page; the one that was filled in wrong takes the place of the empty one."""

    def __init__(self, request: Verzoek, gezicht: Gezicht, ingevuld: Planhandeling | None) -> None:
        self._request, self._gezicht = request, gezicht
        self.zonder_plaats = ingevuld

    def maak(self, soort: type[Planhandeling], doel: Any = None) -> Planhandeling:
        """A form of this kind."""
        formulier = soort(
            self._gezicht.huishouden, self._request.spoor, zicht=self._gezicht.formulieren, doel=doel
        )
        if self.zonder_plaats and self.zonder_plaats.sleutel == formulier.sleutel:
            formulier, self.zonder_plaats = self.zonder_plaats, None
        return formulier

    def doelvak(self, doel: Doelblad, *, schrijft: bool) -> Doelvak:
        """What one can do with an open goal."""
        if not (schrijft and doel.open):
            return Doelvak(doel, None, None)
        return Doelvak(
            doel,
            self.maak(formulieren.Doelafspraakformulier, doel.sleutel),
            self.maak(formulieren.Evaluatieplanformulier, doel.sleutel),
        )

    def lopend(self) -> dict[str, Planhandeling]:
        """What one can do with a plan that runs."""
        soorten: dict[str, type[Planhandeling]] = {
            "doel": formulieren.Doelformulier,
            "afspraak": formulieren.Afspraakformulier,
            "regie": planverloop.Regieformulier,
        }
        if self._gezicht.blad.doelen and (self._gezicht.gewijzigd or not self._gezicht.versie):
            soorten["vaststellen"] = planverloop.Vaststelformulier
        forms = {naam: self.maak(soort) for naam, soort in soorten.items()}
        if self._gezicht.versie:
            forms["mening"] = self.maak(planverloop.Meningformulier, self._gezicht.versie.nummer)
        return forms

    def waakvlam(self) -> Planhandeling | None:
        """The contact after the closing that is still to be had."""
        afsluiting = getattr(self._gezicht.plan, "afsluiting", None)
        if afsluiting and afsluiting.waakvlam_op and not afsluiting.waakvlam_gehad_op:
            return self.maak(planverloop.Waakvlamformulier, afsluiting.pk)
        return None


def met_plan(
    request: Verzoek,
    pk: int,
    soort: type[Planhandeling],
    doe: Doe,
    *,
    doel: Any = None,
    anker: str = "",
    toon: Callable[..., HttpResponse] = toon,
) -> HttpResponse:
    """Do with the plan what a form of `soort` says; afterwards one is at `anker` of its page, and the draft is gone."""

    gemaakt: list[Planhandeling] = []

    def maak(huishouden: Huishouden) -> Planhandeling:
        zicht = bekijk(huishouden, request.spoor).formulieren
        gemaakt.append(soort(huishouden, request.spoor, request.POST, zicht=zicht, doel=doel))
        return gemaakt[0]

    def doe_het(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        bericht = doe(gemaakt[0].plan, schoon)
        if gemaakt[0].bewaart:
            gooi_concept_weg(gemaakt[0].formulier, door=request.user)
        return bericht

    antwoord = handel(request, Huishouden.objects.all(), pk, maak, doe_het, toon=toon, pagina=PAGINA)
    if anker and antwoord.status_code == 303:
        antwoord.headers["Location"] += f"#{anker}"
    return antwoord


def _wie(plan: Plan, schoon: dict[str, Any], veld: str, door: Medewerker) -> Deelnemer:
    """Who was chosen, or whose name was filled in, who takes part from now on."""
    sleutel, naam = schoon.pop(veld), schoon.pop("anders").strip()
    if naam:
        return workflow.voeg_deelnemer_toe(plan, soort=Deelnemersoort.NETWERK, naam=naam, door=door)
    return plan.deelnemers.get(pk=sleutel)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def begin(request: Verzoek, pk: int) -> HttpResponse:
    """Begin the one plan."""

    def maak(huishouden: Huishouden) -> Planhandeling:
        zicht = bekijk(huishouden, request.spoor).formulieren
        return planverloop.Beginformulier(huishouden, request.spoor, request.POST, zicht=zicht)

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        workflow.begin_plan(huishouden, door=request.user, neem_over=schoon.get("neem_over", False))
        return "Het plan is begonnen."

    return handel(request, Huishouden.objects.all(), pk, maak, doe, toon=toon, pagina=PAGINA)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def voeg_doel_toe(request: Verzoek, pk: int) -> HttpResponse:
    """What somebody wants to reach."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        eigenaar = _wie(plan, schoon, "eigenaar", request.user)
        workflow.voeg_doel_toe(plan, eigenaar=eigenaar, door=request.user, **schoon)
        return "Het doel staat in het plan."

    return met_plan(request, pk, formulieren.Doelformulier, doe, anker="laatste-doel")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def voeg_afspraak_toe(request: Verzoek, pk: int, doel: int | None = None) -> HttpResponse:
    """Who does what; for a goal, or for the whole plan."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        bij = schoon.pop("bij", None)
        wie = _wie(plan, schoon, "wie", request.user)
        afspraak = workflow.voeg_afspraak_toe(plan, wie=wie, doel=bij, door=request.user, **schoon)
        return f"De {afspraak.get_soort_display()} staat in het plan."

    soort = formulieren.Doelafspraakformulier if doel else formulieren.Afspraakformulier
    return met_plan(request, pk, soort, doe, doel=doel, anker=f"doel-{doel}" if doel else "afspraken")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def vink_af(request: Verzoek, pk: int, afspraak: int) -> HttpResponse:
    """It was done."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.vink_af(door=request.user, **schoon)
        return "Afgevinkt."

    return met_plan(request, pk, formulieren.Vinkafformulier, doe, doel=afspraak)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def beeindig_deelnemer(request: Verzoek, pk: int, deelnemer: int) -> HttpResponse:
    """Somebody takes part no longer."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.beeindig_deelnemer(door=request.user, **schoon)
        return "Diegene doet niet meer mee."

    return met_plan(request, pk, planverloop.Deelnemereindeformulier, doe, doel=deelnemer, anker="mensen")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def leg_regie_vast(request: Verzoek, pk: int) -> HttpResponse:
    """Who holds one kind of regie from now on."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        wie = plan.deelnemers.get(pk=schoon["wie"])
        regie = workflow.leg_regie_vast(plan, schoon["soort"], wie, reden=schoon["reden"], door=request.user)
        return f"Vastgelegd: {regie.get_soort_display()}."

    return met_plan(request, pk, planverloop.Regieformulier, doe, anker="regie")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def plan_evaluatie(request: Verzoek, pk: int, doel: int) -> HttpResponse:
    """On which day one looks at a goal."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.plan_evaluatie(schoon["bij"], op=schoon["op"], door=request.user)
        return "De evaluatie is gepland."

    return met_plan(request, pk, formulieren.Evaluatieplanformulier, doe, doel=doel, anker=f"doel-{doel}")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def stel_vast(request: Verzoek, pk: int) -> HttpResponse:
    """Set the plan down as its next version."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        versie = workflow.stel_vast(plan, door=request.user)
        return f"Versie {versie.nummer} is vastgesteld. Leg haar voor aan de inwoner."

    return met_plan(request, pk, planverloop.Vaststelformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def leg_mening_vast(request: Verzoek, pk: int, nummer: int) -> HttpResponse:
    """What somebody says to a version."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        deelnemer = plan.deelnemers.get(pk=schoon.pop("wie"))
        akkoord = workflow.leg_mening_vast(deelnemer=deelnemer, door=request.user, **schoon)
        verder = [melding.nummer for melding in meldingen.volg_akkoord(akkoord, door=request.user)]
        erbij = f" Melding {' en '.join(verder)} staat nu op akkoord met het plan." if verder else ""
        return f"Vastgelegd: {akkoord.get_antwoord_display()}.{erbij}"

    return met_plan(request, pk, planverloop.Meningformulier, doe, doel=nummer, anker="akkoord")


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling(PAGINA)
def leg_waakvlam_vast(request: Verzoek, pk: int, afsluiting: int) -> HttpResponse:
    """Somebody looked in once more."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.leg_waakvlam_vast(door=request.user, **schoon)
        return "Het waakvlamcontact is vastgelegd."

    return met_plan(request, pk, planverloop.Waakvlamformulier, doe, doel=afsluiting)
