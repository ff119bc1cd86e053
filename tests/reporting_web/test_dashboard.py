"""How the teams do: counted once for all of them, beside each other, and never about one person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from households.models import Persoon
from meldingen.models import Melding, Terugbelverzoek, Toewijzing
from reporting.dashboard.beeld import groepen, stapel, wachttijden, werkvoorraad
from reporting.dashboard.maatstaf import Maatstaf
from reporting.periode import Periode
from reporting.vraag import Vraag
from teams.models import Medewerker, Rol, Team
from teams.perioden import begin_van
from tests.factories import stel_aan
from tests.reporting.conftest import Registratie, moment

pytestmark = pytest.mark.django_db
VANDAAG = date(2015, 4, 10)


@pytest.fixture
def registratie(db: None) -> Registratie:
    return Registratie()


def maten(periode: str = "2015-Q1") -> dict[str, Maatstaf]:
    vraag = Vraag("", Periode.van_tekst(periode))
    gevonden = groepen(vraag, werkvoorraad(vraag), VANDAAG)
    return {maatstaf.sleutel: maatstaf for groep in gevonden for maatstaf in groep.maatstaven}


def test_elk_team_krijgt_zijn_eigen_doorlooptijd(registratie: Registratie) -> None:
    for team, dagen in (("W2", (3, 5, 40)), ("W10", (20,))):
        for na in dagen:
            melding = registratie.melding("2015-01-05", team=team)
            dag = date(2015, 1, 5) + timedelta(days=na)
            registratie.stap(melding, "gesprek_gestart", dag.isoformat())
            registratie.stap(melding, "onderzoek_gestart", dag.isoformat())
            registratie.stap(melding, "onderzoek_afgerond", (dag + timedelta(days=10)).isoformat())
    w2, w10 = registratie.teams["W2"].pk, registratie.teams["W10"].pk
    gemeten = maten()
    assert gemeten["gesprek_mediaan"].waarden == {w2: 5, w10: 20}
    assert gemeten["gesprek_p90"].waarden == {w2: 40, w10: 20}
    assert gemeten["melding_afgerond_termijn"].waarden == {w2: 67, w10: 100}
    spreiding = gemeten["gesprek_mediaan"].spreiding
    assert spreiding is not None
    assert (spreiding.laagste, spreiding.midden, spreiding.hoogste) == (5, 12.5, 20)


def test_de_stapel_is_die_van_tabel_d_2(registratie: Registratie) -> None:
    registratie.melding("2014-10-01")
    registratie.stap(registratie.melding("2015-03-25"), "gesprek_gestart", "2015-03-26")
    vraag = Vraag("", Periode.van_tekst("2015-Q1"))
    deze = stapel(werkvoorraad(vraag), registratie.teams["W2"])
    assert deze.open == 2
    assert [(deel.label, deel.aantal, deel.balk) for deel in deze.per_fase][:2] == [
        ("Ontvangen", 1, 100),
        ("Gesprek gestart", 1, 100),
    ]
    assert [deel.aantal for deel in deze.per_leeftijd] == [1, 0, 0, 1]


def test_spoed_telt_als_iemand_hem_op_tijd_had(registratie: Registratie, wijkwerker: Medewerker) -> None:
    team = registratie.teams["W2"]
    for uren in (1, 2, 300, None):
        melding = registratie.melding("2015-02-02")
        ontvangen = moment("2015-02-02T10:00")
        Melding.objects.filter(pk=melding.pk).update(spoed=True, team=team, geregistreerd_op=ontvangen)
        if uren:
            Toewijzing.objects.create(
                melding=melding, team=team, medewerker=wijkwerker, vanaf=ontvangen + timedelta(hours=uren)
            )
    assert maten()["spoed"].waarden == {team.pk: 50}


def test_een_belofte_telt_in_de_periode_waarin_zij_afliep(registratie: Registratie) -> None:
    team, einde = registratie.teams["W2"], begin_van(date(2015, 2, 3))
    for na, ingetrokken in ((-1, False), (5, False), (None, False), (None, True)):
        Terugbelverzoek.objects.create(
            team=team,
            naam="Proef",
            telefoon="0612345678",
            uiterlijk_op=einde,
            nagekomen_op=None if na is None else einde + timedelta(hours=na),
            ingetrokken_op=einde if ingetrokken else None,
        )
    assert maten()["teruggebeld"].waarden == {team.pk: 33}
    assert maten("2015-Q2")["teruggebeld"].waarden == {}


def test_een_klein_aantal_mensen_staat_er_niet(registratie: Registratie) -> None:
    registratie.clienten(3)
    wachten = wachttijden(Vraag("", Periode.van_tekst("2015-Q1")), registratie.teams["W2"])
    assert all(regel.aantal == "< 10" and regel.mediaan == "×" for regel in wachten)
    w2, w10 = registratie.teams["W2"].pk, registratie.teams["W10"].pk
    aflopend = maten()["herindicaties"]
    assert aflopend.waarden == {w2: 0, w10: 0}
    assert aflopend.spreiding is not None
    for nummer in range(3):
        client = Persoon.objects.create()
        registratie.verblijf(client, "W2", "2014-01-01")
        registratie.beschikking(client, "begeleiding", "2015-01-01", f"2015-05-0{nummer + 1}")
    aflopend = maten()["herindicaties"]
    assert aflopend.waarden == {w2: "< 10", w10: 0}
    assert aflopend.spreiding is None


def test_met_zestien_teams_zijn_er_niet_meer_vragen_dan_met_twee(
    registratie: Registratie,
    wijkwerker: Medewerker,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(stel_aan(wijkwerker, Rol.ANALIST))

    def vragen() -> int:
        with django_assert_max_num_queries(60) as gesteld:
            assert client.get("/rapportage/teams?periode=2015-Q1").status_code == 200
        return len(gesteld)

    registratie.melding("2015-01-05")
    voor = vragen()
    for nummer in range(14):
        team = Team.objects.create(code=f"N{nummer}", naam=f"Wijkteam met een lange naam {nummer}", soort=1)
        registratie.teams[team.code] = team
        registratie.melding("2015-01-05", team=team.code)
    assert vragen() <= voor


def test_wie_een_team_leidt_krijgt_het_als_eerste_te_zien(
    registratie: Registratie, wijkwerker: Medewerker, client: Client
) -> None:
    client.force_login(stel_aan(wijkwerker, Rol.MANAGER, registratie.teams["W2"]))
    assert "Wijkteam W2 in cijfers" in client.get("/rapportage").content.decode()
    pagina = client.get("/rapportage/teams/W2")
    assert pagina.status_code == 200
    assert wijkwerker.naam not in pagina.content.decode().partition("<main")[2]
    assert client.get("/rapportage/teams/bestaat-niet").status_code == 404
    assert client.get("/rapportage/teams/X1").status_code == 404


@pytest.mark.parametrize("vraag", ["periode=2015-Q9", "bekendOp=gisteren", "periode=morgen"])
def test_een_vraag_die_niet_kan_zegt_wat_er_mis_is(
    registratie: Registratie, wijkwerker: Medewerker, client: Client, vraag: str
) -> None:
    client.force_login(stel_aan(wijkwerker, Rol.ANALIST))
    for adres in ("/rapportage/teams", "/rapportage/teams/W2"):
        antwoord = client.get(f"{adres}?{vraag}")
        assert antwoord.status_code == 400
        assert "data-fouten" in antwoord.content.decode()


def test_zonder_een_enkele_registratie_is_er_een_leeg_beeld(
    registratie: Registratie, wijkwerker: Medewerker, client: Client
) -> None:
    client.force_login(stel_aan(wijkwerker, Rol.ANALIST))
    assert timezone.localdate()
    for adres in ("/rapportage/teams", "/rapportage/teams/W2"):
        assert client.get(adres).status_code == 200
