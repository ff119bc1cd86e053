"""Indicaties to test with, and what the way back made of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Now

from households.models import Persoon
from meldingen.models import Melding
from tests.factories import PersoonFactory
from voorzieningen.models import Beschikking, Voorziening, Wet

OP = date(2026, 3, 2)
"""The day on which the nights of these tests fall."""


def voorziening(wet: Wet = Wet.WMO, groep: int = 0, plaats: int = 0) -> Voorziening:
    """The product at `plaats` of the group at `groep` of a law, in the order of the catalogue."""
    groepen = Voorziening.objects.filter(groep__wet=wet).order_by("groep").values_list("groep", flat=True)
    return Voorziening.objects.filter(groep=list(dict.fromkeys(groepen))[groep])[plaats]


def indicatie(persoon: Persoon | None = None, *, eindigt: int | None = 30, **velden: Any) -> Beschikking:
    """An indicatie that ends so many days after `OP`, or never."""
    return Beschikking.objects.create(
        **{
            "persoon": persoon or PersoonFactory(),
            "voorziening": voorziening(),
            "ingangsdatum": date(2025, 1, 1),
            "einddatum": None if eindigt is None else OP + timedelta(days=eindigt),
        }
        | velden
    )


def laat_vervallen(beschikking: Beschikking) -> None:
    """We know better now."""
    Beschikking.objects.filter(pk=beschikking.pk).update(vervallen_op=Now(), vervallen_reden="hersteld")


def corrigeer(beschikking: Beschikking, **anders: Any) -> Beschikking:
    """The next version, as the overdracht writes it."""
    laat_vervallen(beschikking)
    velden = ("ref", "persoon", "melding", "voorziening", "ingangsdatum", "einddatum")
    zelfde = {veld: getattr(beschikking, veld) for veld in velden}
    return Beschikking.objects.create(**zelfde | {"versie": beschikking.versie + 1} | anders)


def meldingen_van(*beschikkingen: Beschikking) -> list[Melding]:
    """The herindicatie meldingen of these, in order."""
    return list(Melding.objects.filter(herindicatie_van__in=beschikkingen).order_by("pk"))
