"""Who has a melding that was imported: the team on its `ontvangen`, until somebody is given it."""

from __future__ import annotations

import pytest

from config.overdracht import importeren
from meldingen import workflow
from meldingen.models import Melding
from teams.models import Team
from tests.overdracht.hulp import lees_in
from tests.overdracht.test_opnieuw import ruim
from tests.overdracht.voorbeeld import ontvangen, rij, stap

pytestmark = pytest.mark.usefixtures("eigen_database")
NOOIT = 2**31


def team_van(ref: str) -> str | None:
    team = Melding.objects.get(ref=ref).team
    return team.code if team else None


def feiten(nieuwe_map, *rijen):
    return nieuwe_map({"gebeurtenissen": list(rijen)})


@pytest.mark.parametrize("vanaf", [1, NOOIT], ids=["in bulk", "gewoon"])
def test_een_nieuwe_melding_staat_bij_het_team_van_de_ontvangst_die_telt(nieuwe_map, monkeypatch, vanaf):
    monkeypatch.setattr(importeren, "BULK_VANAF", vanaf)
    bestanden = ruim()
    bestanden["meldingen"] += [rij("meldingen", ref="M3"), rij("meldingen", ref="M4")]
    bestanden["gebeurtenissen"] = [
        ontvangen("G1", "M1", "2015-04-02T00:00:00Z", "2015-05-01T00:00:00Z", team_code="W2"),
        ontvangen("G2", "M1", "2015-05-01T00:00:00Z"),
        ontvangen("G3", "M2", team_code=""),
        ontvangen("G4", "M3", "2015-04-02T00:00:00Z", "2015-05-01T00:00:00Z"),
        stap("G5", "M4", "voorveld"),
    ]

    lees_in(nieuwe_map(bestanden))

    assert [team_van(ref) for ref in ("M1", "M2", "M3", "M4")] == ["W1", None, None, None]


def test_een_verbeterd_team_neemt_de_melding_mee(nieuwe_map):
    lees_in(nieuwe_map(ruim()))

    lees_in(feiten(nieuwe_map, rij("gebeurtenissen", team_code="W2")))

    assert team_van("M1") == "W2"


def test_ook_een_ontvangst_die_een_andere_opvolgt_neemt_de_melding_mee(nieuwe_map):
    lees_in(nieuwe_map(ruim()))

    lees_in(
        feiten(
            nieuwe_map,
            rij("gebeurtenissen", vervallen_op="2015-06-01T00:00:00Z"),
            ontvangen("G9", "M1", "2015-06-01T00:00:00Z", team_code="W2"),
        )
    )

    assert team_van("M1") == "W2"


def test_een_melding_die_al_eens_is_toegewezen_blijft_waar_zij_is(nieuwe_map, wijkwerker):
    lees_in(nieuwe_map(ruim()))
    anders = Team.objects.create(code="W3", naam="Wijkteam 3", soort=1)
    workflow.wijs_toe(Melding.objects.get(ref="M1"), team=anders, medewerker=None, door=wijkwerker)

    lees_in(feiten(nieuwe_map, rij("gebeurtenissen", team_code="W2")))

    assert team_van("M1") == "W3"


def test_een_melding_zonder_ontvangst_in_de_nieuwe_map_blijft_bij_haar_team(nieuwe_map):
    lees_in(nieuwe_map(ruim()))

    lees_in(feiten(nieuwe_map, stap("G7", "M1", "gesprek_gestart")))
    lees_in(nieuwe_map({"meldingen": [rij("meldingen", vraag="anders")]}))

    assert team_van("M1") == "W1"
