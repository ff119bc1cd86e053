"""Every table of the product against the oracle, over random municipalities that came in by the import."""

import os
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.antwoord import Antwoord, Stroomschema, beantwoord
from reporting.register import TABELLEN
from reporting.vraag import Vraag
from tests.orakel import buurt
from tests.orakel import gemeenten as toeval
from tests.orakel import telling as orakel
from tests.orakel.lezen import Gemeente
from tests.orakel.map import schrijf

EVEN_ZO_GELEVERD = {*buurt.GELEVERD} - {"2.21", "2.28"}
"""Delivered tables, of which two stand for all: they are one function."""
VRAGEN = [
    *(t for t in orakel.TABELLEN if t not in EVEN_ZO_GELEVERD),
    "2.4",
    "2.6",
    "2.12",
    "2.13",
    *["2.10"] * 5,
]


def importeer(gemeente: Gemeente) -> datetime:
    """Bring the municipality in as a folder, and return the moment at which that happened."""
    with TemporaryDirectory() as tijdelijk:
        schrijf(gemeente, Path(tijdelijk))
        call_command("importeer", tijdelijk, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def antwoord_op(gevraagd: toeval.Vraag, *, ruw: bool) -> Antwoord:
    bekend_op = gevraagd.bekend_op
    vraag = Vraag.van_invoer(
        gevraagd.tabel,
        periode=gevraagd.periode,
        bekend_op=bekend_op.isoformat() if bekend_op else None,
        filters=gevraagd.filters,
    )
    return beantwoord(vraag, ruw=ruw)


def cijfers(antwoord: Antwoord) -> dict[str, object]:
    """The answer in the form of the oracle."""
    if isinstance(antwoord, Stroomschema):
        return {"knopen": antwoord.knopen, "percentages": antwoord.percentages}
    return {"kolommen": antwoord.kolommen, "rijen": {rij.sleutel: rij.waarden for rij in antwoord.rijen}}


def volgorde(uitkomst: dict[str, object]) -> list[list[str]]:
    return [list(deel) for deel in uitkomst.values()]


ALLEEN_HET_EERSTE_IS_EEN_AANTAL = ("2.15", "D.3")
MET_AANDELEN = ("2.11", "D.5")


def verborgen(tabel: str, uitkomst: dict[str, object]) -> dict[str, object]:
    """What is left of raw counts of persons when the small ones are hidden, and what is made of them."""

    def klein(waarde: object) -> bool:
        return isinstance(waarde, int) and 0 < waarde < 10

    if tabel in ALLEEN_HET_EERSTE_IS_EEN_AANTAL:
        rijen = {
            sleutel: ["< 10", *("×" if w != "n.n.b." else w for w in rest)]
            if klein(aantal)
            else [aantal, *rest]
            for sleutel, (aantal, *rest) in uitkomst["rijen"].items()
        }
    else:
        rijen = {
            sleutel: ["< 10" if klein(waarde) else waarde for waarde in waarden]
            for sleutel, waarden in uitkomst["rijen"].items()
        }
    return uitkomst | {"rijen": rijen}


def assert_alleen_verborgen(getoond: dict[str, object], verwacht: dict[str, object]) -> None:
    """Every cell is what it should be, or hidden beside a small one of its column."""
    assert getoond["kolommen"] == verwacht["kolommen"]
    klein = [
        any(waarden[kolom] == "< 10" for waarden in verwacht["rijen"].values())
        for kolom in range(len(verwacht["kolommen"]))
    ]
    for sleutel, waarden in verwacht["rijen"].items():
        for waarde, cel, mag_dicht in zip(waarden, getoond["rijen"][sleutel], klein, strict=True):
            assert cel == waarde or (cel == "×" and (mag_dicht or klein[0])), (sleutel, waarde, cel)


@pytest.mark.django_db
@pytest.mark.parametrize("deel", range(5 if os.environ.get("EENPLAN_VOL") else 1))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(gemeente=toeval.gemeenten(), data=st.data())
def test_elke_tabel_telt_wat_het_orakel_telt(gemeente: Gemeente, data: st.DataObject, deel: int):
    with transaction.atomic():
        import_op = importeer(gemeente)
        for tabel in VRAGEN:
            gevraagd = data.draw(toeval.vragen(gemeente, import_op=import_op, tabel=tabel))
            verwacht = orakel.tabel(
                gemeente,
                tabel,
                gevraagd.periode,
                bekend_op=gevraagd.bekend_op,
                filters=gevraagd.filters,
                import_op=import_op,
            )
            geteld = cijfers(antwoord_op(gevraagd, ruw=True))
            assert geteld == verwacht
            assert volgorde(geteld) == volgorde(verwacht)
            met_aantallen = TABELLEN[tabel].over_personen and tabel not in MET_AANDELEN
            if met_aantallen and "externe_cijfers" not in gemeente:
                assert_alleen_verborgen(cijfers(antwoord_op(gevraagd, ruw=False)), verborgen(tabel, verwacht))
        transaction.set_rollback(True)


def test_het_register_kent_elke_tabel_van_het_orakel_in_diens_volgorde():
    assert tuple(TABELLEN) == orakel.TABELLEN
