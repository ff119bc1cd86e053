"""Conditions of rights as SQL: the same rows as the ORM gives, and nobody's keys in somebody else's question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Exists, OuterRef, Q
from pytest_django import DjangoAssertNumQueries

from meldingen.models import Melding
from teams.access import Actie, zichtbaar
from teams.gronden import Wie
from teams.insql import InSql, Tekst, schrijf
from teams.models import Medewerker, Team
from tests.meldingen_web.werk import maak_melding

pytestmark = pytest.mark.django_db


def test_een_voorwaarde_die_een_relatie_volgt_wordt_geweigerd() -> None:
    with pytest.raises(ValueError, match="volgt een relatie"):
        schrijf(Q(team__naam="Haven"), "meldingen.Melding")


def test_wat_nooit_waar_is_en_wat_altijd_waar_is() -> None:
    assert schrijf(Q(pk__in=[]), "meldingen.Melding") is None
    assert schrijf(~Q(pk__in=[]), "meldingen.Melding") == Tekst("TRUE", ())


def test_binnen_een_vraag_over_hetzelfde_model_gaat_de_voorwaarde_over_de_eigen_rij(
    haven: Team, stad: Team
) -> None:
    van_haven, van_stad = maak_melding(haven), maak_melding(stad)
    tekst = schrijf(Q(team=haven), "meldingen.Melding")
    assert tekst
    binnen = Melding.objects.filter(InSql(tekst), pk=OuterRef("pk"))
    assert list(Melding.objects.filter(Exists(binnen))) == [van_haven]
    assert list(Melding.objects.filter(~Exists(binnen))) == [van_stad]
    assert list(Melding.objects.filter(pk__in=Melding.objects.filter(InSql(tekst)))) == [van_haven]


def test_twee_lezers_van_dezelfde_vorm_zien_elk_het_hunne(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, stad: Team
) -> None:
    van_haven, van_stad = maak_melding(haven), maak_melding(stad)
    een, ander = Wie.van(wijkwerker), Wie.van(collega)
    assert list(zichtbaar(Melding, een, Actie.LEZEN)) == [van_haven]
    assert list(zichtbaar(Melding, ander, Actie.LEZEN)) == [van_stad]
    assert list(zichtbaar(Melding, een, Actie.LEZEN)) == [van_haven]


def test_de_parameters_van_twee_lezers_in_een_vraag_blijven_uit_elkaar(
    wijkwerker: Medewerker, collega: Medewerker, haven: Team, stad: Team
) -> None:
    maak_melding(haven)
    maak_melding(stad)
    een, ander = (zichtbaar(Melding, Wie.van(wie), Actie.LEZEN) for wie in (wijkwerker, collega))
    assert een.filter(pk__in=ander.values("pk")).count() == 0
    assert een.filter(~Q(pk__in=ander.values("pk"))).count() == 1


def test_een_lezer_met_meer_teams_heeft_een_eigen_vorm(
    wijkwerker: Medewerker, haven: Team, stad: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    van_haven = maak_melding(haven)
    van_stad = maak_melding(stad)
    wie = Wie.van(wijkwerker)
    breder = replace(wie, teams=frozenset({haven.pk, stad.pk}))
    with django_assert_num_queries(1):
        assert set(zichtbaar(Melding, breder, Actie.LEZEN)) == {van_haven, van_stad}
    assert set(zichtbaar(Melding, wie, Actie.LEZEN)) == {van_haven}
