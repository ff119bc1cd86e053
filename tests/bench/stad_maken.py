"""What stands beside the meldingen of `map_maken`, so that every table of the monitor has something to count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.map_maken import VERLOPEN, schrijf, schrijf_map

TEAMS = 16
HULP_DAGEN = 50
"""So short that a quarter has the same help whether one year came before it or ten."""
TOEGEKEND = next(nummer for nummer, verloop in enumerate(VERLOPEN) if "toegekend" in verloop)
HULP = (
    ("wmo", "begeleiding", "individuele ondersteuning licht"),
    ("wmo", "hulp bij het huishouden", "huishoudelijke hulp"),
    ("wmo", "dagbesteding", "arbeidsmatige dagbesteding"),
    ("wmo", "rolstoelen", "elektrische rolstoel"),
)
THEMAS = ("werk_en_uitkering", "zorg_en_ondersteuning", "jeugd_en_opvoeding")
WETTEN = ("participatiewet", "wmo", "jeugdwet")
VERVOLGEN = ("keukentafelgesprek", "informatie_advies", "algemene_voorziening;verwezen_vrijwilligerswerk")


def schrijf_stad(map: Path, *, meldingen: int, dagen: int, begin: date) -> None:
    """The folder of `schrijf_map`, with a house, a contact and, where granted, help for a while with each."""
    schrijf_map(map, meldingen=meldingen, dagen=dagen, begin=begin, sluit=True, aantal_teams=TEAMS)

    def dag(i: int) -> date:
        return begin + timedelta(days=i * dagen // meldingen)

    schrijf(
        map,
        "inwoners",
        ["team_code", "peildatum", "inwoners", "jeugdigen"],
        (
            (f"T{team:02}", f"{jaar}-01-01", 5000, 1200)
            for team in range(TEAMS)
            for jaar in range(begin.year, dag(meldingen).year + 1)
        ),
    )
    schrijf(
        map,
        "verblijven",
        ["ref", "persoon_ref", "huishouden_ref", "team_code", "vanaf", "rol"],
        (
            (f"w{i:08}", f"p{i:08}", f"h{i // 2:08}", f"T{i * 7 % TEAMS:02}", begin.isoformat(), "hoofd")
            for i in range(meldingen // 2 + 1)
        ),
    )
    schrijf(
        map,
        "contacten",
        ["ref", "datum", "kanaal", "thema", "wet", "afhandeling"],
        (
            (
                f"c{i:08}",
                dag(i).isoformat(),
                ("telefoon", "email", "webformulier", "balie")[i % 4],
                THEMAS[i % 3],
                WETTEN[i % 3],
                "direct" if i % 5 else "doorgezet_wijkteam",
            )
            for i in range(meldingen)
        ),
    )
    schrijf(
        map,
        "beschikkingen",
        [
            "ref",
            "persoon_ref",
            "melding_ref",
            "wet",
            "voorzieningengroep",
            "voorziening",
            "financieringsvorm",
            "aanbieder",
            "besluitdatum",
            "ingangsdatum",
            "einddatum",
        ],
        _beschikkingen(meldingen, dag),
    )
    schrijf(
        map,
        "klachten",
        ["ref", "datum", "wet", "soort", "onderwerp"],
        (
            (f"k{i:08}", dag(i).isoformat(), "wmo", ("klacht", "bezwaar", "ombudsman")[i % 3], "bejegening")
            for i in range(0, meldingen, 1000)
        ),
    )
    schrijf(
        map,
        "activiteiten",
        ["ref", "team_code", "discipline", "soort", "datum", "bewoners", "verwezen"],
        (
            (f"a{i:08}", f"T{i % TEAMS:02}", "opbouwwerk", "spreekuur", dag(i).isoformat(), 12, 3)
            for i in range(0, meldingen, 200)
        ),
    )
    schrijf(
        map,
        "consulten",
        ["ref", "team_code", "discipline", "datum", "uren", "vervolg"],
        (
            (
                f"u{i:08}",
                f"T{i % TEAMS:02}",
                "vrijwilligersconsulent",
                dag(i).isoformat(),
                1,
                VERVOLGEN[i % 3],
            )
            for i in range(0, meldingen, 200)
        ),
    )


def _beschikkingen(meldingen: int, dag: Callable[[int], date]) -> Iterator[tuple[str, ...]]:
    for i in range(TOEGEKEND, meldingen, len(VERLOPEN)):
        besluit = dag(i) + timedelta(days=35)
        yield (
            f"b{i:08}",
            f"p{i // 2:08}",
            f"m{i:08}",
            *HULP[i % len(HULP)],
            "pgb" if i % 5 == 0 else "zin",
            f"Aanbieder {i % 30}",
            besluit.isoformat(),
            (besluit + timedelta(days=i % 40)).isoformat(),
            (besluit + timedelta(days=HULP_DAGEN)).isoformat(),
        )
