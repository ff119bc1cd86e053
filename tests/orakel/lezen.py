"""An overdracht folder in memory, and which of its rows were in force at a moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Rij = dict[str, str]
Gemeente = dict[str, list[Rij]]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONDER_KLOK = frozenset({"teams", "inwoners", "postcodes", "spreekuren"})


def veld(rij: Rij, kolom: str) -> str:
    """Return the text of one column; a column that was left out is empty (overdracht, general)."""
    return rij.get(kolom, "")


def datum(rij: Rij, kolom: str) -> date | None:
    """Return the date in a column, or None when it is empty; ValueError for a day that does not exist."""
    tekst = veld(rij, kolom)
    return date.fromisoformat(tekst) if tekst else None


def moment(rij: Rij, kolom: str) -> datetime | None:
    """Return the aware moment in a column, or None when it is empty; ValueError without an offset."""
    tekst = veld(rij, kolom)
    if not tekst:
        return None
    gelezen = datetime.fromisoformat(tekst)
    if gelezen.tzinfo is None:
        raise ValueError(f"moment without offset: {tekst}")
    return gelezen


def einde_van_dag(dag: date) -> datetime:
    """Return the last microsecond of a local day, the moment that a date stands for as `bekend_op`.

    A registration at midnight belongs to the next day, so midnight itself would be too late.
    """
    morgen = datetime.combine(dag + timedelta(days=1), time.min, tzinfo=AMSTERDAM)
    return morgen.astimezone(ZoneInfo("UTC")) - timedelta(microseconds=1)


def in_kracht(rij: Rij, bekend_op: datetime | None, import_op: datetime) -> bool:
    """Tell whether a row was in force at a moment of system time (monitor, "Bekend op").

    Without a moment everything counts that has not lapsed. An empty `geregistreerd_op` is the moment of
    the import.
    """
    vervallen_op = moment(rij, "vervallen_op")
    if bekend_op is None:
        return vervallen_op is None
    geregistreerd_op = moment(rij, "geregistreerd_op") or import_op
    return geregistreerd_op <= bekend_op and (vervallen_op is None or vervallen_op > bekend_op)


def zoals_bekend(gemeente: Gemeente, bekend_op: datetime | None, import_op: datetime) -> Gemeente:
    """Return the folder with only the rows in force; files without the two clocks stay whole."""
    return {
        bestand: [rij for rij in rijen if bestand in ZONDER_KLOK or in_kracht(rij, bekend_op, import_op)]
        for bestand, rijen in gemeente.items()
    }
