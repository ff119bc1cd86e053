"""Two at once: whoever decides on what a page showed, is told when that has changed meanwhile.

A version counts, per kind of row, how many there are and how many have lapsed. Rows are never deleted, and those
that count here are written under the lock of the melding, so what is new is what comes after the numbers given.
A notitie is in nobody's way and doesn't count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import blake2s

from django.db import connection

from households.tijdlijn import Regel
from meldingen.models import Melding
from meldingen.tijdlijn import tijdlijn
from meldingen.workflow.stappen import vergrendel
from teams.geweigerd import Geweigerd
from teams.models import Medewerker

SOORTEN = ("feit", "toewijzing", "koppeling", "gesprek", "verplaatsing", "gehouden")
TELLINGEN = """
SELECT f.alle, f.weg, t.alle, 0, k.alle, 0, g.alle, g.weg, v.alle, 0, g.gehouden, 0 FROM
(SELECT count(*) AS alle, count(vervallen_op) AS weg FROM meldingen_gebeurtenis WHERE melding_id = %(pk)s) AS f,
(SELECT count(*) AS alle FROM meldingen_toewijzing WHERE melding_id = %(pk)s) AS t,
(SELECT count(*) AS alle FROM meldingen_koppeling WHERE melding_id = %(pk)s) AS k,
(SELECT count(*) AS alle, count(afgezegd_op) AS weg, count(gehouden_op) AS gehouden
 FROM meldingen_gesprek WHERE melding_id = %(pk)s) AS g,
(SELECT count(*) AS alle FROM meldingen_verplaatsing JOIN meldingen_gesprek ON gesprek_id = meldingen_gesprek.id
 WHERE melding_id = %(pk)s) AS v
"""
"""Of each of SOORTEN how many lines the tijdlijn has, and how many of those have lapsed."""
VORM = re.compile(rf"([0-9]{{1,9}}-){{{2 * len(SOORTEN)}}}[0-9a-f]{{12}}")
KENMERKEN = "De vraag, de spoed of de levensgebieden zijn gewijzigd."


class IntussenGewijzigd(Geweigerd):
    """Somebody else was first; `wat` says, one line each, what they did."""

    def __init__(self, wat: list[str]) -> None:
        super().__init__(
            " ".join(
                (
                    "Deze melding is intussen gewijzigd, dus er is nog niets vastgelegd.",
                    *wat,
                    "Kijk of het nog klopt wat u wilde doen, en doe het dan opnieuw.",
                )
            )
        )
        self.wat = wat


def versie(melding: Melding) -> str:
    """What a page about `melding` that is read from now on shows; the form on that page gives it back."""
    with connection.cursor() as cursor:
        cursor.execute(TELLINGEN, {"pk": melding.pk})
        tellingen = cursor.fetchone()
    assert tellingen
    return "-".join((*map(str, tellingen), _kenmerken(melding)))


@contextmanager
def ongewijzigd(melding: Melding, gezien: str, *, door: Medewerker) -> Iterator[Melding]:
    """Lock `melding` and hand it out when it is still as `gezien`, a `versie`; IntussenGewijzigd when not."""
    with vergrendel(melding, door=door) as melding:
        if versie(melding) != gezien:
            raise IntussenGewijzigd(_sinds(melding, tijdlijn([melding.pk]), gezien))
        yield melding


def _kenmerken(melding: Melding) -> str:
    gebieden = sorted(gebied.pk for gebied in melding.levensgebieden.all())
    return blake2s(repr((melding.spoed, melding.vraag, gebieden)).encode(), digest_size=6).hexdigest()


def _sinds(melding: Melding, regels: Collection[Regel], gezien: str) -> list[str]:
    """What came after `gezien`, oldest first; empty when that is no version of this melding."""
    if not VORM.fullmatch(gezien):
        return []
    *tellingen, kenmerken = gezien.split("-")
    wat = []
    for soort, aantal, weg in zip(SOORTEN, tellingen[::2], tellingen[1::2], strict=True):
        deze = sorted((regel for regel in regels if regel.soort == soort), key=lambda regel: regel.sleutel)
        wat += [f"{regel.wie}: {regel.wat}." for regel in deze[int(aantal) :]]
        vervallen = [(regel.vervallen, regel.wat) for regel in deze if regel.vervallen]
        vervallen.sort(key=lambda paar: paar[0].op)
        wat += [f"{door.wie}: {was} – vervallen." for door, was in vervallen[int(weg) :]]
    if kenmerken != _kenmerken(melding):
        wat.append(KENMERKEN)
    return wat
