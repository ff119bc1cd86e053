"""The pages of edities: keep, look back at what was kept, make it again; and the note under later figures."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.models import Klantcontact
from reporting.edities import stel_vast
from reporting.models import Editie
from reporting.periode import Periode
from reporting.register import TABELLEN
from teams.geweigerd import Geweigerd
from teams.models import Medewerker, Rol, Team
from tests.factories import MeldingFactory, stel_aan
from tests.reporting_web.test_paginas import tabel

Q2 = Periode.van_tekst("2015-Q2")
NIEUW = "/rapportage/edities/nieuw"


def gestuurd(**meer: str) -> dict[str, str]:
    return {"titel": "Voor de raad", "tabel": "2.4", "periode": "2015-Q2", "vergelijk": "vorige", **meer}


@pytest.mark.usefixtures("meldingen")
def test_een_tabel_vaststellen_en_terugzien_zoals_zij_was(
    lezer: Client, noord: Team, wijkwerker: Medewerker
) -> None:
    antwoord = lezer.post(NIEUW, gestuurd(opmerking="Behandeld op 1 juli."))

    editie = Editie.objects.get()
    assert antwoord["Location"] == f"/rapportage/edities/{editie.pk}"
    assert editie.door == wijkwerker
    MeldingFactory(op=date(2015, 5, 1), team=noord)

    html = lezer.get(antwoord["Location"]).content.decode()
    assert tabel(html)["Volwassenen"] == ["1", "5"]
    assert "Behandeld op 1 juli." in html
    assert editie.sha256 in html
    assert tabel(lezer.get("/rapportage/tabel/2.4").content.decode())["Volwassenen"] == ["1", "6", "+5"]
    lijst = lezer.get("/rapportage/edities").content.decode()
    assert tabel(lijst)["Voor de raad"][0] == "2015-Q2, naast 2015-Q1"


@pytest.mark.usefixtures("meldingen")
def test_alle_tabellen_vaststellen_en_elk_bekijken(lezer: Client) -> None:
    lezer.post(NIEUW, gestuurd(tabel="alle"))
    editie = Editie.objects.get()
    html = lezer.get(f"/rapportage/edities/{editie.pk}").content.decode()

    for sleutel in TABELLEN:
        adres = f"/rapportage/edities/{editie.pk}/tabel/{sleutel}"
        assert adres in html
        assert lezer.get(adres).status_code == 200
    assert lezer.get(f"/rapportage/edities/{editie.pk}/tabel/9.9").status_code == 404


@pytest.mark.usefixtures("meldingen")
def test_opnieuw_gemaakt_is_zij_gelijk_en_staat_erbij_wat_er_veranderde(lezer: Client, noord: Team) -> None:
    lezer.post(NIEUW, gestuurd())
    editie = Editie.objects.get()
    adres = f"/rapportage/edities/{editie.pk}/controle"
    eerst = lezer.get(adres).content.decode()
    assert "Gelijk, byte voor byte" in eerst
    assert "Elke cel toont nu nog hetzelfde." in eerst

    MeldingFactory(op=date(2015, 5, 1), team=noord)
    Team.objects.filter(pk=noord.pk).update(naam="Anders")
    html = lezer.get(adres).content.decode()
    assert "Gelijk, byte voor byte" in html
    assert "1 teams" in html
    assert tabel(html)["Volwassenen"] == ["2015-Q2", "5", "6", "+1"]
    (lijst,) = re.findall(r'href="(/rapportage/correcties[^"]+)"', html)
    assert (
        "gebeurtenis ontvangen, geregistreerd: 1" in lezer.get(lijst.replace("&amp;", "&")).content.decode()
    )


@pytest.mark.usefixtures("meldingen")
def test_wat_niet_meer_gelijk_is_staat_er_met_de_cel(lezer: Client) -> None:
    lezer.post(NIEUW, gestuurd(tabel="1.1"))
    editie = Editie.objects.get()
    Klantcontact.objects.create(
        datum="2015-04-05", kanaal=1, geregistreerd_op=editie.bekend_op.replace(year=2016)
    )
    html = " ".join(lezer.get(f"/rapportage/edities/{editie.pk}/controle").content.decode().split())
    assert "Niet gelijk" in html
    assert "vastgesteld 0, opnieuw 1" in html


@pytest.mark.usefixtures("meldingen")
def test_een_ander_kan_elke_som_narekenen(lezer: Client) -> None:
    lezer.post(NIEUW, gestuurd())
    editie = Editie.objects.get()
    pad = f"/rapportage/edities/{editie.pk}/bestand"
    sommen = lezer.get(f"{pad}/SHA256SUMS").content

    assert sha256(sommen).hexdigest() == editie.sha256
    regels = [regel.split("  ") for regel in sommen.decode().splitlines()]
    assert [naam for _, naam in regels] == ["editie.json", "stamgegevens.json", "2.4.json"]
    for som, naam in regels:
        antwoord = lezer.get(f"{pad}/{naam}")
        assert sha256(antwoord.content).hexdigest() == som
        assert antwoord["Content-Disposition"] == f'attachment; filename="{naam}"'
    assert lezer.get(f"{pad}/anders.json").status_code == 404


@pytest.mark.usefixtures("meldingen")
@pytest.mark.parametrize(
    ("fout", "veld"),
    [
        ({"titel": ""}, "id_titel"),
        ({"tabel": "9.9"}, "id_tabel"),
        ({"periode": ""}, "id_periode"),
        ({"periode": "2015-Q7"}, "id_periode"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_er_is_niets_vastgesteld(
    lezer: Client, fout: dict[str, str], veld: str
) -> None:
    antwoord = lezer.post(NIEUW, gestuurd(**fout))
    assert antwoord.status_code == 422
    assert f'<a href="#{veld}">' in antwoord.content.decode()
    assert not Editie.objects.exists()


@pytest.mark.usefixtures("meldingen")
def test_een_weigering_staat_boven_het_formulier(lezer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def bezig() -> None:
        raise Geweigerd("Er wordt nog iets geregistreerd.")

    monkeypatch.setattr("reporting.edities.veilig_moment", bezig)
    antwoord = lezer.post(NIEUW, gestuurd())
    assert antwoord.status_code == 409
    assert "Er wordt nog iets geregistreerd." in antwoord.content.decode()
    assert 'value="Voor de raad"' in antwoord.content.decode()


@pytest.mark.usefixtures("meldingen")
def test_van_een_tabel_met_filters_wordt_die_vraag_vastgesteld(lezer: Client) -> None:
    pagina = lezer.get("/rapportage/tabel/2.4?team=noord&periode=2015-Q2").content.decode()
    (link,) = re.findall(r'href="(/rapportage/edities/nieuw[^"]+)"', pagina)
    html = lezer.get(link.replace("&amp;", "&")).content.decode()
    assert "team: noord" in html
    assert '<option value="2.4" selected>' in html

    lezer.post(NIEUW, gestuurd(team="noord"))
    assert Editie.objects.get().tabellen.get().filters == {"team": "noord"}
    assert lezer.post(NIEUW, gestuurd(team="west")).status_code == 422


@pytest.mark.usefixtures("meldingen")
def test_wie_niet_vaststelt_kijkt_alleen(client: Client, noord: Team, wijkwerker: Medewerker) -> None:
    stel_vast(["2.4"], periode=Q2, titel="Q2", door=wijkwerker)
    client.force_login(stel_aan(wijkwerker, Rol.WIJKWERKER, noord))

    assert NIEUW not in client.get("/rapportage/edities").content.decode()
    assert NIEUW not in client.get("/rapportage/tabel/2.4").content.decode()
    assert client.get(NIEUW).status_code == 403
    assert client.post(NIEUW, gestuurd()).status_code == 403
    assert client.get(f"/rapportage/edities/{Editie.objects.get().pk}").status_code == 200


@pytest.mark.usefixtures("meldingen")
def test_onder_elke_tabel_en_in_elke_vorm_staat_wat_sinds_de_vorige_editie_veranderde(
    lezer: Client, noord: Team
) -> None:
    stel_vast(["2.4", "2.6"], periode=Q2, titel="Eerste", vergelijk=Q2.vorige())
    MeldingFactory(op=date(2015, 5, 1), team=noord)
    zin = "2015-Q2, sinds editie ‘Eerste’ (bekend op"

    vier = " ".join(lezer.get("/rapportage/tabel/2.4").content.decode().split())
    assert zin in vier
    assert "gecorrigeerd door 1 registratie; anders: Volwassenen (5, nu 6); Totaal (6, nu 7)" in vier
    assert "2015-Q1, sinds editie" not in vier
    assert zin in lezer.get("/rapportage/stroomschema").content.decode()
    noten = lezer.get("/api/v1/monitor/2.4?periode=2015-Q2").json()["noten"]
    assert [noot for noot in noten if zin in noot]
    assert not [n for n in lezer.get("/api/v1/monitor/2.5?periode=2015-Q2").json()["noten"] if "editie" in n]

    tweede = stel_vast(["2.4"], periode=Q2, titel="Tweede")
    assert zin in lezer.get(f"/rapportage/edities/{tweede.pk}").content.decode()
    assert "sinds editie" not in lezer.get("/rapportage/tabel/2.4").content.decode()


@pytest.mark.usefixtures("meldingen")
def test_de_noten_kosten_een_vast_aantal_vragen_en_het_overzicht_niets(lezer: Client, noord: Team) -> None:
    def vragen(adres: str) -> int:
        lezer.get(adres)
        with CaptureQueriesContext(
            connection,
        ) as gesteld:
            lezer.get(adres)
        return len(gesteld)

    voor = vragen("/rapportage")
    stel_vast(list(TABELLEN), periode=Q2, titel="Eerste")
    assert vragen("/rapportage") == voor
    MeldingFactory(op=date(2015, 5, 1), team=noord)
    een = vragen("/rapportage/tabel/2.4")
    for dag in range(1, 9):
        MeldingFactory(op=date(2015, 5, dag), team=noord, tot="toegekend")
        stel_vast(["2.4"], periode=Periode.van_tekst("2014-Q1"), titel="Een andere")
    assert vragen("/rapportage/tabel/2.4") == een
