"""Wherever a BSN is typed in: afterwards it stands nowhere that somebody with a copy of the database can read it."""

from __future__ import annotations

import logging

import pytest

from teams.models import Medewerker, Rol, Team
from tests.besluiten.conftest import maak_inwoner, maak_zaak
from tests.conftest import EigenDatabase
from tests.factories import MedewerkerFactory, stel_aan
from tests.meldingen_web.test_besluiten import bereid_voor, binnen, stap
from tests.reservekopie import dump, leesbaar

GOED, VAN_ANDER, GEZOCHT, ALS_CONCEPT = "999990019", "999990020", "999990032", "999990044"


def test_na_het_hele_werk_is_er_in_een_reservekopie_geen_bsn_te_lezen(
    eigen_database: EigenDatabase, haven: Team, wijkwerker: Medewerker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    maak_inwoner(haven, wijkwerker, bsn=VAN_ANDER)
    kaal = maak_inwoner(haven, wijkwerker, bsn="")
    client = binnen(wijkwerker)
    besluit = bereid_voor(client, maak_zaak(haven, wijkwerker, persoon=kaal))
    fg = binnen(stel_aan(MedewerkerFactory(username="fg"), Rol.FG))

    assert stap(client, besluit, "persoon", bsn=VAN_ANDER).status_code == 409
    assert stap(client, besluit, "persoon", bsn=GOED).status_code == 303
    for tekst in (VAN_ANDER, GEZOCHT):
        assert client.post("/zoek", {"tekst": tekst}).status_code == 200
        assert fg.post("/logboek/inwoner", {"tekst": tekst}).status_code == 200
    assert client.post("/concepten/besluit-1-persoon", {"bsn": ALS_CONCEPT}).status_code == 200
    assert stap(client, besluit, "toets-vragen").status_code == 303

    kopie = dump(eigen_database)
    assert "Jansen" in kopie
    alle = {GOED, VAN_ANDER, GEZOCHT, ALS_CONCEPT}
    assert not leesbaar(kopie, alle)
    anders_dan_sql = "\n".join(
        regel.getMessage() for regel in caplog.records if regel.name != "django.db.backends"
    )
    assert not leesbaar(anders_dan_sql, alle)
