"""Before when something must have been done: computed from dated settings, never stored.

The onderzoek has six weeks from the melding (Wmo art. 2.3.2); in youth care a decision has eight (Awb art. 4:13).
A spoed melding that nobody took has hours, whatever else runs (R8).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, DurationField, ExpressionWrapper, F, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from meldingen.models import Categorie, Melding
from teams.models import Instelling

SPOED_UREN = "spoed_uren"
DAGEN = {Categorie.VOLWASSENEN: "wmo_onderzoek_dagen", Categorie.JEUGD: "jeugd_besluit_dagen"}


def uiterlijk_op(ontvangen_op: str, categorie: str) -> Combinable:
    """The day on which the term of a melding ends, as an expression over the names of two columns.

    A melding without categorie has the term of volwassenen, the shorter one.
    """
    gevallen = [
        When(
            **{f"{ontvangen_op}__gte": instelling.geldig_van},
            **({categorie: soort} if soort == Categorie.JEUGD else {}),
            then=Value(timedelta(days=float(instelling.waarde)), DurationField()),
        )
        for soort in (Categorie.JEUGD, Categorie.VOLWASSENEN)
        for instelling in Instelling.objects.filter(sleutel=DAGEN[soort]).order_by("-geldig_van")
    ]
    duur = Case(*gevallen, output_field=DurationField())
    return ExpressionWrapper(F(ontvangen_op) + duur, output_field=DateField())


def spoed_uiterlijk_op(melding: Melding) -> datetime:
    """Before when somebody must have taken a spoed melding."""
    ontvangen = melding.geregistreerd_op
    uren = Instelling.objects.waarde_op(SPOED_UREN, timezone.localdate(ontvangen))
    return ontvangen + timedelta(hours=float(uren))


def spoed_grens(moment: datetime) -> datetime:
    """A spoed melding from before this moment, and not taken at `moment`, is too late."""
    uren = Instelling.objects.waarde_op(SPOED_UREN, timezone.localdate(moment))
    return moment - timedelta(hours=float(uren))


def te_laat(dag: date | None, vandaag: date) -> bool:
    """Whether a term has passed."""
    return dag is not None and dag < vandaag
