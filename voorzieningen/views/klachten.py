"""The pages of klachten and bezwaren: what is open by the term of the law, and every step with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from teams.access import Actie, zichtbaar
from teams.geweigerd import Geweigerd
from teams.gronden import KLACHT
from teams.lezen import lees, leg_vast
from teams.models import Handeling
from teams.toegang import Verzoek, vereist
from teams.web import handeling
from voorzieningen import workflow
from voorzieningen.forms.klachten import (
    Afhandelform,
    Klachtcorrectie,
    Klachtform,
    Verdaagform,
    Vergissingform,
)
from voorzieningen.klachttermijnen import Klachttermijn, Lengte, lengtes, termijn_van
from voorzieningen.models import MET_TERMIJN, Klacht, KlachtQuerySet, Klachtsoort
from voorzieningen.workflow import KLACHTVELDEN

PER_PAGINA = 25


@dataclass(frozen=True)
class Regel:
    """A klacht in the list, with the term for it."""

    klacht: Klacht
    termijn: Klachttermijn | None
    te_laat: bool


@dataclass(frozen=True)
class Lijst:
    """One of the lists on the page, with the sentence that stands there when it is empty, if it then stands there."""

    naam: str
    titel: str
    leeg: str
    bladzijde: Page[Any]
    regels: list[Regel]


def _rijen() -> KlachtQuerySet:
    return Klacht.objects.select_related("beschikking", "team", "door")


@vereist(Actie.LEZEN, KLACHT)
@require_safe
def lijst(request: Verzoek) -> HttpResponse:
    """What is open, that of the first term on top; under it what is done, the last first.

    Of what came from another registration isn't known whether it was answered, so it stands apart until somebody says.
    """
    nu = zichtbaar(_rijen().bekend_op(None), request.spoor.wie, Actie.LEZEN)
    vandaag, lengte = timezone.localdate(), lengtes()

    def blad(naam: str, rijen: Sequence[Any] | QuerySet[Any]) -> Page[Any]:
        return Paginator(rijen, PER_PAGINA).get_page(request.GET.get(naam, ""))

    hier = nu.filter(afgehandeld_op__isnull=True, door__isnull=False)
    elders = nu.filter(afgehandeld_op__isnull=True, door__isnull=True).order_by("-datum", "-pk")
    klaar = nu.filter(afgehandeld_op__isnull=False).order_by("-afgehandeld_op", "-pk")
    open_ = sorted((_regel(rij, lengte, vandaag) for rij in hier), key=_volgorde)
    lijsten = [
        Lijst(naam, titel, leeg, bladzijde, [_als_regel(rij, lengte, vandaag) for rij in bladzijde])
        for naam, titel, leeg, bladzijde in (
            ("open", "Open", "Er staat niets open.", blad("open", open_)),
            ("elders", "Uit een ander systeem, uitkomst niet bekend", "", blad("elders", elders)),
            ("klaar", "Afgehandeld", "Er is nog niets afgehandeld.", blad("klaar", klaar)),
        )
    ]
    leg_vast(
        [regel.klacht for lijst in lijsten for regel in lijst.regels],
        spoor=request.spoor,
        handeling=Handeling.IN_LIJST,
    )
    gegevens = {"lijsten": [lijst for lijst in lijsten if lijst.regels or lijst.leeg]}
    return render(request, "voorzieningen/klachten.html", gegevens)


def _als_regel(rij: Klacht | Regel, lengte: Lengte, vandaag: date) -> Regel:
    return rij if isinstance(rij, Regel) else _regel(rij, lengte, vandaag)


def _regel(klacht: Klacht, lengte: Lengte, vandaag: date) -> Regel:
    termijn = termijn_van(klacht, lengte)
    dag = klacht.afgehandeld_op or vandaag
    return Regel(klacht, termijn, bool(termijn and termijn.te_laat_op(dag)))


def _volgorde(regel: Regel) -> tuple[bool, date, date, int]:
    """By the last day; where that isn't known, or there is none, by when it came in, after those."""
    uiterlijk = regel.termijn.uiterlijk if regel.termijn else None
    return uiterlijk is None, uiterlijk or regel.klacht.datum, regel.klacht.datum, regel.klacht.pk


