"""What teams grant and what it costs, against their budgets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from meldingen import workflow
from reporting.kosten import Kostenregel, _verberg, kostenregels
from teams.models import Instelling, Medewerker, Rol, Team
from tests.besluiten.conftest import inhoud, maak_inwoner, maak_zaak, toets_goed, vandaag
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan
from voorzieningen.models import Besluit, Budget, Wet
from voorzieningen.workflow import laat_levering_vervallen

JAAR = vandaag().year


@pytest.fixture
def haven(db: None) -> Team:
    return TeamFactory(code="haven", naam="Wijkteam Haven")


@pytest.fixture
def wijkwerker(haven: Team) -> Medewerker:
    return stel_aan(MedewerkerFactory(username="wijkwerker"), Rol.WIJKWERKER, haven)


def ken_toe(team: Team, door: Medewerker, bsn: str) -> Besluit:
    """A hundred euros, once, today."""
    toetser = stel_aan(MedewerkerFactory(), Rol.TOETSER)
    melding = maak_zaak(team, door, persoon=maak_inwoner(team, door, bsn=bsn))
    wat = inhoud(per=4, einddatum=None)
    besluit = workflow.stel_besluit_op(melding, persoon=melding.persoon, door=door, **wat)
    toets_goed(besluit, van=door, door=toetser)
    return workflow.ken_besluit_toe(besluit, op=vandaag(), door=door)


def drempel(waarde: int) -> None:
    Instelling.objects.create(sleutel=Instelling.KLEINE_AANTALLEN, geldig_van=date(JAAR, 1, 1), waarde=waarde)


def test_kosten_staan_naast_het_budget(haven: Team, wijkwerker: Medewerker) -> None:
    drempel(2)
    Budget.objects.create(team=haven, wet=Wet.WMO, jaar=JAAR, bedrag=Decimal(1_000))
    Budget.objects.create(team=haven, wet=Wet.JEUGDWET, jaar=JAAR, bedrag=Decimal(500))
    for bsn in ("999990019", "999990020"):
        ken_toe(haven, wijkwerker, bsn)

    wmo, jeugd, gemeente = kostenregels(JAAR)

    assert (gemeente.team, gemeente.kosten, gemeente.klein) == ("hele gemeente", Decimal("200.00"), False)
    assert (wmo.team, wmo.wet, wmo.beschikkingen, len(wmo.clienten)) == ("Wijkteam Haven", Wet.WMO, 2, 2)
    assert (wmo.kosten, wmo.budget, wmo.deel) == (Decimal("200.00"), Decimal(1_000), Decimal(20))
    assert (jeugd.kosten, jeugd.klein) == (0, False)
    assert kostenregels(JAAR - 1) == []


def test_een_totaal_waaruit_een_verborgen_bedrag_volgt_staat_er_ook_niet(
    haven: Team, wijkwerker: Medewerker
) -> None:
    drempel(2)
    stad = TeamFactory(code="stad", naam="Wijkteam Stad")
    for team, bsn in ((haven, "999990019"), (haven, "999990020"), (stad, "999990032")):
        ken_toe(team, wijkwerker, bsn)
    assert [(regel.team, regel.klein) for regel in kostenregels(JAAR)] == [
        ("Wijkteam Haven", False),
        ("Wijkteam Stad", True),
        ("hele gemeente", True),
    ]
    ken_toe(TeamFactory(code="hout", naam="Wijkteam Hout"), wijkwerker, "999990044")
    assert [regel.klein for regel in kostenregels(JAAR) if regel.team == "hele gemeente"] == [False]


def test_van_te_weinig_clienten_staat_er_geen_bedrag(haven: Team, wijkwerker: Medewerker) -> None:
    ken_toe(haven, wijkwerker, "999990019")
    client = Client()
    client.force_login(wijkwerker)
    html = client.get("/rapportage/kosten").content.decode()
    assert "&lt; 10" in html
    assert "100,00" not in html
    assert "hele gemeente" in html
    drempel(1)
    assert "100,00" in client.get("/rapportage/kosten").content.decode()


@pytest.mark.parametrize("jaar", ["", "nul", "1", "99999999999999999999", "2015"])
def test_een_vreemd_jaar_is_dit_jaar(wijkwerker: Medewerker, jaar: str) -> None:
    client = Client()
    client.force_login(wijkwerker)
    antwoord = client.get(f"/rapportage/kosten?jaar={jaar}")
    assert antwoord.status_code == 200
    assert antwoord.context["jaar"] == JAAR


def test_hulp_die_niet_begint_is_geen_client(haven: Team, wijkwerker: Medewerker) -> None:
    drempel(1)
    besluit = ken_toe(haven, wijkwerker, "999990019")
    assert len(kostenregels(JAAR)) == 2
    laat_levering_vervallen(besluit.levering, reden="toch niet", door=wijkwerker)
    assert kostenregels(JAAR) == []


def test_een_totaal_dat_zegt_hoeveel_clienten_twee_kleine_teams_hebben_staat_er_ook_niet() -> None:
    regels = {
        (team, Wet.WMO.value): Kostenregel(naam, Wet.WMO, None, clienten=clienten)
        for team, naam, clienten in (
            (1, "Haven", set(range(9))),
            (2, "Stad", set(range(100, 109))),
            (3, "Hout", set(range(200, 240))),
            (None, "hele gemeente", {*range(9), *range(100, 109), *range(200, 240)}),
        )
    }
    _verberg(regels, 10)
    assert [regel.klein for regel in regels.values()] == [True, True, False, True]
    for regel in regels.values():
        regel.clienten -= {8, 7, 6, 5, 4, 108, 107, 106}
    _verberg(regels, 8)
    assert [regel.klein for regel in regels.values()] == [True, True, False, False]
