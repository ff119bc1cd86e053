"""What the database itself refuses about plans."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from households import workflow
from households.models import (
    Afspraaksoort,
    Antwoord,
    Plan,
    Regiesoort,
    Tevredenheid,
    Wijze,
)
from teams.models import Medewerker
from tests.households.plannen import deelnemer, maak_doel, maak_gezin


@pytest.fixture
def plan(wijkwerker: Medewerker) -> Plan:
    """With one of everything in it."""
    plan = workflow.begin_plan(maak_gezin(wijkwerker), door=wijkwerker)
    doel = maak_doel(plan, wijkwerker)
    mila = deelnemer(plan, "Mila")
    workflow.voeg_afspraak_toe(
        plan, soort=Afspraaksoort.ACTIE, tekst="bellen", wie=mila, doel=doel, door=wijkwerker
    )
    workflow.leg_regie_vast(plan, Regiesoort.DAGELIJKS, mila, door=wijkwerker)
    workflow.leg_mening_vast(
        workflow.stel_vast(plan, door=wijkwerker),
        mila,
        antwoord=Antwoord.JA,
        wijze=Wijze.POST,
        datum=timezone.localdate(),
        door=wijkwerker,
    )
    return plan


def sluit_af(plan: Plan, door: Medewerker) -> None:
    workflow.sluit_af(
        plan,
        over_resultaat=Tevredenheid.HEEL,
        over_proces=Tevredenheid.HEEL,
        geen_waakvlam_omdat="verhuisd",
        door=door,
    )


def weigert(sql: str, *waarden: object) -> str:
    """The message with which the database refuses the statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError) as fout, transaction.atomic():
            cursor.execute(sql, waarden)
    return str(fout.value)


@pytest.mark.django_db
def test_de_database_weigert_een_tweede_lopend_plan(plan: Plan) -> None:
    sql = "INSERT INTO households_plan (huishouden_id) VALUES (%s)"
    assert "plan_een_lopend" in weigert(sql, plan.huishouden_id)


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", ["planversie", "akkoord", "planwijziging"])
@pytest.mark.parametrize(
    "opdracht",
    ["UPDATE households_{} SET op = now()", "DELETE FROM households_{}", "TRUNCATE households_{} CASCADE"],
)
def test_wat_is_vastgesteld_verandert_niet(plan: Plan, tabel: str, opdracht: str) -> None:
    assert "wordt niet" in weigert(opdracht.format(tabel))


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", ["plan", "deelnemer", "doel", "afspraak", "regie", "evaluatie"])
def test_van_een_plan_wordt_niets_verwijderd(plan: Plan, tabel: str) -> None:
    assert "niet verwijderd" in weigert(f"DELETE FROM households_{tabel}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE households_plan SET tot = NULL",
        "UPDATE households_doel SET tekst = 'anders'",
        "UPDATE households_afspraak SET tekst = 'anders'",
        "UPDATE households_evaluatie SET gepland_op = now()",
        "UPDATE households_deelnemer SET naam = 'x'",
        "UPDATE households_regie SET reden = 'x'",
        "INSERT INTO households_planversie (plan_id, nummer, inhoud, door_id) SELECT plan_id, 9, '{}', door_id"
        " FROM households_planversie",
        "INSERT INTO households_doel_voor_wie (doel_id, persoon_id) SELECT d.id, p.id FROM households_doel d,"
        " households_persoon p",
        "UPDATE households_afsluiting SET over_resultaat = 1",
    ],
)
def test_een_afgesloten_plan_is_ook_voor_de_database_dicht(
    plan: Plan, wijkwerker: Medewerker, opdracht: str
) -> None:
    sluit_af(plan, wijkwerker)
    assert "niet" in weigert(opdracht)


@pytest.mark.django_db
def test_een_waakvlam_wordt_een_keer_ingevuld(plan: Plan, wijkwerker: Medewerker) -> None:
    workflow.sluit_af(
        plan,
        niet_gevraagd_omdat="verhuisd",
        waakvlam_op=timezone.localdate(),
        waakvlam_wie=wijkwerker,
        door=wijkwerker,
    )
    sql = "UPDATE households_afsluiting SET waakvlam_gehad_op = now(), waakvlam_verslag = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, ["goed"])
    assert "niet gewijzigd" in weigert(sql, "anders")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opdracht", "welke"),
    [
        ("UPDATE households_doel SET tekst = ''", "doel_met_tekst"),
        ("UPDATE households_doel SET stand = 9", "doel_stand_in_lijst"),
        ("UPDATE households_doel SET streefdatum = begin - 1", "doel_streefdatum_niet_voor_begin"),
        (
            "UPDATE households_afspraak SET gedaan_op = now(), vervallen_op = now()",
            "afspraak_gedaan_of_vervallen",
        ),
        ("UPDATE households_evaluatie SET gehouden_op = now()", "evaluatie_gehouden_met_resultaat"),
        ("UPDATE households_deelnemer SET soort = 2", "deelnemer_is_iemand"),
        (
            "INSERT INTO households_regie (plan_id, soort, deelnemer_id) SELECT plan_id, soort, deelnemer_id"
            " FROM households_regie",
            "regie_een_tegelijk",
        ),
        (
            "INSERT INTO households_deelnemer (plan_id, soort, persoon_id) SELECT plan_id, soort, persoon_id"
            " FROM households_deelnemer WHERE persoon_id IS NOT NULL",
            "deelnemer_persoon_een_keer",
        ),
        (
            "INSERT INTO households_akkoord (versie_id, deelnemer_id, datum, wijze, antwoord, door_id)"
            " SELECT versie_id, deelnemer_id, datum, wijze, 3, door_id FROM households_akkoord",
            "akkoord_met_opmerking",
        ),
        (
            "INSERT INTO households_afsluiting (plan_id, over_resultaat, geen_waakvlam_omdat)"
            " SELECT id, 3, 'x' FROM households_plan",
            "afsluiting_gevraagd_of_waarom_niet",
        ),
        (
            "INSERT INTO households_afsluiting (plan_id, niet_gevraagd_omdat, waakvlam_op)"
            " SELECT id, 'x', now() FROM households_plan",
            "afsluiting_waakvlam_of_waarom_niet",
        ),
    ],
)
def test_de_database_kent_de_regels_ook(plan: Plan, opdracht: str, welke: str) -> None:
    assert welke in weigert(opdracht)


@pytest.mark.django_db
def test_wie_iets_doet_in_een_plan_hoort_bij_dat_plan(plan: Plan, wijkwerker: Medewerker) -> None:
    ander = workflow.begin_plan(maak_gezin(wijkwerker), door=wijkwerker)
    vreemd = deelnemer(ander, "Mila").pk
    for opdracht in (
        "UPDATE households_doel SET eigenaar_id = %s",
        "UPDATE households_afspraak SET wie_id = %s",
        "UPDATE households_regie SET deelnemer_id = %s",
    ):
        assert "horen bij dat plan" in weigert(opdracht, vreemd)
    assert "ander plan" in weigert("UPDATE households_doel SET plan_id = %s", ander.pk)
