"""What the tijdlijn of a household tells of its besluiten and its plan."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from households.models import Planstap, Planwijziging
from households.tijdlijn import Groep, Regel, bron
from teams.models import Medewerker
from voorzieningen.models import Besluitstap, Verdaging

VERTELD = (
    "opgesteld",
    "toets gevraagd",
    "akkoord na toets",
    "niet akkoord na toets",
    "terug in voorbereiding",
    "toegekend",
    "niet toegekend",
    "ingetrokken",
    "bijgesteld",
    "hulp gestart",
    "hulp gestopt",
    "hulp vervallen",
)
"""Steps of a besluit that matter to who reads what happened; the others stand on its own page."""
PLANSTAPPEN = (
    Planstap.BEGONNEN,
    Planstap.VASTGESTELD,
    Planstap.AKKOORD,
    Planstap.AFGESLOTEN,
    Planstap.WAAKVLAM,
)


@bron("besluitstap", Groep.BESLUITEN)
def besluiten(huishouden: int) -> Iterator[Regel]:
    """A line per step of every besluit; about its person alone."""
    rijen = Besluitstap.objects.filter(besluit__huishouden=huishouden, stap__in=VERTELD)
    for rij in rijen.select_related("door", "besluit__voorziening__groep").order_by("pk"):
        yield Regel(
            melding=rij.besluit.melding_id,
            soort="besluitstap",
            sleutel=rij.pk,
            dag=timezone.localdate(rij.op),
            vastgelegd_op=rij.op,
            wie=_naam(rij.door),
            wat=f"{rij.besluit.voorziening.voluit.capitalize()}: {rij.stap}",
            tekst=rij.toelichting,
            personen=frozenset({rij.besluit.persoon_id}),
        )


@bron("verdaging", Groep.BESLUITEN)
def verdagingen(huishouden: int) -> Iterator[Regel]:
    """A line per besluit that was put off; about the person of its melding alone."""
    rijen = Verdaging.objects.filter(aanvraag__melding__huishouden=huishouden)
    for rij in rijen.select_related("door", "aanvraag__melding").order_by("pk"):
        yield Regel(
            melding=rij.aanvraag.melding_id,
            soort="verdaging",
            sleutel=rij.pk,
            dag=rij.op,
            vastgelegd_op=rij.geregistreerd_op,
            wie=_naam(rij.door),
            wat=f"Besluit uitgesteld tot en met {rij.tot:%d-%m-%Y}",
            tekst=f"{rij.reden} ({rij.get_wijze_display()})",
            personen=frozenset(filter(None, [rij.aanvraag.melding.persoon_id])),
        )


@bron("planwijziging", Groep.BESLUITEN)
def plannen(huishouden: int) -> Iterator[Regel]:
    """The milestones of the plan; what changed in it stands in its own history."""
    rijen = Planwijziging.objects.filter(plan__huishouden=huishouden, stap__in=PLANSTAPPEN)
    for rij in rijen.select_related("door").order_by("pk"):
        yield Regel(
            melding=0,
            soort="planwijziging",
            sleutel=rij.pk,
            dag=timezone.localdate(rij.op),
            vastgelegd_op=rij.op,
            wie=_naam(rij.door),
            wat=Planstap(rij.stap).label.capitalize(),
        )


def _naam(medewerker: Medewerker | None) -> str:
    return medewerker.naam if medewerker else ""
