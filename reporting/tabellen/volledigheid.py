"""How complete the registration is (table D.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, Q, QuerySet, Value, When

from meldingen.models import Gebeurtenis, Klantcontact, Soort, Stand
from reporting.maten import AANTAL, Waar
from reporting.open_meldingen import open_op
from reporting.register import tabel
from reporting.telling import Breed, Feiten, Kolom, Regel, Telling
from reporting.vraag import Vraag
from teams.versies import VersieQuerySet
from voorzieningen.models import Beschikking, Klacht

STIL, STIL_DAGEN = "melding_zonder_stap_14_dagen", 14
VELDEN: dict[str, tuple[str, str, str]] = {
    "melding_team": ("Melding: team", "melding", "team"),
    "melding_categorie": ("Melding: categorie", "melding", "categorie"),
    "melding_kanaal": ("Melding: kanaal", "melding", "kanaal"),
    "melding_aanleiding": ("Melding: aanleiding", "melding", "aanleiding"),
    "contact_thema": ("Klantcontact: thema", "contact", "thema"),
    "contact_wet": ("Klantcontact: wet", "contact", "wet"),
    "contact_afhandeling": ("Klantcontact: afhandeling", "contact", "afhandeling"),
    "beschikking_financieringsvorm": ("Beschikking: financiering", "beschikking", "financieringsvorm"),
    "beschikking_aanbieder": ("Beschikking: aanbieder", "beschikking", "aanbieder"),
    "beschikking_besluitdatum": ("Beschikking: dag van het besluit", "beschikking", "besluitdatum"),
    "klacht_wet": ("Klacht: wet", "klacht", "wet"),
    "klacht_beschikking": ("Klacht: beschikking", "klacht", "beschikking"),
}
"""Per row its label, the kind of registration, and the field that should be filled in."""


@tabel(
    "D.6",
    titel="Volledigheid van de registratie",
    definitie=(
        "Van hoeveel registraties in de periode elk gegeven bekend is. En hoeveel van de meldingen die aan het einde"
        " open stonden, al 14 dagen of langer geen stap meer kregen."
    ),
    eenheid="registraties",
    bron="alle registraties van de periode",
)
def volledigheid(vraag: Vraag) -> Telling:
    """Per field the registrations of the period by their day, a beschikking by its ingangsdatum, and how many have it.

    The last row is about the meldingen that are open at the end of the last day, its count those without a step.
    """
    van_periode = {"datum__gte": vraag.periode.begin, "datum__lt": vraag.periode.einde}
    soorten: dict[str, VersieQuerySet[Any]] = {
        "melding": Gebeurtenis.objects.filter(soort=Soort.ONTVANGEN, **van_periode),
        "contact": Klantcontact.objects.filter(**van_periode),
        "beschikking": Beschikking.objects.filter(
            ingangsdatum__gte=vraag.periode.begin, ingangsdatum__lt=vraag.periode.einde
        ),
        "klacht": Klacht.objects.filter(**van_periode).met_eerste(),
    }
    per_veld: dict[str, VersieQuerySet[Any]] = {
        rij: soorten[soort].annotate(veld=Value(rij, CharField())) for rij, (_, soort, _) in VELDEN.items()
    }
    stil = open_op(vraag.periode.peildatum, vraag.bekend_op).annotate(
        veld=Value(STIL, CharField()), heeft=_als(Q(stil__gte=STIL_DAGEN))
    )
    heeft = {"heeft": (True,)}
    return Telling(
        achter=[
            *(_per_veld(soort, rijen, vraag) for soort, rijen in soorten.items()),
            stil.annotate(nummer=F("melding")),
        ],
        eenheid=("nummer", "veld"),
        dimensies=("veld", "heeft"),
        rijen=[
            *(Regel(rij, label, {"veld": (rij,)}) for rij, (label, _, _) in VELDEN.items()),
            Regel(STIL, "Open melding: 14 dagen of langer geen stap", {"veld": (STIL,)}),
        ],
        kolommen=[
            Kolom("registraties", maat=AANTAL),
            Kolom("aantal", heeft),
            Kolom("pct", maat=Waar("heeft")),
        ],
        feiten=[
            *(Feiten(rijen, (_over_wat(rij), "veld")) for rij, rijen in per_veld.items()),
            Feiten(Gebeurtenis.objects.annotate(veld=Value(STIL, CharField())), ("melding", "veld")),
        ],
    )


def _per_veld(soort: str, rijen: VersieQuerySet[Any], vraag: Vraag) -> Breed:
    """The registrations of one kind, each for every field that it should have."""
    velden = {rij: veld for rij, (_, van, veld) in VELDEN.items() if van == soort}
    delen: Sequence[QuerySet[Any, Any]] = [rijen.bekend_op(vraag.bekend_op)]
    if soort == "melding":
        # Stand has the same of every `ontvangen` in force, and an index of the period
        delen = Stand.objects.cohort(vraag.periode.begin, vraag.periode.peildatum, vraag.bekend_op)
    heeft = {f"heeft_{veld}": _als(Q(**{f"{veld}__isnull": False})) for veld in velden.values()}
    nummer = _over_wat(next(iter(velden)))
    return Breed(
        [deel.annotate(nummer=F(nummer), **heeft) for deel in delen],
        "veld",
        ("heeft",),
        {rij: (f"heeft_{veld}",) for rij, veld in velden.items()},
    )


def _over_wat(rij: str) -> str:
    """What a registration is about: a melding keeps its place when its `ontvangen` is corrected, a klacht as well."""
    return {"melding": "melding", "klacht": "eerste"}.get(VELDEN[rij][1], "pk")


def _als(voorwaarde: Q) -> Case:
    return Case(When(voorwaarde, then=True), default=False, output_field=BooleanField())
