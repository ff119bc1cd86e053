"""The page of the meldingen behind a step: for the same question, and no more than the reader may see."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from meldingen.models import Melding
from reporting.stroomschema import KNOPEN
from teams.models import Inzage, Medewerker, Rol, Team
from tests.factories import MeldingFactory, PersoonFactory, stel_aan
from tests.reporting_web.test_paginas import STROOMSCHEMA, tabel

VRAAG = "?periode=2015-Q2&vergelijk=geen"


def kerncijfers(html: str) -> list[int]:
    """All, those in the list, and the rest; only all for who sees no list."""
    return [int(aantal) for aantal in re.findall(r"<dd>\s*([0-9]+)\s*</dd>", html)]


@pytest.mark.usefixtures("meldingen")
def test_elke_stap_wijst_naar_de_meldingen_van_dezelfde_vraag(lezer: Client, noord: Team) -> None:
    Team.objects.filter(pk=noord.pk).update(stadsdeel="Boven")
    for vraag in (
        "?periode=2015-Q2&vergelijk=2015-Q1&team=noord&bekendOp=2099-01-01",
        "?periode=2015-Q2&vergelijk=stad&stadsdeel=Boven&kanaal=telefoon",
        "?periode=2015-Q2&vergelijk=geen&categorie=jeugd&aanleiding=nieuwe_vraag",
    ):
        html = lezer.get(STROOMSCHEMA + vraag).content.decode()
        rijen = tabel(html)
        links = [unescape(adres) for adres in re.findall(r'<td class="eerste">\s*<a href="([^"]+)"', html)]
        assert len(links) in (len(KNOPEN), 2 * len(KNOPEN))
        per_rij = len(links) // len(KNOPEN)
        for nummer, adres in enumerate(links):
            knoop = list(KNOPEN.values())[nummer // per_rij]
            aantal = rijen[knoop.label][2 * (nummer % per_rij)]
            antwoord = lezer.get(adres)
            assert antwoord.status_code == 200
            assert kerncijfers(antwoord.content.decode())[0] == int(aantal), adres
            for deel in re.findall(r'href="(/rapportage/stroomschema\?[^"]+)"', antwoord.content.decode()):
                assert lezer.get(unescape(deel)).status_code == 200


@pytest.mark.usefixtures("meldingen")
def test_een_analist_ziet_aantallen_en_geen_meldingen(lezer: Client) -> None:
    html = lezer.get(f"{STROOMSCHEMA}/meldingen{VRAAG}").content.decode()

    assert kerncijfers(html) == [5]
    assert "Uw rol ziet aantallen en geen afzonderlijke meldingen." in html
    assert not any(melding.nummer in html for melding in Melding.objects.all())
    assert not Inzage.objects.exists()


@pytest.mark.usefixtures("meldingen")
def test_een_wijkwerker_ziet_wie_en_wat_van_het_eigen_team_en_de_rest_als_aantal(
    client: Client, wijkwerker: Medewerker, noord: Team
) -> None:
    stel_aan(wijkwerker, Rol.WIJKWERKER, noord)
    client.force_login(wijkwerker)
    html = client.get(f"{STROOMSCHEMA}/meldingen{VRAAG}").content.decode()

    assert kerncijfers(html) == [5, 3, 2]
    van_noord = Melding.objects.filter(
        team=noord, standen__ontvangen_op__gte="2015-04-01", standen__categorie=1
    )
    for melding in van_noord:
        assert f'href="/melding/{melding.pk}"' in html or f">{melding.nummer}</a>" in html
        assert melding.persoon is not None
        assert melding.persoon.naam in html
    assert set(Inzage.objects.values_list("sleutel", flat=True)) == {melding.pk for melding in van_noord}


@pytest.mark.usefixtures("meldingen")
def test_een_manager_ziet_nummer_en_fase_van_haar_team_en_geen_naam(
    client: Client, wijkwerker: Medewerker, noord: Team
) -> None:
    stel_aan(wijkwerker, Rol.MANAGER, noord)
    client.force_login(wijkwerker)
    html = client.get(f"{STROOMSCHEMA}/gesprek{VRAAG}").content.decode()

    assert kerncijfers(html) == [4, 3, 1]
    assert "gesprek gestart" in html
    assert "Inwoner" not in html
    assert "Wie en wat" not in html
    assert not re.search(r'href="/melding', html)
    assert Inzage.objects.count() == 3


def test_er_staan_er_vijfentwintig_op_een_bladzijde(
    client: Client, wijkwerker: Medewerker, noord: Team
) -> None:
    stel_aan(wijkwerker, Rol.COORDINATOR, noord)
    client.force_login(wijkwerker)
    persoon = PersoonFactory()
    for dag in range(27):
        MeldingFactory(op=date(2015, 4, 1 + dag), team=noord, persoon=persoon)

    def nummers(pagina: str) -> list[str]:
        html = client.get(f"{STROOMSCHEMA}/overig_voor_gesprek{VRAAG}{pagina}").content.decode()
        assert kerncijfers(html) == [27, 27, 0]
        return re.findall(r"\bM[0-9]{6}\b", html)

    eerste, tweede = nummers(""), nummers("&pagina=2")
    assert (len(eerste), len(tweede)) == (25, 2)
    assert eerste + tweede == sorted(eerste + tweede, reverse=True)
    assert nummers("&pagina=99") == tweede


@pytest.mark.usefixtures("meldingen")
def test_een_foute_vraag_of_een_stap_die_er_niet_is(lezer: Client) -> None:
    fout = lezer.get(f"{STROOMSCHEMA}/meldingen?periode=2015-Q9&kleur=rood")
    assert fout.status_code == 400
    assert 'href="#id_periode"' in fout.content.decode()
    assert lezer.get(f"{STROOMSCHEMA}/bestaat-niet").status_code == 404
    assert lezer.post(f"{STROOMSCHEMA}/meldingen").status_code == 405


@pytest.mark.usefixtures("meldingen")
def test_naast_een_team_dat_er_niet_is_heet_de_stad_niet_hetzelfde(lezer: Client) -> None:
    html = lezer.get(f"{STROOMSCHEMA}?team=west&vergelijk=stad").content.decode()

    assert re.findall(r'<a href="#(id_\w+)">', html) == ["id_team"]


@pytest.mark.usefixtures("meldingen")
def test_een_blad_zonder_uitkomst_zegt_waarom(lezer: Client, noord: Team) -> None:
    MeldingFactory(op=date(2015, 6, 1), tot="ingetrokken", team=noord)
    MeldingFactory(op=date(2015, 6, 1), tot="doorgezet", team=noord)
    MeldingFactory(op=date(2015, 6, 1), team=noord)
    html = lezer.get(f"{STROOMSCHEMA}/overig_voor_gesprek{VRAAG}").content.decode()

    assert tabel(html) == {
        "Reden": ["meldingen"],
        "Ingetrokken": ["1"],
        "Doorgezet": ["1"],
        "Nog niets gebeurd": ["1"],
        "Nog geen vervolg of overig": ["3"],
    }
    assert "Waarom" not in lezer.get(f"{STROOMSCHEMA}/voorveld{VRAAG}").content.decode()


@pytest.mark.usefixtures("meldingen")
def test_het_verloop_staat_er_als_tekening_en_als_tabel(lezer: Client) -> None:
    html = lezer.get(f"{STROOMSCHEMA}?periode=2015-Q2").content.decode()

    assert html.count('class="grafiek ') == 2
    assert tabel(html)["Voorveld, deel van de meldingen"] == ["100%", "20%"]
    een_kwartaal = lezer.get(f"{STROOMSCHEMA}?periode=2015-Q1").content.decode()
    assert "Verloop per kwartaal" not in een_kwartaal


@pytest.mark.usefixtures("meldingen")
def test_een_tabel_met_een_grafiek_tekent_die_boven_de_cijfers(lezer: Client) -> None:
    html = lezer.get("/rapportage/tabel/2.5?periode=2015-Q2").content.decode()

    assert 0 < html.index('class="grafiek liggend"') < html.index("<table")
    assert 'class="grafiek' not in lezer.get("/rapportage/tabel/2.4").content.decode()
