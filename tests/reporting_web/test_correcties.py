"""The page of corrections: cells for who reads figures, registrations for who may read what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from households.models import Persoon
from meldingen import workflow
from meldingen.models import Categorie, Melding, Soort
from reporting.inzicht import HOOGSTENS
from teams.models import Handeling, Inzage, Medewerker, Rol, Team
from tests.factories import MedewerkerFactory, MeldingFactory, stel_aan
from tests.reporting_web.test_paginas import tabel
from voorzieningen.models import Beschikking, Voorziening

ADRES = "/rapportage/correcties"
REDEN = "mevrouw Jansen belde: het was haar buurvrouw"
Als = Callable[..., Client]


@pytest.fixture
def als(client: Client) -> Als:
    """A browser of somebody with this role."""

    def aangemeld(rol: Rol, team: Team | None = None) -> Client:
        wie = stel_aan(MedewerkerFactory(username=f"een-{rol.code}"), rol, team)
        client.force_login(wie)
        return client

    return aangemeld


@pytest.fixture
def gecorrigeerd(noord: Team, zuid: Team, wijkwerker: Medewerker) -> tuple[Melding, str]:
    """A melding that belongs to another team than it was first said, and the moment before that."""
    melding = MeldingFactory(op=date(2015, 4, 1), team=noord)
    MeldingFactory(op=date(2015, 4, 2), team=zuid)
    toen = timezone.localtime().isoformat()
    ontvangen = melding.gebeurtenissen.get(soort=Soort.ONTVANGEN)
    workflow.corrigeer(ontvangen, team=zuid, reden=REDEN, door=wijkwerker)
    return melding, toen


def vraag(toen: str, **meer: str) -> dict[str, str]:
    return {"tabel": "2.5", "periode": "2015-Q2", "van": toen, **meer}


def test_elke_lezer_van_cijfers_ziet_welke_cellen_anders_zijn(
    als: Als, gecorrigeerd: tuple[Melding, str]
) -> None:
    antwoord = als(Rol.ANALIST).get(ADRES, vraag(gecorrigeerd[1]))
    html = antwoord.content.decode()

    assert antwoord.status_code == 200
    assert tabel(html) == {
        "Rij": ["Kolom", "Was", "Werd", "Verschil"],
        "Wijkteam Noord": ["2015-Q2", "1", "0", "−1"],
        "Wijkteam Zuid": ["2015-Q2", "1", "2", "+1"],
    }


def test_een_analist_krijgt_aantallen_per_soort_en_geen_registratie(
    als: Als, gecorrigeerd: tuple[Melding, str]
) -> None:
    melding, toen = gecorrigeerd
    html = als(Rol.ANALIST).get(ADRES, vraag(toen)).content.decode()

    assert "gebeurtenis ontvangen, geregistreerd: 1" in html
    assert "gebeurtenis ontvangen, vervallen: 1" in html
    assert REDEN not in html
    assert "wijkwerker" not in html
    assert f"/meldingen/{melding.pk}" not in html
    assert not Inzage.objects.exists()


def test_een_manager_ziet_die_van_haar_team_zonder_de_reden(
    als: Als, gecorrigeerd: tuple[Melding, str], zuid: Team
) -> None:
    melding, toen = gecorrigeerd
    html = als(Rol.MANAGER, zuid).get(ADRES, vraag(toen)).content.decode()

    assert len(re.findall(r"vervallen op|geregistreerd op", html)) == 2
    assert "alleen voor wie de melding leest" in html
    assert REDEN not in html
    assert f"/meldingen/{melding.pk}" not in html
    (regel,) = Inzage.objects.all()
    assert (regel.sleutel, regel.handeling) == (melding.pk, Handeling.IN_LIJST)


def test_een_manager_van_een_ander_team_ziet_alleen_aantallen(
    als: Als, gecorrigeerd: tuple[Melding, str], noord: Team
) -> None:
    html = als(Rol.MANAGER, noord).get(ADRES, vraag(gecorrigeerd[1])).content.decode()

    assert "gebeurtenis ontvangen, vervallen: 1" in html
    assert "vervallen op" not in html


def test_een_coordinator_leest_wie_en_waarom_en_dat_wordt_gelogd(
    als: Als, gecorrigeerd: tuple[Melding, str], zuid: Team
) -> None:
    melding, toen = gecorrigeerd
    html = als(Rol.COORDINATOR, zuid).get(ADRES, vraag(toen)).content.decode()

    assert REDEN in html
    assert "wijkwerker" in html
    assert f'href="/meldingen/{melding.pk}"' in html
    assert "die u niet kunt zien" not in html
    (regel,) = Inzage.objects.all()
    assert (regel.onderwerp, regel.sleutel) == ("meldingen.Melding", melding.pk)


@pytest.mark.django_db
def test_kleine_aantallen_van_personen_blijven_ook_hier_verborgen(als: Als) -> None:
    toen = timezone.localtime().isoformat()
    Beschikking.objects.create(
        persoon=Persoon.objects.create(),
        voorziening=Voorziening.objects.filter(groep__naam="rolstoelen")[0],
        ingangsdatum="2015-04-01",
    )
    html = als(Rol.ANALIST).get(ADRES, vraag(toen, tabel="2.9")).content.decode()

    assert tabel(html)["Cliënten"] == ["2015-Q2", "0", "< 10", ""]
    assert "beschikking, geregistreerd: &lt; 10" in html


def test_meer_dan_op_een_pagina_past_wordt_gezegd(
    als: Als, noord: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    toen = timezone.localtime().isoformat()
    for dag in (1, 2, 3):
        MeldingFactory(op=date(2015, 4, dag), team=noord)
    browser = als(Rol.COORDINATOR, noord)

    monkeypatch.setattr("reporting.inzicht.HOOGSTENS", 2)
    assert "En nog 1 die u kunt zien" in browser.get(ADRES, vraag(toen)).content.decode()
    monkeypatch.setattr("reporting.views.correcties.HOOGSTENS", 2)
    html = browser.get(ADRES, vraag(toen)).content.decode()
    assert "meer dan op een pagina past: 3 meldingen" in html
    assert tabel(html)["Totaal"] == ["2015-Q2", "0", "3", "+3"]
    assert HOOGSTENS == 200


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("fout", "veld"),
    [
        ({"tabel": "9.9"}, "id_tabel"),
        ({"periode": "2015-Q9"}, "id_periode"),
        ({"andere_periode": "ooit"}, "id_andere_periode"),
        ({"van": "gisteren"}, "id_van"),
        ({"tot": "morgen"}, "id_tot"),
        ({"van": "2020-01-02", "tot": "2020-01-01"}, "id_van"),
        ({"team": "west"}, "id_team"),
    ],
)
def test_een_fout_staat_bij_het_veld(lezer: Client, fout: dict[str, str], veld: str) -> None:
    antwoord = lezer.get(ADRES, vraag("2015-04-01", **fout))
    assert antwoord.status_code == 400
    assert f'<a href="#{veld}">' in antwoord.content.decode()


@pytest.mark.usefixtures("meldingen")
def test_een_filter_dat_de_tabel_niet_kent_wordt_niet_stil_vergeten(lezer: Client) -> None:
    antwoord = lezer.get(ADRES, vraag("2015-04-01", tabel="1.1", team="noord"))
    assert antwoord.status_code == 400
    assert "Tabel 1.1 kent" in antwoord.content.decode()


def test_zonder_iets_te_kiezen_is_er_een_antwoord_ook_als_er_niets_is(lezer: Client) -> None:
    html = lezer.get(ADRES).content.decode()
    assert "Geen enkele cel toont iets anders" in html
    assert "Er veranderde geen registratie" in html


@pytest.mark.usefixtures("meldingen")
def test_elke_tabel_wijst_naar_haar_correcties_met_dezelfde_vraag(lezer: Client, noord: Team) -> None:
    MeldingFactory(op=date(2015, 4, 9), team=noord, categorie=Categorie.JEUGD)
    for adres in ("/rapportage/tabel/2.4", "/rapportage/stroomschema"):
        html = lezer.get(adres, {"periode": "2015-Q2", "team": "noord", "kanaal": "balie"}).content.decode()
        (link,) = re.findall(r'href="(/rapportage/correcties[^"]+)"', html)
        pagina = lezer.get(link.replace("&amp;", "&"))
        assert pagina.status_code == 200
        assert '<option value="noord" selected>' in pagina.content.decode()
        assert '<option value="balie" selected>' in pagina.content.decode()
