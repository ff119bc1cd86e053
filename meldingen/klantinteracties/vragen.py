"""What can be asked of the API Klantinteracties: each parameter as a condition on rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from meldingen.models import PartijIdentificator, Taakstatus
from meldingen.models.klantinteracties import is_verwerkt
from teams.codes import Code

Filter = Callable[[str], Q]
LANGSTE_NUMMER = 18
"""Digits that fit in any key; a longer number is nobody's."""


class OnjuisteVraag(ValueError):
    """A parameter isn't what it should be; `code` and the text say what was expected."""

    def __init__(self, reden: str, code: str = "invalid") -> None:
        super().__init__(reden)
        self.code = code


def gelijk(veld: str) -> Filter:
    """Exactly this text."""
    return lambda waarde: Q(**{veld: waarde})


def is_uuid(veld: str) -> Filter:
    """This uuid; also the last part of an address."""

    def lees(waarde: str) -> Q:
        try:
            return Q(**{veld: UUID(waarde.rstrip("/").rpartition("/")[2])})
        except ValueError:
            raise OnjuisteVraag("Verwacht een uuid.") from None

    return lees


def waar(veld: str) -> Filter:
    """true or false."""

    def lees(waarde: str) -> Q:
        if waarde.lower() not in ("true", "false"):
            raise OnjuisteVraag("Verwacht true of false.")
        return Q(**{veld: waarde.lower() == "true"})

    return lees


def code(veld: str, lijst: type[Code]) -> Filter:
    """One of a closed list."""

    def lees(waarde: str) -> Q:
        if waarde not in lijst.codes():
            raise OnjuisteVraag(f"Verwacht een van: {', '.join(lijst.codes())}.", "invalid_choice")
        return Q(**{veld: lijst.van_code(waarde)})

    return lees


def nummer(veld: str) -> Filter:
    """Our own number."""

    def lees(waarde: str) -> Q:
        kan = waarde.isascii() and waarde.isdigit() and len(waarde) <= LANGSTE_NUMMER
        return Q(**{veld: int(waarde)}) if kan else Q(pk__in=[])

    return lees


def op(veld: str) -> Filter:
    """A moment, or any on a day."""

    def lees(waarde: str) -> Q:
        try:
            if len(waarde) <= 10:
                dag = parse_date(waarde)
                return _op_dag(veld, dag) if dag else _geen_moment()
            moment = parse_datetime(waarde.replace(" ", "+"))
            if moment is None:
                return _geen_moment()
            # PostgreSQL takes no offset of sixteen hours or more, which the standard does
            met_zone = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
            return Q(**{veld: met_zone.astimezone(UTC)})
        except (ValueError, OverflowError):
            return _geen_moment()

    return lees


def _geen_moment() -> Q:
    raise OnjuisteVraag("Verwacht een dag (2026-11-22) of een moment (2026-11-22T17:00:00Z).")


def _op_dag(veld: str, dag: date) -> Q:
    begin = timezone.make_aware(datetime.combine(dag, time.min))
    einde = timezone.make_aware(datetime.combine(dag + timedelta(days=1), time.min))
    return Q(**{f"{veld}__gte": begin, f"{veld}__lt": einde})


def status(waarde: str) -> Q:
    """Of a task: what its row doesn't hold but what became of it."""
    if waarde not in Taakstatus.codes():
        raise OnjuisteVraag(f"Verwacht een van: {', '.join(Taakstatus.codes())}.", "invalid_choice")
    return is_verwerkt() if waarde == Taakstatus.VERWERKT.code else ~is_verwerkt()


def van_identificator(pad: str, voor: str = "", *, scheiding: str = "") -> dict[str, Filter]:
    """The four words of a key in a register elsewhere, under their names in that API."""
    namen = {
        "CodeObjecttype": "code_objecttype",
        "CodeRegister": "code_register",
        "CodeSoortObjectId": "code_soort_object_id",
        "ObjectId": "object_id",
    }

    def naam(woord: str) -> str:
        return f"{voor}{scheiding}{woord[0].lower()}{woord[1:]}" if scheiding else f"{voor}{woord}"

    return {naam(woord): gelijk(f"{pad}{veld}") for woord, veld in namen.items()}


def van_partij(pad: str, voor: str) -> dict[str, Filter]:
    """The same for a partij, of which a BSN is found back without being read."""

    def is_wie(waarde: str) -> Q:
        zelfde = PartijIdentificator.objects.met_object_id(waarde)
        return Q(**{f"{pad}identificatoren__in": zelfde})

    filters = van_identificator(f"{pad}identificatoren__", voor, scheiding="__")
    return {**filters, f"{voor}__objectId": is_wie}
