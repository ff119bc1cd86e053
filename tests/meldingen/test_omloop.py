"""How long a case circles: which meldingen are one case, and what is counted of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from households.models import Huishouden
from meldingen import workflow
from meldingen.models import Opschalingsoort
from meldingen.omloop import Omloop, Spanne, dagen_rond, lopende_zaak, omloop
from teams.models import Medewerker, Postcodegebied, Rol, Teamsoort
from tests.factories import MedewerkerFactory, TeamFactory, stel_aan

RUST = timedelta(days=182)
DAG = date(2015, 1, 1)


def spanne(melding: int, vanaf: int, tot: int | None) -> Spanne:
    return Spanne(melding, DAG + timedelta(days=vanaf), None if tot is None else DAG + timedelta(days=tot))


@pytest.mark.parametrize(
    ("spannen", "zaak"),
    [
        ([], []),
        ([(1, 0, 10)], []),
        ([(1, 0, None)], [1]),
        ([(1, 0, 10), (2, 192, None)], [1, 2]),
        ([(1, 0, 10), (2, 193, None)], [2]),
        ([(1, 0, None), (2, 400, 410)], [1, 2]),
        ([(1, 0, 10), (2, 5, 300), (3, 480, None)], [1, 2, 3]),
        ([(1, 0, 10), (2, 100, 110), (3, 600, None)], [3]),
        ([(1, 0, None), (2, 0, None)], [1, 2]),
    ],
)
def test_welke_meldingen_een_zaak_zijn(spannen: list[tuple[int, int, int | None]], zaak: list[int]) -> None:
    gevonden = lopende_zaak([spanne(*deze) for deze in reversed(spannen)], RUST)
    assert [deze.melding for deze in gevonden] == zaak


@given(st.lists(st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(0, 200)))))
def test_de_dagen_lopen_vanaf_de_eerste_melding_van_de_zaak(
    toeval: list[tuple[int, int | None]],
) -> None:
    spannen = [
        spanne(nummer, vanaf, None if duur is None else vanaf + duur)
        for nummer, (vanaf, duur) in enumerate(toeval)
    ]
    zaak, vandaag = lopende_zaak(spannen, RUST), DAG + timedelta(days=1000)
    assert bool(zaak) == any(deze.tot is None for deze in spannen)
    assert dagen_rond(zaak, vandaag) == max(((vandaag - deze.vanaf).days for deze in zaak), default=0)
    ervoor = [deze for deze in spannen if deze not in zaak]
    assert all(deze.tot and deze.tot + RUST < zaak[0].vanaf for deze in ervoor if zaak)


def test_wie_vandaag_meldt_loopt_nul_dagen() -> None:
    assert dagen_rond([spanne(1, 0, None)], DAG) == 0
    assert dagen_rond([], DAG) == 0


@pytest.mark.django_db
def test_teams_medewerkers_opschalingen_en_herhaalde_meldingen_tellen_een_keer(
    django_assert_num_queries: DjangoAssertNumQueries, wijkwerker: Medewerker, collega: Medewerker
) -> None:
    vandaag, huishouden = timezone.localdate(), Huishouden.objects.create()
    assert omloop(None, vandaag) is None
    assert omloop(huishouden.pk, vandaag) is None
    haven, stad = TeamFactory(), TeamFactory()
    for wie, team in ((wijkwerker, haven), (wijkwerker, stad), (collega, stad)):
        stel_aan(wie, Rol.WIJKWERKER, team)
    lang_geleden = workflow.ontvang(
        huishouden=huishouden, op=vandaag - timedelta(days=900), team=TeamFactory(), door=wijkwerker
    )
    workflow.trek_in(lang_geleden, op=vandaag - timedelta(days=890), reden="opgelost", door=wijkwerker)
    eerste = workflow.ontvang(
        huishouden=huishouden, op=vandaag - timedelta(days=100), team=haven, door=wijkwerker
    )
    for wie, team in ((wijkwerker, haven), (collega, stad), (wijkwerker, stad)):
        eerste = workflow.wijs_toe(eerste, team=team, medewerker=wie, door=wijkwerker)
    workflow.trek_in(eerste, op=vandaag - timedelta(days=60), reden="opgelost", door=wijkwerker)
    workflow.ontvang(huishouden=huishouden, op=vandaag - timedelta(days=9), team=haven, door=wijkwerker)
    with django_assert_num_queries(4):
        gemeten = omloop(huishouden.pk, vandaag)
    assert gemeten == Omloop(
        sinds=vandaag - timedelta(days=100), dagen=100, teams=2, medewerkers=2, opschalingen=0, herhaald=1
    )


@pytest.mark.django_db
def test_een_opschaling_telt_mee(wijkwerker: Medewerker) -> None:
    TeamFactory(soort=Teamsoort.EXPERTTEAM)
    Postcodegebied.objects.create(postcode="1316", team=TeamFactory())
    melding = workflow.neem_aan(
        voor=workflow.NieuwePersoon("Jansen", postcode="1316AA", huisnummer="1"),
        melder=workflow.Melder(1, "Jansen", telefoon="0612345678"),
        vraag="hulp",
        op=timezone.localdate(),
        door=wijkwerker,
    )
    assert melding.huishouden
    workflow.schaal_op(melding.huishouden, soort=Opschalingsoort.CONSULT, vraag="?", door=MedewerkerFactory())
    gemeten = omloop(melding.huishouden_id, timezone.localdate())
    assert gemeten
    assert (gemeten.opschalingen, gemeten.dagen, gemeten.herhaald) == (1, 0, 0)
