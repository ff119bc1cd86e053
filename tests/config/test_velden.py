"""Fields that keep in one form what people type in many."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from teams.velden import Datumveld, Postcodeveld, Telefoonveld


def fout(veld: Datumveld | Postcodeveld | Telefoonveld, waarde: str) -> str:
    with pytest.raises(ValidationError) as gevangen:
        veld.clean(waarde)
    return str(gevangen.value.messages[0])


@pytest.mark.parametrize(
    "getypt",
    ["31-12-2015", "31/12/2015", "31.12.2015", "31 12 2015", "31-12-15", "2015-12-31", " 31-12-2015 "],
)
def test_een_datum_typ_je_zoals_je_wilt(getypt: str) -> None:
    assert Datumveld().clean(getypt) == date(2015, 12, 31)


@pytest.mark.parametrize(
    ("getypt", "bericht"),
    [
        ("31-02-2015", "bestaat niet"),
        ("29-02-2015", "bestaat niet"),
        ("00-01-2015", "bestaat niet"),
        ("2015-13-01", "bestaat niet"),
        ("01-01-1066", "Controleer het jaar"),
        ("01-01-9999", "Controleer het jaar"),
        ("gisteren", "geen datum"),
        ("1-1", "geen datum"),
        ("١-١-٢٠١٥", "geen datum"),
        ("1-1-2015 <script>", "geen datum"),
        ("1" * 10_000, "geen datum"),
        ("", "Vul een datum in"),
        ("   ", "Vul een datum in"),
    ],
)
def test_wat_geen_datum_is_wordt_in_het_nederlands_gezegd(getypt: str, bericht: str) -> None:
    assert bericht in fout(Datumveld(), getypt)


def test_twee_cijfers_zijn_bij_een_geboortejaar_de_laatste_honderd_jaar() -> None:
    vandaag = timezone.localdate()

    assert Datumveld(verleden=True).clean("3-2-43") == date(1943, 2, 3)
    assert Datumveld(verleden=True).clean("3-2-09") == date(2009, 2, 3)
    assert Datumveld().clean("3-2-43") == date(2043, 2, 3)
    assert Datumveld(verleden=True).clean(f"{vandaag:%d-%m-%y}") == vandaag


def test_een_geboorte_ligt_niet_in_de_toekomst() -> None:
    assert "toekomst" in fout(Datumveld(verleden=True), f"01-01-{timezone.localdate().year + 1}")
    assert Datumveld(verleden=True, required=False).clean("") is None


def test_een_datum_komt_terug_zoals_je_haar_typt() -> None:
    assert 'value="31-12-2015"' in Datumveld().widget.render("d", date(2015, 12, 31))


@pytest.mark.parametrize("getypt", ["1315AA", "1315 aa", " 1315  aA ", "1315\u00a0AA", "1315-AA"[:4] + "aa"])
def test_een_postcode_wordt_in_een_vorm_bewaard(getypt: str) -> None:
    assert Postcodeveld().clean(getypt) == "1315AA"


@pytest.mark.parametrize(
    "getypt", ["1315", "0315AA", "13155AA", "1315 A1", "1315SS", "AA1315", "1315AÄ", "１３１５AA"]
)
def test_een_onmogelijke_postcode_wordt_geweigerd(getypt: str) -> None:
    assert "vier cijfers en twee letters" in fout(Postcodeveld(), getypt)


@pytest.mark.parametrize(
    ("getypt", "bewaard"),
    [
        ("06-12345678", "0612345678"),
        ("06 12 34 56 78", "0612345678"),
        ("+31 6 12345678", "0612345678"),
        ("+31 (0)6 1234 5678", "0612345678"),
        ("+31 06 1234 5678", "0612345678"),
        ("0031612345678", "0612345678"),
        ("(036) 539 99 11", "0365399911"),
        ("+32 475 12 34 56", "+32475123456"),
        ("00 49 30 123456", "+4930123456"),
        ("0800-1351", "08001351"),
        ("14 036", "14036"),
        ("5399911", "5399911"),
        ("", ""),
    ],
)
def test_een_telefoonnummer_wordt_in_een_vorm_bewaard(getypt: str, bewaard: str) -> None:
    assert Telefoonveld(required=False).clean(getypt) == bewaard


@pytest.mark.parametrize(
    "getypt",
    [
        "06-1234567",
        "06-123456789",
        "bel mij",
        "06-12345678 (dochter)",
        "+",
        "12+34567",
        "٠٦١٢٣٤٥٦٧٨",
        "1" * 99,
    ],
)
def test_een_onmogelijk_telefoonnummer_wordt_geweigerd(getypt: str) -> None:
    assert "telefoonnummer klopt niet" in fout(Telefoonveld(), getypt)
