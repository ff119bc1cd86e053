"""Random histories with edities in between: each is made again byte for byte, and what differs adds up."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.antwoord import Waarde, beantwoord
from reporting.correcties import Cel, cellen_in, correcties
from reporting.edities import controleer, stel_vast, vraag_van
from reporting.extern import externe_cellen
from reporting.maten import Maat
from reporting.models import Editie
from reporting.onderdrukking import NNB
from reporting.periode import Periode
from reporting.register import TABELLEN
from reporting.telling import maat_van
from reporting.vraag import Vraag
from tests.factories import MedewerkerFactory

from .conftest import Registratie
from .geschiedenis import Gemeente, daden

AANTAL, DELEN = (100, 10) if os.environ.get("EENPLAN_VOL") else (12, 1)
"""A transaction that makes tables holds a lock for each until it ends, so the large number is made in parts."""
Q1, Q2 = Periode.van_tekst("2015-Q1"), Periode.van_tekst("2015-Q2")


def klopt_op(vraag: Vraag, van: datetime, tot: datetime) -> None:
    """The change of every cell is what the registrations say, counted once per thing; without any there is none."""
    uitkomst = correcties(vraag, van, tot)
    toen, nu = replace(vraag, bekend_op=van), replace(vraag, bekend_op=tot)
    was, werd = (cellen_in(beantwoord(een, ruw=True)) for een in (toen, nu))
    per_ding = {r.eenheid: (set(r.uit), set(r.naar)) for r in uitkomst.registraties if r.eenheid}
    genoemd = {cel for r in uitkomst.registraties for cel in (*r.uit, *r.naar)}
    telling, telling_nu = TABELLEN[vraag.tabel].tel(toen), TABELLEN[vraag.tabel].tel(nu)
    van_anderen = externe_cellen(toen, telling).keys() | externe_cellen(nu, telling_nu).keys()
    for regel in telling.rijen:
        for kolom in telling.kolommen:
            cel = Cel(regel.sleutel, kolom.sleutel)
            if cel in van_anderen or type(maat_van(regel, kolom)) is not Maat:
                assert cel not in van_anderen or was.get(cel) == werd.get(cel) or cel in genoemd
            elif kolom.van is None and regel.van is None:
                bij = sum((cel in naar) - (cel in uit) for uit, naar in per_ding.values())
                assert werd[cel] - was[cel] == bij, (vraag.tabel, cel)
    # A row of which nothing is known yet may come along with a figure of another period.
    if bekend(was) != bekend(werd):
        assert uitkomst.registraties, vraag.tabel


def bekend(cellen: dict[Cel, Waarde]) -> dict[Cel, Waarde]:
    return {cel: waarde for cel, waarde in cellen.items() if waarde != NNB}


@pytest.mark.django_db
@pytest.mark.parametrize("deel", range(DELEN))
@settings(
    max_examples=AANTAL,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(gebeurt=daden, data=st.data())
def test_wat_is_vastgesteld_wordt_weer_zo_gemaakt_en_wat_anders_is_telt_op(
    gebeurt: list[tuple[object, ...]], data: st.DataObject, deel: int
):
    with transaction.atomic():
        tabellen = data.draw(st.lists(st.sampled_from(list(TABELLEN)), min_size=4, max_size=8, unique=True))
        edities: list[Editie] = []

        def vast() -> None:
            edities.append(stel_vast(tabellen, periode=Q2, vergelijk=Q1, titel=f"Editie {len(edities) + 1}"))

        vast()
        gemeente = Gemeente(list(Registratie().teams.values()), MedewerkerFactory(), vast)
        for daad in gebeurt:
            gemeente.doe(daad)

        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            (nu,) = cursor.fetchone()
        for editie in edities:
            vers = Editie.objects.get(pk=editie.pk)
            uitslag = controleer(vers)
            assert uitslag.gelijk, [deel.rij.tabel for deel in uitslag.tabellen if not deel.gelijk]
            for rij in vers.tabellen.all():
                for vraag in vraag_van(vers, rij).per_deel():
                    klopt_op(vraag, vers.bekend_op, nu)
        transaction.set_rollback(True)
