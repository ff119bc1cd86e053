"""The page of signals, its place in the menu, and what reading it leaves in the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.models import Betrokkenheid, Persoon, Verblijf
from households.workflow import vraag_expertteam
from meldingen.views.signalen import PER_BLADZIJDE, PER_SOORT
from teams.models import Handeling, Inzage, Medewerker, Team, Teamsoort
from tests.factories import TeamFactory
from tests.meldingen_web.werk import geef, maak_melding, scherm_af, vandaag

pytestmark = pytest.mark.django_db
ADRES = "/signalen"


def tekst(antwoord: Any) -> str:
    """The page with its white space folded."""
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().split())


@pytest.fixture
def van_coordinator(client: Client, coordinator: Medewerker) -> Client:
    client.force_login(coordinator)
    return client


def test_wie_niets_te_doen_heeft_leest_dat(bezoek: Client) -> None:
    assert "Op dit moment is dat niets." in tekst(bezoek.get(ADRES))


def test_een_signaal_noemt_wie_wanneer_en_waar(bezoek: Client, wijkwerker: Medewerker, haven: Team) -> None:
    melding = geef(maak_melding(haven, dagen=45, naam="Kanarie"), wijkwerker, haven)
    pagina = tekst(bezoek.get(ADRES))
    assert "Termijn bijna om of voorbij (1)" in pagina
    assert (
        f'href="/meldingen/{melding.pk}"><bdi>Kanarie</bdi></a> <span class="stil">{melding.nummer}' in pagina
    )
    assert "3 dagen te laat" in pagina
    assert "Lang geen stap gezet (1)" in pagina
    assert "45 dagen" in pagina


def test_het_menu_telt_de_eigen_signalen(
    bezoek: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    assert "voor u" not in tekst(bezoek.get("/sociale-kaart"))
    geef(maak_melding(haven, dagen=45), wijkwerker, haven)
    maak_melding(haven, dagen=45)
    assert 'class="teller">2<span class="visueel-verborgen"> voor u' in tekst(bezoek.get("/sociale-kaart"))


def test_alleen_wie_verdeelt_heeft_een_tabblad_van_het_team(
    client: Client, wijkwerker: Medewerker, coordinator: Medewerker, haven: Team
) -> None:
    geef(maak_melding(haven, dagen=20, naam="Kanarie"), wijkwerker, haven)
    client.force_login(wijkwerker)
    assert "Mijn team" not in tekst(client.get(ADRES))
    client.force_login(coordinator)
    assert "Kanarie" not in tekst(client.get(f"{ADRES}?lijst=van-mij"))
    assert "Kanarie" in tekst(client.get(f"{ADRES}?lijst=team"))
    assert "Kanarie" in tekst(client.get(ADRES)), "zonder eigen signalen staat die van het team voor"
    geef(maak_melding(haven, dagen=20), coordinator, haven)
    assert "Kanarie" not in tekst(client.get(ADRES))


def test_een_ander_team_ziet_niets(client: Client, collega: Medewerker, haven: Team) -> None:
    maak_melding(haven, dagen=45, naam="Kanarie")
    client.force_login(collega)
    assert "Kanarie" not in tekst(client.get(f"{ADRES}?lijst=team&soort=termijn"))


def test_een_afgeschermd_huishouden_staat_er_zonder_naam_en_zonder_weg(
    van_coordinator: Client, haven: Team
) -> None:
    melding = maak_melding(haven, dagen=20, naam="Kanarie")
    scherm_af(melding)
    pagina = tekst(van_coordinator.get(ADRES))
    assert "afgeschermd huishouden" in pagina
    assert "Kanarie" not in pagina
    assert f"/meldingen/{melding.pk}" not in pagina
    assert not Inzage.objects.filter(sleutel=melding.pk).exists()


def test_wie_men_leest_staat_in_het_logboek(bezoek: Client, wijkwerker: Medewerker, haven: Team) -> None:
    melding = geef(maak_melding(haven, dagen=45), wijkwerker, haven)
    bezoek.get(ADRES)
    [regel] = Inzage.objects.filter(onderwerp="meldingen.Melding")
    assert (regel.sleutel, regel.handeling, regel.persoon) == (
        melding.pk,
        Handeling.IN_LIJST,
        melding.persoon_id,
    )


def test_van_een_soort_staan_er_tien_en_achter_de_link_alle(van_coordinator: Client, haven: Team) -> None:
    for _ in range(PER_BLADZIJDE + 3):
        maak_melding(haven, dagen=20)
    eerst = tekst(van_coordinator.get(ADRES))
    assert eerst.count('<th scope="row">') == PER_SOORT
    assert "Toon alle 28: Lang geen stap gezet" in eerst
    alle = tekst(van_coordinator.get(f"{ADRES}?lijst=van-mij&soort=stilte"))
    assert alle.count('<th scope="row">') == PER_BLADZIJDE
    rest = tekst(van_coordinator.get(f"{ADRES}?soort=stilte&pagina=2"))
    assert rest.count('<th scope="row">') == 3
    assert "Toon alle signalen" in rest


@pytest.mark.parametrize("vraag", ["lijst=x", "soort=x", "soort=stilte&pagina=99", "lijst=team&soort=%00"])
def test_wat_er_niet_is_geeft_geen_fout(van_coordinator: Client, haven: Team, vraag: str) -> None:
    maak_melding(haven, dagen=20)
    assert "Lang geen stap gezet (1)" in tekst(van_coordinator.get(f"{ADRES}?{vraag}"))


def alle_soorten(team: Team, coordinator: Medewerker) -> None:
    """A melding that is a signal of every kind."""
    melding = maak_melding(team, dagen=45)
    Verblijf.objects.create(
        persoon=melding.persoon, huishouden=melding.huishouden, team=team, vanaf=vandaag() - timedelta(days=9)
    )
    Persoon.objects.filter(pk=melding.persoon_id).update(
        geboortedatum=date(vandaag().year - 18, 1, 1) + timedelta(days=vandaag().timetuple().tm_yday + 30)
    )
    vraag_expertteam(melding.huishouden, TeamFactory(soort=Teamsoort.EXPERTTEAM), reden="x", door=coordinator)
    Betrokkenheid.objects.update(vanaf="2020-01-01T12:00Z")


def test_het_aantal_queries_hangt_niet_af_van_hoeveel_signalen_er_zijn(
    van_coordinator: Client, coordinator: Medewerker, haven: Team
) -> None:
    van_coordinator.get(ADRES)
    aantallen = []
    for keer in (1, 9):
        for _ in range(keer):
            alle_soorten(haven, coordinator)
        with CaptureQueriesContext(connection) as gedaan:
            pagina = tekst(van_coordinator.get(ADRES))
        assert pagina.count('<h2 id="signaal-') == 4
        aantallen.append(len(gedaan))
    assert aantallen[0] == aantallen[1]
