"""What the database refuses on the sociale kaart, whoever writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection

from voorzieningen.models import AlgemeneVoorziening


@pytest.mark.parametrize(
    "mis",
    [
        {"naam": ""},
        {"ref": ""},
        {"soort": 9},
        {"stadsdeel": "Haven"},
        {"geldig_van": date(2026, 2, 1), "geldig_tot": date(2026, 1, 31)},
        {"telefoon": "bel maar"},
        {"email": "geen adres"},
        {"website": "javascript:alert(1)"},
        {"website": "https://example.org/ met spatie"},
    ],
)
def test_wat_niet_kan_komt_niet_in_de_database(op_de_kaart, mis):
    with pytest.raises(IntegrityError):
        op_de_kaart(**{"naam": "Taalmaatje", **mis})


def test_een_code_is_van_een_rij(op_de_kaart):
    op_de_kaart("Een", ref="K1")
    op_de_kaart("Zonder code")
    op_de_kaart("Ook zonder code")

    with pytest.raises(IntegrityError):
        op_de_kaart("Twee", ref="K1")


def test_beide_manieren_van_zoeken_hebben_een_index(op_de_kaart):
    op_de_kaart("Taalmaatje")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = AlgemeneVoorziening.objects.zoek("taal maatje").explain()

    assert "kaart_zoekvector" in plan
    assert "kaart_zoektekst" in plan


def test_een_mailadres_kan_geen_kopie_aan_een_ander_toevoegen():
    rij = AlgemeneVoorziening(email="a?bcc=ander@example.org", telefoon="+31 (0)88-0000123")

    assert rij.mail_link == "mailto:a%3Fbcc%3Dander@example.org"
    assert rij.bel_link == "tel:+310880000123"
