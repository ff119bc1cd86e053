"""What stands behind a node of the stroomschema: never more or less than the node, whoever looks."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldingen import workflow
from reporting.achter import GEEN_UITKOMST, Achter
from reporting.antwoord import beantwoord
from reporting.periode import Periode
from reporting.stroomschema import KNOPEN
from reporting.trend import KWARTALEN, kwartalen_tot, trend
from reporting.vraag import Vraag
from teams.access import Actie
from teams.lezen import Spoor
from teams.models import Grond, Handeling, Inzage, Medewerker, Rol
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory, stel_aan
from tests.orakel import gemeenten as toeval
from tests.orakel import stroom
from tests.orakel.lezen import Gemeente, Rij, veld, zoals_bekend
from tests.orakel.map import schrijf
from tests.orakel.perioden import lees_periode
from tests.rechten.lezing import Lezing
from tests.rechten.toevalswereld import maak_toevalswereld

pytestmark = pytest.mark.django_db


def importeer(gemeente: Gemeente) -> datetime:
    """Bring the municipality in as a folder, and return the moment at which that happened."""
    with TemporaryDirectory() as tijdelijk:
        schrijf(gemeente, Path(tijdelijk))
        call_command("importeer", tijdelijk, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        wanneer: datetime = cursor.fetchone()[0]
    return wanneer


def lees(gevraagd: toeval.Vraag) -> Vraag:
    """The same question to the product."""
    bekend_op = gevraagd.bekend_op.isoformat() if gevraagd.bekend_op else None
    return Vraag.van_invoer("2.6", periode=gevraagd.periode, bekend_op=bekend_op, filters=gevraagd.filters)


def ooit(gemeente: Gemeente, gevraagd: toeval.Vraag, import_op: datetime) -> set[str]:
    """The refs of meldingen that were in the cohort at some moment up to `bekend_op`."""
    momenten = [
        m
        for m in [*toeval.momenten(gemeente), import_op]
        if not gevraagd.bekend_op or m <= gevraagd.bekend_op
    ]
    filters = {"categorie": "volwassenen"} | gevraagd.filters
    return {
        veld(melding.ontvangen, "melding_ref")
        for wanneer in momenten
        for melding in stroom.meldingen(
            zoals_bekend(gemeente, wanneer, import_op), lees_periode(gevraagd.periode), filters
        )
    }


def telt_nog(gemeente: Gemeente, gevraagd: toeval.Vraag, import_op: datetime) -> set[str]:
    """The refs of meldingen with an `ontvangen` in force, in whatever cohort."""
    bekend: list[Rij] = zoals_bekend(gemeente, gevraagd.bekend_op, import_op).get("gebeurtenissen", [])
    return {veld(feit, "melding_ref") for feit in bekend if veld(feit, "soort") == "ontvangen"}


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(gemeente=toeval.gemeenten(), data=st.data())
def test_achter_elke_knoop_staat_wat_het_orakel_telt(gemeente: Gemeente, data: st.DataObject) -> None:
    with transaction.atomic():
        import_op = importeer(gemeente)
        spoor = Spoor.van(stel_aan(MedewerkerFactory(), Rol.ANALIST))
        for _ in range(3):
            gevraagd = data.draw(toeval.vragen(gemeente, import_op=import_op, tabel="2.6"))
            vraag, filters = lees(gevraagd), {"categorie": "volwassenen"} | gevraagd.filters
            bekend = zoals_bekend(gemeente, gevraagd.bekend_op, import_op)
            lijst = stroom.meldingen(bekend, lees_periode(gevraagd.periode), filters)
            for sleutel, aantal in stroom.knopen(lijst).items():
                achter = Achter(vraag, KNOPEN[sleutel], spoor)
                assert (achter.aantallen.alle, achter.aantallen.rest) == (aantal, aantal)
                assert achter.rijen(0, aantal) == []
                waarom = [hoeveel for _, hoeveel in achter.waarom()]
                assert waarom == (stroom.redenen(lijst, sleutel) if sleutel in GEEN_UITKOMST else [])
            weg = ooit(gemeente, gevraagd, import_op) - telt_nog(gemeente, gevraagd, import_op)
            assert Achter(vraag, KNOPEN["overig_voor_gesprek"], spoor).telt_niet_meer() == len(weg)
            kwartalen = kwartalen_tot(vraag.periode, Periode.van_tekst("2013-Q1"))
            verwacht = [
                stroom.knopen(stroom.meldingen(bekend, lees_periode(kwartaal.sleutel), filters))
                for kwartaal in kwartalen
            ]
            verloop = {rij.sleutel: rij.waarden for rij in trend(vraag, kwartalen).rijen}
            assert verloop["meldingen"] == [knopen["meldingen"] for knopen in verwacht]
            for deel in ("voorveld", "gesprek", "onderzoek", "toegekend"):
                geheel = stroom.PERCENTAGES[deel]
                assert verloop[f"{deel}_pct"] == [stroom.procent(k[deel], k[geheel]) for k in verwacht]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "zaad", [0, pytest.param(1, marks=pytest.mark.vol), pytest.param(2, marks=pytest.mark.vol)]
)
def test_ieder_ziet_achter_een_knoop_precies_wat_mag(zaad: int) -> None:
    wereld = maak_toevalswereld(random.Random(zaad))
    for melding in wereld["meldingen.Melding"][:20]:
        if melding.team:
            wereld["medewerkers"].append(stel_aan(MedewerkerFactory(), Rol.MANAGER, melding.team))
    lezing = Lezing()
    vraag = Vraag.van_invoer("2.6", periode="2015")
    gevolgd = 0
    for medewerker in wereld["medewerkers"]:
        achter = Achter(vraag, KNOPEN["meldingen"], Spoor.van(medewerker))
        rijen = achter.rijen(0, 100)
        leest = {m.pk for m in wereld["meldingen.Melding"] if lezing.mag(medewerker, Actie.LEZEN, m)}
        volgt = {m.pk for m in wereld["meldingen.Melding"] if lezing.mag(medewerker, Actie.VOLGEN, m)} - leest
        assert {rij.sleutel for rij in rijen if rij.inhoud} == leest
        assert {rij.sleutel for rij in rijen if not rij.inhoud} == volgt
        aantallen = achter.aantallen
        assert (aantallen.leesbaar, aantallen.gevolgd) == (len(leest), len(volgt))
        assert aantallen.zichtbaar + aantallen.rest == aantallen.alle == len(wereld["meldingen.Melding"])
        gevolgd += len(volgt)
    assert gevolgd


@pytest.fixture
def manager() -> Medewerker:
    """She leads team Haven."""
    return stel_aan(MedewerkerFactory(), Rol.MANAGER, TeamFactory(code="haven", naam="Wijkteam Haven"))


def test_een_manager_volgt_de_meldingen_van_haar_team_zonder_naam_of_vraag(manager: Medewerker) -> None:
    team = manager.aanstellingen.get().team
    melding = MeldingFactory(team=team, tot="voorveld", vraag="Ik val zo vaak")
    MeldingFactory()
    (rij,) = Achter(Vraag.van_invoer("2.6", periode="2015-Q2"), KNOPEN["voorveld"], Spoor.van(manager)).rijen(
        0, 25
    )

    assert rij.inhoud is None
    assert (rij.nummer, rij.fase, rij.dagen, rij.team) == (
        melding.nummer,
        "afgerond in het voorveld",
        1,
        "Wijkteam Haven",
    )
    regel = Inzage.objects.get()
    assert (regel.sleutel, regel.grond, regel.handeling, regel.persoon) == (
        melding.pk,
        Grond.LEIDT,
        Handeling.IN_LIJST,
        melding.persoon_id,
    )


def test_wat_bij_vergissing_was_geregistreerd_staat_apart(manager: Medewerker) -> None:
    melding = MeldingFactory()
    knoop, spoor = KNOPEN["overig_voor_gesprek"], Spoor.van(manager)
    vraag = Vraag.van_invoer("2.6", periode="2015-Q2")
    assert Achter(vraag, knoop, spoor).telt_niet_meer() == 0
    workflow.registreer_als_vergissing(melding, reden="stond er al", door=manager)

    achter = Achter(vraag, knoop, spoor)
    assert (achter.aantallen.alle, achter.telt_niet_meer()) == (0, 1)
    assert [aantal for _, aantal in achter.waarom()] == [0, 0, 0]


def test_de_telling_achter_een_knoop_vraagt_een_keer_per_deel(
    manager: Medewerker, django_assert_num_queries: object
) -> None:
    vraag, spoor = Vraag.van_invoer("2.6", periode="2015-Q2"), Spoor.van(manager)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert Achter(vraag, KNOPEN["meldingen"], spoor).aantallen.alle == 0


def test_het_verloop_begint_niet_voor_de_eerste_melding_en_heeft_acht_kwartalen() -> None:
    def namen(periode: str, eerste: str) -> list[str]:
        return [k.sleutel for k in kwartalen_tot(Periode.van_tekst(periode), Periode.van_tekst(eerste))]

    assert namen("2015-Q2", "2015-Q1") == ["2015-Q1", "2015-Q2"]
    assert namen("2015-05", "2014-Q4") == ["2014-Q4", "2015-Q1", "2015-Q2"]
    assert namen("2014", "2015-Q1") == ["2014-Q4"]
    assert len(namen("2015", "2001-Q1")) == KWARTALEN


def test_het_verloop_is_dat_van_dezelfde_vraag() -> None:
    noord = TeamFactory(code="noord", stadsdeel="Noord")
    MeldingFactory(op=date(2015, 2, 2), tot="voorveld", team=noord)
    MeldingFactory(op=date(2015, 5, 5), tot="toegekend", team=noord)
    MeldingFactory(op=date(2015, 5, 5), tot="toegekend")
    vraag = Vraag.van_invoer("2.6", periode="2015-Q2", vergelijk="stad", filters={"stadsdeel": "Noord"})
    kwartalen = kwartalen_tot(vraag.periode, Periode.van_tekst("2015-Q1"))

    antwoord = trend(vraag, kwartalen)
    assert antwoord.kolommen == ["2015-Q1", "2015-Q2"]
    assert [rij.waarden for rij in antwoord.rijen] == [[1, 1], [100, 0], [0, 100], [0, 100], [0, 100]]
    assert beantwoord(vraag).vergelijking.knopen["meldingen"] == 2
