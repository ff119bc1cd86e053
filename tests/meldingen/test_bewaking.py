"""No way round the workflow: not by the ORM, not by SQL, not by beheer."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.models.functions import Now

from meldingen.models import Gebeurtenis, Melding, Soort, Status
from teams.models import Aanstelling, Rol
from teams.versies import Versie
from tests.factories import MedewerkerFactory, MeldingFactory

VERSIES = [model for model in apps.get_models() if issubclass(model, Versie)]
PAST_NIET = "past niet bij de feiten"
NIET_WIJZIGEN = "wordt niet gewijzigd of verwijderd"


@pytest.fixture
def melding(wijkwerker):
    return MeldingFactory(tot="gesprek", door=wijkwerker)


def weigert(opdracht, waarom):
    with pytest.raises(IntegrityError, match=waarom), transaction.atomic():
        opdracht()


def sql(opdracht, *waarden):
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


def test_de_status_is_niet_toe_te_wijzen(melding):
    with pytest.raises(AttributeError, match="status modification is not allowed"):
        melding.status = Status.TOEGEKEND


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.GESPREK])
def test_geen_status_die_de_feiten_niet_zeggen(melding, status):
    def langs_de_beveiliging():
        melding.__dict__["status"] = status
        melding.save()

    weigert(lambda: Melding.objects.filter(pk=melding.pk).update(status=status), PAST_NIET)
    weigert(lambda: sql("UPDATE meldingen_melding SET status = %s", status), PAST_NIET)
    weigert(langs_de_beveiliging, PAST_NIET)
    weigert(lambda: Melding.objects.bulk_update([melding], ["status"]), PAST_NIET)

    assert Melding.objects.get(pk=melding.pk).status == Status.GESPREK


def test_een_status_buiten_de_lijst_bestaat_niet(melding):
    weigert(lambda: Melding.objects.update(status="weg"), "melding_status_in_lijst")


def test_een_nieuwe_melding_begint_niet_halverwege(db):
    weigert(lambda: Melding.objects.create(status=Status.TOEGEKEND), PAST_NIET)
    weigert(lambda: Melding.objects.bulk_create([Melding(status=Status.GESPREK)]), PAST_NIET)
    weigert(lambda: sql("INSERT INTO meldingen_melding (status) VALUES ('ontvangen')"), PAST_NIET)

    assert Melding.objects.create().status == Status.NIEUW


def test_een_feit_wordt_niet_gewijzigd_of_verwijderd(melding):
    feit = melding.gebeurtenissen.get(soort=Soort.GESPREK_GESTART)

    def anders():
        feit.datum = date(2015, 4, 9)
        Gebeurtenis.objects.bulk_update([feit], ["datum"])

    weigert(lambda: melding.gebeurtenissen.update(datum=date(2015, 4, 9)), NIET_WIJZIGEN)
    weigert(anders, NIET_WIJZIGEN)
    weigert(feit.save, NIET_WIJZIGEN)
    weigert(feit.delete, NIET_WIJZIGEN)
    weigert(lambda: sql("UPDATE meldingen_gebeurtenis SET door_id = NULL"), NIET_WIJZIGEN)
    weigert(
        lambda: sql("UPDATE meldingen_gebeurtenis SET geregistreerd_op = now() - interval '1 day'"),
        NIET_WIJZIGEN,
    )
    weigert(lambda: sql("DELETE FROM meldingen_gebeurtenis"), NIET_WIJZIGEN)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    weigert(lambda: sql("TRUNCATE meldingen_gebeurtenis"), NIET_WIJZIGEN)
    weigert(lambda: sql("TRUNCATE meldingen_melding CASCADE"), NIET_WIJZIGEN)

    assert melding.gebeurtenissen.get(soort=Soort.GESPREK_GESTART).datum == date(2015, 4, 2)


def test_een_feit_vervalt_eenmaal_en_verandert_daarbij_niet(melding):
    feit = melding.gebeurtenissen.filter(soort=Soort.GESPREK_GESTART)

    weigert(lambda: feit.update(vervallen_op=Now(), datum=date(2015, 4, 9)), NIET_WIJZIGEN)
    weigert(lambda: feit.update(vervallen_reden="alleen een reden"), NIET_WIJZIGEN)
    feit.update(vervallen_op=Now(), vervallen_reden="eenmaal")
    weigert(lambda: feit.update(vervallen_reden="toch anders"), NIET_WIJZIGEN)
    weigert(lambda: feit.update(vervallen_op=None), NIET_WIJZIGEN)

    assert Melding.objects.get(pk=melding.pk).status == Status.ONTVANGEN


def test_een_melding_met_feiten_wordt_niet_verwijderd(melding):
    def met_sql():
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("DELETE FROM meldingen_melding")

    with pytest.raises(ProtectedError):
        melding.delete()
    weigert(met_sql, "foreign key")


@pytest.mark.parametrize("model", VERSIES, ids=lambda model: model.__name__)
def test_elke_tabel_met_twee_klokken_wordt_bewaakt(db, model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND tgfoid = 'bewaak_versie'::regproc",
            [model._meta.db_table],
        )
        triggers = set(cursor.fetchall())

    assert triggers == {("bewaak_versie", "O"), ("bewaak_versies", "O")}
    weigert(lambda: sql(f"TRUNCATE {model._meta.db_table} CASCADE"), NIET_WIJZIGEN)


@pytest.mark.parametrize("model", VERSIES, ids=lambda model: model.__name__)
def test_beheer_kent_geen_registraties(model):
    assert not site.is_registered(model)


def test_beheer_kent_meldingen_niet(client, melding):
    beheerder = MedewerkerFactory(username="beheerder", is_staff=True, is_superuser=True)
    Aanstelling.objects.create(medewerker=beheerder, rol=Rol.BEHEER, vanaf=date(2015, 1, 1))
    client.force_login(beheerder)

    assert client.get("/beheer/").status_code == 200
    assert not site.is_registered(Melding)
    assert client.get(f"/beheer/meldingen/melding/{melding.pk}/change/").status_code == 404
    assert not beheerder.has_perm("meldingen.change_melding")


def test_een_vlag_op_het_account_geeft_geen_rechten(client, db):
    client.force_login(MedewerkerFactory(username="oud", is_staff=True, is_superuser=True))

    assert client.get("/beheer/").status_code in (302, 403)
    assert client.get("/beheer/teams/team/").status_code in (302, 403)
