"""How a team does, and how the teams do side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reporting.charts.getallen import Cel
from reporting.charts.spreiding import spreiding
from reporting.dashboard.beeld import groepen, stapel, wachttijden, werkvoorraad
from reporting.dashboard.forms import Periodekeuze
from reporting.dashboard.maatstaf import Maatstaf, Spreiding
from reporting.register import TABELLEN, Tabel
from reporting.stroomschema import STROOMSCHEMA
from reporting.views.tonen import adres_van
from reporting.vraag import Vraag
from teams.access import Actie
from teams.gronden import RAPPORTAGE
from teams.models import Team
from teams.toegang import vereist


@dataclass(frozen=True)
class Regel:
    """A measure of one team, among the others."""

    maatstaf: Maatstaf
    waarde: Cel
    spreiding: Spreiding | None
    tekening: SafeString | str
    adres: str


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every measure of every wijkteam, after those that the reader leads or divides."""
    keuze = Periodekeuze(request.GET)
    gegevens: dict[str, Any] = {
        "keuze": keuze,
        "wijkteams": Team.objects.wijkteams(),
        "eigen": eigen_teams(request),
    }
    if vraag := keuze.vraag:
        gegevens["groepen"] = groepen(vraag, werkvoorraad(vraag), timezone.localdate())
    return render(request, "reporting/teams.html", gegevens, status=200 if vraag else 400)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    """One wijkteam: where its meldingen stick, and each measure among those of the others."""
    dit = get_object_or_404(Team.objects.wijkteams(), code=code)
    keuze = Periodekeuze(request.GET)
    gegevens: dict[str, Any] = {"keuze": keuze, "team": dit, "wijkteams": Team.objects.wijkteams()}
    if vraag := keuze.vraag:
        werk = werkvoorraad(vraag)
        gegevens |= {
            "stapel": stapel(werk, dit),
            "groepen": [
                (groep.titel, [_regel(maatstaf, dit, vraag) for maatstaf in groep.maatstaven])
                for groep in groepen(vraag, werk, timezone.localdate())
            ],
            "wachttijden": wachttijden(vraag, dit),
            "stroomschema": _adres(TABELLEN[STROOMSCHEMA], dit, vraag),
        }
    return render(request, "reporting/team.html", gegevens, status=200 if vraag else 400)


def eigen_teams(request: HttpRequest) -> QuerySet[Team, Team]:
    """The wijkteams that the reader leads or divides, for a link that comes first."""
    wie = request.spoor.wie  # type: ignore[attr-defined]
    return Team.objects.wijkteams().filter(pk__in=wie.leidt | wie.verdeelt)


def _adres(tabel: Tabel, team: Team, vraag: Vraag) -> str:
    """Where the same is asked of a table, of this team where the table knows teams."""
    van_team = {"team": team.code} if "team" in tabel.filters else {}
    return f"{adres_van(tabel)}?{urlencode({**vraag.parameters(), **van_team})}"


def _regel(maatstaf: Maatstaf, team: Team, vraag: Vraag) -> Regel:
    eigen = maatstaf.bekend.get(team.pk)
    tekening = (
        spreiding(f"spreiding-{maatstaf.sleutel}", maatstaf.label, maatstaf.bekend.values(), eigen)
        if maatstaf.spreiding
        else ""
    )
    adres = _adres(maatstaf.in_tabel, team, vraag) if maatstaf.in_tabel else ""
    return Regel(maatstaf, maatstaf.waarden.get(team.pk), maatstaf.spreiding, tekening, adres)
