"""Spoed that nobody took: told to who divides, again after as many hours, and no more once somebody has it (R8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen import periodic, workflow
from meldingen.models import Melding
from teams.models import Aanstelling, Instelling, Medewerker, Rol, Team
from teams.post import Bericht
from tests.factories import MedewerkerFactory, MeldingFactory, TeamFactory
from tests.meldingen_web.werk import maak_melding, uren_oud

pytestmark = pytest.mark.django_db


class Post:
    """What stands in the outbox."""

    @property
    def berichten(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Whom, and what, by key."""
        rijen = Bericht.objects.filter(soort="spoed_te_laat").order_by("pk")
        return {rij.sleutel or "": (rij.aan, rij.gegevens) for rij in rijen}

    def aan(self, medewerker: Medewerker) -> list[str]:
        """The numbers of the meldingen that somebody was told of, in order."""
        return [
            gegevens["nummer"]
            for aan, gegevens in self.berichten.values()
            if aan == f"medewerker:{medewerker.pk}"
        ]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def nu() -> datetime:
    return timezone.now()


@pytest.fixture
def haven() -> Team:
    return TeamFactory(naam="Haven")


def met_rol(rol: Rol, team: Team | None, **kenmerken: object) -> Medewerker:
    medewerker = MedewerkerFactory(**kenmerken)
    Aanstelling.objects.create(medewerker=medewerker, rol=rol, team=team, vanaf=date(2015, 1, 1))
    return medewerker


@pytest.fixture
def coordinator(haven: Team) -> Medewerker:
    return met_rol(Rol.COORDINATOR, haven)


def spoed(team: Team | None, uren: float, **kenmerken: object) -> Melding:
    return uren_oud(maak_melding(team, spoed=True, **kenmerken), uren)


def test_na_de_termijn_hoort_de_coordinator_het_en_eerder_niet(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    melding = spoed(haven, 3.9)
    assert periodic.alarmeer_spoed(nu) == 0
    assert post.berichten == {}
    assert periodic.alarmeer_spoed(nu + timedelta(minutes=10)) == 1
    assert post.aan(coordinator) == [melding.nummer]


def test_het_bericht_noemt_alleen_nummer_en_pad(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    melding = spoed(haven, 5, naam="Kanarie", vraag="kanarievraag")
    periodic.alarmeer_spoed(nu)
    [(_, gegevens)] = post.berichten.values()
    assert gegevens == {"nummer": melding.nummer, "pad": f"/meldingen/{melding.pk}"}


def test_twee_keer_draaien_waarschuwt_een_keer_en_na_evenveel_uren_opnieuw(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    spoed(haven, 5)
    for uren, verwacht in ((0, 1), (0, 1), (2.5, 1), (3.5, 2), (3.9, 2), (30, 3)):
        periodic.alarmeer_spoed(nu + timedelta(hours=uren))
        assert len(post.aan(coordinator)) == verwacht, uren


def test_het_houdt_op_zodra_iemand_haar_heeft_of_zij_klaar_is(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    opgepakt, ingetrokken = spoed(haven, 5), spoed(haven, 5)
    workflow.pak_op(opgepakt, door=coordinator)
    workflow.trek_in(ingetrokken, op=timezone.localdate(), reden="opgelost", door=coordinator)
    assert periodic.alarmeer_spoed(nu) == 0
    workflow.wijs_toe(opgepakt, team=haven, medewerker=None, door=coordinator)
    assert periodic.alarmeer_spoed(nu) == 1


def test_wat_geen_spoed_is_geeft_geen_alarm(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    uren_oud(maak_melding(haven), 1000)
    assert periodic.alarmeer_spoed(nu) == 0


def test_alleen_wie_het_team_nu_verdeelt_hoort_het(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    anders = met_rol(Rol.COORDINATOR, TeamFactory())
    wijkwerker, weg = met_rol(Rol.WIJKWERKER, haven), met_rol(Rol.COORDINATOR, haven, is_active=False)
    vroeger = met_rol(Rol.COORDINATOR, haven)
    Aanstelling.objects.filter(medewerker=vroeger).update(tot=timezone.localdate(nu))
    melding = spoed(haven, 5)
    periodic.alarmeer_spoed(nu)
    assert post.aan(coordinator) == [melding.nummer]
    assert not any(post.aan(wie) for wie in (anders, wijkwerker, weg, vroeger))


def test_zonder_team_horen_alle_coordinatoren_het(post: Post, nu: datetime, coordinator: Medewerker) -> None:
    anders = met_rol(Rol.COORDINATOR, TeamFactory())
    melding = spoed(None, 5)
    periodic.alarmeer_spoed(nu)
    assert post.aan(coordinator) == post.aan(anders) == [melding.nummer]


def test_een_team_zonder_coordinator_hoort_het_zelf(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    anders = TeamFactory()
    wijkwerker, elders = met_rol(Rol.WIJKWERKER, anders), met_rol(Rol.WIJKWERKER, haven)
    melding, in_haven = spoed(anders, 5), spoed(haven, 5)
    assert periodic.alarmeer_spoed(nu) == 2
    assert post.aan(wijkwerker) == [melding.nummer]
    assert post.aan(coordinator) == [in_haven.nummer]
    assert post.aan(elders) == []


def test_een_andere_termijn_geldt_voor_wat_daarna_komt(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    Instelling.objects.create(
        sleutel="spoed_uren", geldig_van=timezone.localdate(nu) - timedelta(days=2), waarde=1
    )
    nieuw, oud = spoed(haven, 24 * 1 + 1.5), spoed(haven, 24 * 5 + 3.5)
    periodic.alarmeer_spoed(nu)
    # 25,5 uur bij een termijn van 1 uur is ronde 25; 123,5 uur bij 4 uur is ronde 30.
    assert {sleutel.split(":")[1:3][0] + "/" + sleutel.split(":")[2] for sleutel in post.berichten} == {
        f"{nieuw.pk}/25",
        f"{oud.pk}/30",
    }


def test_het_aantal_vragen_hangt_niet_af_van_het_aantal_meldingen(
    post: Post, nu: datetime, haven: Team, coordinator: Medewerker
) -> None:
    # The term; is there any; who divides; of each of them the roles and what they may divide; the outbox; is anything
    # left.
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevangen:
            periodic.alarmeer_spoed(nu)
        return len(gevangen)

    spoed(haven, 5)
    een = vragen()
    for _ in range(20):
        uren_oud(MeldingFactory(team=haven, spoed=True, op=timezone.localdate()), 5)
    assert vragen() == een == 7
    assert len(post.aan(coordinator)) == 21
