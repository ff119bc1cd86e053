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

from households.tijdlijn import Regel
from meldingen.models import Melding
from meldingen.tijdlijn import tijdlijn
from meldingen.workflow.stappen import vergrendel
from teams.geweigerd import Geweigerd
from teams.models import Medewerker

SOORTEN = ("feit", "toewijzing", "koppeling", "gesprek", "verplaatsing", "gehouden")
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


def versie(melding: Melding, regels: Collection[Regel]) -> str:
    """What stands on a page about `melding` now, `regels` its tijdlijn; the form on that page gives it back."""
    tellingen = []
    for soort in SOORTEN:
        deze = [regel for regel in regels if regel.soort == soort]
        tellingen += [len(deze), sum(regel.vervallen is not None for regel in deze)]
    return "-".join((*map(str, tellingen), _kenmerken(melding)))


@contextmanager
def ongewijzigd(melding: Melding, gezien: str, *, door: Medewerker) -> Iterator[Melding]:
    """Lock `melding` and hand it out when it is still as `gezien`, a `versie`; IntussenGewijzigd when not."""
    with vergrendel(melding, door=door) as melding:
        regels = tijdlijn([melding.pk])
        if versie(melding, regels) != gezien:
            raise IntussenGewijzigd(_sinds(melding, regels, gezien))
        yield melding


def _kenmerken(melding: Melding) -> str:
    gebieden = sorted(melding.levensgebieden.values_list("pk", flat=True))
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
