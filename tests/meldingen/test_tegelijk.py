"""Two at once on one melding: one wins, the other hears why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from meldingen import workflow
from meldingen.matrixbestand import laad_matrix
from meldingen.models import Gebeurtenis, Leefgebied, Melding, Score, Soort, Stand, Status
from tests.draden import Draden
from tests.factories import MeldingFactory, PersoonFactory

RONDES = 20
DAG = date(2015, 4, 9)


def tegelijk(*opdrachten: Callable[[], object]) -> list[str]:
    """Do all at the same moment, each over a connection of its own; the refusal of each, or ''."""
    with Draden(len(opdrachten)) as draden:
        return draden.doe(*opdrachten)


def test_van_twee_stappen_tegelijk_wint_er_een(eigen_database, wijkwerker, collega):
    for _ in range(RONDES):
        melding = MeldingFactory(door=wijkwerker)

        gesprek, doorgezet = tegelijk(
            lambda melding=melding: workflow.start_gesprek(melding, op=DAG, door=wijkwerker),
            lambda melding=melding: workflow.zet_door(melding, op=DAG, reden="Veilig Thuis", door=collega),
        )

        status = Melding.objects.get(pk=melding.pk).status
        if gesprek == "":
            assert status == Status.GESPREK
            assert doorgezet == (
                "Deze melding staat op ‘gesprek gestart’; "
                "doorzetten kan alleen zolang zij op ‘ontvangen’ staat."
            )
        else:
            assert (status, doorgezet) == (Status.DOORGEZET, "")
            assert gesprek == (
                "Deze melding is al doorgezet; gesprek starten kan alleen zolang zij op ‘ontvangen’ staat."
            )
        assert melding.gebeurtenissen.count() == 2
        assert Stand.objects.bekend_op(None).get(melding=melding).status == status


@pytest.mark.parametrize("kant", ["dezelfde", "andere"])
def test_van_twee_correcties_tegelijk_wint_er_een(eigen_database, wijkwerker, collega, kant):
    for ronde in range(RONDES):
        melding = MeldingFactory(door=wijkwerker)
        feit = melding.gebeurtenissen.get()
        ander = date(2015, 3, 1) if kant == "dezelfde" else date(2015, 3, 2)

        uitkomsten = tegelijk(
            lambda feit=feit: workflow.corrigeer(feit, datum=date(2015, 3, 1), reden="a", door=wijkwerker),
            lambda feit=feit, ander=ander: workflow.corrigeer(feit, datum=ander, reden="b", door=collega),
        )

        assert sorted(uitkomsten) == [
            "",
            "Deze registratie is al vervallen; er staat misschien al een nieuwe naast.",
        ], ronde
        van_kracht = melding.gebeurtenissen.bekend_op(None).get(soort=Soort.ONTVANGEN)
        assert van_kracht.datum == (date(2015, 3, 1) if uitkomsten[0] == "" else ander)
        assert melding.gebeurtenissen.count() == 2


def test_van_twee_feiten_die_buiten_de_stappen_om_tegelijk_komen_staan_beide_in_de_stand(
    eigen_database, wijkwerker
):
    """An import beside a worker: nothing but the triggers knows of both."""

    def registreer(melding: Melding, soort: Soort) -> None:
        with transaction.atomic():
            Gebeurtenis.objects.create(melding=melding, soort=soort, datum=DAG)

    for _ in range(RONDES):
        melding = MeldingFactory(door=wijkwerker)

        uitkomsten = tegelijk(
            lambda melding=melding: registreer(melding, Soort.GESPREK_GESTART),
            lambda melding=melding: registreer(melding, Soort.VOORVELD),
        )

        assert uitkomsten == ["", ""]
        stand = melding.standen.get()
        assert (stand.gesprek_op, stand.voorveld_op, stand.tot) == (DAG, DAG, None)


def test_van_twee_scores_tegelijk_bij_twee_meldingen_van_een_inwoner_wint_er_een(
    eigen_database, wijkwerker, collega
):
    laad_matrix(b"leefgebied;niveau;naam\nWonen;1;kan niet\n", naam="Proef", geldig_van=DAG)
    wonen = Leefgebied.objects.get()
    for ronde in range(RONDES):
        persoon = PersoonFactory(achternaam=f"Jansen {ronde}")
        een, twee = (MeldingFactory(persoon=persoon, door=wijkwerker) for _ in range(2))

        def scoor(melding, door, persoon=persoon):
            workflow.leg_scores_vast(
                melding,
                persoon,
                scores={wonen: wonen.scoresoorten.get()},
                datum=DAG,
                gezien=0,
                door=door,
            )

        uitkomsten = tegelijk(
            lambda een=een, scoor=scoor: scoor(een, wijkwerker),
            lambda twee=twee, scoor=scoor: scoor(twee, collega),
        )

        assert Score.objects.filter(persoon=persoon).count() == 1
        assert sorted(uitkomsten)[0] == ""
        assert "legde intussen ook scores vast" in sorted(uitkomsten)[1]
