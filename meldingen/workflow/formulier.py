"""A melding by who has no account: into the triage, with a confirmation, within bounds."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from meldingen.models import Aanleiding, Kanaal, Meldersoort, Melding, Toestemming
from meldingen.workflow.aannemen import wacht_op_beurt
from meldingen.workflow.stappen import ontvang
from teams.berichten import kondig_aan
from teams.geweigerd import Geweigerd
from teams.models import Instelling, Medewerker, Team
from teams.tellen import tel

FORMULIER_PER_UUR = "formulier_per_uur"
WEBSITE = "website"
ONTVANGSTBEVESTIGING = "ontvangstbevestiging"


def neem_formulier_aan(
    *,
    soort: Meldersoort,
    naam: str,
    email: str,
    vraag: str,
    telefoon: str = "",
    organisatie: str = "",
    postcode: str = "",
    afzender: str,
    sleutel: UUID | None = None,
) -> Melding:
    """A melding for the triage of the team of the postcode, about nobody yet: a person links it.

    `afzender` is the network address it came from; Geweigerd when more than `formulier_per_uur` came from there, or
    go to one mail address, within an hour. The same `sleutel` again gives the melding that it made.
    """
    hoogstens = int(Instelling.objects.waarde_op(FORMULIER_PER_UUR, timezone.localdate()))
    for wat in (f"adres:{afzender}", f"mail:{email.lower()}"):
        if tel(f"formulier:{_zonder_naam(wat)}", per=timedelta(hours=1)) > hoogstens:
            raise Geweigerd("U heeft al een paar keer gemeld. Wacht een uur, of bel ons.")
    professional = soort == Meldersoort.PROFESSIONAL
    with transaction.atomic():
        wacht_op_beurt(f"f{sleutel}")
        if sleutel and (eerder := Melding.objects.filter(sleutel=sleutel).first()):
            return eerder
        melding = ontvang(
            vraag=vraag,
            op=timezone.localdate(),
            team=Team.objects.voor_postcode(postcode).first() if postcode else None,
            kanaal=Kanaal.WEBFORMULIER,
            aanleiding=Aanleiding.MELDING_PROFESSIONAL if professional else Aanleiding.NIEUWE_VRAAG,
            door=Medewerker.systeem(WEBSITE),
            melder_soort=soort,
            melder_naam=naam,
            melder_email=email,
            melder_telefoon=telefoon,
            melder_organisatie=organisatie if professional else "",
            toestemming=Toestemming.JA,
            sleutel=sleutel,
        )
        kondig_aan(
            ONTVANGSTBEVESTIGING,
            aan=email,
            gegevens={"nummer": melding.nummer},
            sleutel=f"{ONTVANGSTBEVESTIGING}:{melding.pk}",
        )
    return melding


def _zonder_naam(wat: str) -> str:
    """So that the count keeps no address of anybody."""
    return hashlib.sha256(wat.encode()).hexdigest()