@vereist(Actie.AANNEMEN, KLACHT)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Verzoek) -> HttpResponse:
    """Register what came in."""
    form = Klachtform(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            rij = workflow.registreer_klacht(**form.velden(), door=request.user)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
            status = 409
        else:
            messages.success(request, f"{rij.get_soort_display().capitalize()} is geregistreerd.")
            return HttpResponseRedirect(resolve_url("klacht", rij.pk), status=303)
    return render(request, "voorzieningen/klacht_formulier.html", {"form": form}, status=status)


@vereist(Actie.LEZEN, KLACHT)
@require_safe
def klacht(request: Verzoek, pk: int) -> HttpResponse:
    """One klacht with its term, what can be done with it, and how it came to be; an old version goes to the last."""
    rij = lees(_rijen(), pk, spoor=request.spoor)
    laatste = Klacht.objects.van_zaak(rij).values_list("pk", flat=True)[0]
    return _toon(request, rij) if laatste == rij.pk else redirect("klacht", laatste)


@vereist(Actie.WERKEN, KLACHT)
@handeling("klacht")
def verdagen(request: Verzoek, pk: int) -> HttpResponse:
    """The answer is put off."""
    return _doe(
        request,
        pk,
        lambda rij: Verdaagform(request.POST),
        lambda rij, form: workflow.verdaag_klacht(rij, **form.cleaned_data, door=request.user),
        "De verdaging is vastgelegd.",
        "verdaagform",
    )


@vereist(Actie.WERKEN, KLACHT)
@handeling("klacht")
def afhandelen(request: Verzoek, pk: int) -> HttpResponse:
    """How it ended."""
    return _doe(
        request,
        pk,
        lambda rij: Afhandelform(request.POST, soort=Klachtsoort(rij.soort)),
        lambda rij, form: workflow.handel_klacht_af(rij, **form.cleaned_data, door=request.user),
        "De uitkomst is vastgelegd.",
        "afhandelform",
    )


@vereist(Actie.WERKEN, KLACHT)
@handeling("klacht")
def vergissing(request: Verzoek, pk: int) -> HttpResponse:
    """It never was one."""

    def doe(rij: Klacht, form: forms.Form) -> Klacht:
        workflow.registreer_klacht_als_vergissing(rij, **form.cleaned_data, door=request.user)
        return rij

    return _doe(
        request,
        pk,
        lambda rij: Vergissingform(request.POST),
        doe,
        "Dit telt niet meer mee.",
        "vergissingform",
    )


@vereist(Actie.WERKEN, KLACHT)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigeren(request: Verzoek, pk: int) -> HttpResponse:
    """A form with what stands there now."""
    if request.method == "POST":
        return _doe(
            request,
            pk,
            lambda rij: Klachtcorrectie(request.POST),
            _corrigeer(request),
            "De correctie is vastgelegd.",
            "correctie",
        )
    rij = lees(_rijen(), pk, spoor=request.spoor, actie=Actie.WERKEN)
    return _toon_correctie(request, rij, Klachtcorrectie(initial=Klachtcorrectie.begin(rij)), 200)


def _corrigeer(request: Verzoek) -> Callable[[Klacht, Any], Klacht]:
    def doe(rij: Klacht, form: Klachtcorrectie) -> Klacht:
        return workflow.corrigeer_klacht(
            rij, reden=form.cleaned_data["reden"], door=request.user, **form.velden()
        )

    return doe


class _Niet(Exception):
    """Nothing is changed, and the page is shown again with what was typed."""

    def __init__(self, rij: Klacht, form: forms.Form, status: int) -> None:
        self.rij, self.form, self.status = rij, form, status


def _doe(
    request: Verzoek,
    pk: int,
    maak: Callable[[Klacht], forms.Form],
    doe: Callable[[Klacht, Any], Klacht],
    bericht: str,
    naam: str,
) -> HttpResponse:
    """Do one step with a klacht, and go to its page; the form is shown again under its `naam` where that can't be."""
    try:
        with transaction.atomic():
            rij = lees(_rijen(), pk, spoor=request.spoor, actie=Actie.WERKEN, handeling=Handeling.GEWIJZIGD)
            form = maak(rij)
            if not form.is_valid():
                raise _Niet(rij, form, 200)
            try:
                na = doe(rij, form)
            except Geweigerd as fout:
                form.add_error(None, str(fout))
                raise _Niet(rij, form, 409) from fout
    except _Niet as niet:
        lees(_rijen(), pk, spoor=request.spoor)
        if naam == "correctie":
            return _toon_correctie(request, niet.rij, niet.form, niet.status)
        return _toon(request, niet.rij, niet.status, **{naam: niet.form, "form": niet.form})
    messages.success(request, bericht)
    return HttpResponseRedirect(resolve_url("klacht", na.pk), status=303)


def _toon_correctie(request: Verzoek, rij: Klacht, form: forms.Form, status: int) -> HttpResponse:
    gegevens = {"form": form, "klacht": rij}
    return render(request, "voorzieningen/klacht_formulier.html", gegevens, status=status)


def _versies(rij: Klacht) -> list[tuple[Klacht, list[str]]]:
    """Every version, the last first, each with what it says otherwise than the one before it."""
    versies = list(Klacht.objects.van_zaak(rij).select_related("door", "vervallen_door", "team"))
    return [(nieuw, _anders(nieuw, oud) if oud else []) for nieuw, oud in zip_longest(versies, versies[1:])]


def _anders(nieuw: Klacht, oud: Klacht) -> list[str]:
    """The fields that differ, in words: what stood there, and what stands there now."""
    regels = []
    for veld in KLACHTVELDEN:
        was, is_nu = _woord(oud, veld), _woord(nieuw, veld)
        if was != is_nu:
            naam = str(Klacht._meta.get_field(veld).verbose_name)  # type: ignore[union-attr]
            regels.append(f"{naam}: {was} → {is_nu}")
    return regels


def _woord(klacht: Klacht, veld: str) -> str:
    waarde = getattr(klacht, veld)
    if waarde in (None, ""):
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    return str(getattr(klacht, f"get_{veld}_display", lambda: waarde)())


def _toon(request: Verzoek, rij: Klacht, status: int = 200, **formulieren: Any) -> HttpResponse:
    lengte, vandaag = lengtes(), timezone.localdate()
    regel = _regel(rij, lengte, vandaag)
    termijn = regel.termijn
    gegevens = {
        "klacht": rij,
        "regel": regel,
        "te_laat_ingediend": bool(
            termijn and termijn.ingediend_uiterlijk and rij.datum > termijn.ingediend_uiterlijk
        ),
        "geldt": rij.vervallen_op is None,
        "kan_verdagen": rij.soort in MET_TERMIJN and not rij.verdaagd_op,
        "verdaagform": Verdaagform(),
        "afhandelform": Afhandelform(soort=Klachtsoort(rij.soort)),
        "vergissingform": Vergissingform(),
        "versies": _versies(rij),
        **formulieren,
    }
    return render(request, "voorzieningen/klacht.html", gegevens, status=status)
