"""What the tijdlijn of a household tells of the vraagverheldering and of scores, each about its own people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from households.tijdlijn import Groep, Regel, bron, naam_van
from meldingen.models import Score, Verheldering


@bron("verheldering", Groep.GESPREKKEN)
def verhelderingen(huishouden: int) -> Iterator[Regel]:
    """A line per levensgebied as it stands now; about those for whom something plays there."""
    rijen = Verheldering.objects.bekend_op(None).filter(melding__huishouden=huishouden)
    for rij in (
        rijen.select_related("levensgebied", "door", "melding").prefetch_related("personen").order_by("pk")
    ):
        yield Regel(
            melding=rij.melding_id,
            soort="verheldering",
            sleutel=rij.pk,
            dag=timezone.localdate(rij.geregistreerd_op),
            vastgelegd_op=rij.geregistreerd_op,
            wie=naam_van(rij.door),
            wat=f"Vraagverheldering: {rij.levensgebied.naam}",
            tekst=rij.tekst,
            personen=rij.over(),
        )


@bron("score", Groep.GESPREKKEN)
def scores(huishouden: int) -> Iterator[Regel]:
    """A line for what was scored together: of one person, for one day, at one moment."""
    rijen = Score.objects.filter(melding__huishouden=huishouden).select_related("door").order_by("pk")
    for _, samen in groupby(rijen, lambda rij: (rij.persoon_id, rij.datum, rij.geregistreerd_op)):
        eerste, *meer = samen
        aantal = 1 + len(meer)
        yield Regel(
            melding=eerste.melding_id,
            soort="score",
            sleutel=eerste.pk,
            dag=eerste.datum,
            vastgelegd_op=eerste.geregistreerd_op,
            wie=naam_van(eerste.door),
            wat=f"{aantal} leefgebied{'' if aantal == 1 else 'en'} gescoord",
            personen=frozenset({eerste.persoon_id}),
        )
