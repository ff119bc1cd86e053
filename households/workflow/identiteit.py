"""What a beschikking needs of somebody's identity: asked only then (R5)."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from stdnum.nl import bsn as bsn_proef

from households.models import BSN_KOLOMMEN, Documentsoort, Identiteitscontrole, Persoon
from households.sleutels import eis_zoeksleutels
from teams.geweigerd import Geweigerd
from teams.models import Medewerker

SLOT = 0x62736E  # "bsn": one gets a BSN at a time


def vul_persoon_aan(persoon: Persoon, *, bsn: str = "", geboortedatum: date | None = None) -> Persoon:
    """Fill in what was empty, or put it right; what is left empty stays as it is.

    Geweigerd for a BSN that fails the 11-proef or that somebody else has, and for a birth in the future.
    """
    with transaction.atomic():
        persoon = Persoon.objects.select_for_update().get(pk=persoon.pk)
        if bsn:
            persoon.bsn = _bsn(persoon, bsn)
        if geboortedatum:
            if geboortedatum > timezone.localdate():
                raise Geweigerd("De geboortedatum ligt in de toekomst.")
            persoon.geboortedatum = geboortedatum
        persoon.save(update_fields=[*BSN_KOLOMMEN, "geboortedatum"])
    return persoon


def wacht_op_bsns() -> None:
    """Who gives a BSN at the same time does so before this, or after the end of this transaction.

    After the rows of persons are locked, else two may wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def zie_identiteit(
    persoon: Persoon, *, document: Documentsoort, gezien_op: date, door: Medewerker
) -> Identiteitscontrole:
    """`door` saw a document of the person (Wmo art. 2.3.4); no copy and no number of it are kept."""
    if gezien_op > timezone.localdate():
        raise Geweigerd("De dag waarop u het document zag, ligt in de toekomst.")
    return Identiteitscontrole.objects.create(
        persoon=persoon, document=document, gezien_op=gezien_op, door=door
    )


def _bsn(persoon: Persoon, bsn: str) -> str:
    """The nine digits, when nobody else has them; who gives one at the same time waits for the end of this one.

    That somebody was joined with another takes nothing away: every number of theirs keeps the BSN for them.
    OnbekendeSleutel when that can't be known, with the wrong file of keys.
    """
    nummer = bsn_proef.compact(bsn)
    if not bsn_proef.is_valid(nummer):
        raise Geweigerd("Dit burgerservicenummer klopt niet: het voldoet niet aan de elfproef.")
    wacht_op_bsns()
    eis_zoeksleutels()
    ander = (
        Persoon.objects.met_bsn(nummer)
        .annotate(hoofd=Coalesce("zelfde_als", "pk"))
        .exclude(hoofd=persoon.zelfde_als_id or persoon.pk)
    )
    if ander.exists():
        raise Geweigerd(
            "Dit burgerservicenummer hoort al bij iemand anders; kijk of dat dezelfde persoon is."
        )
    return nummer
