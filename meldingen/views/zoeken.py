"""The search box of the header: persons with their household, and meldingen by number; every hit is logged."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from households.models import Persoon
from meldingen.forms.zoeken import ZoekForm
from meldingen.herkennen import Bekende, herken
from meldingen.models import Melding
from teams.access import Actie, mag_ooit, zichtbaar
from teams.gronden import HUISHOUDEN, INZAGE, MELDING, PERSOON
from teams.lezen import Spoor, leg_vast
from teams.models import Grond, Handeling
from teams.toegang import Verzoek, vereist
from teams.web import is_fragment


@dataclass(frozen=True)
class Treffer:
    """Somebody known, and where the reader goes from there: the household, or for the FG the extract."""

    bekende: Bekende
    url: str


@dataclass(frozen=True)
class Genummerd:
    """The melding of a number, with as much of its person as the reader may know."""

    melding: Melding
    naam: str


@vereist(Actie.ZIEN, PERSOON)
@require_http_methods(["GET", "HEAD", "POST"])
def zoek(request: Verzoek) -> HttpResponse:
    """While typing a list under the box, else a page. By POST: what is typed stands in no address."""
    sjabloon = "meldingen/_gevonden.html" if is_fragment(request) else "meldingen/zoeken.html"
    if request.method != "POST":
        return render(request, sjabloon)
    form = ZoekForm(request.POST)
    context = {"zoekform": form, "zoektekst": form.data.get("tekst", "")}
    if not form.is_valid():
        return render(request, sjabloon, context, status=200 if is_fragment(request) else 400)
    context |= {
        "gezocht": True,
        "treffers": _personen(form, request.spoor),
        "genummerd": _op_nummer(form.nummer, request.spoor),
    }
    return render(request, sjabloon, context)


def _personen(form: ZoekForm, spoor: Spoor) -> list[Treffer]:
    """Who may be meant, and what runs there; `herken` logs the persons, this the meldingen."""
    bekenden = herken(form.zoekvraag, op=timezone.localdate(), spoor=spoor)
    leg_vast(
        (melding for bekende in bekenden for melding in bekende.open),
        spoor=spoor,
        handeling=Handeling.GEVONDEN,
    )
    return [Treffer(bekende, _url(bekende, spoor)) for bekende in bekenden]


def _url(bekende: Bekende, spoor: Spoor) -> str:
    if bekende.huishouden and mag_ooit(spoor.wie, Actie.ZIEN, HUISHOUDEN):
        return reverse("huishouden", args=[bekende.huishouden])
    if mag_ooit(spoor.wie, Actie.LEZEN, INZAGE):
        return reverse("uittreksel", args=[bekende.persoon.pk])
    return ""


def _op_nummer(nummer: int | None, spoor: Spoor) -> Genummerd | None:
    """The melding with this number, when the reader may know that it is there."""
    if nummer is None or not mag_ooit(spoor.wie, Actie.ZIEN, MELDING):
        return None
    rijen = zichtbaar(Melding, spoor.wie, Actie.ZIEN).select_related("team", "behandelaar")
    melding = rijen.filter(pk=nummer).first()
    if melding is None:
        return None
    leg_vast([melding], spoor=spoor, handeling=Handeling.GEVONDEN)
    return Genummerd(melding, _naam(melding, spoor))


def _naam(melding: Melding, spoor: Spoor) -> str:
    """Of whom it is: in full for who may read the melding, masked for who may know of the person, else nothing."""
    if melding.persoon_id is None:
        return "inwoner nog niet bekend"
    persoon = zichtbaar(Persoon, spoor.wie, Actie.ZIEN).filter(pk=melding.persoon_id).first()
    if persoon is None:
        return "afgeschermd"
    leesbaar = zichtbaar(Melding, spoor.wie, Actie.LEZEN).filter(pk=melding.pk).exists()
    return persoon.naam if leesbaar or _grond(persoon) != Grond.BEKEND else persoon.gemaskeerd


def _grond(persoon: Persoon) -> int:
    return int(getattr(persoon, "grond", Grond.BEKEND))
