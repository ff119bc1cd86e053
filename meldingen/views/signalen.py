"""The page of signals: what somebody should look at, per kind; who divides the work also sees those of the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen.signalen import SOORTEN, Inbox, Lijst, Signaalsoort
from meldingen.signalen.rijen import Rij, maak_rijen
from teams.access import Actie
from teams.gronden import MELDING
from teams.toegang import Verzoek, vereist

PER_SOORT, PER_BLADZIJDE = 10, 25
NAMEN = {Lijst.VAN_MIJ: "Van mij", Lijst.TEAM: "Mijn team"}


@dataclass(frozen=True)
class Groep:
    """The signals of one kind: how many there are, and those on this page."""

    soort: Signaalsoort
    aantal: int
    rijen: list[Rij]

    @property
    def er_is_meer(self) -> bool:
        """Whether there are others than those on the page."""
        return self.aantal > len(self.rijen)


@require_safe
@vereist(Actie.WERKEN, MELDING)
def signalen(request: Verzoek) -> HttpResponse:
    """The first of every kind, or with `soort` all of one kind; without `lijst` the first list that has any."""
    inbox = Inbox.van(request.spoor.wie)
    lijsten = list(Lijst) if request.spoor.wie.verdeelt else [Lijst.VAN_MIJ]
    tellingen = {deze: inbox.per_soort(deze) for deze in lijsten}
    gevuld = next((deze for deze in lijsten if tellingen[deze]), Lijst.VAN_MIJ)
    lijst = next((deze for deze in lijsten if deze == request.GET.get("lijst")), gevuld)
    aantallen = tellingen[lijst]
    soort = next((deze.code for deze in SOORTEN if deze.code == request.GET.get("soort")), None)
    bladzijde: Page[Any] | None = None
    begin, einde = 0, PER_SOORT
    if soort:
        paginator = Paginator(range(aantallen.get(soort, 0)), PER_BLADZIJDE)
        bladzijde = paginator.get_page(request.GET.get("pagina"))
        begin, einde = max(bladzijde.start_index() - 1, 0), bladzijde.end_index()
    rijen = maak_rijen(inbox.rijen(lijst, begin, einde, soort), request.spoor)
    inhoud = {
        "lijst": lijst,
        "soort": soort,
        "tabs": [(deze, NAMEN[deze], sum(tellingen[deze].values())) for deze in lijsten],
        "groepen": [
            Groep(deze, aantallen[deze.code], [rij for rij in rijen if rij.soort == deze.code])
            for deze in SOORTEN
            if deze.code in aantallen and soort in (None, deze.code)
        ],
        "adres": request.GET,
        "bladzijde": bladzijde,
        "bladnummers": bladzijde.paginator.get_elided_page_range(bladzijde.number) if bladzijde else [],
    }
    return render(request, "meldingen/signalen.html", inhoud)
