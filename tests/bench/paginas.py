"""`python -m tests.bench.paginas`: pages of the daily work in a small and a large municipality."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.bench.database import connection, eigen_database  # isort: skip

from django.conf import settings
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.models import Persoon
from meldingen.models import Melding
from meldingen.workflow import noteer
from teams.models import Medewerker
from tests.bench.gemeente import OPEN_PER_TEAM, vul

KLEIN, GROOT = 1_000, 100_000
GRENS = 2
BLOKKEN, OPWARMEN, RONDEN = 6, 3, 10
VEEL, WEINIG = 50, 1
GETYPT = ("vri", "de vries", "truus de vries", "Jansen", "ijsseldijk", "el amrani")
Vraag = Callable[[], object]


def _lezer(team: int) -> Client:
    """Whoever works in this team, signed in."""
    settings.ALLOWED_HOSTS = ["testserver"]
    lezer = Client(raise_request_exception=True)
    lezer.force_login(Medewerker.objects.get(username=f"wijkwerker{team}"))
    return lezer


def _open(lezer: Client, adres: str) -> None:
    antwoord = lezer.get(adres)
    assert antwoord.status_code == 200, (adres, antwoord.status_code)


def _herken(lezer: Client, naam: str, bereikbaar: str = "") -> None:
    antwoord = lezer.post(
        "/meldingen/nieuw/herken",
        {"melder_soort": "1", "melder_naam": naam, "bereikbaar": bereikbaar},
        headers={"HX-Request": "true"},
    )
    assert antwoord.status_code == 200, antwoord.status_code


def _melding(team: int) -> str:
    return f"/meldingen/{Melding.objects.open().filter(team=team).latest('pk').pk}"


def paginas() -> dict[str, Vraag]:
    """What is timed, in the database that is connected."""
    lezer, adres = _lezer(2), _melding(2)
    return {
        "werkvoorraad (mijn team)": lambda: _open(lezer, "/werkvoorraad?lijst=team"),
        "melding": lambda: _open(lezer, adres),
        **{
            f"zoeken op ‘{naam}’": lambda naam=naam: _herken(lezer, naam)  # type: ignore[misc]
            for naam in GETYPT
        },
    }


def aantallen_queries() -> dict[str, tuple[int, int]]:
    """Of every page how many queries with one row and with fifty: in the pile, in the tijdlijn, of people."""
    een, veel = _lezer(1), _lezer(2)
    telefoon = Persoon.objects.earliest("pk").telefoon
    kort, lang = _melding(1), _melding(2)
    melding = Melding.objects.get(pk=lang.rpartition("/")[2])
    for nummer in range(VEEL):
        noteer(melding, tekst=f"Notitie {nummer}", door=Medewerker.objects.get(username="wijkwerker2"))
    return {
        "werkvoorraad (mijn team)": (
            _queries(lambda: _open(een, "/werkvoorraad?lijst=team")),
            _queries(lambda: _open(veel, "/werkvoorraad?lijst=team")),
        ),
        "melding": (_queries(lambda: _open(een, kort)), _queries(lambda: _open(veel, lang))),
        "zoeken": (
            _queries(lambda: _herken(een, "", telefoon)),
            _queries(lambda: _herken(een, "Jansen")),
        ),
    }


def _queries(vraag: Vraag) -> int:
    vraag()
    with CaptureQueriesContext(connection) as geteld:
        vraag()
    return len(geteld)


@contextmanager
def gemeente(huishoudens: int) -> Iterator[str]:
    """A database with a municipality of this size."""
    with eigen_database(f"paginas_{huishoudens}") as database:
        begin = time.perf_counter()
        vul(huishoudens)
        print(f"{huishoudens} huishoudens gemaakt in {time.perf_counter() - begin:.0f} s", flush=True)
        yield database


def om_en_om(databases: Sequence[str]) -> list[dict[str, float]]:
    """Median seconds of each page per database, asked in turn so that all share the machine's moods."""
    tijden: list[dict[str, list[float]]] = [{} for _ in databases]
    for _ in range(BLOKKEN):
        for database, reeksen in zip(databases, tijden, strict=True):
            connection.close()
            connection.settings_dict["NAME"] = database
            vragen = paginas()
            for ronde in range(OPWARMEN + RONDEN):
                for naam, vraag in vragen.items():
                    begin = time.perf_counter()
                    vraag()
                    if ronde >= OPWARMEN:
                        reeksen.setdefault(naam, []).append(time.perf_counter() - begin)
    return [{naam: statistics.median(reeks) for naam, reeks in reeksen.items()} for reeksen in tijden]


def main() -> None:
    """Prints milliseconds of the pages at 1,000 and at 100,000 households, how they grow, and their queries."""
    with gemeente(KLEIN) as klein, gemeente(GROOT) as groot:
        klein_tijd, groot_tijd = om_en_om((klein, groot))
        queries = aantallen_queries()
    print(f"\n{f'per team {OPEN_PER_TEAM} open meldingen':<32}{KLEIN:>12}{GROOT:>12}{'groei':>8}")
    for naam, seconden in klein_tijd.items():
        groei = groot_tijd[naam] / seconden
        print(f"{naam + ' (ms)':<32}{1000 * seconden:>12.1f}{1000 * groot_tijd[naam]:>12.1f}{groei:>7.2f}x")
    print(f"groei: hoogstens {GRENS}x\n\n{'queries':<32}{f'{WEINIG} rij':>12}{f'{VEEL} rijen':>12}")
    for naam, (weinig, veel) in queries.items():
        print(f"{naam:<32}{weinig:>12}{veel:>12}")


if __name__ == "__main__":
    main()
