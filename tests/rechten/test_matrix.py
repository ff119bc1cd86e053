"""Every address × method × who asks × plight of the row, against one table (`matrix.TABEL`)."""

from __future__ import annotations

import pytest

from tests.rechten.hulp import adressen, klopt, uitslag, vraag
from tests.rechten.matrix import IN, TABEL, Mag, te_proberen
from tests.rechten.wereld import IEDEREEN, SOORTEN, Wereld


def test_elk_adres_staat_in_de_tabel() -> None:
    nieuw = sorted(adressen() - TABEL.keys())
    assert not nieuw, (
        f"Deze adressen staan niet in tests/rechten/matrix.py: {nieuw}. Zet voor elk een regel in TABEL (wie mag er "
        "wat), en als het invoer vraagt ook een geldig formulier in VELDEN van tests/rechten/invoer.py."
    )


def test_elke_regel_van_de_tabel_is_een_adres() -> None:
    weg = sorted(TABEL.keys() - adressen())
    assert not weg, f"Deze adressen bestaan niet meer; haal ze uit TABEL in tests/rechten/matrix.py: {weg}."


@pytest.mark.parametrize("naam", TABEL)
def test_wie_wat_mag_staat_in_de_tabel(wereld: Wereld, naam: str) -> None:
    """Who isn't let in changes nothing, whoever looks changes nothing, and who is let in to change does.

    And to whoever isn't let in to a row, it is as if there were none.
    """
    anders = []
    for methode, regel in TABEL[naam].methoden():
        for wie in IEDEREEN:
            niets = []
            for soort in te_proberen(TABEL[naam], regel, wie):
                verwacht, gekregen = regel.voor(wie, soort), uitslag(wereld, wie, methode, naam, soort)
                mag_schrijven = verwacht in (IN, 409) and isinstance(regel, Mag) and regel.schrijft
                waar = f"{methode} {soort or '-'} {wie}: {gekregen.status} {gekregen.naar}"
                if not klopt(gekregen, verwacht, regel):
                    anders.append(f"{waar} in plaats van {verwacht}; schreef {sorted(gekregen.geschreven)}")
                elif gekregen.geschreven and not mag_schrijven:
                    anders.append(f"{waar} schreef {sorted(gekregen.geschreven)}")
                if verwacht not in (IN, 409):
                    niets.append(gekregen.afdruk)
            if any(antwoord != niets[0] for antwoord in niets):
                anders.append(f"{methode} {wie}: aan het antwoord is te zien of de rij bestaat")
    assert not anders, f"{naam} doet iets anders dan tests/rechten/matrix.py zegt:\n" + "\n".join(anders)


@pytest.mark.parametrize("naam", [naam for naam, adres in TABEL.items() if adres.onderdeel])
def test_een_onderdeel_van_een_ander_is_hetzelfde_als_een_dat_niet_bestaat(wereld: Wereld, naam: str) -> None:
    goed = vraag(wereld, "wijkwerker", "POST", naam, "haven", "haven")
    assert goed.status == 303
    antwoorden = [
        vraag(wereld, "wijkwerker", "POST", naam, "haven", onderdeel)
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


@pytest.mark.parametrize(("naam", "wie", "veld", "model", "soorten"), IN_HET_FORMULIER)
def test_een_sleutel_in_een_formulier_verraadt_evenmin_iets(
    wereld: Wereld, naam: str, wie: str, veld: str, model: str, soorten: tuple[str, ...]
) -> None:
    def antwoord(soort: str) -> tuple[int, str]:
        sleutel = wereld.sleutel(model, soort)
        gekregen = vraag(wereld, wie, "POST", naam, "haven", **{veld: sleutel})
        assert not gekregen.geschreven
        return gekregen.status, gekregen.kaal()[1].replace(str(sleutel), "")

    eigen = vraag(wereld, wie, "POST", naam, "haven", **{veld: wereld.sleutel(model, "haven")})
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
