"""A plan as plain data: what a version keeps, and what pages, print and comparison are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from households.models import (
    PROFESSIONEEL,
    Afspraak,
    Deelnemer,
    Deelnemersoort,
    Doel,
    Evaluatie,
    Plan,
    Planversie,
    Regie,
)
from teams.perioden import lopend

VORM = 1
"""Of the data; a later form reads earlier ones by this number."""

Rij = dict[str, Any]


def beeld(plan: Plan) -> Rij:
    """Everything that stands in the plan now, in six queries.

    Days are ISO strings, codes are words, and rows name each other by key; JSON that is equal means the same plan.
    Names are those of now, so that a version still says with whom it was agreed; who takes part no longer is named
    while something of theirs stands in the plan.
    """
    te_noemen = lopend() | Q(Exists(Doel.objects.filter(eigenaar=OuterRef("pk"))))
    te_noemen |= Q(Exists(Afspraak.objects.filter(wie=OuterRef("pk"))))
    doelen = plan.doelen.select_related("levensgebied").prefetch_related("voor_wie")
    evaluaties = Evaluatie.objects.filter(doel__plan=plan).order_by("gepland_op", "pk")
    return {
        "vorm": VORM,
        "deelnemers": [
            van_deelnemer(rij)
            for rij in plan.deelnemers.filter(te_noemen)
            .select_related("persoon", "medewerker")
            .order_by("pk")
        ],
        "doelen": [van_doel(rij, rij.voor_wie.all()) for rij in doelen.order_by("pk")],
        "afspraken": [van_afspraak(rij) for rij in plan.afspraken.order_by("pk")],
        "regie": [van_regie(rij) for rij in plan.regie.filter(lopend()).order_by("soort")],
        "evaluaties": [van_evaluatie(rij) for rij in evaluaties],
    }


def naam_van(deelnemer: Deelnemer) -> str:
    """What one calls somebody who takes part."""
    wie = deelnemer.persoon or deelnemer.medewerker
    return wie.naam if wie else deelnemer.naam or deelnemer.organisatie


def van_deelnemer(rij: Deelnemer) -> Rij:
    """Somebody who takes part; without how to reach them, but the phone of a professional."""
    return {
        "sleutel": rij.pk,
        "soort": Deelnemersoort(rij.soort).code,
        "persoon": rij.persoon_id,
        "naam": naam_van(rij),
        "organisatie": rij.organisatie if rij.naam else "",
        "rol": rij.rol,
        "telefoon": rij.telefoon if rij.soort in PROFESSIONEEL else "",
        "doet_mee": rij.tot is None,
    }


def van_doel(rij: Doel, voor_wie: Iterable[Any]) -> Rij:
    """A goal; `voor_wie` are persons."""
    return {
        "sleutel": rij.pk,
        "tekst": rij.tekst,
        "eigenaar": rij.eigenaar_id,
        "levensgebied": rij.levensgebied.naam if rij.levensgebied else "",
        "voor_wie": sorted(persoon.pk for persoon in voor_wie),
        "besloten": rij.besloten,
        "begin": _dag(rij.begin),
        "streefdatum": _dag(rij.streefdatum),
        "stand": rij.get_stand_display(),
    }


def van_afspraak(rij: Afspraak) -> Rij:
    """An actie or afspraak."""
    return {
        "sleutel": rij.pk,
        "soort": rij.get_soort_display(),
        "tekst": rij.tekst,
        "wie": rij.wie_id,
        "doel": rij.doel_id,
        "uiterlijk_op": _dag(rij.uiterlijk_op),
        "gedaan_op": _dag(rij.gedaan_op),
        "vervallen_op": _dag(rij.vervallen_op),
    }


def van_regie(rij: Regie) -> Rij:
    """Who holds one kind of regie."""
    return {"soort": rij.get_soort_display(), "wie": rij.deelnemer_id}


def van_evaluatie(rij: Evaluatie) -> Rij:
    """A planned or held evaluation."""
    return {
        "sleutel": rij.pk,
        "doel": rij.doel_id,
        "gepland_op": _dag(rij.gepland_op),
        "gehouden_op": _dag(rij.gehouden_op),
        "resultaat": rij.get_resultaat_display() if rij.resultaat else "",
        "toelichting": rij.toelichting,
    }


def anders_dan(nu: Rij, versie: Planversie | None) -> bool:
    """Whether the plan is no longer what was set down; also when nothing was set down yet."""
    return versie is None or nu != versie.inhoud


def _dag(dag: Any) -> str | None:
    return dag.isoformat() if dag else None


def voor_papier(alles: Rij, persoon: int | None) -> Rij:
    """What of it may stand on paper for `persoon`, or with None for everybody in the household.

    A goal that is besloten is left out unless it is for `persoon`, with what belongs to it, and so is whoever has
    something to do with such goals alone: that a therapist takes part may say as much as the goal.
    """
    weg = {
        doel["sleutel"] for doel in alles["doelen"] if doel["besloten"] and persoon not in doel["voor_wie"]
    }
    over = alles | {
        "doelen": [doel for doel in alles["doelen"] if doel["sleutel"] not in weg],
        "afspraken": [rij for rij in alles["afspraken"] if rij["doel"] not in weg],
        "evaluaties": [rij for rij in alles["evaluaties"] if rij["doel"] not in weg],
    }
    verborgen = _met_iets_te_doen(alles) - _met_iets_te_doen(over)
    over["deelnemers"] = [
        rij
        for rij in alles["deelnemers"]
        if rij["sleutel"] not in verborgen or rij["soort"] in (_BEWONER, _MEDEWERKER)
    ]
    return over


_BEWONER, _MEDEWERKER = Deelnemersoort.BEWONER.code, Deelnemersoort.MEDEWERKER.code


def _met_iets_te_doen(alles: Rij) -> set[int]:
    return {
        *(rij["eigenaar"] for rij in alles["doelen"]),
        *(rij["wie"] for rij in alles["afspraken"]),
        *(rij["wie"] for rij in alles["regie"]),
    }
