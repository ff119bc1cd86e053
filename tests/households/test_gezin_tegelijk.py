"""Two changes of one household at the same moment: one wins, the other hears why not, and nobody is doubled."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

from django.db import connection

from households import workflow
from households.models import Gezinswijziging, Huishouden, Persoon, Rol, Verblijf
from teams.geweigerd import Geweigerd
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory
from tests.households.test_gezin import DAG, lid


def test_van_twee_splitsingen_tegelijk_wint_er_een(eigen_database: EigenDatabase) -> None:
    for _ in range(5):
        door = MedewerkerFactory()
        huis = Huishouden.objects.create()
        een, twee, drie = (
            lid(huis, naam, date(1980, 1, 1), Rol.HOOFD, door) for naam in ("Een", "Twee", "Drie")
        )
        start, uitkomsten = Barrier(2), []

        def doe(wie: list[Persoon], huis=huis, door=door, start=start, uitkomsten=uitkomsten) -> None:
            try:
                start.wait(30)
                workflow.splits(huis, wie, op=DAG, door=door)
                uitkomsten.append("")
            except Geweigerd as fout:
                uitkomsten.append(str(fout))
            finally:
                connection.close()

        draden = [Thread(target=doe, args=[leden]) for leden in ([een, twee], [twee, drie])]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join(60)
        assert sorted(uitkomsten) == ["", "Twee Bos woont niet (meer) in dit huishouden."]
        assert Gezinswijziging.objects.filter(huishouden=huis).count() == 1
        leden = Verblijf.objects.bekend_op(None).filter(persoon__in=[een, twee, drie], tot__isnull=True)
        assert leden.values("persoon").distinct().count() == leden.count() == 3
