"""Dividing the work of a team: what was ticked in the list, and everything of a colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from households.models import Huishouden
from households.wonen import contactpersonen
from meldingen import workflow
from meldingen.forms.keuzelijsten import Keuzelijsten
from meldingen.forms.verdelen import Overdragen, Verdelen
from meldingen.models import Melding, Terugbelverzoek
from meldingen.views.lijst import CONFLICT, klaar, terug_naar, toon, weiger
from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import MELDING, Wie
from teams.lezen import Spoor, lees_alle
from teams.models import Handeling, Medewerker
from teams.toegang import Verzoek, vereist

M = TypeVar("M", bound=Model)


@require_POST
@vereist(Actie.VERDELEN, MELDING)
def verdelen(request: Verzoek) -> HttpResponse:
    """Give the ticked meldingen to somebody, or to the triage of a team; all of them or none."""
    spoor = request.spoor
    formulier = Verdelen(spoor.wie, Keuzelijsten.voor(spoor.wie), request.POST)
    if not formulier.is_valid():
        return toon(request, terug_naar(request), verdelen=formulier)
    plek = formulier.plek
    try:
        with transaction.atomic():
            gekozen = _te_verdelen(Melding, formulier.gekozen, spoor)
            workflow.verdeel(
                gekozen,
                team=plek.team,
                medewerker=plek.medewerker,
                door=request.user,
                reden=formulier.cleaned_data["reden"],
            )
    except Geweigerd as fout:
        return weiger(request, fout, verdelen=formulier)
    naar = plek.medewerker.naam if plek.medewerker else f"de triage van {plek.team.naam}"
    return klaar(request, f"{_meldingen(len(gekozen))} naar {naar}.")


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Actie.VERDELEN, MELDING)
def overdragen(request: Verzoek) -> HttpResponse:
    """Everything that a colleague has open in a team goes to another."""
    spoor = request.spoor
    invoer = request.POST if request.method == "POST" else None
    formulier = Overdragen(spoor.wie, Keuzelijsten.voor(spoor.wie), _open_werk(spoor.wie), invoer)
    status = 200
    if invoer is not None and formulier.is_valid():
        try:
            with transaction.atomic():
                over = _draag_over(request, formulier)
        except Geweigerd as fout:
            messages.error(request, str(fout))
            status = CONFLICT
        else:
            return klaar(request, f"{_opsomming(over)} overgedragen.")
    return render(request, "meldingen/overdragen.html", {"form": formulier}, status=status)


def _draag_over(request: Verzoek, formulier: Overdragen) -> workflow.Overgedragen:
    """Hand over, and check of exactly what went that one may divide it: else nothing went."""
    van, naar = formulier.bron, formulier.doel
    assert van.medewerker
    assert naar.medewerker
    over = workflow.draag_alles_over(
        van=van.medewerker,
        naar=naar.medewerker,
        team=van.team,
        door=request.user,
        reden=formulier.cleaned_data["reden"],
        op=request.spoor.wie.dag,
    )
    _te_verdelen(Melding, [rij.pk for rij in over.meldingen], request.spoor)
    _te_verdelen(Terugbelverzoek, [rij.pk for rij in over.terugbelverzoeken], request.spoor)
    lees_alle(
        Huishouden,
        [rij.pk for rij in over.huishoudens],
        spoor=request.spoor,
        actie=Actie.WERKEN,
        handeling=Handeling.GEWIJZIGD,
    )
    return over


def _te_verdelen(model: type[M], sleutels: Iterable[int], spoor: Spoor) -> list[M]:
    """These rows, when one may divide every one of them."""
    return lees_alle(model, sleutels, spoor=spoor, actie=Actie.VERDELEN, handeling=Handeling.GEWIJZIGD)


def _open_werk(wie: Wie) -> dict[tuple[int, Medewerker], int]:
    """How much everybody has open in each of the teams that one divides."""

    def tel(rijen: QuerySet, van: str, team: str = "team") -> Counter[tuple[int, int]]:
        in_team = rijen.filter(**{f"{team}__in": wie.verdeelt, f"{van}__isnull": False})
        geteld = in_team.values_list(team, van).annotate(aantal=Count("pk"))
        return Counter({(team, medewerker): aantal for team, medewerker, aantal in geteld})

    huishoudens = zichtbaar(Huishouden, wie, Actie.WERKEN).values("pk")
    gezichten = contactpersonen(wie.dag, wie.verdeelt).filter(huishouden__in=huishoudens)
    werk = (
        tel(zichtbaar(Melding.objects.open(), wie, Actie.VERDELEN), "behandelaar")
        + tel(zichtbaar(Terugbelverzoek.objects.open(), wie, Actie.VERDELEN), "medewerker")
        + tel(gezichten, "medewerker", "woont_bij")
    )
    wie_dan = Medewerker.objects.in_bulk({medewerker for _, medewerker in werk})
    op_naam = sorted(werk.items(), key=lambda regel: (regel[0][0], wie_dan[regel[0][1]].naam))
    return {(team, wie_dan[medewerker]): aantal for (team, medewerker), aantal in op_naam}


def _opsomming(over: workflow.Overgedragen) -> str:
    delen = [
        _meldingen(len(over.meldingen)) if over.meldingen else "",
        f"{len(over.terugbelverzoeken)} keer terugbellen" if over.terugbelverzoeken else "",
        f"{_huishoudens(len(over.huishoudens))} als vaste contactpersoon" if over.huishoudens else "",
    ]
    *eerder, laatste = filter(None, delen)
    return f"{', '.join(eerder)} en {laatste}" if eerder else laatste


def _meldingen(aantal: int) -> str:
    return f"{aantal} {'melding' if aantal == 1 else 'meldingen'}"


def _huishoudens(aantal: int) -> str:
    return f"{aantal} {'huishouden' if aantal == 1 else 'huishoudens'}"
