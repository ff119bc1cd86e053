"""Promises to call back, and whether they were kept (R9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from households.models import Persoon
from meldingen.models import Belpoging, Melding, Terugbelverzoek, Uitkomst
from meldingen.workflow.vertellen import vertel_nagekomen
from teams.geweigerd import Geweigerd, verplicht
from teams.models import Instelling, Medewerker, Team

TERUGBEL_UREN = "terugbel_uren"


def neem_terugbelverzoek_aan(
    *,
    naam: str,
    telefoon: str,
    vraag: str = "",
    team: Team | None = None,
    medewerker: Medewerker | None = None,
    melding: Melding | None = None,
    persoon: Persoon | None = None,
    spoed: bool = False,
    op: datetime | None = None,
    door: Medewerker | None,
) -> Terugbelverzoek:
    """Promise that the team, or `medewerker` in it, calls back within `terugbel_uren`.

    `op` is when it was promised, where that is written down later; Geweigerd when that is still to come.
    """
    nu = timezone.now()
    if op and op > nu:
        raise Geweigerd("Dit moment is er nog niet.")
    return Terugbelverzoek.objects.create(
        naam=verplicht(naam, "een naam"),
        telefoon=verplicht(telefoon, "een telefoonnummer"),
        vraag=vraag.strip(),
        team=team,
        medewerker=medewerker,
        melding=melding,
        persoon=persoon,
        spoed=spoed,
        aangenomen_op=op or nu,
        aangenomen_door=door,
        uiterlijk_op=uiterlijk_op(op or nu),
    )


def uiterlijk_op(moment: datetime) -> datetime:
    """Before when somebody who asked at `moment` must have been called."""
    uren = Instelling.objects.waarde_op(TERUGBEL_UREN, timezone.localdate(moment))
    return moment + timedelta(hours=float(uren))


def leg_belpoging_vast(verzoek: Terugbelverzoek, uitkomst: Uitkomst, *, door: Medewerker) -> Terugbelverzoek:
    """Called: the promise is kept. No answer: it stays open, with the attempt beside it."""
    with transaction.atomic():
        verzoek = _open(verzoek)
        Belpoging.objects.create(terugbelverzoek=verzoek, uitkomst=uitkomst, door=door)
        if uitkomst == Uitkomst.GESPROKEN:
            verzoek.nagekomen_op, verzoek.nagekomen_door = timezone.now(), door
            verzoek.save(update_fields=["nagekomen_op", "nagekomen_door"])
            vertel_nagekomen(verzoek)
    return verzoek


def trek_terugbelverzoek_in(verzoek: Terugbelverzoek, *, reden: str, door: Medewerker) -> Terugbelverzoek:
    """It is no longer wanted."""
    with transaction.atomic():
        verzoek = _open(verzoek)
        verzoek.ingetrokken_op, verzoek.ingetrokken_reden = timezone.now(), verplicht(reden)
        verzoek.save(update_fields=["ingetrokken_op", "ingetrokken_reden"])
    return verzoek


def _open(verzoek: Terugbelverzoek) -> Terugbelverzoek:
    verzoek = Terugbelverzoek.objects.select_for_update().get(pk=verzoek.pk)
    if verzoek.nagekomen_op:
        raise Geweigerd("Er is al teruggebeld.")
    if verzoek.ingetrokken_op:
        raise Geweigerd("Dit terugbelverzoek is ingetrokken.")
    return verzoek
