"""Gesprekken in an agenda: those of one medewerker, and one as a file for any calendar (RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from meldingen.models import Gesprek, Melding
from teams.access import Actie, zichtbaar
from teams.gronden import Wie
from teams.perioden import begin_van

DUUR = timedelta(hours=1)
"""How long a gesprek is kept free: the plan says when it begins, not when it ends."""
VOORUIT = timedelta(days=28)
PRODID = "-//Eenplan//Eenplan//NL"


def gesprekken_van(wie: Wie) -> QuerySet[Gesprek]:
    """Gesprekken to which somebody goes in the weeks to come, and those of which nobody said that they were held."""
    leesbaar = zichtbaar(Melding.objects.open(), wie, Actie.LEZEN)
    return (
        Gesprek.objects.filter(
            deelnemers=wie.medewerker,
            afgezegd_op__isnull=True,
            gehouden_op__isnull=True,
            gepland_op__lt=begin_van(wie.dag) + VOORUIT,
            melding__in=leesbaar.values("pk"),
        )
        .prefetch_related("deelnemers")
        .order_by("gepland_op", "pk")
    )


def maak_ics(gesprek: Gesprek, adres: str, nu: datetime) -> bytes:
    """One gesprek as an iCalendar file; `adres` is the link to its page, `nu` the moment of making it.

    It holds what a medewerker needs to be somewhere in time, and nothing about a resident: a calendar lives outside
    Eenplan, on phones and in the agendas of colleagues, where nobody logs who reads. So the number of the melding, the
    link, and at what kind of place; name, address and question stand behind the link, for who may read them.

    The same gesprek keeps its UID, and SEQUENCE goes up when it is moved or cancelled, so that a calendar moves or
    strikes what it has. METHOD is PUBLISH, or CANCEL with STATUS CANCELLED. Times are those of the Netherlands with
    their rules for summer time, so 10:00 stays 10:00.
    """
    afgezegd = gesprek.afgezegd_op is not None
    begin = gesprek.gepland_op.astimezone(timezone.get_default_timezone())
    afspraak = Event()
    afspraak.add("uid", f"{gesprek.uid}@eenplan")
    afspraak.add("sequence", gesprek.volgnummer)
    afspraak.add("dtstamp", nu)
    afspraak.add("dtstart", begin)
    afspraak.add("dtend", begin + DUUR)
    afspraak.add("summary", f"Gesprek {gesprek.melding.nummer}")
    afspraak.add("status", "CANCELLED" if afgezegd else "CONFIRMED")
    afspraak.add("class", "PRIVATE")
    afspraak.add("organizer", _organisator())
    if gesprek.plaatssoort:
        afspraak.add("location", gesprek.get_plaatssoort_display())
    afspraak.add("description", f"Open de melding in Eenplan: {adres}")
    afspraak.add("url", vUri(adres))
    agenda = Calendar()
    agenda.add("prodid", PRODID)
    agenda.add("version", "2.0")
    agenda.add("method", "CANCEL" if afgezegd else "PUBLISH")
    agenda.add_component(afspraak)
    agenda.add_missing_timezones()
    return bytes(agenda.to_ical())


def _organisator() -> vCalAddress:
    """The product itself: RFC 5546 asks for one, and no medewerker need stand in it."""
    organisator = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organisator.params["cn"] = vText("Eenplan")
    return organisator
