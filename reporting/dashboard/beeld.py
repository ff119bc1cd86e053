"""The picture of one team: its pile of work, its measures among those of the other teams, who waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from reporting.antwoord import Waarde
from reporting.bewaard import bewaard_antwoord
from reporting.dashboard import maatstaven
from reporting.dashboard.maatstaf import Maatstaf
from reporting.onderdrukking import VERBORGEN, drempel_op, verberg
from reporting.open_meldingen import FASEN
from reporting.tabellen.levering import wachttijd
from reporting.telling import tel
from reporting.vraag import Vraag
from teams.models import Team

WERKVOORRAAD, WACHTTIJD = "D.2", "D.3"
LEEFTIJDEN = {
    "tot_2_weken": "korter dan 2 weken",
    "tot_6_weken": "2 tot 6 weken",
    "tot_13_weken": "6 tot 13 weken",
    "13_weken_of_meer": "13 weken of langer",
}
"""The ages of table D.2 in words."""


@dataclass(frozen=True)
class Groep:
    """Measures under one heading."""

    titel: str
    maatstaven: list[Maatstaf]


@dataclass(frozen=True)
class Deel:
    """A part of the pile, and how long its bar is, in per cents of the longest."""

    label: str
    aantal: Waarde
    balk: int


@dataclass(frozen=True)
class Stapel:
    """What of a team was open at the end of the period, by how far it was and by how old."""

    open: Waarde
    per_fase: list[Deel]
    per_leeftijd: list[Deel]


@dataclass(frozen=True)
class Wachttijd:
    """How long people of a team waited for help of one aanbieder; the median in days, hidden with a small count."""

    aanbieder: str
    aantal: Waarde
    mediaan: Waarde


Werk = Mapping[str, Mapping[str, Waarde]]


def werkvoorraad(vraag: Vraag) -> dict[str, dict[str, Waarde]]:
    """Table D.2: by the code of the team, what stands in each column."""
    antwoord = bewaard_antwoord(Vraag(WERKVOORRAAD, vraag.periode, vraag.bekend_op))
    return {rij.sleutel: dict(zip(antwoord.kolommen, rij.waarden, strict=True)) for rij in antwoord.rijen}


def groepen(vraag: Vraag, werk: Werk, vandaag: date) -> list[Groep]:
    """Every measure of all wijkteams, in a number of statements that doesn't depend on how many teams there are."""
    codes = dict(Team.objects.wijkteams().values_list("pk", "code"))

    def van_stapel(kolom: str, label: str, uitleg: str) -> Maatstaf:
        waarden = {pk: werk[code][kolom] for pk, code in codes.items()}
        return Maatstaf(kolom, label, uitleg, "meldingen", waarden, WERKVOORRAAD)

    return [
        Groep(
            "Werkvoorraad",
            [
                van_stapel("open", "Open meldingen", "Aan het einde van de periode nog niet klaar."),
                van_stapel("zonder_medewerker", "Nog bij niemand", "Open meldingen die nog niemand heeft."),
                van_stapel(
                    "13_weken_of_meer", "Lang open", "Open meldingen die er 13 weken of langer liggen."
                ),
                van_stapel(
                    "spoed_te_laat", "Spoed blijft liggen", "Niemand had deze spoed toen de termijn om was."
                ),
            ],
        ),
        Groep("Op tijd", [maatstaven.spoed(vraag), maatstaven.teruggebeld(vraag)]),
        Groep("Doorlooptijden", maatstaven.doorlooptijd(vraag)),
        Groep("Inwoners", [maatstaven.wisselingen(vraag), maatstaven.herindicaties(vandaag)]),
        Groep("Geld en registratie", [*maatstaven.budget(vraag), maatstaven.volledigheid(vraag)]),
    ]


def stapel(werk: Werk, team: Team) -> Stapel:
    """The pile of a wijkteam."""
    eigen = werk[team.code]
    return Stapel(
        eigen["open"],
        _delen([(fase.label.capitalize(), eigen[str(fase)]) for fase in FASEN]),
        _delen([(woorden, eigen[leeftijd]) for leeftijd, woorden in LEEFTIJDEN.items()]),
    )


def _delen(delen: list[tuple[str, Waarde]]) -> list[Deel]:
    langste = max([aantal for _, aantal in delen if isinstance(aantal, int)], default=0)
    return [
        Deel(label, aantal, round(100 * aantal / langste) if langste and isinstance(aantal, int) else 0)
        for label, aantal in delen
    ]


def wachttijden(vraag: Vraag, team: Team) -> list[Wachttijd]:
    """Table D.3 for the meldingen that came in at one team: the aanbieders with somebody who waited, most first."""
    alles = wachttijd(Vraag(WACHTTIJD, vraag.periode, vraag.bekend_op))
    van_team = replace(alles, achter=[deel.filter(melding__team=team) for deel in alles.achter])
    groepen = tel(van_team)
    drempel = drempel_op(vraag.periode.begin)
    aantal, mediaan, _ = van_team.kolommen
    gevonden = [
        (meting.cijfer, groepen.cel(regel, mediaan).cijfer, regel.label)
        for regel in van_team.rijen
        if "van" in regel.telt and (meting := groepen.cel(regel, aantal)).cijfer
    ]
    return [
        Wachttijd(
            label, verberg(hoeveel, drempel), VERBORGEN if hoeveel < drempel or dagen is None else dagen
        )
        for hoeveel, dagen, label in sorted(
            gevonden, key=lambda deel: (-deel[0] * (deel[0] >= drempel), deel[2])
        )
    ]
