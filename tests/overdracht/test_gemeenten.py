"""Random municipalities: in, again, in halves, and both ways of writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from config.overdracht import importeren
from meldingen.models import Stand
from tests.orakel.gemeenten import gemeenten
from tests.orakel.lezen import Gemeente
from tests.orakel.map import schrijf
from tests.overdracht.hulp import lees_in, op_proef
from tests.overdracht.inhoud import Afdruk, afdruk, afdruk_zonder_ids, maak_leeg

AANTAL = 150 if os.environ.get("EENPLAN_VOL") else 3
toevallig = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=AANTAL,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
EERST = ("teams", "personen")


def met_map(gemeente: Gemeente, doe: Callable[[Path], object], zaad: int | None = None) -> None:
    """Do something with the municipality as a folder; nothing when it has no rows at all."""
    with TemporaryDirectory() as tijdelijk:
        pad = Path(tijdelijk)
        schrijf(gemeente, pad, zaad=zaad)
        if any(pad.iterdir()):
            doe(pad)


@toevallig
@given(gemeente=gemeenten())
def test_een_gemeente_nog_eens_inlezen_verandert_niets(eigen_database, gemeente: Gemeente):
    maak_leeg()
    met_map(gemeente, lees_in)
    ervoor = afdruk()

    for zaad in (None, 1):
        met_map(gemeente, lees_in, zaad)
        assert afdruk() == ervoor


@toevallig
@given(gemeente=gemeenten())
def test_een_gemeente_in_twee_helften_wordt_dezelfde(eigen_database, gemeente: Gemeente):
    """Only the moment of the import is another, where the files leave it open."""
    maak_leeg()
    met_map(gemeente, lees_in)
    ineens = _zonder_importmoment()

    maak_leeg()
    met_map({naam: rijen for naam, rijen in gemeente.items() if naam in EERST}, lees_in)
    met_map({naam: rijen for naam, rijen in gemeente.items() if naam not in EERST}, lees_in)

    assert _zonder_importmoment() == ineens


@pytest.mark.django_db
@toevallig
@given(gemeente=gemeenten())
def test_een_gemeente_komt_langs_beide_wegen_op_hetzelfde_uit(monkeypatch, gemeente: Gemeente):
    gezien: list[tuple[object, Afdruk]] = []

    def lees(pad: Path) -> None:
        with op_proef():
            gezien.append((lees_in(pad), afdruk_zonder_ids()))

    for vanaf in (1, 2**31):
        monkeypatch.setattr(importeren, "BULK_VANAF", vanaf)
        met_map(gemeente, lees)

    for (in_bulk, rijen_in_bulk), (gewoon, rijen_gewoon) in pairwise(gezien):
        assert in_bulk == gewoon
        for tabel, rijen in rijen_gewoon.items():
            assert rijen_in_bulk[tabel] == rijen, tabel


def _zonder_importmoment() -> Afdruk:
    sinds = [veld.name for veld in Stand._meta.get_fields() if veld.name.endswith("_sinds")]
    return afdruk_zonder_ids(zonder=("geregistreerd_op", "van", "tot", *sinds))
