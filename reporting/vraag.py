"""One question to the monitor, and the one parser of what the CLI, the pages and the API send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from meldingen.models import Aanleiding, Categorie, Kanaal
from reporting.fouten import Invoerfout
from reporting.gebied import SOORTEN, STAD, Gebied, controleer
from reporting.periode import DAG, Periode
from reporting.register import TABELLEN, Tabel
from teams.codes import Code

__all__ = ["FILTERS", "Invoerfout", "Vraag", "lees_moment"]

FILTERS = (*SOORTEN, "categorie", "kanaal", "aanleiding")
"""Every filter that a table may take, in the order in which answers name them."""

_LIJSTEN: dict[str, type[Code]] = {"categorie": Categorie, "kanaal": Kanaal, "aanleiding": Aanleiding}
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}.*")


@dataclass(frozen=True)
class Vraag:
    """A table over a period, as known at `bekend_op` (None is now), of the meldingen that pass the filters.

    `filters` holds codes by the name of the filter; `vergelijk` is what to show beside it: the same in a second period,
    or of another part of the city.
    """

    tabel: str
    periode: Periode
    bekend_op: datetime | None = None
    filters: dict[str, str] = field(default_factory=dict)
    vergelijk: Periode | Gebied | None = None

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
        gelezen = cls(
            tabel=tabel,
            periode=Periode.van_tekst(periode),
            bekend_op=lees_moment(bekend_op, "bekend_op") if bekend_op else None,
            filters=_lees_filters(TABELLEN[tabel], filters or {}),
        )
        return replace(gelezen, vergelijk=_lees_vergelijk(gelezen, vergelijk)) if vergelijk else gelezen

    def parameters(self) -> dict[str, str]:
        """The question, without its table, as the parameters of a URL: what `van_invoer` reads back."""
        return {
            "periode": self.periode.sleutel,
            **({"vergelijk": self.vergelijk.sleutel} if self.vergelijk else {}),
            **self.filters,
            **({"bekendOp": timezone.localtime(self.bekend_op).isoformat()} if self.bekend_op else {}),
        }

    @property
    def eigen(self) -> Vraag:
        """The question without what stands beside it."""
        return self if self.vergelijk is None else replace(self, vergelijk=None)

    @property
    def ernaast(self) -> Vraag | None:
        """The question about what stands beside it."""
        if self.vergelijk is None:
            return None
        if isinstance(self.vergelijk, Periode):
            return replace(self.eigen, periode=self.vergelijk)
        return replace(self.eigen, filters=self.vergelijk.in_plaats_van(self.filters))

    def per_deel(self) -> list[Vraag]:
        """Both questions, each alone: periods in the order of time, else the own one first."""
        delen = [self.eigen]
        if (ernaast := self.ernaast) and ernaast != self.eigen:
            delen.append(ernaast)
        return sorted(delen, key=lambda deel: (deel.periode.begin, deel.periode.einde))

    def namen(self) -> list[tuple[str, str]]:
        """Key and name of each of `per_deel`: its period, or the part of the city by which they differ."""
        if isinstance(self.vergelijk, Gebied):
            return [
                (gebied.sleutel, gebied.naam) for gebied in (Gebied.van_filters(self.filters), self.vergelijk)
            ]
        return [(deel.periode.sleutel, deel.periode.sleutel) for deel in self.per_deel()]


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
    if naam in SOORTEN:
        controleer(naam, waarde, naam)
    elif waarde not in (codes := _LIJSTEN[naam].codes()):
        raise Invoerfout(
            naam, f"{naam.capitalize()} '{waarde}' is niet bekend. Kies uit: {', '.join(codes)}."
        )


def _lees_vergelijk(vraag: Vraag, tekst: str) -> Periode | Gebied:
    """What to put beside `vraag`; `Invoerfout` when it is nothing, or when it is the same."""
    gebied = Gebied.van_tekst(tekst)
    if gebied is None:
        try:
            return Periode.van_tekst(tekst, "vergelijk")
        except Invoerfout as fout:
            raise Invoerfout(
                "vergelijk", f"{fout} Of een deel van de stad: {STAD}, team:CODE of stadsdeel:NAAM."
            ) from fout
    if "team" not in TABELLEN[vraag.tabel].filters:
        raise Invoerfout(
            "vergelijk",
            f"Tabel {vraag.tabel} is niet per team te vragen, dus {gebied.naam} kan er niet naast. Noem een periode.",
        )
    if gebied == Gebied.van_filters(vraag.filters):
        raise Invoerfout(
            "vergelijk",
            f"De vraag gaat al over {gebied.naam}. Kies er een ander team, stadsdeel of een periode naast.",
        )
    return gebied
