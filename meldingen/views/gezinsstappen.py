"""What changes in a household, one address each: who comes, goes, is born or dies, and how they are related."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from households import workflow as huishoudens
from households.models import Gezinswijziging, Huishouden
from meldingen import workflow
from meldingen.forms import gezin as formulieren
from meldingen.forms.velden import Handeling
from meldingen.views.gezin import toon
from meldingen.views.handelen import handel
from teams.access import Actie
from teams.gronden import HUISHOUDEN
from teams.lezen import lees
from teams.models import Handeling as Logregel
from teams.toegang import Verzoek, vereist
from teams.web import handeling

Doe = Callable[[Huishouden, dict[str, Any]], str]


def _met_gezin(
    request: Verzoek,
    pk: int,
    soort: type[Handeling[Huishouden]],
    doe: Doe,
    *,
    doel: int | None = None,
) -> HttpResponse:
    return handel(
        request,
        Huishouden.objects.all(),
        pk,
        lambda huishouden: soort(huishouden, request.spoor, request.POST, doel=doel),
        doe,
        toon=toon,
        pagina="huishouden-gezin",
    )


def _gezien(request: Verzoek) -> dict[str, Any]:
    """Who does it, and what stood on the page from which it was sent."""
    return {"door": request.user, "gezien": request.POST.get("versie", "")}


def _nieuw(wijziging: Gezinswijziging, wat: str) -> str:
    nummer = f" Het nieuwe huishouden heeft nummer {wijziging.ander_id}." if wijziging.ander_id else ""
    return f"{wat}{nummer} Klopt het niet, maak het dan ongedaan."


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def geboorte(request: Verzoek, pk: int) -> HttpResponse:
    """A child is born."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.leg_geboorte_vast(huishouden, **schoon, **_gezien(request))
        return "De geboorte is vastgelegd."

    return _met_gezin(request, pk, formulieren.Geboorteformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def intrek(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody who is known comes to live here."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        velden = {naam: schoon[naam] for naam in ("rol", "op", "blijft_ook")}
        huishoudens.trek_in(huishouden, schoon["persoon"], **velden, **_gezien(request))
        return "Vastgelegd wie hier komt wonen. Klopt het niet, maak het dan ongedaan."

    return _met_gezin(request, pk, formulieren.Intrekformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def nieuw_lid(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody whom nobody knew comes to live here."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.schrijf_in(huishouden, **schoon, **_gezien(request))
        return "Vastgelegd wie hier komt wonen. Klopt het niet, maak het dan ongedaan."

    return _met_gezin(request, pk, formulieren.Nieuwlidformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def splits(request: Verzoek, pk: int) -> HttpResponse:
    """Some go, some stay."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        personen = list(schoon.pop("personen"))
        return _nieuw(
            workflow.splits(huishouden, personen, **schoon, **_gezien(request)), "Vastgelegd wie er gaat."
        )

    return _met_gezin(request, pk, formulieren.Splitsformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def vertrek(request: Verzoek, pk: int) -> HttpResponse:
    """Who lives in two households lives here no longer."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.vertrek(huishouden, schoon["lid"], op=schoon["op"], **_gezien(request))
        return f"{schoon['lid'].naam} woont alleen nog in het andere huishouden."

    return _met_gezin(request, pk, formulieren.Vertrekformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def verhuis(request: Verzoek, pk: int) -> HttpResponse:
    """Everybody moves."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.verhuis(huishouden, **schoon, **_gezien(request))
        return "De verhuizing is vastgelegd. Klopt het niet, maak het dan ongedaan."

    return _met_gezin(request, pk, formulieren.Verhuisformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def voeg_samen(request: Verzoek, pk: int) -> HttpResponse:
    """Everybody of another household comes to live here; for who works with both."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        opgaat = lees(
            Huishouden,
            schoon.pop("opgaat").pk,
            spoor=request.spoor,
            actie=Actie.WERKEN,
            handeling=Logregel.GEWIJZIGD,
        )
        workflow.voeg_samen(huishouden, opgaat, **schoon, **_gezien(request))
        return f"Huishouden {opgaat.pk} is in dit huishouden opgegaan. Klopt het niet, maak het dan ongedaan."

    return _met_gezin(request, pk, formulieren.Samenvoegformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def overlijden(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody died."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.leg_overlijden_vast(huishouden, schoon["lid"], op=schoon["op"], **_gezien(request))
        return f"Het overlijden van {schoon['lid'].naam} is vastgelegd."

    return _met_gezin(request, pk, formulieren.Overlijdenformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def wijzig_rol(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody has another place in the household."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        lid = schoon.pop("lid")
        huishoudens.wijzig_rol(huishouden, lid, **schoon, **_gezien(request))
        return f"{lid.naam} is nu {schoon['rol'].label}."

    return _met_gezin(request, pk, formulieren.Rolformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def maak_ongedaan(request: Verzoek, pk: int, wijziging: int) -> HttpResponse:
    """All is as it was before a change."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        workflow.maak_gezinswijziging_ongedaan(door=request.user, **schoon)
        return "De wijziging is ongedaan gemaakt: alles is weer zoals het was."

    return _met_gezin(request, pk, formulieren.Ongedaanformulier, doe, doel=wijziging)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def relatie(request: Verzoek, pk: int) -> HttpResponse:
    """What somebody who lives here is to another."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.leg_relatie_vast(door=request.user, **schoon)
        return "De relatie is vastgelegd."

    return _met_gezin(request, pk, formulieren.Relatieformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def relatie_einde(request: Verzoek, pk: int, relatie: int) -> HttpResponse:
    """A relation is no longer so."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        huishoudens.beeindig_relatie(door=request.user, **schoon)
        return "De relatie is beëindigd."

    return _met_gezin(request, pk, formulieren.Relatieeindeformulier, doe, doel=relatie)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def ketenpartner(request: Verzoek, pk: int) -> HttpResponse:
    """Somebody of another organisation works with the household."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        return (
            f"{huishoudens.betrek_ketenpartner(huishouden, door=request.user, **schoon).wie} is nu betrokken."
        )

    return _met_gezin(request, pk, formulieren.Ketenpartnerformulier, doe)


@vereist(Actie.WERKEN, HUISHOUDEN)
@handeling("huishouden")
def ketenpartner_einde(request: Verzoek, pk: int, ketenpartner: int) -> HttpResponse:
    """Somebody of another organisation is involved no longer."""

    def doe(huishouden: Huishouden, schoon: dict[str, Any]) -> str:
        rij = huishoudens.beeindig_ketenpartner(door=request.user, **schoon)
        return f"{rij.wie} is niet langer betrokken."

    return _met_gezin(request, pk, formulieren.Ketenpartnereindeformulier, doe, doel=ketenpartner)
