"""The projection is compared with the facts, and made anew."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from meldingen import workflow
from meldingen.management.commands import herbouw_stand
from meldingen.models import Melding, Stand
from tests.factories import WEGEN, MeldingFactory


@pytest.fixture(params=[2, 10_000])
def standen(request, monkeypatch, wijkwerker):
    """Ten meldingen with a correction each, looked at two at a time and all at once."""
    monkeypatch.setattr(herbouw_stand, "PORTIE", request.param)
    for status in WEGEN:
        melding = MeldingFactory(tot=status, door=wijkwerker)
        ontvangen = melding.gebeurtenissen.get(soort=1)
        workflow.corrigeer(ontvangen, kanaal=None, reden="onbekend", door=wijkwerker)
    return list(Stand.objects.order_by("melding", "van").values())


def herbouw(**opties):
    scherm = StringIO()
    call_command("herbouw_stand", stdout=scherm, **opties)
    return scherm.getvalue()


def sql(opdracht):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(opdracht)


# A missing row of now counts twice: the status of that melding has nothing to agree with either.
SCHADE = {
    "DELETE FROM meldingen_stand WHERE tot IS NOT NULL": 10,
    "DELETE FROM meldingen_stand WHERE tot IS NULL": 20,
    "UPDATE meldingen_stand SET ontvangen_op = ontvangen_op + 1 WHERE toegekend_op IS NOT NULL": 2,
    "UPDATE meldingen_stand SET gesprek_sinds = van - INTERVAL '1h' WHERE gesprek_sinds = van AND tot IS NULL": 6,
    "UPDATE meldingen_stand SET team_id = NULL WHERE tot IS NULL": 10,
    "INSERT INTO meldingen_stand (melding_id, van, ontvangen_op) VALUES (987654321, now(), now())": 1,
    """ALTER TABLE meldingen_melding DISABLE TRIGGER bewaak_gewijzigde_status;
       UPDATE meldingen_melding SET status = 'doorgezet' WHERE status = 'toegekend';
       ALTER TABLE meldingen_melding ENABLE TRIGGER bewaak_gewijzigde_status""": 1,
}


def test_wat_klopt_blijft_zoals_het_is(standen):
    assert herbouw(controleer=True) == "0 verschillen tussen de projectie en de feiten.\n"
    assert herbouw().startswith("0 verschillen")
    assert list(Stand.objects.order_by("melding", "van").values()) == standen


@pytest.mark.parametrize(("schade", "aantal"), SCHADE.items())
def test_elke_afwijking_wordt_geteld_en_hersteld(standen, schade, aantal):
    statussen = list(Melding.objects.order_by("pk").values_list("status", flat=True))
    sql(schade)
    scherm = StringIO()

    with pytest.raises(CommandError) as fout:
        call_command("herbouw_stand", controleer=True, stdout=scherm)
    assert fout.value.returncode == 1
    assert scherm.getvalue() == f"{aantal} verschillen tussen de projectie en de feiten.\n"

    assert (
        herbouw()
        == f"{aantal} verschillen tussen de projectie en de feiten.\nDe projectie is opnieuw gemaakt.\n"
    )
    assert herbouw(controleer=True).startswith("0 verschillen")
    assert list(Stand.objects.order_by("melding", "van").values()) == standen
    assert list(Melding.objects.order_by("pk").values_list("status", flat=True)) == statussen


def test_zonder_meldingen_valt_er_niets_te_doen(db):
    assert herbouw(controleer=True).startswith("0 verschillen")
