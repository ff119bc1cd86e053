"""`mag`, `zichtbaar` and a slow reading of the three tiers agree about everybody, every action and every row."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from teams.access import REGELS, Actie, mag, zichtbaar
from teams.gronden import Wie
from teams.models import Rol
from tests.rechten.lezing import Lezing
from tests.rechten.toevalswereld import MODELLEN, maak_toevalswereld

WERELDEN = [(0, 150), *(pytest.param((zaad, 1_000), marks=pytest.mark.vol) for zaad in range(1, 11))]
"""By seed, how many questions: ten worlds of a thousand are the ten thousand, a small one is asked every time."""
Toeval = tuple[random.Random, int, dict[str, list[Any]]]
VRAGEN = [
    (actie, model)
    for model in MODELLEN
    for actie in Actie
    # Of what no rule is about the answer is always no: each of those once is enough.
    for _ in range(6 if any((rol, actie, model._meta.label) in REGELS for rol in Rol) else 1)
]


@pytest.fixture(scope="module", params=WERELDEN)
def wereld(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Toeval]:
    """Rows of every kind, by chance; the seed is the number of the world."""
    zaad, aantal = request.param
    toeval = random.Random(zaad)
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield toeval, aantal, maak_toevalswereld(toeval)
        finally:
            transaction.set_rollback(True)


def test_mag_de_lijst_en_de_lezing_zijn_het_overal_eens(
    wereld: Toeval,
) -> None:
    toeval, aantal, rijen = wereld
    lezing = Lezing()
    wie = {medewerker.pk: Wie.van(medewerker) for medewerker in rijen["medewerkers"]}
    gezien: dict[tuple[int, Actie, Any], set[int]] = {}
    uitkomsten = {True: 0, False: 0}
    for _ in range(aantal):
        medewerker = toeval.choice(rijen["medewerkers"])
        actie, model = toeval.choice(VRAGEN)
        rij = toeval.choice(rijen[model._meta.label])
        sleutel = (medewerker.pk, actie, model)
        if sleutel not in gezien:
            eigen = {rij.pk for rij in rijen[model._meta.label]}
            zichtbare = zichtbaar(model, wie[medewerker.pk], actie).values_list("pk", flat=True)
            gezien[sleutel] = set(zichtbare) & eigen
            verwacht = {r.pk for r in rijen[model._meta.label] if lezing.mag(medewerker, actie, r)}
            assert gezien[sleutel] == verwacht, (
                f"{actie} van {model.__name__} door {lezing.beschrijf(medewerker)}: te veel "
                f"{sorted(gezien[sleutel] - verwacht)}, te weinig {sorted(verwacht - gezien[sleutel])}"
            )
        uitkomst = mag(wie[medewerker.pk], actie, rij)
        assert uitkomst == (rij.pk in gezien[sleutel]), (medewerker, actie, rij)
        uitkomsten[uitkomst] += 1
    assert min(uitkomsten.values()) > aantal / 20, f"het toeval toetst niets: {uitkomsten}"


def test_de_toevalswereld_kent_elk_geval(wereld: Toeval) -> None:
    """Without these the comparison would prove little."""
    *_, rijen = wereld
    lezing = Lezing()
    assert all(rijen[model._meta.label] for model in MODELLEN)
    assert any(lezing.in_twee_huishoudens(persoon) for persoon in rijen["households.Persoon"])
    meldingen = rijen["meldingen.Melding"]
    for gevallen in (
        {melding.team_id is None for melding in meldingen},
        {melding.huishouden_id is None for melding in meldingen},
        {melding.behandelaar_id is None for melding in meldingen},
        {huishouden.afgeschermd for huishouden in rijen["households.Huishouden"]},
        {medewerker.is_active for medewerker in rijen["medewerkers"]},
        {len(lezing.rollen(medewerker)) > 1 for medewerker in rijen["medewerkers"]},
    ):
        assert gevallen == {True, False}
