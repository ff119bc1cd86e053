"""What the tijdlijn of a household tells of mail that was put with somebody who lives there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from households.models import Verblijf
from households.tijdlijn import Groep, Regel, bron, naam_van
from meldingen.models import Poststuk


@bron("poststuk", Groep.CONTACTEN)
def post(huishouden: int) -> Iterator[Regel]:
    """A line per mail, about whom it was put with; what stands in it one reads in the mail itself."""
    wonen = Verblijf.objects.bekend_op(None).filter(huishouden=huishouden, tot__isnull=True)
    rijen = Poststuk.objects.filter(persoon__in=wonen.values("persoon")).defer("tekst")
    for rij in rijen.select_related("afgehandeld_door").order_by("pk"):
        yield Regel(
            melding=0,
            soort="poststuk",
            sleutel=rij.pk,
            dag=timezone.localdate(rij.ontvangen_op),
            vastgelegd_op=rij.afgehandeld_op or rij.opgehaald_op,
            wie=naam_van(rij.afgehandeld_door),
            wat="Mail ontvangen",
            personen=frozenset(filter(None, [rij.persoon_id])),
        )
