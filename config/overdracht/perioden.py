"""Which words of a file say a period of the monitor: SQL, since a file is checked in the database."""

from __future__ import annotations

from config.overdracht.bestand import Regel

_JAAR = r"(19|2[01])\d\d"
_MAAND = rf"{_JAAR}-(0[1-9]|1[0-2])"
_DAG = rf"{_MAAND}-(0[1-9]|[12]\d|3[01])"
PERIODE = rf"^({_JAAR}(-Q[1-4])?|{_MAAND}|{_DAG}(\.\.{_DAG})?)$"
"""How the monitor spells a period, and how a source says the day of a stock; the years are those of `Periode`."""
_LANG, _REEKS = len("2015-04-01"), len("2015-04-01..2015-06-30")


def leesbaar(kolom: str) -> Regel:
    """A figure for a period that nobody can ask for would be stored, and seen nowhere."""
    waarde = f"s.{kolom}"
    laatste = f"right({waarde}, {_LANG})"
    fout = (
        f"CASE WHEN {waarde} !~ '{PERIODE}' THEN true"
        f" WHEN length({waarde}) IN ({_LANG}, {_REEKS}) THEN {_geen_dag(f'left({waarde}, {_LANG})')}"
        f" OR {_geen_dag(laatste)} OR {laatste} < left({waarde}, {_LANG})"
        " ELSE false END"
    )
    return Regel(
        kolom,
        fout,
        "is geen periode; verwacht bijvoorbeeld 2015-Q2, 2015-04, 2015, een dag als 2015-04-01 of een reeks dagen als"
        " 2015-04-01..2015-06-30",
    )


def _geen_dag(dag: str) -> str:
    """The month doesn't have so many days."""
    eerste = f"make_date(left({dag}, 4)::int, substr({dag}, 6, 2)::int, 1)"
    return f"right({dag}, 2)::int > extract(day FROM {eerste} + interval '1 month - 1 day')"
