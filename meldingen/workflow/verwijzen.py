"""Referring somebody to what stands on the sociale kaart: free for everybody, without a beschikking."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from meldingen.models import Melding, Verwijzing
from meldingen.workflow.stappen import StapGeweigerd, rond_af_in_voorveld, vergrendel
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from voorzieningen.models import AlgemeneVoorziening


def verwijs(
    melding: Melding,
    voorziening: AlgemeneVoorziening,
    *,
    op: date,
    toelichting: str = "",
    rond_af: bool,
    door: Medewerker,
) -> Verwijzing:
    """On the day `op` the resident was referred to `voorziening`; with `rond_af` that was enough (voorveld).

    StapGeweigerd when the melding is closed or a referral to it stands already, Geweigerd for a day that has
    yet to come or on which the voorziening is not on offer; then nothing is written.
    """
    toelichting = toelichting.strip()
    with vergrendel(melding, door=door) as melding:
        if melding.is_klaar:
            raise StapGeweigerd("Deze melding is al afgerond; verwijzen kan niet meer.")
        if op > timezone.localdate():
            raise Geweigerd("Deze dag moet nog komen.")
        if not voorziening.geldt_op(op):
            raise Geweigerd(f"‘{voorziening}’ is er op {op:%d-%m-%Y} niet; kies iets anders.")
        if Verwijzing.objects.bekend_op(None).filter(melding=melding, voorziening=voorziening).exists():
            raise StapGeweigerd(f"Naar ‘{voorziening}’ is al verwezen.")
        verwijzing = Verwijzing.objects.create(
            melding=melding, voorziening=voorziening, toelichting=toelichting, datum=op, door=door
        )
        if rond_af:
            reden = f"Verwezen naar {voorziening}" + (f": {toelichting}" if toelichting else "")
            rond_af_in_voorveld(melding, op=op, reden=reden, door=door)
    return verwijzing
