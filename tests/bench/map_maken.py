"""A made-up overdracht of any size: meldingen with three or four facts each, some corrected."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

KANALEN = ("telefoon", "email", "webformulier", "inloopspreekuur", "professional", "balie", "outreach")
VERLOPEN = (
    ("voorveld",),
    ("gesprek_gestart", "onderzoek_gestart", "onderzoek_afgerond", "plan_akkoord", "toegekend"),
    ("gesprek_gestart", "onderzoek_gestart"),
    ("gesprek_gestart", "voorveld"),
    ("gesprek_gestart", "onderzoek_gestart", "onderzoek_afgerond", "niet_toegekend"),
    (),
)
TEAMS = 40
NA_DAGEN = 100
"""After so long a melding without an end is withdrawn, where a municipality is to be like one that keeps up."""
BEGIN = date(2015, 1, 1)


def schrijf_map(
    map: Path,
    *,
    meldingen: int,
    dagen: int,
    per_gezin: int = 2,
    begin: date = BEGIN,
    sluit: bool = False,
    aantal_teams: int = TEAMS,
) -> dict[str, int]:
    """Writes `meldingen` meldingen spread evenly over `dagen` days from `begin`; gives rows per file.

    One in fifty facts `ontvangen` is corrected: the day was one too late. With `sluit` none stays open for long.
    """
    map.mkdir(parents=True, exist_ok=True)
    teams = [f"T{nummer:02}" for nummer in range(aantal_teams)]
    schrijf(
        map,
        "teams",
        ["code", "naam", "soort", "stadsdeel"],
        ((t, f"Team {t}", "wijkteam", "Stad") for t in teams),
    )
    aantallen = {
        "personen": schrijf(
            map,
            "personen",
            ["ref", "achternaam", "voornamen", "geboortedatum", "telefoon"],
            (
                (
                    f"p{i:08}",
                    f"Jansen-{i % 9973}",
                    "A.B.",
                    f"19{i % 70 + 10}-{i % 12 + 1:02}-{i % 28 + 1:02}",
                    "",
                )
                for i in range(meldingen // per_gezin + 1)
            ),
        ),
        "meldingen": schrijf(
            map,
            "meldingen",
            ["ref", "persoon_ref", "spoed", "vraag", "levensgebieden"],
            (
                (
                    f"m{i:08}",
                    f"p{i // per_gezin:08}",
                    "ja" if i % 40 == 0 else "nee",
                    f"Hulp gevraagd bij het huishouden en de administratie, zaak {i}.",
                    "wonen;gezondheid" if i % 10 == 0 else "",
                )
                for i in range(meldingen)
            ),
        ),
        "gebeurtenissen": schrijf(
            map,
            "gebeurtenissen",
            [
                "ref",
                "melding_ref",
                "soort",
                "datum",
                "reden",
                "team_code",
                "categorie",
                "kanaal",
                "aanleiding",
                "geregistreerd_op",
                "vervallen_op",
            ],
            (
                rij
                for i in range(meldingen)
                for rij in _feiten(i, teams, begin + timedelta(days=i * dagen // meldingen), sluit=sluit)
            ),
        ),
    }
    return aantallen


def _feiten(i: int, teams: list[str], dag: date, *, sluit: bool) -> list[tuple[str, ...]]:
    moment = datetime(dag.year, dag.month, dag.day, 8 + i % 9, i % 60, i % 59, tzinfo=UTC)
    kenmerken = (
        teams[i * 7 % len(teams)],
        "jeugd" if i % 4 == 3 else "volwassenen",
        KANALEN[i % 7],
        "nieuwe_vraag",
    )
    melding = f"m{i:08}"
    feiten = []
    registratie = moment
    if i % 50 == 0:
        later = moment + timedelta(days=9)
        morgen = (dag + timedelta(days=1)).isoformat()
        feiten.append(
            (f"f{i:08}x", melding, "ontvangen", morgen, "", *kenmerken, moment.isoformat(), later.isoformat())
        )
        registratie = later
    feiten.append(
        (f"f{i:08}a", melding, "ontvangen", dag.isoformat(), "", *kenmerken, registratie.isoformat(), "")
    )
    for stap, soort in enumerate(VERLOPEN[i % len(VERLOPEN)], start=1):
        op = moment + timedelta(days=7 * stap + i * stap % 7, minutes=stap)
        feiten.append(
            (f"f{i:08}{stap}", melding, soort, op.date().isoformat(), "", "", "", "", "", op.isoformat(), "")
        )
    if sluit and not set(VERLOPEN[i % len(VERLOPEN)]) & {"voorveld", "toegekend", "niet_toegekend"}:
        op = moment + timedelta(days=NA_DAGEN)
        feiten.append(
            (
                f"f{i:08}9",
                melding,
                "ingetrokken",
                op.date().isoformat(),
                "",
                "",
                "",
                "",
                "",
                op.isoformat(),
                "",
            )
        )
    return feiten


def schrijf(map: Path, naam: str, kop: list[str], rijen: Iterable[Sequence[str]]) -> int:
    aantal = 0
    with (map / f"{naam}.csv").open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand)
        schrijver.writerow(kop)
        for rij in rijen:
            schrijver.writerow(rij)
            aantal += 1
    return aantal
