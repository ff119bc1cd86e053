"""The signals of one reader: how many of each kind, and which rows; each in one statement for all kinds together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from meldingen.signalen.peiling import Besluitdagen, Geldend, Peiling, alle_besluitdagen, alle_instellingen
from meldingen.signalen.soorten import SOORTEN
from meldingen.signalen.toedeling import vraag
from teams.gronden import Wie


class Lijst(StrEnum):
    """Whose signals one looks at."""

    VAN_MIJ = "van-mij"
    TEAM = "team"


WELKE = {
    Lijst.VAN_MIJ: "ontvangen WHERE ontvanger = %(wie)s",
    Lijst.TEAM: "toegedeeld WHERE bij_team = ANY (%(verdeelt)s) AND (van = %(wie)s OR NOT besloten)",
}
"""One's own, and of who divides the work of a team all of its signals, whoever they are of."""
PER_SOORT = "SELECT soort, count(*) FROM {} GROUP BY soort"
RIJEN = """
SELECT soort, model, pk, sinds, uiterlijk, van FROM (
    SELECT *, row_number() OVER (PARTITION BY soort ORDER BY coalesce(uiterlijk, sinds), pk) AS plaats FROM {}
) AS rij
WHERE (%(soort)s::text IS NULL OR soort = %(soort)s) AND plaats > %(begin)s AND plaats <= %(einde)s
ORDER BY array_position(%(soorten)s, soort), plaats
"""


@dataclass(frozen=True)
class Sleutel:
    """One signal, by the key of the row of `model` that it is about; the rest is looked up for the rows of one page."""

    soort: str
    model: str
    pk: int
    sinds: date | None
    uiterlijk: date | None
    van: int | None


@dataclass(frozen=True)
class Inbox:
    """What `wie` should look at, at the moment of `wie`."""

    wie: Wie
    instellingen: Geldend
    besluiten: Besluitdagen

    @classmethod
    def van(cls, wie: Wie) -> Inbox:
        """With what is set and was put off now."""
        return cls(wie, alle_instellingen(), alle_besluitdagen())

    def per_soort(self, lijst: Lijst) -> dict[str, int]:
        """How many signals there are of each kind that has any, in the order of the kinds."""
        geteld = dict(self._vraag(PER_SOORT, lijst))
        return {soort.code: geteld[soort.code] for soort in SOORTEN if soort.code in geteld}

    def aantal(self) -> int:
        """How many are the reader's own: for the menu."""
        return sum(self.per_soort(Lijst.VAN_MIJ).values())

    def rijen(self, lijst: Lijst, begin: int, einde: int, soort: str | None = None) -> list[Sleutel]:
        """Of every kind, or of one, those from `begin` up to `einde`: what has to be done first comes first."""
        soorten = [deze.code for deze in SOORTEN]
        rijen = self._vraag(RIJEN, lijst, begin=begin, einde=einde, soort=soort, soorten=soorten)
        return [Sleutel(*rij) for rij in rijen]

    def _vraag(self, slot: str, lijst: Lijst, **waarden: Any) -> list[tuple[Any, ...]]:
        sql, parameters = vraag(
            slot.format(WELKE[lijst]),
            Peiling(self.wie.moment, self.instellingen, self.besluiten),
            wie=self.wie.medewerker,
            teams=self.wie.teams | self.wie.expertteams,
            verdeelt=sorted(self.wie.verdeelt),
            **waarden,
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
