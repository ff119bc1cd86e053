"""What the tijdlijn of a household tells of its opschalingen: every step."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from households.tijdlijn import Groep, Regel, bron
from meldingen.models import Opschalingsoort, Opschalingstap, Opschalingstapsoort


@bron("opschalingstap", Groep.OPSCHALING)
def opschalingen(huishouden: int) -> Iterator[Regel]:
    """A line per step of every opschaling of the household; about nobody in particular."""
    rijen = Opschalingstap.objects.filter(opschaling__huishouden=huishouden)
    for rij in rijen.select_related("door", "opschaling").order_by("pk"):
        soort = Opschalingsoort(rij.opschaling.soort).label
        yield Regel(
            melding=rij.opschaling.melding_id or 0,
            soort="opschalingstap",
            sleutel=rij.pk,
            dag=timezone.localdate(rij.op),
            vastgelegd_op=rij.op,
            wie=rij.door.naam,
            wat=f"{soort[0].upper()}{soort[1:]}: {Opschalingstapsoort(rij.stap).label}",
            tekst=rij.toelichting,
        )
