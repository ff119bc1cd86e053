"""One question to the monitor, and the one parser of what the CLI, the pages and the API send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from meldingen.models import Aanleiding, Categorie, Kanaal
from reporting.fouten import Invoerfout
from reporting.periode import DAG, Periode
from reporting.register import TABELLEN, Tabel
from teams.codes import Code
from teams.models import Team

__all__ = ["FILTERS", "Invoerfout", "Vraag", "lees_moment"]

FILTERS = ("team", "categorie", "kanaal", "aanleiding")
"""Every filter that a table may take, in the order in which answers name them."""

_LIJSTEN: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}.*")


@dataclass(frozen=True)
class Vraag:
    """A table over a period, as known at `bekend_op` (None is now), of the meldingen that pass the filters.

    `filters` holds codes by the name of the filter; `vergelijk` is a second period to show beside the first.
    """

    tabel: str
    periode: Periode
    bekend_op: datetime | None = None
    filters: dict[str, str] = field(default_factory=dict)
    vergelijk: Periode | None = None

    @classmethod
    def van_invoer(
        cls,
        tabel: str,
        *,
        periode: str,
        bekend_op: str | None = None,
        vergelijk: str | None = None,
        filters: Mapping[str, str | None] | None = None,
    ) -> Vraag:
        """Read a question from text; empty and None mean "not asked". Raises `Invoerfout`."""
        if tabel not in TABELLEN:
            raise Invoerfout("tabel", f"Tabel '{tabel}' bestaat niet. Kies uit: {', '.join(TABELLEN)}.")
        return cls(
            tabel=tabel,
            periode=Periode.van_tekst(periode),
            bekend_op=lees_moment(bekend_op, "bekend_op") if bekend_op else None,
            filters=_lees_filters(TABELLEN[tabel], filters or {}),
            vergelijk=Periode.van_tekst(vergelijk, "vergelijk") if vergelijk else None,
        )

    def parameters(self) -> dict[str, str]:
        """The question, without its table, as the parameters of a URL: what `van_invoer` reads back."""
        return {
            "periode": self.periode.sleutel,
            **({"vergelijk": self.vergelijk.sleutel} if self.vergelijk else {}),
            **self.filters,
            **({"bekendOp": timezone.localtime(self.bekend_op).isoformat()} if self.bekend_op else {}),
        }

    def per_periode(self) -> list[Vraag]:
        """The same question for each of its periods alone, in the order of time."""
        perioden = [self.periode, *([self.vergelijk] if self.vergelijk else [])]
        return [
            replace(self, periode=periode, vergelijk=None)
            for periode in sorted(perioden, key=lambda periode: (periode.begin, periode.einde))
        ]


def lees_moment(tekst: str, parameter: str) -> datetime:
    """Read a moment: a date is the end of that local day, without an offset it is local time.

    The last microsecond, because a registration at midnight belongs to the next day. Raises `Invoerfout`.
    """
    lokaal = timezone.get_default_timezone()
    try:
        if _DATUM.fullmatch(tekst):
            morgen = datetime.combine(date.fromisoformat(tekst) + DAG, time.min, tzinfo=lokaal)
            return (morgen.astimezone(UTC) - timedelta(microseconds=1)).astimezone(lokaal)
        if not _MOMENT.fullmatch(tekst):
            raise ValueError("no such form")
        moment = datetime.fromisoformat(tekst)
        # PostgreSQL takes no offset of sixteen hours or more, which ISO 8601 does
        return (moment if moment.tzinfo else moment.replace(tzinfo=lokaal)).astimezone(lokaal)
    except (ValueError, OverflowError) as fout:
        raise Invoerfout(
            parameter,
            f"Het moment '{tekst}' is niet te lezen. Schrijf een dag (2015-06-30, dan geldt het einde van"
            " die dag) of een moment (2015-06-30T17:00 of 2015-06-30T17:00:00+02:00).",
        ) from fout


def _lees_filters(tabel: Tabel, gevraagd: Mapping[str, str | None]) -> dict[str, str]:
    gegeven = {naam: waarde for naam, waarde in gevraagd.items() if waarde}
    for naam in gegeven:
        if naam not in tabel.filters:
            kent = ", ".join(sorted(tabel.filters, key=FILTERS.index)) or "geen enkel filter"
            raise Invoerfout(naam, f"Tabel {tabel.sleutel} kent het filter {naam} niet, wel: {kent}.")
    gegeven = {**tabel.standaard, **gegeven}
    for naam, waarde in gegeven.items():
        _controleer(naam, waarde)
    return {naam: gegeven[naam] for naam in FILTERS if naam in gegeven}


def _controleer(naam: str, waarde: str) -> None:
    codes = (
        list(_LIJSTEN[naam].codes())
        if naam in _LIJSTEN
        else list(Team.objects.order_by("code").values_list("code", flat=True))
    )
    if waarde not in codes:
        kent = ", ".join(codes) or "er zijn nog geen teams"
        raise Invoerfout(naam, f"{naam.capitalize()} '{waarde}' is niet bekend. Kies uit: {kent}.")
