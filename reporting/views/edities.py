"""Edities: the list, one of them from what was kept, made again, and one more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reporting.correcties import Celverschil
from reporting.editieform import Vaststellen
from reporting.edities import Controle, controleer, inhoud_van, manifest
from reporting.models import Editie
from reporting.models.editie import STAMGEGEVENS
from reporting.register import TABELLEN
from teams.access import Actie, mag_ooit, zichtbaar
from teams.gronden import RAPPORTAGE
from teams.toegang import Verzoek, vereist


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def edities(request: Verzoek) -> HttpResponse:
    """Every editie, the last first."""
    gegevens = {
        "edities": zichtbaar(Editie.objects.nieuwste_eerst(), request.spoor.wie, Actie.LEZEN),
        "mag_vaststellen": mag_ooit(request.spoor.wie, Actie.VASTSTELLEN, RAPPORTAGE),
    }
    return render(request, "reporting/edities.html", gegevens)


@vereist(Actie.VASTSTELLEN, RAPPORTAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def vaststellen(request: Verzoek) -> HttpResponse:
    """Keep one table or all of them as they are known now."""
    form = Vaststellen(request.POST) if request.method == "POST" else Vaststellen(begin=request.GET.dict())
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if editie := form.stel_vast(request.user):
            return redirect("editie", editie.pk)
        status = 409
    return render(request, "reporting/editie_vaststellen.html", {"form": form}, status=status)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def editie(request: Verzoek, pk: int) -> HttpResponse:
    """Which tables are in it, with what proves them."""
    rij = _lees(request, pk)
    tabellen = [(deel, TABELLEN.get(deel.tabel)) for deel in rij.tabellen.defer("inhoud")]
    gegevens = {"editie": rij, "tabellen": tabellen, "manifest": manifest(rij)}
    if len(tabellen) == 1:
        gegevens |= _te_tonen(rij, tabellen[0][0].tabel)
    return render(request, "reporting/editie.html", gegevens)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def editietabel(request: Verzoek, pk: int, sleutel: str) -> HttpResponse:
    """One table of it, as it was kept."""
    rij = _lees(request, pk)
    return render(request, "reporting/editietabel.html", {"editie": rij, **_te_tonen(rij, sleutel)})


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def bytes_(request: Verzoek, pk: int, naam: str) -> HttpResponse:
    """A part as the bytes of which the sum was taken, or all sums, so that somebody else can check them."""
    rij = _lees(request, pk)
    if naam == "SHA256SUMS":
        return _bestand(manifest(rij).encode(), "text/plain; charset=utf-8", naam)
    delen = {"editie.json": rij.kop(), f"{STAMGEGEVENS}.json": bytes(rij.stamgegevens)}
    inhoud = delen.get(naam)
    if inhoud is None:
        inhoud = bytes(get_object_or_404(rij.tabellen.all(), tabel=naam.removesuffix(".json")).inhoud)
    return _bestand(inhoud, "application/json", naam)


@vereist(Actie.LEZEN, RAPPORTAGE)
@require_safe
def controle(request: Verzoek, pk: int) -> HttpResponse:
    """Make it again, and say whether it is the same, and what is known otherwise today."""
    rij = _lees(request, pk)
    uitslag = controleer(rij)
    gegevens = {
        "editie": rij,
        "uitslag": uitslag,
        "anders": [deel for deel in uitslag.tabellen if not (deel.gelijk and deel.ongeschonden)],
        "sindsdien": [_sindsdien(rij, deel) for deel in uitslag.tabellen if deel.sindsdien],
        "nu": timezone.now(),
    }
    return render(request, "reporting/editie_controle.html", gegevens)


def _lees(request: Verzoek, pk: int) -> Editie:
    return get_object_or_404(zichtbaar(Editie, request.spoor.wie, Actie.LEZEN).select_related("door"), pk=pk)


def _te_tonen(rij: Editie, sleutel: str) -> dict[str, Any]:
    deel = get_object_or_404(rij.tabellen.all(), tabel=sleutel)
    inhoud = inhoud_van(deel)
    rijen = [
        (
            regels[0],
            [cel for regel in regels for cel in zip(regel["waarden"], regel["procenten"], strict=True)],
        )
        for regels in zip(*(een["rijen"] for een in inhoud["delen"]), strict=True)
    ]
    return {
        "deel": deel,
        "inhoud": inhoud,
        "rijen": rijen,
        "enkel": all(een["kolommen"] == [een["periode"]] for een in inhoud["delen"]),
        "bekend": timezone.localtime(rij.bekend_op),
    }


def _sindsdien(rij: Editie, deel: Controle) -> dict[str, Any]:
    """What is known otherwise today of one table, with the list of registrations per period."""
    per_periode = {periode: "" for periode, _ in deel.sindsdien}
    for periode in per_periode:
        vraag = {
            "tabel": deel.rij.tabel,
            "periode": periode,
            **deel.rij.filters,
            "van": timezone.localtime(rij.bekend_op).isoformat(),
        }
        per_periode[periode] = f"{reverse('correcties')}?{urlencode(vraag)}"
    labels = {
        regel["sleutel"]: regel["label"] for een in inhoud_van(deel.rij)["delen"] for regel in een["rijen"]
    }
    return {
        "tabel": deel.tabel,
        "kop": f"{deel.rij.tabel} {deel.tabel.titel}: vastgesteld, en zoals nu bekend",
        "cellen": [
            (labels.get(c.cel.sleutel, c.cel.sleutel), _kolom(periode, c), c) for periode, c in deel.sindsdien
        ],
        "lijsten": per_periode.items(),
    }


def _kolom(periode: str, verschil: Celverschil) -> str:
    """The column, with its period where that doesn't follow from it."""
    kolom = verschil.cel.kolom.replace("_", " ")
    return kolom if kolom.startswith(periode[:4]) else f"{periode}, {kolom}"


def _bestand(inhoud: bytes, soort: str, naam: str) -> HttpResponse:
    return HttpResponse(inhoud, soort, headers={"Content-Disposition": f'attachment; filename="{naam}"'})
