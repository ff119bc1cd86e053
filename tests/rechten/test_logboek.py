"""No log row, no data: a log that can't be written stops whatever would show somebody something."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.rechten.hulp import kanaries_in, vraag
from tests.rechten.keuze import alle
from tests.rechten.matrix import TABEL
from tests.rechten.regels import IN
from tests.rechten.wereld import ONBEKEND, Wereld, proef

VOL = (
    "CREATE FUNCTION pg_temp.vol() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'het logboek is vol'; END $$;"
    "CREATE TRIGGER vol BEFORE INSERT ON teams_inzage FOR EACH ROW EXECUTE FUNCTION pg_temp.vol()"
)


@pytest.mark.usefixtures("stil")
@pytest.mark.parametrize("naam", [naam for naam, adres in TABEL.items() if adres.persoonsgegevens])
def test_zonder_logregel_geen_gegevens(wereld: Wereld, naam: str) -> None:
    """Of every method, for the first whom it shows something."""
    geprobeerd = 0
    binnen = [v for vragen in alle(naam) for v in vragen if v.verwacht in (IN, 409)]
    for methode in {v.methode for v in binnen}:
        iemand = next((v for v in binnen if v.methode == methode and v.stel(wereld).log), None)
        if iemand is None:
            continue
        with proef(), connection.cursor() as cursor:
            cursor.execute(VOL)
            gekregen = iemand.stel(wereld)
        assert gekregen.status == 500, iemand
        assert not kanaries_in(gekregen.tekst), iemand
        geprobeerd += 1
    assert geprobeerd


def test_een_sleutel_die_niemand_heeft_is_ook_een_weigering(wereld: Wereld) -> None:
    gekregen = vraag(wereld, "wijkwerker", "GET", "melding", "onbekend")
    assert [(rij.sleutel, rij.toegestaan, rij.grond) for rij in gekregen.log] == [(ONBEKEND, False, None)]
