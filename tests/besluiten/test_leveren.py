"""Help that was granted: it starts, changes within its bandwidth and stops; and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meldingen import workflow as meldingen
from reporting.correcties import ZONDER_REGISTRATIE, correcties
from reporting.edities import controleer, stel_vast, vraag_van
from reporting.periode import Periode
from teams.geweigerd import Geweigerd
from teams.models import Medewerker
from tests.besluiten.conftest import toets_goed, vandaag
from voorzieningen import workflow
from voorzieningen.kosten import geldend_aantal, kosten
from voorzieningen.models import Besluit, Bijstelling, Levering, Leveringstatus, Per


@pytest.fixture
def levering(besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker) -> Levering:
    toets_goed(besluit, van=wijkwerker, door=toetser)
    return meldingen.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker).levering


def test_hulp_start_en_stopt(levering: Levering, wijkwerker: Medewerker) -> None:
    assert list(Levering.objects.wacht()) == [levering]
    levering = workflow.start_levering(levering, op=vandaag(), door=wijkwerker)
    assert not Levering.objects.wacht().exists()
    levering = workflow.stop_levering(levering, op=vandaag(), reden="verhuisd", door=wijkwerker)
    assert levering.status == Leveringstatus.GESTOPT


def test_hulp_start_niet_voor_de_opdracht_of_in_de_toekomst(
    levering: Levering, wijkwerker: Medewerker
) -> None:
    with pytest.raises(Geweigerd, match=r"pas op .* opgedragen"):
        workflow.start_levering(levering, op=vandaag() - timedelta(days=2), door=wijkwerker)
    with pytest.raises(Geweigerd, match="het is vandaag"):
        workflow.start_levering(levering, op=vandaag() + timedelta(days=1), door=wijkwerker)


def test_hulp_die_niet_begon_stopt_niet_maar_vervalt(levering: Levering, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="deze hulp staat op ‘wacht op de start’"):
        workflow.stop_levering(levering, op=vandaag(), reden="toch niet", door=wijkwerker)
    vervallen = workflow.laat_levering_vervallen(levering, reden="toch niet", door=wijkwerker)
    assert vervallen.status == Leveringstatus.VERVALLEN


@pytest.mark.parametrize(
    ("aantal", "mag"), [("2.40", True), ("1.60", True), ("2.41", False), ("1.59", False)]
)
def test_bijstellen_kan_binnen_de_bandbreedte(
    levering: Levering, wijkwerker: Medewerker, aantal: str, mag: bool
) -> None:
    wat = {
        "aantal": Decimal(aantal),
        "vanaf": vandaag(),
        "tot": None,
        "reden": "zij viel",
        "door": wijkwerker,
    }
    if mag:
        workflow.stel_bij(levering.besluit, **wat)
        assert geldend_aantal(Besluit.objects.get(), vandaag()) == Decimal(aantal)
    else:
        with pytest.raises(Geweigerd, match=r"van 1\.6 tot en met 2\.4 uur per week"):
            workflow.stel_bij(levering.besluit, **wat)
        assert not Bijstelling.objects.exists()


def test_bijstellen_buiten_de_periode_vraagt_een_nieuw_besluit(
    levering: Levering, wijkwerker: Medewerker
) -> None:
    na = levering.besluit.einddatum
    assert na
    with pytest.raises(Geweigerd, match="neem een nieuw besluit"):
        workflow.stel_bij(
            levering.besluit,
            aantal=Decimal("2.2"),
            vanaf=na,
            tot=na + timedelta(days=1),
            reden="langer",
            door=wijkwerker,
        )


def test_wat_niet_is_toegekend_wordt_niet_bijgesteld(besluit: Besluit, wijkwerker: Medewerker) -> None:
    with pytest.raises(Geweigerd, match="alleen wat is toegekend"):
        workflow.stel_bij(
            besluit, aantal=Decimal(2), vanaf=vandaag(), tot=None, reden="meer", door=wijkwerker
        )


def _besluit(besluit: Besluit, **anders: object) -> Besluit:
    for naam, waarde in anders.items():
        setattr(besluit, naam, waarde)
    return besluit


def test_kosten_per_week_maand_en_keer(besluit: Besluit) -> None:
    jaar = date(2015, 1, 1), date(2015, 12, 31)
    _besluit(besluit, ingangsdatum=date(2015, 1, 1), einddatum=date(2015, 1, 14))
    assert kosten(besluit, *jaar) == Decimal("200.00")
    assert kosten(besluit, date(2015, 1, 8), date(2015, 3, 1)) == Decimal("100.00")
    assert kosten(besluit, date(2015, 2, 1), date(2015, 3, 1)) == 0
    assert kosten(_besluit(besluit, per=Per.KEER), *jaar) == Decimal("100.00")
    assert kosten(besluit, date(2014, 1, 1), date(2014, 12, 31)) == 0
    assert kosten(_besluit(besluit, prijs=None), *jaar) == 0


@given(st.integers(0, 180), st.integers(0, 60), st.integers(1, 60))
def test_kosten_van_aaneensluitende_perioden_tellen_op(begin: int, eerste: int, tweede: int) -> None:
    dag = date(2015, 1, 1) + timedelta(days=begin)
    midden, einde = dag + timedelta(days=eerste), dag + timedelta(days=eerste + tweede)
    besluit = Besluit(
        pk=1,
        aantal=Decimal(3),
        prijs=Decimal("41.37"),
        per=Per.WEEK,
        ingangsdatum=date(2015, 2, 1),
        einddatum=date(2015, 5, 31),
    )
    besluit._prefetched_objects_cache = {"bijstellingen": []}
    besluit._state.fields_cache["levering"] = None
    samen = kosten(besluit, dag, midden) + kosten(besluit, midden + timedelta(days=1), einde)
    assert abs(samen - kosten(besluit, dag, einde)) <= Decimal("0.01")


def test_hulp_begint_niet_voor_de_ingangsdatum(
    besluit: Besluit, wijkwerker: Medewerker, toetser: Medewerker
) -> None:
    morgen = vandaag() + timedelta(days=1)
    workflow.wijzig_besluit(besluit, gezien=besluit.versie, ingangsdatum=morgen, door=wijkwerker)
    toets_goed(besluit, van=wijkwerker, door=toetser)
    levering = meldingen.ken_besluit_toe(besluit, op=vandaag(), door=wijkwerker).levering
    with pytest.raises(Geweigerd, match="gaat pas in op"):
        workflow.start_levering(levering, op=vandaag(), door=wijkwerker)


def test_hulp_die_niet_begon_of_stopte_wordt_niet_bijgesteld(
    levering: Levering, wijkwerker: Medewerker
) -> None:
    wat = {"aantal": Decimal(2), "vanaf": vandaag(), "tot": None, "reden": "meer", "door": wijkwerker}
    gestart = workflow.start_levering(levering, op=vandaag(), door=wijkwerker)
    workflow.stel_bij(levering.besluit, **wat)
    workflow.stop_levering(gestart, op=vandaag(), reden="verhuisd", door=wijkwerker)
    with pytest.raises(Geweigerd, match="deze hulp gestopt"):
        workflow.stel_bij(levering.besluit, **wat)


def test_wat_vervallen_is_wordt_niet_bijgesteld_en_kost_niets(
    levering: Levering, wijkwerker: Medewerker
) -> None:
    einde = vandaag() + timedelta(days=6)
    assert kosten(levering.besluit, vandaag(), einde) == Decimal("100.00")
    workflow.laat_levering_vervallen(levering, reden="toch niet", door=wijkwerker)
    besluit = Besluit.objects.get()
    assert kosten(besluit, vandaag(), einde) == 0
    with pytest.raises(Geweigerd, match="deze hulp nooit gestart"):
        workflow.stel_bij(
            besluit, aantal=Decimal(2), vanaf=vandaag(), tot=None, reden="meer", door=wijkwerker
        )


def test_wat_stopte_kost_daarna_niets_meer(levering: Levering, wijkwerker: Medewerker) -> None:
    levering = workflow.start_levering(levering, op=vandaag(), door=wijkwerker)
    workflow.stop_levering(levering, op=vandaag(), reden="verhuisd", door=wijkwerker)
    besluit = Besluit.objects.get()
    assert kosten(besluit, vandaag(), vandaag() + timedelta(days=6)) == Decimal("14.29")
    assert kosten(besluit, vandaag() + timedelta(days=1), vandaag() + timedelta(days=6)) == 0


def test_een_editie_van_de_wachttijd_blijft_gelijk_als_hulp_later_blijkt_te_zijn_begonnen(
    levering: Levering, wijkwerker: Medewerker
) -> None:
    dit_jaar = Periode.van_tekst(str(vandaag().year))
    editie = stel_vast(["D.3"], periode=dit_jaar, titel="Wachttijd", door=wijkwerker)
    workflow.start_levering(levering, op=vandaag(), door=wijkwerker)

    uitslag = controleer(editie)

    assert uitslag.gelijk
    (drie,) = uitslag.tabellen
    assert "totaal" in {verschil.cel.sleutel for _, verschil in drie.sindsdien}
    (verklaring,) = correcties(vraag_van(editie, drie.rij), editie.bekend_op, timezone.now()).registraties
    assert (verklaring.soort, verklaring.feit) == (ZONDER_REGISTRATIE, None)
