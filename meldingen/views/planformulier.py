"""What of a plan has a page of its own: one form, and the texts of both when two changed the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from households import workflow
from households.models import Afspraak, Doel, Evaluatie, Huishouden, Plan, Planstap
from meldingen.forms import plan as formulieren
from meldingen.forms import planverloop
from meldingen.forms.planbasis import Planhandeling
from meldingen.verschil import Veld, woorden
from meldingen.views.plan import PAGINA, _wie, met_plan
from meldingen.views.planzicht import bekijk
from meldingen.workflow import gooi_concept_weg
from teams.access import Actie
from teams.gronden import HUISHOUDEN
from teams.lezen import lees
from teams.toegang import Verzoek, vereist

GET_OF_POST = require_http_methods(["GET", "HEAD", "POST"])
LAAT_STAAN = "laat_staan"
STAPPEN = {
    Doel: (Planstap.DOEL_GEWIJZIGD, Planstap.DOEL_TOEGEVOEGD),
    Afspraak: (Planstap.AFSPRAAK_GEWIJZIGD, Planstap.AFSPRAAK_TOEGEVOEGD),
}


class _Blad:
    """A page with one form of `soort` about the row with key `doel`."""

    def __init__(self, soort: type[Planhandeling], doel: Any = None) -> None:
        self.soort, self.doel = soort, doel

    def __call__(
        self, request: Verzoek, pk: int, formulier: Planhandeling | None = None, status: int = 200
    ) -> HttpResponse:
        """The page, with what was filled in where something was wrong with it, beside what somebody else made of it."""
        huishouden = lees(Huishouden, pk, spoor=request.spoor, actie=Actie.WERKEN)
        gezicht = bekijk(huishouden, request.spoor)
        leeg = self.soort(huishouden, request.spoor, zicht=gezicht.formulieren, doel=self.doel)
        botsing = None
        if formulier and status == 409 and "bewerking" in leeg.fields:
            botsing = _botsing(formulier, leeg)
        if botsing:
            formulier = self.soort(
                huishouden, request.spoor, botsing.samen, zicht=gezicht.formulieren, doel=self.doel
            )
        return render(
            request,
            "meldingen/plan_formulier.html",
            {
                "huishouden": huishouden,
                "gezicht": gezicht,
                "formulier": formulier or leeg,
                "botsing": botsing,
                "laatste": _laatste(leeg) if botsing else None,
            },
            status=status,
        )


@dataclass(frozen=True)
class Botsing:
    """What two people made of one row: `allebei` changed these fields, `overgenomen` are those of the other alone.

    `samen` is a form with both in it: what was typed stands there still, and may now be saved knowingly.
    """

    allebei: list[Veld]
    overgenomen: list[str]
    samen: QueryDict


def _botsing(mijn: Planhandeling, nu: Planhandeling) -> Botsing | None:
    """None when nobody was in between."""
    rij = type(nu.huidig)._default_manager.get(pk=nu.huidig.pk)
    if str(mijn.data.get("bewerking")) == str(rij.bewerking):
        return None
    basis, getypt, staat = _basis(mijn), mijn.in_woorden(), nu.in_woorden_van_de_rij()
    samen = cast(QueryDict, mijn.data).copy()
    samen["bewerking"], samen["basis"] = str(rij.bewerking), json.dumps(staat)
    allebei, overgenomen = [], []
    for naam, woorden_nu in staat.items():
        label = str(nu.fields[naam].label)
        if getypt[naam] == woorden_nu or basis.get(naam) == woorden_nu:
            continue
        if basis.get(naam) == getypt[naam]:
            overgenomen.append(label)
            samen.setlist(naam, _als_ingevuld(nu.van_de_rij[naam]))
        else:
            allebei.append(Veld(label, *woorden(woorden_nu, getypt[naam])))
    return Botsing(allebei, overgenomen, samen)


def _basis(formulier: Planhandeling) -> dict[str, str]:
    """What stood in the fields when somebody began to write; nothing where that was not sent along."""
    try:
        basis = json.loads(formulier.data.get("basis") or "{}")
    except ValueError:
        return {}
    return basis if isinstance(basis, dict) else {}


def _als_ingevuld(waarde: Any) -> list[str]:
    """A value as a browser sends it."""
    if isinstance(waarde, list):
        return [str(een) for een in waarde]
    if isinstance(waarde, bool):
        return ["on"] if waarde else []
    if isinstance(waarde, date):
        return [waarde.strftime("%d-%m-%Y")]
    return [] if waarde is None else [str(waarde)]


def _laatste(formulier: Any) -> Any:
    """The last step with the row of the form: who changed it, and when."""
    stappen = formulier.plan.wijzigingen.filter(
        sleutel=formulier.huidig.pk, stap__in=STAPPEN[type(formulier.huidig)]
    )
    return stappen.select_related("door").order_by("-pk").first()


def _bladzijde(
    request: Verzoek, pk: int, soort: type[Planhandeling], doe: Any, *, doel: Any = None, anker: str = ""
) -> HttpResponse:
    toon = _Blad(soort, doel)
    if request.method != "POST":
        return toon(request, pk)
    if LAAT_STAAN in request.POST:
        return _laat_staan(request, pk, soort, doel, anker)
    return met_plan(request, pk, soort, doe, doel=doel, anker=anker, toon=toon)


def _laat_staan(request: Verzoek, pk: int, soort: type[Planhandeling], doel: Any, anker: str) -> HttpResponse:
    """What somebody else wrote stays; one's own draft isn't wanted any more."""
    huishouden = lees(Huishouden, pk, spoor=request.spoor, actie=Actie.WERKEN)
    zicht = bekijk(huishouden, request.spoor).formulieren
    formulier = soort(huishouden, request.spoor, zicht=zicht, doel=doel)
    gooi_concept_weg(formulier.formulier, door=request.user)
    return HttpResponseRedirect(f"{reverse(PAGINA, args=[pk])}#{anker}", status=303)


@vereist(Actie.WERKEN, HUISHOUDEN)
@GET_OF_POST
def wijzig_doel(request: Verzoek, pk: int, doel: int) -> HttpResponse:
    """Write a goal anew."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        rij = Doel.objects.select_related("plan").get(pk=doel)
        eigenaar = _wie(plan, schoon, "eigenaar", request.user)
        workflow.wijzig_doel(rij, eigenaar=eigenaar, door=request.user, **schoon)
        return "De wijziging is bewaard."

    return _bladzijde(request, pk, formulieren.Doelwijzigformulier, doe, doel=doel, anker=f"doel-{doel}")


