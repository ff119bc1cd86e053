"""What every rule of the state machine does: choose rows, take a step, and hold what came of it to the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from meldingen.models import KLAAR, Melding
from meldingen.tijdlijn import tijdlijn
from meldingen.workflow.tegelijk import SOORTEN, versie
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.heleweg.orakel import controleer
from tests.heleweg.stand import Lezer, Rij, Stand
from tests.heleweg.wereld import Wereld

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")

nummers = st.integers(0, 59)
dagen = st.integers(-1, 45)
"""So many days ago; -1 is tomorrow, which most steps refuse."""
REDEN = "zo is het gebeurd"


class Weg(RuleBasedStateMachine):
    """A run begins with the world and ends by rolling back to it; `telling` counts over all runs what was done."""

    wereld: Wereld
    telling: Counter[str]
    lezer: Lezer

    def __init__(self) -> None:
        super().__init__()
        self.punt = transaction.atomic()
        self.punt.__enter__()
        self.stand = self.lezer.lees()

    def teardown(self) -> None:
        try:
            for melding in Melding.objects.all():
                self.versie_telt_de_regels(melding)
        finally:
            transaction.set_rollback(True)
            self.punt.__exit__(None, None, None)

    def versie_telt_de_regels(self, melding: Melding) -> None:
        """The numbers in the versie of a melding are those of the lines on its page, and of those that lapsed."""
        regels = tijdlijn([melding.pk])
        geteld = [
            aantal
            for soort in SOORTEN
            for deze in [[regel for regel in regels if regel.soort == soort]]
            for aantal in (len(deze), sum(bool(regel.vervallen) for regel in deze))
        ]
        assert [*map(int, versie(melding).split("-")[:-1])] == geteld

    def wie(self, nummer: int) -> Medewerker:
        """Who does it: mostly one of the two wijkwerkers."""
        rij = [*self.wereld.wijkwerkers * 3, *self.wereld.allen]
        return rij[nummer % len(rij)]

    def rij(self, tabel: str, nummer: int, past: Callable[[Rij], object] | None = None) -> Rij | None:
        """One of the rows, three times out of four one that fits, where there is one; None when there is no row."""
        rijen = (self.stand.waar(tabel, past) if past and nummer % 4 else []) or self.stand[tabel]
        return rijen[nummer // 4 % len(rijen)] if rijen else None

    def kies(self, model: type[M], nummer: int, past: Callable[[Rij], object] | None = None) -> M | None:
        """As `rij`, read as a page would hand it to a verb."""
        rij = self.rij(model._meta.db_table, nummer, past)
        return model._default_manager.get(pk=rij["id"]) if rij else None

    def doe(self, verb: Callable[[], T], *, naam: str, **erbij: int | Callable[[T], int]) -> T | None:
        """Take a step that adds `erbij` to the history, named with `_` for a space, and nothing else to it.

        What is refused says why in a Dutch sentence, and leaves every row as it was; None then.
        """
        voor, nee = self.stand, ""
        try:
            uitkomst = verb()
        except Geweigerd as fout:
            nee = str(fout)
        if nee:
            self.stand = self.lezer.lees()
            assert self.stand == voor, ("geweigerd, maar toch gewijzigd", self.stand.anders_dan(voor), nee)
            assert nee[0].isupper() or not nee[0].isalpha(), nee
            assert nee.endswith("."), nee
            self.telling[f"{naam} geweigerd"] += 1
            return None
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        self.stand = self.lezer.lees()
        gekomen = self.stand.geschiedenis()
        gekomen.subtract(voor.geschiedenis())
        verwacht = Counter(
            {
                soort.replace("_", " "): aantal if isinstance(aantal, int) else aantal(uitkomst)
                for soort, aantal in erbij.items()
            }
        )
        verwacht["gesprek gesloten"] += gaan_niet_door(voor, self.stand)
        echt = {soort: aantal for soort, aantal in gekomen.items() if aantal}
        assert echt == {soort: aantal for soort, aantal in verwacht.items() if aantal}, (naam, echt, verwacht)
        controleer(self.stand)
        self.telling[naam] += 1
        return uitkomst


def gaan_niet_door(voor: Stand, na: Stand) -> int:
    """How many gesprekken were still to come of meldingen that are done since; all are planned for tomorrow."""
    open_ = {rij["id"] for rij in voor.waar("meldingen_melding", lambda rij: rij["status"] not in KLAAR)}
    klaar = {rij["id"] for rij in na.waar("meldingen_melding", heeft(status=tuple(KLAAR)))}
    return len(voor.waar("meldingen_gesprek", heeft(melding_id=tuple(open_ & klaar), afgezegd_op=None)))


def heeft(**waarden: Any) -> Callable[[Rij], bool]:
    """Fits a row with these values; a tuple is one of them."""
    return lambda rij: all(
        rij[veld] in waarde if isinstance(waarde, tuple) else rij[veld] == waarde
        for veld, waarde in waarden.items()
    )
