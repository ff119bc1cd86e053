"""Every address × method × who asks × plight of the row, against one table (`matrix.TABEL`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.rechten.hulp import adressen, vraag
from tests.rechten.keuze import Vragen, alle, keuze
from tests.rechten.matrix import TABEL
from tests.rechten.oordeel import klachten
from tests.rechten.regels import IN, Mag
from tests.rechten.wereld import IEDEREEN, KANARIES, SOORTEN, Wereld


def test_elk_adres_staat_in_de_tabel() -> None:
    nieuw = sorted(adressen() - TABEL.keys())
    assert not nieuw, (
        f"Deze adressen staan niet in tests/rechten/matrix.py: {nieuw}. Zet voor elk een regel in TABEL (wie mag er "
        "wat), en als het invoer vraagt ook een geldig formulier in VELDEN van tests/rechten/invoer.py."
    )


def test_elke_regel_van_de_tabel_is_een_adres() -> None:
    weg = sorted(TABEL.keys() - adressen())
    assert not weg, f"Deze adressen bestaan niet meer; haal ze uit TABEL in tests/rechten/matrix.py: {weg}."


@pytest.mark.elk_geval
@pytest.mark.usefixtures("stil")
@pytest.mark.parametrize("kies", [keuze, pytest.param(alle, marks=pytest.mark.vol)])
@pytest.mark.parametrize("naam", TABEL)
def test_elk_adres_geeft_ieder_wat_de_tabel_zegt(
    wereld: Wereld, naam: str, kies: Callable[[str], Iterable[Vragen]]
) -> None:
    """Who is let in and who not, what an answer shows, and what then stands in the log.

    And to whoever isn't let in to a row, it is as if there were none.
    """
    anders, toont = [], False
    for vragen in kies(naam):
        niets = []
        for v in vragen:
            gekregen = v.stel(wereld)
            anders += [f"{v}: {klacht}" for klacht in klachten(wereld, v, gekregen)]
            toont |= bool(gekregen.woorden)
            if v.verwacht not in (IN, 409):
                niets.append(gekregen.kaal())
        if any(antwoord != niets[0] for antwoord in niets):
            anders.append(f"{vragen[0]}: aan het antwoord is te zien of de rij bestaat")
    if toont != TABEL[naam].persoonsgegevens and (toont or kies is alle):
        anders.append(
            f"toont {'' if toont else 'geen '}woorden van een inwoner: zie persoonsgegevens in TABEL"
        )
    assert not anders, f"{naam} doet iets anders dan tests/rechten/matrix.py zegt:\n" + "\n".join(anders)


def test_in_de_keuze_komt_iedereen_en_elk_antwoord_voor() -> None:
    """Every answer of every address and method, and everybody with every answer that they ever get."""
    gekozen = [v for naam in TABEL for vragen in keuze(naam) for v in vragen]
    ooit = [v for naam in TABEL for vragen in alle(naam) for v in vragen]
    for deel in (
        lambda v: (v.naam, v.methode, v.verwacht),
        lambda v: (v.wie, v.methode, v.verwacht),
    ):
        assert {deel(v) for v in ooit} == {deel(v) for v in gekozen}


@pytest.mark.parametrize("naam", [naam for naam, adres in TABEL.items() if adres.onderdeel])
def test_een_onderdeel_van_een_ander_is_hetzelfde_als_een_dat_niet_bestaat(wereld: Wereld, naam: str) -> None:
    methode = "POST" if isinstance(TABEL[naam].POST, Mag) else "GET"
    goed = vraag(wereld, "wijkwerker", methode, naam, "haven", "haven")
    assert goed.status == (303 if methode == "POST" else 200)
    antwoorden = [
        vraag(wereld, "wijkwerker", methode, naam, "haven", onderdeel)
        for onderdeel in ("onbekend", "stad", "afgeschermd")
    ]
    assert [antwoord.status for antwoord in antwoorden] == [404] * 3
    assert all(antwoord.kaal() == antwoorden[0].kaal() for antwoord in antwoorden)
    assert not any(antwoord.geschreven for antwoord in antwoorden)


IN_HET_FORMULIER = [
    ("verdelen", "coordinator", "melding", "melding", ("stad",)),
    ("melding-nieuw", "wijkwerker", "wie", "persoon", ("afgeschermd",)),
    ("melding-nieuw", "kcc", "wie", "persoon", ("afgeschermd",)),
    ("melding-nieuw", "collega", "toevoegen", "melding", ("afgeschermd",)),
    ("melding-nieuw", "kcc", "toevoegen", "melding", ("afgeschermd",)),
    ("melding-koppelen", "wijkwerker", "persoon", "vrij", ("afgeschermd",)),
    ("melding-gelijkstellen", "wijkwerker", "persoon", "vrij", ("stad", "afgeschermd")),
]


def _bij(veld: str, soort: str) -> dict[str, str]:
    """What goes with a key: a caller may be somebody who is known only when that looks like them."""
    return {"melder_naam": KANARIES[soort].achternaam[:-1]} if veld == "wie" else {}


@pytest.mark.parametrize(("naam", "wie", "veld", "model", "soorten"), IN_HET_FORMULIER)
def test_een_sleutel_in_een_formulier_verraadt_evenmin_iets(
    wereld: Wereld, naam: str, wie: str, veld: str, model: str, soorten: tuple[str, ...]
) -> None:
    def antwoord(soort: str) -> tuple[int, str]:
        sleutel = wereld.sleutel(model, soort)
        velden = _bij(veld, soorten[0]) | {veld: sleutel}
        gekregen = vraag(wereld, wie, "POST", naam, "haven", velden=velden)
        assert gekregen.geschreven <= {"meldingen_concept"}
        return gekregen.status, gekregen.kaal()[1].replace(str(sleutel), "")

    velden = _bij(veld, "haven") | {veld: wereld.sleutel(model, "haven")}
    eigen = vraag(wereld, wie, "POST", naam, "haven", velden=velden)
    assert eigen.status in (302, 303)
    assert {soort: antwoord(soort) for soort in soorten} == dict.fromkeys(soorten, antwoord("onbekend"))


def test_de_tabel_laat_bij_elk_adres_iemand_binnen() -> None:
    """Else a test of who is let in could not fail."""
    for naam, adres in TABEL.items():
        for _, regel in adres.methoden():
            if isinstance(regel, Mag):
                uitkomsten = {regel.voor(wie, soort) for wie in IEDEREEN for soort in adres.soorten}
                assert uitkomsten & {IN, 409}, naam
    assert set(SOORTEN) < {soort for adres in TABEL.values() for soort in adres.soorten}