@vereist(Actie.WERKEN, HUISHOUDEN)
@GET_OF_POST
def wijzig_afspraak(request: Verzoek, pk: int, afspraak: int) -> HttpResponse:
    """Write an actie or afspraak anew."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        rij = Afspraak.objects.select_related("plan").get(pk=afspraak)
        wie = _wie(plan, schoon, "wie", request.user)
        workflow.wijzig_afspraak(rij, wie=wie, door=request.user, **schoon)
        return "De wijziging is bewaard."

    return _bladzijde(
        request, pk, formulieren.Afspraakwijzigformulier, doe, doel=afspraak, anker=f"afspraak-{afspraak}"
    )


@vereist(Actie.WERKEN, HUISHOUDEN)
@GET_OF_POST
def houd_evaluatie(request: Verzoek, pk: int, evaluatie: int) -> HttpResponse:
    """What an evaluation came to."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        rij = Evaluatie.objects.select_related("doel__plan").get(pk=evaluatie)
        workflow.houd_evaluatie(rij, door=request.user, **schoon)
        return "De evaluatie is vastgelegd."

    return _bladzijde(request, pk, formulieren.Evaluatieformulier, doe, doel=evaluatie)


@vereist(Actie.WERKEN, HUISHOUDEN)
@GET_OF_POST
def voeg_deelnemer_toe(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody takes part."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.voeg_deelnemer_toe(plan, door=request.user, **schoon)
        return "Diegene doet nu mee."

    return _bladzijde(request, pk, planverloop.Deelnemerformulier, doe, anker="mensen")


@vereist(Actie.WERKEN, HUISHOUDEN)
@GET_OF_POST
def sluit_af(request: Verzoek, pk: int) -> HttpResponse:
    """The end of the plan."""

    def doe(plan: Plan, schoon: dict[str, Any]) -> str:
        workflow.sluit_af(plan, door=request.user, **schoon)
        return "Het plan is afgesloten."

    return _bladzijde(request, pk, planverloop.Afsluitformulier, doe)
