"""Two people at once in one plan, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from households import workflow
from households.models import Doelstand, Plan, Planwijziging
from households.workflow import Botsing
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.conftest import EigenDatabase
from tests.households.plannen import maak_doel, maak_gezin


def tegelijk(*stappen: Callable[[], Any]) -> list[Any]:
    """What each of these gives, or raises, when all begin at the same moment on a connection of their own."""
    uit: list[Any] = [None] * len(stappen)
    begin = Barrier(len(stappen))

    def loop(nummer: int) -> None:
        try:
            begin.wait()
            uit[nummer] = stappen[nummer]()
        except Exception as fout:
            uit[nummer] = fout
        finally:
            connection.close()

    draden = [Thread(target=loop, args=(nummer,)) for nummer in range(len(stappen))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    return uit


def test_van_velen_die_tegelijk_een_plan_beginnen_slaagt_er_een(
    eigen_database: EigenDatabase, wijkwerker: Medewerker
) -> None:
    huishouden = maak_gezin(wijkwerker)
    uit = tegelijk(*[lambda: workflow.begin_plan(huishouden, door=wijkwerker)] * 6)
    assert sum(isinstance(een, Plan) for een in uit) == 1
    assert sum(isinstance(een, Geweigerd) and "loopt al een plan" in str(een) for een in uit) == 5
    assert Plan.objects.count() == 1
    assert Planwijziging.objects.count() == 1


def test_van_twee_die_dezelfde_tekst_wijzigen_slaagt_er_een_en_hoort_de_ander_het(
    eigen_database: EigenDatabase, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    plan = workflow.begin_plan(maak_gezin(wijkwerker), door=wijkwerker)
    doel = maak_doel(plan, wijkwerker)

    def wijzigt(tekst: str, door: Medewerker) -> Callable[[], Any]:
        return lambda: workflow.wijzig_doel(
            doel, bewerking=1, tekst=tekst, eigenaar=doel.eigenaar, stand=Doelstand.OPEN, door=door
        )

    uit = tegelijk(wijzigt("van de een", wijkwerker), wijzigt("van de ander", collega))
    gelukt = [een for een in uit if not isinstance(een, Exception)]
    assert len(gelukt) == 1
    assert sum(isinstance(een, Botsing) for een in uit) == 1
    doel.refresh_from_db()
    assert (doel.tekst, doel.bewerking) == (gelukt[0].tekst, 2)
    assert plan.wijzigingen.count() == 3
